"""Noun phrases of an English answer, cut where a noun phrase ends.

Each word gets a rough class from short lists, its ending and its neighbours; runs of nouns and
adjectives that end in a noun are kept. Rather lose a phrase than cut one through the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mulakat.assessment.tokens import Found, Token, found
from mulakat.messages import SpanKind
from mulakat.text.grammar import grammar
from mulakat.text.lexicon import function_words, lexicon

COMPOUND, DESCRIBED, SINGLE = 60.0, 44.0, 24.0
LONGEST = 3
"""Words of a phrase besides its article."""

_SUBJECTS = grammar("en")["subjects"]
_VERB_FOLLOWS = grammar("en")["verb_follows"]
_BEING = grammar("en")["being"]
_OBJECT_STARTS = grammar("en")["object_starts"]
_PLURAL_MODIFIERS = grammar("en")["plural_modifiers"]
_MEASURED = grammar("en")["measured"]
_TRIMMED = grammar("en")["trimmed"]
_SUPERLATIVES = grammar("en")["superlatives"]
_CLAUSES = grammar("en")["clauses"]
_DESCRIBING = re.compile(r"(?:ous|ful|less|ible|(?<!t)(?<!c)(?<!vari)(?<!veget)able)$")
_ONE = grammar("en")["one"]
_FOREIGN = re.compile(r"[ğışçöü]")
_PREPOSITIONS = grammar("en")["prepositions"]
_CONTRACTED = grammar("en")["contracted"]


def phrases(answer: str, tokens: list[Token]) -> Iterator[Found]:
    """Noun phrases with their scores, in the order of the text."""
    classes = _classes(tokens)
    n = 0
    while n < len(tokens):
        if classes[n] not in "NJ":
            n += 1
            continue
        end = n
        while end < len(tokens) and classes[end] in "NJ":
            end += 1
        if made := _phrase(answer, tokens, classes, n, end):
            yield made
        n = end


def _classes(tokens: list[Token]) -> str:
    """One letter a token: N noun, J adjective, V verb, D determiner, # number, P mark, F anything else."""
    done: list[str] = []
    for n in range(len(tokens)):
        done.append(_class(tokens, n, done[-1] if done else "P"))
    return "".join(done)


def _class(tokens: list[Token], n: int, before: str) -> str:
    token, words = tokens[n], grammar("en")
    low = token.low
    if not token.is_word:
        return "P"
    if token.text[0].isdigit() or low in words["numbers"]:
        return "#"
    if low in words["determiners"]:
        return "D"
    if low in words["adverbs"] or low in lexicon("en").no_names:
        return "F"
    if low in words["adjectives"] or (_DESCRIBING.search(low) and low != "handful"):
        return "J"
    if (
        low in function_words("en")
        or low in _CONTRACTED
        or "n't" in low
        or low.endswith(("'ve", "'re", "'ll", "'d", "’ve", "’re", "’ll", "’d"))
    ):
        return "F"
    if low in _PREPOSITIONS:
        return "F"
    if token.text[0].isupper() and not token.first:
        return "N"
    if (
        low.endswith("ly")
        and len(low) > 4
        and low not in ("family", "supply", "assembly", "reply", "monthly", "weekly", "anomaly")
    ):
        return "F"
    return _open_class(tokens, n, before)


def _open_class(tokens: list[Token], n: int, before: str) -> str:
    low, words = tokens[n].low, grammar("en")
    prior = tokens[n - 1].low if n else ""
    after = tokens[n + 1].low if n + 1 < len(tokens) else ""
    introduced = before in "DJ#" or (prior in _PREPOSITIONS and prior != "to")
    if low in words["pasts"] or (
        low.endswith("ed") and len(low) > 4 and low not in ("speed", "shed", "feed", "seed", "need")
    ):
        return "J" if introduced and prior not in _SUBJECTS and after not in _OBJECT_STARTS else "V"
    if low.endswith("ing") and len(low) > 4 and low not in words["nouns_ing"]:
        return (
            "V"
            if prior in _BEING or after in _OBJECT_STARTS or (before in "NF" and prior not in _PREPOSITIONS)
            else "N"
        )
    if low in words["forms"] and (before != "D" or prior in ("that", "which")):
        return "V"
    if low in words["maybe"]:
        return "V" if _acts(tokens, n, before) else "N"
    # "I never alter it": what stands there is a verb, though no list knows it.
    return "V" if prior in _VERB_FOLLOWS and not _is_plural(low) else "N"


def _acts(tokens: list[Token], n: int, before: str) -> bool:
    """Whether a word that may be noun or verb ("calls", "tests") is the verb here."""
    low = tokens[n].low
    prior = tokens[n - 1].low if n else ""
    after = tokens[n + 1].low if n + 1 < len(tokens) else ""
    if prior in _SUBJECTS and prior != "that" and prior != "and":
        return True
    if before in "N" and after in _OBJECT_STARTS and after not in _PREPOSITIONS | {"up", "out"}:
        return True
    single = n > 1 and tokens[n - 2].low in _ONE
    plural = _is_plural(prior) and prior not in _PLURAL_MODIFIERS and not single
    if before == "N" and (plural or (low.endswith("s") and after in _MEASURED)):
        return True
    return (
        before in "PF"
        and after in ("the", "a", "an", "it", "them", "my", "our", "their", "his", "her")
        and prior not in _PREPOSITIONS
    )


