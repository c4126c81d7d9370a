"""Which conversations are nearly the same: MinHash finds candidates, exact Jaccard likeness decides.

Likeness is that of word triples (shingles), from 0 to 1. Does not: remove anything.

Source: A. Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mulakat.lab.extras import need
from mulakat.text.fold import lower

PERMUTATIONS = 96
_WORD = re.compile(r"\w+")
_DIRECTIVE = re.compile(r"\[\w+(?:;[^\]]*)?\]")


def shingles(text: str, size: int = 3) -> frozenset[str]:
    """The word triples of a text in lower case; the whole text when it is shorter.

    The director's marks are left out: they are alike in all conversations.
    """
    words = _WORD.findall(lower(_DIRECTIVE.sub(" ", text), "en"))
    if len(words) < size:
        return frozenset({" ".join(words)}) if words else frozenset()
    return frozenset(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Likeness of two sets, 0 to 1."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


class Likeness:
    """Finds near texts among those it was given."""

    def __init__(self, threshold: float, seed: int = 1) -> None:
        datasketch = need("datasketch")
        self.threshold = threshold
        # A little below the threshold: the exact likeness decides, the index must not miss.
        self._index = datasketch.MinHashLSH(threshold=max(0.1, threshold - 0.1), num_perm=PERMUTATIONS)
        self._sets: dict[int, frozenset[str]] = {}
        self._minhash, self._seed = datasketch.MinHash, seed

    def _hash(self, found: frozenset[str]) -> Any:
        made: Any = self._minhash(num_perm=PERMUTATIONS, seed=self._seed)
        made.update_batch([s.encode() for s in sorted(found)])
        return made

    def near(self, text: str) -> list[tuple[int, float]]:
        """Known texts at least as near as the threshold: (number, likeness), the nearest first."""
        found = shingles(text)
        pairs = [(int(n), jaccard(found, self._sets[int(n)])) for n in self._index.query(self._hash(found))]
        return sorted((p for p in pairs if p[1] >= self.threshold), key=lambda p: (-p[1], p[0]))

    def add(self, number: int, text: str) -> list[tuple[int, float]]:
        """Remember a text; what was near it already."""
        found = shingles(text)
        made = self._hash(found)
        pairs = [(int(n), jaccard(found, self._sets[int(n)])) for n in self._index.query(made)]
        self._sets[number] = found
        self._index.insert(str(number), made, check_duplication=False)
        return sorted((p for p in pairs if p[1] >= self.threshold), key=lambda p: (-p[1], p[0]))


def near_pairs(texts: Sequence[str], threshold: float) -> Iterator[tuple[int, int, float]]:
    """All pairs of near texts, the earlier number first."""
    known = Likeness(threshold)
    for number, text in enumerate(texts):
        for other, likeness in known.add(number, text):
            yield other, number, likeness
