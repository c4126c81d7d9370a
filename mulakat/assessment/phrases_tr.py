"""Noun phrases of a Turkish answer in their bare form, so that they can stand in any sentence.

Turkish puts case at the end of a phrase, so a phrase is literally cut off its last ending: of "kupon
alanını" the letters "kupon alanı" are offered. Rules on endings, no dictionary of roots: a phrase
whose end cannot be cut for certain is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mulakat.assessment.tokens import Found, Token, found
from mulakat.messages import SpanKind
from mulakat.text.grammar import grammar
from mulakat.text.lexicon import function_words, lexicon
from mulakat.text.topics import LONGEST_WORD

COMPOUND, DESCRIBED, SINGLE = 62.0, 46.0, 24.0
LONGEST = 4

_VERB = re.compile(
    r"(?:[ıiuü]yor\w*|[ae]c[ae][kğ]\w*|m[ıiuü]ş(?:t[ıi]\w*|[ıi]m|[ıi]z|l[ae]r)?|(?<!n)[dt][ıiuü](?:m|n|k|l[ae]r|n[ıiu]z)?|[ndt]t[ıiuü]m|nd[ıiuü](?:m|k|l[ae]r)?|"
    r"m[ae]l[ıi]\w*|(?<!k|t)[ıiuü]p|[ae]r[ae]k|\wken|[ıiuü]nc[ae]|m[ae]d[ae]n|[dt][ıiuü][kğ]\w*|(?:[ae]r|[ıiuü]r)(?:[ıiuü]m|[ıiuü]z|d[ıiuü]\w*|s[ıiae]\w*)|"
    r"m[ae]z\w*|s[ae](?:m|k|l[ae]r)|m[ae]kt?\w*|[ae]l[ıi]m|[ıiuüae]y[ıi]m|[ae]y[ıi]m|m[ae]m\w*|y[ıi]m|[dt]ır|dir|dur|tur|[ıiuü]z(?:d[ae])?)$"
)
_NOUN_END = re.compile(
    r"(?:nt[ıiuü]|gısı|cısı|lığı|liği|luğu|lüğü|kredi|ekip|takip|sahip|tip|nin|nın|nun|nün)$"
)
_POSSESSED = re.compile(
    r"^(.*(?:[bcçdfgğhjklmnprsştvyz][ıiuü]|l[ae]r[ıi]))n(?:[ıiuü]|[ae]|d[ae]|d[ae]n|[ıiuü]n)$"
)
_PLURAL = re.compile(r"^(.{3,}l[ae]r)(?:[ıi]|[ae]|d[ae]n?|[ıi]n)$")
_BUFFER = re.compile(r"^(.{3,}[aeıioöuü])y(?:[ıiuüae]|l[ae])$")
_KI = re.compile(r"[dt][ae]ki$")
_NEVER = re.compile(r"yor|yse$|ysa$|ınca$|ince$|unca$|ünce$")
_CLAUSE = re.compile(r"[dt][ıiuü]ğ[ıiuü]?$|[ae]c[ae]ğ[ıi]$|[dt][ıiuü]kl[ae]ri$")
_PREDICATE = re.compile(
    r"(?:[ıiuü]yd[ıiuü]\w*|[ıiuü]y[ıiuü]m|[dt][ae]y[ıi]m|[ıiuü]yuz|[ıiuü]dir|[ıiuü]dır)$"
)
_RELATIONAL = grammar("tr")["relational"]
"""Heads that only say where or which part: "klavyenin üstü" names nothing."""
_PLACE = re.compile(r"^(.{3,}(?:[fstkçşhp]t|[aeıioöuübcdgğjlmnrvyz]d)[ae]n?)$")
_GENITIVE = re.compile(r"^.{3,}(?:n[ıiuü]n|[^aeıioöuün][ıiuü]n)$")
_POSSESSIVE = re.compile(r"^.{3,}(?:[ıiuü]|s[ıiuü])$")
_ADJECTIVAL = re.compile(
    r"(?:l[ıiuü]|s[ıiuü]z|[ıiuün]l[ae]n|y[ae]n|n[ae]n|[ıiuü]lm[ıiuü]ş|[ıiuü]nm[ıiuü]ş|l[ıiuü]k|sel|sal)$"
)
_TIMED = re.compile(r"^(?:gün|hafta|ay|yıl|saat|dakika|kişi|madde|sayfa|çeyrek|dönem|lira)l[ıiuü]k$")
_THING = re.compile(r"^şey(?:[ie]|in[ie]?|inin|den?|de|le|ler\w*)?$")
"""A word for anything: "her şeyin testi" names nothing once "her" is gone."""
_TIMES = grammar("tr")["times"]
_PERSONS = grammar("tr")["persons"]
_OURS = re.compile(
    r"(?:[ıiuü]m[ıiuü]z\w*|[ıiuü]n[ıiuü]z\w*|[ıiuü]m(?:[ıiuü]|[ae]|d[ae]n?|[ıiuü]n|l[ae])?)$"
)


def phrases(answer: str, tokens: list[Token]) -> Iterator[Found]:
    """Bare noun phrases with their scores, in the order of the text."""
    n = 0
    while n < len(tokens):
        end = n
        while (
            end < len(tokens)
            and end - n < LONGEST + 1
            and _may_stand(tokens[end], tokens[end + 1 : end + 2])
        ):
            end += 1
            low = tokens[end - 1].low
            closed = end - n > 1 and _GENITIVE.match(tokens[end - 2].low) and _POSSESSIVE.match(low)
            if closed or _is_ours(low) or (_cut(low) and not _GENITIVE.match(low)):
                break
        if end > n and (made := _phrase(answer, tokens, n, end)):
            yield made
        n = max(end, n + 1)


def _may_stand(token: Token, after: list[Token]) -> bool:
    """Whether a token can be part of a noun phrase."""
    low = token.low
    if not token.is_word or (token.text[0].isupper() and not token.first):
        return False
    if token.first and (low in lexicon("tr").no_names or low in grammar("tr")["people"]):
        return False
    role = kind(low)
    return role == "noun" or (role == "adjectival" and bool(after) and after[0].is_word)


@lru_cache(maxsize=16_384)
def kind(low: str) -> str:
    """What a lower-case word can be in a phrase: "noun", "adjectival" (only before a word), or ""."""
    words = grammar("tr")
    if not 2 <= len(low) <= LONGEST_WORD or not low[0].isalpha() or "'" in low or "’" in low:
        return ""
    if (
        low in words["adverbs"]
        or low in words["verbs"]
        or low in words["numbers"]
        or low in function_words("tr")
    ):
        return ""
    if _KI.search(low) or _NEVER.search(low) or _THING.match(low) or _numbered(low):
        return ""
    if low in words["nouns"] or _NOUN_END.search(low) or not _VERB.search(low):
        return "noun"
    if _GENITIVE.match(low) or case_cut(low):
        return "noun"
    return "adjectival" if _ADJECTIVAL.search(low) else ""


@lru_cache(maxsize=16_384)
def _numbered(low: str) -> bool:
    """Whether a word is a number with an ending: "üçte", "ikilik"."""
    numbers = grammar("tr")["numbers"]
    return (
        len(low) <= LONGEST_WORD
        and any(
            low[:n] in numbers
            and re.fullmatch(r"[dt][ae]n?|y?[ae]|l[ıiuü]k|s?[ıiuü]n?[dt]?[ae]?n?", low[n:])
            for n in range(2, len(low))
        )
        and low not in grammar("tr")["nouns"]
    )


@lru_cache(maxsize=16_384)
def _is_ours(low: str) -> bool:
    """Whether a word belongs to the speaker: "ekibimiz" cannot be said back."""
    return bool(_OURS.search(low)) and not low.endswith("yum") and low not in grammar("tr")["nouns"]


@lru_cache(maxsize=16_384)
def case_cut(low: str) -> str:
    """The word without its case, for endings that no noun has by itself; "" when there is none."""
    words = grammar("tr")
    if low in words["not_case"] or low in words["nouns"]:
        return ""
    if (match := _POSSESSED.match(low)) and len(match[1]) >= 4:
        return match[1]
    if match := _PLURAL.match(low):
        return match[1]
    if (match := _BUFFER.match(low)) and len(match[1]) >= 4:
        return match[1]
    for length in range(len(low) - 1, 2, -1):
        if low[:length] in words["nouns"] and re.fullmatch(
            r"[ıiuüae]|[dt][ae]n?|l[ae]|yl[ae]|[ıiuü]n", low[length:]
        ):
            return low[:length]
    return ""


@lru_cache(maxsize=16_384)
def _cut(low: str) -> str:
    """What is left of a case-marked word; "" for a word that bears no case."""
    if bare := case_cut(low):
        return bare
    if low in grammar("tr")["not_case"] or low in grammar("tr")["nouns"]:
        return ""
    if match := _PLACE.match(low):
        whole = match[1]
        return re.sub(r"[dt][ae]n?$", "", whole)
    return ""


def _phrase(answer: str, tokens: list[Token], start: int, end: int) -> Found | None:
    if end < len(tokens) and _PREDICATE.search(tokens[end].low):
        return None
    start = _begin(tokens, start, end)
    run = tokens[start:end]
    while run and (case_cut(run[0].low) and len(run) > 1 and not _GENITIVE.match(run[0].low)):
        run = run[1:]
    if not run or _is_ours(run[-1].low):
        return None
    head = run[-1]
    bare = _cut(head.low)
    # The plural's -ı after a noun is its possessive: "vardiya çizelgeleri" is whole as it stands.
    bound = len(run) > 1 and not _describes(run[-2].low) and not _GENITIVE.match(run[-2].low)
    if (
        bound
        and bare
        and re.search(r"(?:l[ae]r|[^aeıioöuü])[ıiuü]$", head.low)
        and len(head.low) - len(bare) == 1
    ):
        bare = ""
    if not bare and _ADJECTIVAL.search(head.low) and head.low not in grammar("tr")["nouns"]:
        return None
    if (not bare and _POSSESSED.match(head.low) and head.low not in grammar("tr")["nouns"]) or _is_clock(
        head, tokens, end
    ):
        return None
    if len(run) > 3 and not any(_GENITIVE.match(t.low) for t in run):
        return None
    text = bare or head.low
    score = _score([t.low for t in run[:-1]], text)
    if not score:
        return None
    begin = run[0].start
    if _ADJECTIVAL.search(run[0].low) and len(run) > 1:
        start = tokens.index(run[0])
        while (start and tokens[start - 1].low in grammar("tr")["numbers"] - {"bir"}) or (
            start and tokens[start - 1].text.isdigit()
        ):
            start -= 1
            begin = tokens[start].start
    return found(answer, SpanKind.PHRASE, begin, head.start + len(text), score)


def _describes(low: str) -> bool:
    """Whether a word is an adjective by its ending; "uygunluk" is a noun, "haftalık" is none."""
    if re.search(r"l[ıiuü]k$", low):
        return bool(_TIMED.match(low))
    return bool(_ADJECTIVAL.search(low))


def _is_clock(head: Token, tokens: list[Token], end: int) -> bool:
    return head.low == "saat" and end < len(tokens) and _numbered(tokens[end].low)


def _begin(tokens: list[Token], start: int, end: int) -> int:
    """Where a phrase begins once words are cut that belong to what stands before it."""
    while end > start + 1:
        low, prior = tokens[start].low, tokens[start - 1].low if start else ""
        counted = (
            prior in grammar("tr")["numbers"]
            or prior[:1].isdigit()
            or prior in ("geçen", "ilk", "her", "son")
        )
        unit = low in _TIMES or (counted and low in grammar("tr")["units"])
        chain = _GENITIVE.match(low) and _GENITIVE.match(tokens[start + 1].low)
        lone = (
            low.endswith(("ası", "esi", "ısı", "isi", "usu", "üsü")) and low not in grammar("tr")["nouns"]
        )
        if not (unit or chain or lone or _KI.search(low)):
            break
        start += 1
    return start


def _score(modifiers: list[str], head: str) -> float:
    """How surely modifiers and a head make a whole phrase; 0 when they do not."""
    words, empty = grammar("tr"), lexicon("tr").empty_nouns
    if (
        head in _RELATIONAL
        or _CLAUSE.search(head)
        or head in empty
        or len(head) < 3
        or (_GENITIVE.match(head) and head not in words["nouns"])
    ):
        return 0.0
    known = head in words["nouns"]
    if not modifiers:
        return SINGLE if known and head not in empty and len(head) > 3 else 0.0
    if _VERB.search(head) and not known and not _NOUN_END.search(head) and not _POSSESSIVE.match(head):
        return 0.0
    owned = bool(_POSSESSIVE.match(head)) and not known
    root = head[:-1] if owned else head
    sure = 8.0 if root in words["nouns"] or root.rstrip("s") in words["nouns"] or known else 0.0
    if any(_GENITIVE.match(m) for m in modifiers):
        return COMPOUND - 8 + sure if owned else 0.0
    if owned:
        first = modifiers[-1]
        return (
            (COMPOUND if not _ADJECTIVAL.search(first) else DESCRIBED)
            + sure
            - 6.0 * max(0, len(modifiers) - 1)
        )
    if known:
        # Two bare nouns side by side are a subject and its object, not a phrase.
        if not _describes(modifiers[-1]) and (modifiers[-1] in words["nouns"] or modifiers[-1] in _PERSONS):
            return 0.0
        return DESCRIBED + sure - (0.0 if len(modifiers) == 1 else 4.0)
    return 0.0
