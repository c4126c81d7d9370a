"""Rewrites text into what the engines read well, and remembers where each piece came from.

Numbers, dates, currencies, abbreviations and acronyms are spelled out only where espeak reads
them badly (`readings` holds the tables). Control characters, emoji and engine markup become
blanks, so no text can be taken for a command. Does not: translate, or change a plain sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from mulakat.messages import Language
from mulakat.speech.readings import rules

_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_MARKUP = re.compile(r"[\[\]{}<>|\\^~*_`]+")
_BULLET_HASH = re.compile(r"(?m)^\s*#+(?=\s)")
_SOFT = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufe0e", "\ufe0f"}
_DRAWN_BLOCKS = ((0x2190, 0x2BFF), (0x1F000, 0x1FAFF), (0xE0000, 0xE007F))


@dataclass(frozen=True, slots=True)
class Spoken:
    """`text` as the engine gets it; character i stands for original[starts[i]:ends[i]].

    `starts` and `ends` never go down, and no interval is empty.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, offset: int, length: int) -> tuple[int, int]:
        """The (start, end) in the original text of a stretch of `text`; clamped to it."""
        if not self.text:
            return 0, 0
        first = min(max(offset, 0), len(self.text) - 1)
        last = min(max(offset + length - 1, first), len(self.text) - 1)
        return self.starts[first], self.ends[last]


def normalise(text: str, language: Language) -> Spoken:
    """What to speak for `text`. Never raises; the result holds no control character."""
    spoken = _clean(text)
    spoken = _replace(spoken, _BULLET_HASH, lambda _: " ")
    spoken = _replace(spoken, _MARKUP, lambda _: " ")
    for pattern, reading in rules(language):
        spoken = _replace(spoken, pattern, reading)
    return spoken


def _clean(text: str) -> Spoken:
    """Composed letters; controls, surrogates and pictures as blanks."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        composed = "".join(_readable(c) for c in unicodedata.normalize("NFC", match.group()))
        pieces.append(composed)
        starts += [match.start()] * len(composed)
        ends += [match.end()] * len(composed)
    return Spoken("".join(pieces), tuple(starts), tuple(ends))


def _readable(char: str) -> str:
    if char in _SOFT:
        return ""
    if char == "\n" or unicodedata.category(char) in ("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp", "Zs"):
        return " "
    code = ord(char)
    return " " if any(low <= code <= high for low, high in _DRAWN_BLOCKS) else char


def _replace(spoken: Spoken, pattern: re.Pattern[str], reading: Callable[[re.Match[str]], str]) -> Spoken:
    """`pattern.sub`, with each replacement standing for the whole of what it replaced."""
    if not pattern.search(spoken.text):
        return spoken
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in pattern.finditer(spoken.text):
        first, last = match.span()
        if first == last:
            continue
        new = reading(match)
        pieces += [spoken.text[done:first], new]
        starts += [*spoken.starts[done:first], *[spoken.starts[first]] * len(new)]
        ends += [*spoken.ends[done:first], *[spoken.ends[last - 1]] * len(new)]
        done = last
    pieces.append(spoken.text[done:])
    starts += spoken.starts[done:]
    ends += spoken.ends[done:]
    return Spoken("".join(pieces), tuple(starts), tuple(ends))
