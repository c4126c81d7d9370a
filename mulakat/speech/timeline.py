"""From an engine's raw events to the timeline of a `Speech`: sounds with start and end, and words
with offsets into the text that was asked for.

Does not: know any engine, or map sounds to mouth shapes (`visemes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mulakat.messages import Phoneme, WordMark
from mulakat.speech.normalise import Spoken

PAUSE = ""  # the symbol of a pause
_MARKS = "ˈˌːˑ"  # stress and length: no sounds of their own
_TOKEN = re.compile(r"[^\s—–…/]+")
_EDGES = ".,;:!?…\"'“”‘’`()[]{}<>«»-*_"


def intervals(sounds: Sequence[tuple[int, str]], end_ms: int) -> tuple[Phoneme, ...]:
    """Turns start positions into gapless intervals from 0 to `end_ms`.

    `sounds` are (ms, IPA) in speaking order; an empty symbol is a pause. Pauses in a row become
    one; a sound that was given no time takes the last third of the one before it.
    """
    starts = _starts(sounds, end_ms)
    found: list[Phoneme] = []
    for index, (start, symbol) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else end_ms
        _append(found, Phoneme(start, max(start, end), symbol))
    return tuple(found)


def _starts(sounds: Sequence[tuple[int, str]], end_ms: int) -> list[tuple[int, str]]:
    """Monotonic, within the audio, beginning at 0; lone stress marks joined to what follows."""
    found = [(0, PAUSE)]
    pending = ""
    for position, symbol in sounds:
        symbol = pending + symbol.strip("_ \u200d\u0361") if symbol.strip("_ ") else PAUSE
        pending = ""
        if symbol and not symbol.strip(_MARKS):
            pending = symbol
            continue
        found.append((min(max(position, found[-1][0]), end_ms), symbol))
    return found


def _append(found: list[Phoneme], new: Phoneme) -> None:
    last = found[-1] if found else None
    if new.symbol == PAUSE:
        if new.end == new.start:
            return
        if last and last.symbol == PAUSE:
            found[-1] = Phoneme(last.start, new.end, PAUSE)
            return
    elif new.end == new.start:
        if last is None or last.end - last.start < 3:
            return
        cut = last.end - (last.end - last.start) // 3
        found[-1] = Phoneme(last.start, cut, last.symbol)
        new = Phoneme(cut, last.end, new.symbol)
    found.append(new)


def word_marks(
    words: Iterable[tuple[int, int, int]], spoken: Spoken, original: str, end_ms: int
) -> tuple[WordMark, ...]:
    """A mark for each written word of `original`; none at all when the engine marked nothing.

    `words` are (ms, offset, length) within `spoken.text`. A mark is widened to the whole written
    word, because engines count "C++" or "3.5" as several. Words that the engine ran together with
    their neighbours ("of the") get a place between them by their letters.
    """
    tokens = tokens_of(original)
    heard = _heard(words, spoken, tokens, end_ms)
    if not heard:
        return ()
    known = [(tokens[0][0] - 1, 0)] if 0 not in heard else []
    known += [(tokens[index][0], ms) for index, ms in heard.items()]
    known.append((tokens[-1][1], end_ms))
    found, place = [], 0
    for index, (start, end) in enumerate(tokens):
        while known[place + 1][0] <= start:
            place += 1
        (left, before), (right, after) = known[place], known[place + 1]
        ms = heard.get(index, before + (after - before) * (start - left) // (right - left))
        found.append(WordMark(ms, start, end - start))
    return tuple(found)


def _heard(
    words: Iterable[tuple[int, int, int]], spoken: Spoken, tokens: list[tuple[int, int]], end_ms: int
) -> dict[int, int]:
    """Index of each written word that the engine marked, and when (ms); both in rising order."""
    found: dict[int, int] = {}
    index, clock = 0, 0
    for position, offset, length in sorted(words):
        start, end = spoken.original(offset, length)
        while index < len(tokens) and tokens[index][1] <= start:
            index += 1
        if index == len(tokens) or tokens[index][0] >= max(end, start + 2):
            continue
        clock = min(max(position, clock), end_ms)
        found[index] = clock
        index += 1
    return found


def tokens_of(text: str) -> list[tuple[int, int]]:
    """(start, end) of each written word, without the punctuation around it.

    A word has at least one letter or digit; its combining marks and signs stay ("C++", "20%").
    """
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        start = match.start() + len(word) - len(word.lstrip(_EDGES))
        end = match.end() - (len(word) - len(word.rstrip(_EDGES)))
        if any(char.isalnum() for char in word):
            found.append((start, end))
    return found
