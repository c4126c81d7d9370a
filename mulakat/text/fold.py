"""Letters: case and spelling made comparable in both languages.

Turkish has two i's: "I" is the capital of "ı", "İ" that of "i". Python's own `lower` is English.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mulakat.messages import Language

_TR_LOWER = str.maketrans({"I": "ı", "İ": "i"})
_TR_UPPER = str.maketrans({"ı": "I", "i": "İ"})
_PLAIN = str.maketrans("çğıöşüâîû", "cgiosuaiu")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")


def lower(text: str, language: Language) -> str:
    """Lower case by the language's own rule, composed (NFC)."""
    text = unicodedata.normalize("NFC", text)
    return (text.translate(_TR_LOWER) if language == "tr" else text).lower().replace("i̇", "i")


def capital(text: str, language: Language) -> str:
    """The text with its first letter as a capital: "iyi" is "İyi" in Turkish."""
    if not text:
        return text
    first = text[0].translate(_TR_UPPER) if language == "tr" else text[0]
    return first.upper() + text[1:]


def words(text: str) -> list[str]:
    """The words and numbers of a text, in order, as they stand."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def lower_words(text: str, language: Language) -> list[str]:
    """The words of a text in lower case, with what follows a Turkish apostrophe cut off."""
    return list(_lower_words(text, language))


@lru_cache(maxsize=128)
def _lower_words(text: str, language: Language) -> tuple[str, ...]:
    found = _WORD.findall(lower(text, language))
    if language == "tr":
        return tuple(w.replace("’", "'").split("'", 1)[0] for w in found)
    return tuple(found)


def plain(text: str, language: Language) -> str:
    """Lower case without diacritics: people type Turkish without them, and so do filters."""
    folded = lower(text, language).translate(_PLAIN)
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
