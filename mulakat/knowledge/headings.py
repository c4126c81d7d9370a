"""Which headings open which part of a CV or a job description, in both languages.

Does not: look at letters' sizes or weights; whoever has a layout does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import plain

CV_PARTS = frozenset(
    ["roles", "education", "skills", "projects", "languages", "summary", "private", "contact", "other"]
)
JOB_PARTS = frozenset(["duties", "must", "nice", "offer", "skills", "education"])
LONGEST = 6
"""Words a heading has at most."""

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPACED = re.compile(r"^(?:[^\W\d_] ){3,}[^\W\d_]$")
_JOINERS = frozenset(["and", "ve", "or", "my", "of", "the", "ile"])


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, Language]]:
    """Folded heading -> part and language; what stands first in the file wins a phrase."""
    raw = yaml.safe_load(files("mulakat.knowledge").joinpath("data/headings.yaml").read_text("utf-8"))
    found: dict[str, tuple[str, Language]] = {}
    for part, languages in raw.items():
        for language in LANGUAGES:
            for phrase in languages[language]:
                found.setdefault(f"{part}:{_key(phrase)}", (part, language))
    return found


@lru_cache(maxsize=8192)
def part_of(text: str, parts: frozenset[str] = CV_PARTS) -> tuple[str, Language] | None:
    """The part that a line opens, and the heading's language; None for a line that is no heading.

    A heading is one of the known phrases, alone or joined by "and" with others: "Skills & Tools".
    """
    if len(text) > 70 or any(c.isdigit() for c in text):
        return None
    squeezed = text.replace(" ", "") if _SPACED.match(text.strip()) else text
    key = _key(squeezed)
    if not key or len(key.split()) > LONGEST:
        return None
    whole = _look_up(key, parts)
    if whole or text.rstrip().endswith((".", ",", ";")):
        return whole
    halves = [
        _look_up(_key(half), parts) for half in re.split(r"\s*(?:&|/|\+|\band\b|\bve\b)\s*", squeezed)
    ]
    return halves[0] if len(halves) > 1 and all(halves) else None


def _look_up(key: str, parts: frozenset[str]) -> tuple[str, Language] | None:
    return next((_table()[f"{p}:{key}"] for p in _ORDER if p in parts and f"{p}:{key}" in _table()), None)


_ORDER = (*sorted(CV_PARTS), *sorted(JOB_PARTS - CV_PARTS))


def _key(text: str) -> str:
    """Folded so that capitals of either language meet: "EĞİTİM", "Egitim" and "eğitim" are one."""
    folded = plain(text, "tr").replace("ı", "i")
    return " ".join(w for w in _LETTERS.findall(folded) if w not in _JOINERS)
