"""An answer cut into sentences with their places in the text.

Does not: parse. Abbreviations, decimals and initials do not end a sentence; a sentence that never ends,
as recognisers write them, is cut at conjunctions once it is long.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mulakat.messages import Language

LONGEST = 60
"""Words after which a sentence without a mark is cut at the next conjunction."""

_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s|$))|\n+|;(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|no|vs|etc|approx|fig|e\.g|i\.e|vb|vs|örn|bkz|sn|av|doç|yrd|alm|krş)|\b[^\W\d_])\.$",
    re.IGNORECASE,
)
_CUT = {
    "en": re.compile(r"\s(?=(?:and then|and|so|but|because) )", re.IGNORECASE),
    "tr": re.compile(r"\s(?=(?:ve|sonra|ama|fakat|çünkü) )", re.IGNORECASE),
}


class Sentence(NamedTuple):
    """`start` and `end` are offsets into the answer; `text` is that slice."""

    text: str
    start: int
    end: int


def sentences(answer: str, language: Language) -> list[Sentence]:
    """The sentences of an answer in order; none is empty."""
    cut: list[Sentence] = []
    start = 0
    for match in _END.finditer(answer):
        if match[0].startswith(".") and len(match[0]) == 1 and _goes_on(answer, start, match.end()):
            continue
        cut.extend(_pieces(answer, start, match.end(), language))
        start = match.end()
    cut.extend(_pieces(answer, start, len(answer), language))
    return cut


def _goes_on(answer: str, start: int, end: int) -> bool:
    """Whether a full stop belongs to an abbreviation or an ordinal: "Dr. Kaya", "3. kat"."""
    before = answer[start:end]
    if _ABBREVIATION.search(before):
        return True
    after = answer[end : end + 2].strip()
    return bool(re.search(r"\b\d{1,2}\.$", before)) and bool(after) and after[0].islower()


def _pieces(answer: str, start: int, end: int, language: Language) -> list[Sentence]:
    text = answer[start:end]
    if len(text.split()) <= LONGEST:
        return _trimmed(answer, start, end)
    pieces: list[Sentence] = []
    begin = 0
    for match in _CUT[language].finditer(text):
        if len(text[begin : match.start()].split()) >= LONGEST // 3:
            pieces.extend(_trimmed(answer, start + begin, start + match.start()))
            begin = match.end()
    return [*pieces, *_trimmed(answer, start + begin, end)]


def _trimmed(answer: str, start: int, end: int) -> list[Sentence]:
    text = answer[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return [Sentence(text, start, start + len(text))] if any(c.isalnum() for c in text) else []
