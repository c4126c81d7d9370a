"""Figures of an answer with what they count, in digits or in words: "nine hundred writes a second"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mulakat.assessment.tokens import Found, Token, found
from mulakat.messages import Language, SpanKind
from mulakat.text.fold import lower
from mulakat.text.grammar import grammar
from mulakat.text.lexicon import function_words
from mulakat.text.topics import LONGEST_WORD

SHARE, COUNT, SPAN_OF_TIME, BARE = 72.0, 66.0, 52.0, 40.0
FEW_LESS = 14.0
"""What a count of two or three is worth less: everybody has "two people"."""

_PERIODS = grammar("en")["periods"]
_NO_NOUNS = grammar("en")["no_nouns"]
_FEW = frozenset(["two", "three", "both", "iki", "üç"])
_PERCENT = frozenset({"%", "percent", "percentile", "yüzde"})
_NUMBER_CASE = re.compile(r"s?[ıiuü](?:n(?:[ıiuüae]|[dt][ae]n?|[ıiuü]n))?|y?[ıiuüae]|[dt][ae]n?|y?l[ae]")
_CASE = re.compile(r"(?:[ıiuüae]|y[ıiuüae]|n[ıiuü]n|[ıiuü]n|[dt][ae]n?|l[ae]|yl[ae]|s[ıi])?$")


def figures(answer: str, tokens: list[Token], language: Language) -> Iterator[Found]:
    """Figures with their scores, in the order of the text."""
    n = 0
    while n < len(tokens):
        length = _number(tokens, n, language)
        if not length:
            n += 1
            continue
        made = (
            _english(answer, tokens, n, length) if language == "en" else _turkish(answer, tokens, n, length)
        )
        if made:
            yield made
        n += length


def _is_number(token: Token, language: Language) -> bool:
    if token.text[0].isdigit():
        return True
    numbers = grammar(language)["numbers"]
    return token.low in numbers or (
        language == "en"
        and "-" in token.low
        and all(p in numbers or p == "one" for p in token.low.split("-"))
    )


def _number(tokens: list[Token], n: int, language: Language) -> int:
    """How many tokens from `n` on make one number; "from two to three" is one."""
    length = 0
    while n + length < len(tokens):
        token = tokens[n + length]
        if _is_number(token, language):
            length += 1
            if "'" in token.text or "’" in token.text:
                break
        elif (
            language == "en"
            and length
            and token.low in ("to", "and", "or")
            and n + length + 1 < len(tokens)
            and _is_number(tokens[n + length + 1], language)
        ):
            length += 2
        else:
            break
    return length


def _english(answer: str, tokens: list[Token], n: int, length: int) -> Found | None:
    start, end = tokens[n].start, tokens[n + length - 1].end
    if n and tokens[n - 1].text in "$€£":
        start = tokens[n - 1].start
        return found(answer, SpanKind.FIGURE, start, end, SHARE)
    rest = tokens[n + length : n + length + 5]
    if not rest or (length == 1 and tokens[n].low in ("one", "half")):
        return None
    if tokens[n].low in grammar("en")["multipliers"]:
        begun = _before_multiplier(tokens, n)
        if begun is None:
            return None
        start = begun
    unit = rest[0].low
    if unit in _PERCENT:
        return found(answer, SpanKind.FIGURE, start, rest[0].end, SHARE)
    taken = _english_noun(rest)
    if not taken:
        per = len(rest) > 1 and unit in ("a", "per") and rest[1].low in _PERIODS
        if per and length:
            return found(answer, SpanKind.FIGURE, start, rest[1].end, COUNT)
        decimal = (
            re.fullmatch(r"\d+[.,]\d+|\d{3,}", tokens[n].text) or "million" in tokens[n + length - 1].low
        )
        return found(answer, SpanKind.FIGURE, start, end, BARE) if decimal else None
    end = rest[taken - 1].end
    score = SPAN_OF_TIME if rest[taken - 1].low in grammar("en")["spans_of_time"] else COUNT
    if length == 1 and tokens[n].low in _FEW:
        score = min(score, COUNT) - FEW_LESS
    if len(rest) > taken + 1 and rest[taken].low in ("a", "per") and rest[taken + 1].low in _PERIODS:
        end, score = rest[taken + 1].end, SHARE
    return found(answer, SpanKind.FIGURE, start, end, score)


def _before_multiplier(tokens: list[Token], n: int) -> int | None:
    """Where "a few thousand rows" begins; None when nothing before "thousand" says how many."""
    some = tokens[n - 1].low if n else ""
    if some in ("a", "several"):
        return tokens[n - 1].start
    if some in ("few", "couple") and n > 1 and tokens[n - 2].low == "a":
        return tokens[n - 2].start
    return None


def _english_noun(rest: list[Token]) -> int:
    """How many tokens the counted noun has: "writes", "lost appointments", "test tubes"."""
    words = grammar("en")
    taken = 0
    for token in rest[:3]:
        low = token.low
        if not token.is_word or token.text[0].isdigit() or token.text[0].isupper():
            break
        if (
            low in function_words("en")
            or low in words["adverbs"]
            or (low in words["forms"] and not low.endswith("s"))
        ):
            break
        if low in _NO_NOUNS:
            break
        adjective = low in words["adjectives"] or low in words["pasts"] or low.endswith("ed")
        if adjective and taken:
            break
        taken += 1
        if low.endswith("s") and not low.endswith(("ss", "us")) and not adjective:
            return taken
    # A noun without the plural's -s ("people", "staff", "euro") counts when it stands right after.
    first = rest[0].low
    return int(
        bool(taken)
        and not (first in words["adjectives"] or first in words["pasts"] or first.endswith("ed"))
    )


def _core_end(token: Token) -> int:
    """Where a figure ends before its apostrophe: "3,1'den" is "3,1"."""
    return token.start + len(re.split(r"['’]", token.text)[0])


def _inflected(token: Token) -> int:
    """How many letters of a Turkish token are a number with a case behind it: "yedisi", "dokuzunu"."""
    if token.low in function_words("tr") or token.low in grammar("tr")["adverbs"]:
        return 0
    for length in range(min(len(token.low), LONGEST_WORD) - 1, 1, -1):
        if token.low[:length] in grammar("tr")["numbers"] and _NUMBER_CASE.fullmatch(token.low[length:]):
            return length
    return 0


def _turkish(answer: str, tokens: list[Token], n: int, length: int) -> Found | None:
    start, last = tokens[n].start, tokens[n + length - 1]
    end = _core_end(last)
    if n + length < len(tokens) and (more := _inflected(tokens[n + length])):
        end = tokens[n + length].start + more
    if tokens[n].low == "yüzde" or (n and tokens[n - 1].low in ("yüzde", "%")):
        begin = start if tokens[n].low == "yüzde" else tokens[n - 1].start
        return found(answer, SpanKind.FIGURE, begin, end, SHARE)
    if tokens[n].low == "yüz" and length == 1:
        return None
    if n + length >= len(tokens):
        return None
    if end != _core_end(last):
        return None
    unit = tokens[n + length]
    bare = _unit(unit)
    if not bare or (length == 1 and tokens[n].low == "bir"):
        whole = re.fullmatch(r"\d+[.,]\d+", answer[last.start : _core_end(last)])
        return found(answer, SpanKind.FIGURE, start, end, BARE) if whole else None
    score = SPAN_OF_TIME if lower(bare, "tr") in grammar("tr")["spans_of_time"] else COUNT
    if length == 1 and tokens[n].low in _FEW:
        score -= FEW_LESS
    return found(answer, SpanKind.FIGURE, start, unit.start + len(bare), score)


def _unit(token: Token) -> str:
    """The unit at the head of a token with its case cut off: "saatin" is "saat"; "" when it is none."""
    units = grammar("tr")["units"]
    for length in range(min(len(token.low), LONGEST_WORD), 1, -1):
        if token.low[:length] in units and _CASE.fullmatch(token.low[length:].lstrip("'’")):
            return token.text[:length]
    return ""
