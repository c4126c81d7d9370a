"""The word lists of `data/cv.yaml`, read once.

Does not: decide what a line is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.text.fold import plain

_TOKEN = re.compile(r"[^\s,;:|/()\t–—]+")


@dataclass(frozen=True, slots=True)
class WordList:
    exact: frozenset[str]
    begins: tuple[str, ...]

    def holds(self, word: str) -> bool:
        """Whether a folded word is in the list."""
        return word in self.exact or word.startswith(self.begins)

    def count(self, text: str) -> int:
        """How many words of a text are in the list."""
        return sum(self.holds(w) for w in tokens(text))


@dataclass(frozen=True, slots=True)
class Lexicon:
    titles: WordList
    employers: WordList
    schools: WordList
    degrees: WordList
    levels: WordList
    tongues: frozenset[str]
    not_names: frozenset[str]
    columns: dict[str, str]
    private: dict[str, re.Pattern[str]]


def fold(text: str) -> str:
    """Lower case without marks, capitals of both languages alike."""
    return plain(text, "tr").replace("ı", "i")


def tokens(text: str) -> list[str]:
    """The folded words of a text; points inside stay, as in "B.Sc"."""
    return [
        t
        for t in (w.strip(".'’\"“”•-").split("'")[0].split("’")[0] for w in _TOKEN.findall(fold(text)))
        if t
    ]


def _list(text: str) -> WordList:
    entries = [fold(w) for w in text.split()]
    return WordList(
        frozenset(w.strip(".") for w in entries if not w.endswith("*")),
        tuple(w[:-1] for w in entries if w.endswith("*")),
    )


@lru_cache(maxsize=1)
def words() -> Lexicon:
    raw = yaml.safe_load(files("mulakat.knowledge").joinpath("data/cv.yaml").read_text("utf-8"))
    return Lexicon(
        titles=_list(raw["titles"]),
        employers=_list(raw["employers"]),
        schools=_list(raw["schools"]),
        degrees=_list(raw["degrees"]),
        levels=_list(raw["levels"]),
        tongues=frozenset(fold(w) for text in raw["tongues"].values() for w in text.split()),
        not_names=frozenset(raw["not_names"].split()),
        columns={fold(label): name for name, labels in raw["columns"].items() for label in labels},
        private={kind: re.compile(pattern) for kind, pattern in raw["private"].items()},
    )
