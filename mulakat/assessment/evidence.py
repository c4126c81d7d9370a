"""Quotes: what the report claims about an answer, tied to the candidate's own words.

A quote is a literal piece of one turn of the transcript. Whatever proposes one (a measure, a judge
model) hands it in as text; it counts only when the words are found, one after the other, in what the
candidate said. Does not: decide what is worth quoting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mulakat.messages import Turn

_WORD = re.compile(r"[^\W_]+")
LONGEST = 400
"""Characters of a quote; a whole paragraph is no evidence of anything in particular."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A literal piece of the transcript.

    turn        index into the transcript's turns
    start, end  character offsets into that turn's text; `text` is exactly that slice
    at          seconds since the interview began, when that turn began
    """

    turn: int
    start: int
    end: int
    text: str
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing an answer shows ("figure", "own_part", "result" ...), and where."""

    kind: str
    quote: Quote
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of an answer, with the words it is said to rest on; not checked yet."""

    kind: str
    text: str
    quoted: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class ProvenClaim:
    """A claim whose words were found."""

    kind: str
    text: str
    quote: Quote


def quote_of(turns: Sequence[Turn], turn: int, start: int, end: int) -> Quote:
    """The slice of a turn, without white space at its edges."""
    text = turns[turn].text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quote(turn, start, end, text[start:end], turns[turn].at)


def holds(turns: Sequence[Turn], quote: Quote) -> bool:
    """Whether the quote stands in the transcript exactly as it claims, in the candidate's own words."""
    if not 0 <= quote.turn < len(turns) or turns[quote.turn].speaker != "candidate":
        return False
    text = turns[quote.turn].text
    return 0 <= quote.start < quote.end <= len(text) and text[quote.start : quote.end] == quote.text


def find(turns: Sequence[Turn], quoted: str, turn: int | None = None) -> Quote | None:
    """Where the candidate said these words: every word, in this order, with nothing in between.

    Case, white space, quotation marks and punctuation may differ; words may not. The quote that is
    returned is literal. `turn` narrows the search to one turn.
    """
    wanted = [_bare(w) for w in _WORD.findall(quoted)]
    if not wanted or len(quoted) > LONGEST:
        return None
    for index in range(len(turns)) if turn is None else [turn]:
        if not 0 <= index < len(turns) or turns[index].speaker != "candidate":
            continue
        if place := _place(turns[index].text, wanted):
            return quote_of(turns, index, *place)
    return None


def prove(turns: Sequence[Turn], claims: Iterable[Claim]) -> tuple[ProvenClaim, ...]:
    """The claims whose quotes are found; the others are dropped."""
    found = ((claim, find(turns, claim.quoted, claim.turn)) for claim in claims)
    return tuple(ProvenClaim(claim.kind, claim.text, quote) for claim, quote in found if quote is not None)


def clipped(quote: Quote, longest: int) -> Quote:
    """The quote, cut at a word's end when it is longer than `longest` characters; literal still."""
    if len(quote.text) <= longest:
        return quote
    cut = quote.text.rfind(" ", 0, longest)
    text = quote.text[: cut if cut > longest // 2 else longest].rstrip(" ,;:–-")
    return replace(quote, text=text, end=quote.start + len(text))


def _bare(word: str) -> str:
    """Case and composition set aside; both Turkish i's meet, since recognisers confuse the capitals."""
    return unicodedata.normalize("NFKC", word).replace("İ", "i").replace("I", "i").replace("ı", "i").lower()


def _place(text: str, wanted: list[str]) -> tuple[int, int] | None:
    words = [(_bare(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
    for n in range(len(words) - len(wanted) + 1):
        if all(words[n + k][0] == word for k, word in enumerate(wanted)):
            return words[n][1], words[n + len(wanted) - 1][2]
    return None