def _phrase(answer: str, tokens: list[Token], classes: str, start: int, end: int) -> Found | None:
    while end > start and (classes[end - 1] == "J" or tokens[end - 1].low.endswith(("'s", "’s", "s'"))):
        end -= 1
    start = _trim(tokens, start, end)
    prior = tokens[start - 1].low if start else ""
    # "a sketch shows": after "a" no plural can stand, so the last word is a verb.
    few = tokens[start].low in ("few", "couple", "dozen") if end > start else False
    while end > start + 1 and prior in _ONE and not few and _is_plural(tokens[end - 1].low):
        end -= 1
    # "if margin drops": a clause has begun, so the last word is its verb.
    if end > start + 1 and prior in _CLAUSES and tokens[end - 1].low in grammar("en")["maybe"]:
        end -= 1
    run = tokens[start:end]
    if start and classes[start - 1] == "#" and run and _is_past(run[0].low) and not _is_plural(run[-1].low):
        return None
    if not run or not _speakable(run, prior):
        return None
    # "a Friday release": the noun alone, without what stands before it, would want an article.
    named = bool(start) and tokens[start - 1].text[0].isupper() and not tokens[start - 1].first
    if len(run) == 1 and named and not _is_plural(run[0].low):
        return None
    # Of too many nouns in a row the first may be a subject and the rest its object; that is no phrase.
    if len(run) > LONGEST or _follows_title(tokens, start):
        return None
    lex = lexicon("en")
    nouns = [t for t in run if t.low not in lex.empty_nouns and t.low not in grammar("en")["adjectives"]]
    score = _score(run, nouns)
    if not score or (run[0].text[0].isupper() and len(run) == 1):
        return None
    article = tokens[start - 1] if start else None
    begin = run[0].start
    if article and article.low == "last":
        begin = article.start
    if article and article.low in ("the", "a", "an"):
        begin = article.start
        if article.first:
            begin, score = run[0].start, score - 4
        elif article.low == "the":
            score += 5
        elif len(run) == 1:
            score -= 4
    elif len(run) == 1 and not run[0].low.endswith("s"):
        score -= 10
    elif classes[start - 1] == "D" if start else False:
        score -= 3
    if classes[start - 1] == "#" if start else False:
        score -= 8
    return found(answer, SpanKind.PHRASE, begin, run[-1].end, score)


def _trim(tokens: list[Token], start: int, end: int) -> int:
    """Where a phrase begins once words are cut that point at something else ("other", "uncle's")."""
    while end > start:
        low = tokens[start].low
        owner = low.endswith(("'s", "’s"))
        owned = end > start + 1 and tokens[start + 1].low.endswith(("'s", "’s"))
        article = start and tokens[start - 1].low in ("the", "a", "an")
        if (low in _TRIMMED and not owned) or (owner and not article and tokens[start - 1].low != "last"):
            start += 1
        else:
            break
    return start


def _is_past(low: str) -> bool:
    return low.endswith("ed") or low in grammar("en")["pasts"]


def _is_plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s"))


def _speakable(run: list[Token], prior: str) -> bool:
    """Whether a run can be said back: it names something, in English, and no person."""
    words, empty = grammar("en"), lexicon("en").empty_nouns
    last = run[-1].low
    if last in empty or last in words["people"] or any(t.low in words["people"] for t in run):
        return False
    if any(_FOREIGN.search(t.low) for t in run) or (run[0].low in _SUPERLATIVES and prior != "the"):
        return False
    if len(run) > 1:
        return True
    loose = prior not in ("the", "a", "an")
    gerund = last.endswith("ing") and last not in words["nouns_ing"]
    whose = prior in ("my", "our", "his", "her", "their", "your", "this", "that")
    return not (run[0].first and not _is_plural(last)) and not (
        loose and (whose or gerund or last in words["maybe"] or last in words["forms"])
    )


def _follows_title(tokens: list[Token], start: int) -> bool:
    """Whether the phrase says what the candidate is: "as a nurse", "I'm an HR generalist"."""
    before = [t.low for t in tokens[max(0, start - 3) : start]]
    return before[-1:] in (["a"], ["an"]) and before[-2:-1] in (["as"], ["i'm"], ["am"], ["been"])


def _score(run: list[Token], nouns: list[Token]) -> float:
    if len(nouns) >= 2:
        return COMPOUND
    if len(run) >= 2 and nouns:
        return DESCRIBED
    if len(run) == 1 and len(run[0].low) >= 4 and "-" not in run[0].low:
        return SINGLE
    return DESCRIBED if "-" in run[0].low else 0.0
