"""How near what somebody typed is to a name of a pack: word by word, forgiving a slip of the keys.

Does not: know of packs, or decide how near is near enough.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from mulakat.text.fold import lower_words, plain

LONGEST = 200
"""Characters of what was typed that are looked at."""

_ALIKE = 83
"""Likeness (0-100) from which two words count as one that was mistyped."""

_NOTHING = """
    a an and at for in of on the to with bir ve ile icin
    senior junior trainee lead leader head chief officer manager specialist expert assistant agent intern
    kidemli uzman uzmani uzmanligi yonetici yoneticisi mudur muduru lider lideri sefi elemani gorevlisi
    sorumlusu asistani asistan yardimcisi stajyer temsilcisi
"""
_EMPTY = frozenset(_NOTHING.split())
"""Words that say nothing of a field when they stand alone."""


def likeness(typed: str, name: str) -> float:
    """From 0 (nothing in common) to 1 (the same words).

    All words that tell of one of the two must stand in the other: "nurse" is near "intensive care
    nurse", and "senior backend developer in Izmir" is near "backend developer".
    """
    left, right = _words(typed), _words(name)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    shorter, longer = sorted((left, right), key=len)
    if not all(any(_same(a, b) for b in longer) for a in shorter):
        return 0.0
    return 0.5 + 0.4 * len(shorter) / len(longer)


def _words(text: str) -> list[str]:
    """The words that tell of a field, without diacritics; all of them if none does."""
    found = lower_words(plain(text[:LONGEST].replace("_", " "), "en"), "en")
    return [w for w in found if w not in _EMPTY] or found


def _same(a: str, b: str) -> bool:
    if a == b:
        return True
    return min(len(a), len(b)) >= 4 and fuzz.ratio(a, b) >= _ALIKE
