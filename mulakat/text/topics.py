"""Word lists about what a text speaks of: leisure, work, clashing worlds, nonsense, other tongues.

Does not: decide; `assessment` does. English words meet by their stem, Turkish ones by how they begin,
because Turkish puts several endings after a word and its stemmers cut unevenly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from mulakat.messages import Language
from mulakat.text.fold import lower
from mulakat.text.stems import stem

SHORTEST_STEM = 3
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words to meet in a text.

    exact   lower-case words (Turkish) or stems (English)
    begins  beginnings of words; empty in English
    """

    language: Language
    exact: frozenset[str]
    begins: frozenset[str]

    def key(self, word: str) -> str:
        """Which entry a lower-case word meets; "" when none."""
        if len(word) > LONGEST_WORD:
            return ""
        if self.language == "en":
            found = stem(word, "en")
            return found if found in self.exact else ""
        if word in self.exact:
            return word
        for length in range(len(word), SHORTEST_STEM - 1, -1):
            if word[:length] in self.begins:
                return word[:length]
        return ""


@dataclass(frozen=True, slots=True)
class Topics:
    leisure: Words
    work: Words
    salad: dict[str, Words]  # worlds that ordinary sentences do not mix
    nonsense: frozenset[str]


def _words(text: str, language: Language) -> Words:
    entries = [lower(w, language) for w in text.split()]
    if language == "en":
        return Words("en", frozenset(stem(w, "en") for w in entries), frozenset())
    exact = frozenset(w.rstrip("=") for w in entries)
    begins = frozenset(w for w in entries if not w.endswith("=") and len(w) >= SHORTEST_STEM)
    return Words("tr", exact, begins)


def _read(name: str) -> Any:
    return yaml.safe_load(files("mulakat.text").joinpath(f"data/{name}.yaml").read_text("utf-8"))


@lru_cache(maxsize=4)
def topics(language: Language) -> Topics:
    """The topic words of a language."""
    raw = _read(f"topics_{language}")
    leisure, work = _words(raw["leisure"], language), _words(raw["work"], language)
    # A word that stands in both lists says nothing of leisure.
    leisure = replace(leisure, exact=leisure.exact - work.exact)
    return Topics(
        leisure=leisure,
        work=work,
        salad={world: _words(text, language) for world, text in raw["salad"].items()},
        nonsense=frozenset(raw["nonsense"].split()),
    )


@lru_cache(maxsize=1)
def other_tongues() -> dict[str, frozenset[str]]:
    """Function words of some third languages, by code."""
    return {code: frozenset(text.split()) for code, text in _read("others").items()}
