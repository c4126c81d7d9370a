"""Proper names, products, acronyms and quoted words of an answer.

A capital at a sentence's beginning makes no name by itself. People are told from things by titles,
common first names and what is said of them, and rank last: a question about a thing is the better one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mulakat.assessment import phrases_tr
from mulakat.assessment.tokens import LONGEST, Found, Token, found
from mulakat.messages import Language, SpanKind
from mulakat.text.fold import lower
from mulakat.text.grammar import grammar
from mulakat.text.lexicon import function_words, lexicon
from mulakat.text.topics import topics

PRODUCT, ACRONYM, PLAIN, PLACE, PERSON = 100.0, 95.0, 88.0, 22.0, 18.0

_QUOTED = re.compile(r"[\"“„«]\s*([^\s\"“”„«»'.?!][^\"“”„«»'\n.?!]{0,38}[^\s\"“”„«»'.?!])\s*[\"”»]")
_SUFFIX = re.compile(r"['’].*$")
_SPECIAL = re.compile(
    r"^(?=.*[^\W\d_])(?:\w+[A-ZÇĞİÖŞÜ]\w*|[A-ZÇĞİÖŞÜ]+\d\w*|\w*[a-zçğıöşü]\d+|\d+[A-Z]+|\w+(?:\+\+|#))$"
)
_SAID = frozenset(
    "ok okay yes no true false hello sorry tamam evet hayır peki mı mi mu mü".split(),  # noqa: SIM905
)
"""Words of talk, which name nothing in quotes either."""
_ENGLISH_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir"])


def names(answer: str, tokens: list[Token], language: Language) -> Iterator[Found]:
    """Names with their scores, in the order of the text."""
    for match in _QUOTED.finditer(answer[:LONGEST]):
        if len(match[1].split()) <= 4 and _is_title(match[1], language):
            yield found(answer, SpanKind.NAME, match.start(1), match.end(1), PLAIN - 20)
    inside = {_bare(t, language) for t in tokens if not t.first and t.text[0].isupper()}
    n = 0
    while n < len(tokens):
        length = _run(tokens, n, language, inside)
        if length:
            yield from _judge(answer, tokens, n, length, language)
        n += length or 1


def _is_title(quoted: str, language: Language) -> bool:
    """Whether quoted words are a name or a thing and not something that somebody said ("say it again")."""
    words = quoted.split()
    if len(words) > 1 and all(w[0].isupper() or w[0].isdigit() for w in words):
        return True
    if len(words) == 1 and not quoted[0].isupper():
        return False
    lows = [lower(w, language).strip(",;:()'’") for w in words]
    if not all(lows) or any(w in function_words(language) or w in _SAID for w in lows):
        return False
    grown = grammar(language)
    if language == "en":
        verbs = grown["forms"] | grown["pasts"] | grown["adverbs"]
        return not any(w in verbs or "n't" in w or w.endswith("ly") for w in lows)
    *before, last = (phrases_tr.kind(w) for w in lows)
    return last == "noun" and all(before) and not phrases_tr.case_cut(lows[-1])


def _bare(token: Token, language: Language) -> str:
    return lower(_SUFFIX.sub("", token.text), language)


def _is_name(tokens: list[Token], n: int, language: Language, inside: set[str]) -> bool:
    token = tokens[n]
    if not token.is_word:
        return False
    stem = _SUFFIX.sub("", token.text)
    low = lower(stem, language)
    if low in _SAID:
        return False
    if _SPECIAL.match(stem):
        return len(stem) > 2 or stem.isupper()
    if not token.text[0].isupper() or len(stem) < 2:
        return False
    lex, words = lexicon(language), grammar(language)
    if (
        low in lex.no_names
        or low in function_words(language)
        or low in words["languages"]
        or low in lex.selves
    ):
        return False
    if not token.first:
        return True
    follows = (
        n + 1 < len(tokens)
        and tokens[n + 1].text[0].isupper()
        and tokens[n + 1].low in words.get("titles", ())
    )
    return low in inside or low in words["people"] or low in _ENGLISH_TITLES or follows


def _run(tokens: list[Token], n: int, language: Language, inside: set[str]) -> int:
    """How many tokens from `n` on make one name."""
    length = 0
    while n + length < len(tokens) and length < 4 and _is_name(tokens, n + length, language, inside):
        length += 1
        # A suffix after an apostrophe ends a name: "Redis'e Postgres" are two.
        if "'" in tokens[n + length - 1].text or "’" in tokens[n + length - 1].text:
            break
        if (
            language == "en"
            and length == 1
            and n + 2 < len(tokens)
            and tokens[n].low in _ENGLISH_TITLES
            and tokens[n + 1].text == "."
        ):
            length += 1
    return length


def _judge(answer: str, tokens: list[Token], n: int, length: int, language: Language) -> Iterator[Found]:
    run = tokens[n : n + length]
    titles = grammar(language).get("titles", _ENGLISH_TITLES)
    after = tokens[n + length] if n + length < len(tokens) else None
    last = run[-1]
    end = last.start + len(_SUFFIX.sub("", last.text))
    titled = any(t.low.split("'")[0].split("’")[0] in titles for t in run)
    if (
        not titled
        and language == "tr"
        and after
        and after.low.split("'")[0] in titles
        and after.text[0].isupper()
    ):
        end, titled = after.start + len(_SUFFIX.sub("", after.text)), True
    if after and after.text.isdigit() and not titled and end == last.end:
        end = after.end
    lone_title = run[0].low in _ENGLISH_TITLES and length == 1
    if end - run[0].start < 2 or _is_own_title(tokens, n) or lone_title:
        return
    score = PERSON if titled else _score(tokens, n, length, language)
    yield found(answer, SpanKind.NAME, run[0].start, end, score)


def _is_own_title(tokens: list[Token], n: int) -> bool:
    """Whether the name belongs to what the candidate is: "I'm an HR generalist"."""
    before = [t.low for t in tokens[max(0, n - 2) : n]]
    return before[-1:] in (["a"], ["an"]) and before[:1] in (["as"], ["i'm"], ["am"], ["been"])


def _score(tokens: list[Token], n: int, length: int, language: Language) -> float:
    words = grammar(language)
    stems = [_bare(t, language) for t in tokens[n : n + length]]
    if any(_SPECIAL.match(_SUFFIX.sub("", t.text)) for t in tokens[n : n + length]):
        return ACRONYM
    if stems[0] in words["people"]:
        return PERSON
    if all(s in words["places"] for s in stems):
        return PLACE
    before = [t.low for t in tokens[max(0, n - 3) : n]]
    after = [t.low for t in tokens[n + length : n + length + 3]]
    if length == 1 and (_is_human(before, after, words)):
        return PERSON
    cue = before[-1:] if language == "en" else after[:2]
    return PRODUCT if any(w in words["products"] for w in cue) else PLAIN


def _is_human(before: list[str], after: list[str], words: dict[str, frozenset[str]]) -> bool:
    """Whether what stands around a name speaks of a person."""
    named = [w for w in before if w not in (",", "called", "named")]
    return bool(
        (named and named[-1] in words["roles"])
        or (after and after[0] in words["humans"])
        or (len(after) > 2 and after[0] == "," and after[1] in ("our", "my", "the", "a", "who"))
    )


def is_common(text: str, language: Language) -> bool:
    """Whether a span says nothing by itself: nonsense words and empty nouns."""
    low = lower(text, language)
    return low in topics(language).nonsense or low in lexicon(language).empty_nouns
