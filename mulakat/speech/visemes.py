"""From sounds (IPA) to the 15 mouth shapes that the avatar knows, for English and Turkish.

Affricates, diphthongs and long or r-coloured vowels are split in time. A sound that no table
knows gets the shape of its base letter, so there is never an error. Does not: smooth or
co-articulate; the avatar does, on its own clock.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Literal

from mulakat.messages import Language, Phoneme

Viseme = Literal["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"]
VISEMES: tuple[Viseme, ...] = (
    "sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U",
)  # fmt: skip

_BY_SHAPE: dict[Viseme, str] = {
    "PP": "p b m ɓ ʙ",
    "FF": "f v ɱ ʋ ⱱ ɸ β",
    "TH": "θ ð",
    "DD": "t d ʈ ɖ ɗ",
    "kk": "k g ɡ c ɟ q ɢ x ɣ χ ʁ ŋ ɲ ɴ ʔ ʡ ħ ʕ ʜ ʢ ɠ ʛ ʄ ʀ ɰ",
    "CH": "ʃ ʒ ɕ ʑ ç ʝ ɧ ʂ ʐ",
    "SS": "s z ɬ ɮ",
    "nn": "n l ɫ ɭ ʎ ʟ ɳ ɺ",
    "RR": "r ɹ ɾ ɻ ɽ ɚ ɝ",
    "aa": "a ɑ ɐ ʌ æ ɶ",
    "E": "e ɛ ə ɜ ɘ ɞ",
    "I": "i ɪ ɨ ᵻ ɯ j ɪ̈ ɤ",
    "O": "o ɔ ɒ ø œ ɵ",
    "U": "u ʊ y ʏ ʉ w ʍ ɥ ᵿ",
}
_SHAPE: dict[str, Viseme] = {s: shape for shape, sounds in _BY_SHAPE.items() for s in sounds.split()}
_OWN: dict[Language, dict[str, Viseme]] = {
    "en": {"ɾ": "DD", "ɲ": "nn"},  # the tap of "better"
    "tr": {"æ": "E", "ɨ": "I"},  # the open e of "gel"
}
# Whole symbols that are more, or other, than their letters one by one: (shape, share of the time).
_SPLIT: dict[str, list[tuple[Viseme, int]]] = {
    "tʃ": [("DD", 2), ("CH", 3)],
    "dʒ": [("DD", 2), ("CH", 3)],
    "əʊ": [("O", 3), ("U", 2)],
    "oʊ": [("O", 3), ("U", 2)],
    "ɚ": [("E", 1), ("RR", 1)],
    "ɝ": [("E", 1), ("RR", 1)],
}
_SILENT = "ˈˌ‿͜͡'.|"
_BREATH = "hɦ"  # takes the shape of what follows


def viseme_track(phonemes: Iterable[Phoneme], language: Language) -> tuple[tuple[int, int, Viseme], ...]:
    """(start ms, end ms, shape) in order, without gaps where `phonemes` has none.

    Neighbours of one shape are joined, and a sound without duration is left out. Never raises on
    a symbol, whatever it is.
    """
    track: list[tuple[int, int, Viseme]] = []
    sounds = list(phonemes)
    for index, sound in enumerate(sounds):
        shapes = shapes_of(sound.symbol, language)
        if not shapes:
            after = sounds[index + 1].symbol if index + 1 < len(sounds) else ""
            shapes = [s for s in shapes_of(after, language)[:1] if s[0] != "sil"] or [("aa", 1)]
        for start, end, shape in _shared(sound.start, sound.end, shapes):
            if track and track[-1][2] == shape and track[-1][1] == start:
                track[-1] = (track[-1][0], end, shape)
            else:
                track.append((start, end, shape))
    return tuple(track)


def shapes_of(symbol: str, language: Language) -> list[tuple[Viseme, int]]:
    """The shapes of one symbol with their shares of its time; empty for a breath (h)."""
    rest = symbol.translate({ord(c): None for c in _SILENT})
    shapes: list[tuple[Viseme, int]] = []
    while rest:
        known = next((s for s in _SPLIT if rest.startswith(s)), "")
        if known:
            shapes += _SPLIT[known]
        elif rest[0] in "ːˑ" and shapes:
            shapes[-1] = (shapes[-1][0], shapes[-1][1] + 1)
        elif rest[0] not in _BREATH and not unicodedata.combining(rest[0]):
            shapes.append((_shape(rest[0], language), 2))
        rest = rest[len(known) or 1 :]
    if not shapes and symbol.strip(_SILENT) and symbol.strip(_SILENT)[0] in _BREATH:
        return []
    return shapes or [("sil", 1)]


def _shape(sound: str, language: Language) -> Viseme:
    """The shape of one letter, by the language's table, the common one, or its base letter."""
    own = _OWN[language].get(sound) or _SHAPE.get(sound)
    if own:
        return own
    base = unicodedata.normalize("NFKD", sound)[:1].lower()
    if base in _SHAPE:
        return _SHAPE[base]
    return "E" if base.isalpha() else "sil"


def _shared(start: int, end: int, shapes: list[tuple[Viseme, int]]) -> list[tuple[int, int, Viseme]]:
    """`start` to `end` divided by the shares; parts of no length are left out."""
    total = sum(share for _, share in shapes)
    parts: list[tuple[int, int, Viseme]] = []
    done, at = 0, start
    for shape, share in shapes:
        done += share
        until = start + (end - start) * done // total
        if until > at:
            parts.append((at, until, shape))
        at = until
    return parts
