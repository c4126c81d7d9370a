"""What a sentence does in an account, and how much it tells: small linear heads on n-grams.

Body: word and character n-grams of the neutral form (`neutral.py`), sublinear tf-idf, each family of
unit length. Heads: six one-against-rest logistic ones for the parts of STAR (and reflection, none), one
for asides (private life, flattery, sayings), a ridge one for quality, 0 (empty) to 2 (concrete), and one,
trained on whole answers, for how far a sentence leans to private life, which only the mean over an answer
decides. Trained by `tools/mind/train.py` on `data/star` and `data/answers`; inference is numpy alone and
rounds, so the same sentence always gets the same marks.

Does not: read more than one sentence at a time, or know the question.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

from mulakat.assessment.measures import told_stems
from mulakat.messages import Language
from mulakat.text.fold import plain
from mulakat.text.topics import Words, topics

PARTS = ("situation", "task", "action", "result", "reflection", "none")

WORDS, LETTERS = (1, 2), (2, 5)
"""Shortest and longest n-gram of words and of characters within a word."""

_WORD = re.compile(r"\w+|[^\w\s]")
UNUSUAL = 1.1
"""Logarithm of one plus a stem's count under which it is strange to work: two sentences or fewer."""

Floats = npt.NDArray[np.float64]


def word_grams(text: str) -> Iterator[str]:
    tokens = _WORD.findall(text)
    yield from tokens
    yield from (f"{a} {b}" for a, b in itertools.pairwise(tokens))


def letter_grams(text: str) -> Iterator[str]:
    """Character n-grams of every word with its edges, marked so that they meet no word."""
    for word in text.split():
        padded = f" {word} "
        for size in range(LETTERS[0], LETTERS[1] + 1):
            yield from (f"~{padded[i : i + size]}" for i in range(max(len(padded) - size + 1, 1)))


@dataclass(frozen=True, slots=True)
class Marks:
    """One sentence's marks.

    parts    probability of each of PARTS, in that order; they need not sum to 1
    aside    probability that it speaks of something else than work
    quality  0 empty, 1 plain but informative, 2 concrete; clipped to that range
    private  log odds that an answer made of such sentences tells of private life; one alone proves nothing
    """

    parts: tuple[float, ...]
    aside: float
    quality: float
    private: float = 0.0

    @property
    def part(self) -> str:
        """The likeliest part."""
        return PARTS[max(range(len(PARTS)), key=lambda n: (self.parts[n], -n))]

    def of(self, part: str) -> float:
        return self.parts[PARTS.index(part)]


@dataclass(frozen=True)
class AsideBody:
    """What tells an aside besides its n-grams: word lists, and how usual its words are at work.

    familiar   stems -> sentences about work that hold them (dialogues and packs)
    weights    of the four features, shape (2, 4): for asides, for private answers
    """

    language: Language
    familiar: dict[str, int]
    weights: Floats

    def features(self, neutral: str) -> tuple[float, float, float, float]:
        """Mean familiarity, share of unfamiliar stems, words of leisure, words of work."""
        known = [math.log1p(self.familiar.get(s, 0)) for s in sorted(told_stems([neutral], self.language))]
        leisure = work = 0
        for word in set(neutral.split()):
            if self._work.key(word):
                work += 1
            elif self._leisure.key(word):
                leisure += 1
        count = len(known) or 1
        strange = sum(k < UNUSUAL for k in known) / count
        return sum(known) / count / 3, strange, min(leisure, 3) / 2, min(work, 3) / 2

    @cached_property
    def _work(self) -> Words:
        return _folded(topics(self.language).work)

    @cached_property
    def _leisure(self) -> Words:
        return _folded(topics(self.language).leisure)


def _folded(words: Words) -> Words:
    """A list that meets words in neutral form, where Turkish has no diacritics."""
    if words.language == "en":
        return words
    return Words("tr", *(frozenset(plain(w, "tr") for w in part) for part in (words.exact, words.begins)))


class Head:
    """A body and its heads. `weights` has shape (features, 9): the parts, aside, quality, private."""

    def __init__(
        self,
        vocabulary: list[str],
        idf: Floats,
        weights: Floats,
        bias: Floats,
        aside: AsideBody,
        origin: dict[str, Any],
    ) -> None:
        self.aside = aside
        self._ids = {gram: n for n, gram in enumerate(vocabulary)}
        self._idf, self._weights, self._bias = idf, weights, bias
        self.origin = origin
        """Where it comes from: data and their hash, versions, held-out figures."""

    def features(self, neutral: str) -> tuple[list[int], Floats]:
        """Indices of the n-grams that are known, and their weights."""
        ids: list[int] = []
        values: list[Floats] = []
        for grams in (word_grams(neutral), letter_grams(neutral)):
            counts = Counter(i for g in grams if (i := self._ids.get(g)) is not None)
            order = sorted(counts)
            weight = (1 + np.log([counts[i] for i in order])) * self._idf[order] if order else np.zeros(0)
            norm = float(np.sqrt(weight @ weight)) if order else 1.0
            ids += order
            values.append(weight / (norm or 1.0))
        return ids, np.concatenate(values)

    def marks(self, neutral: str) -> Marks:
        """The marks of one sentence in neutral form."""
        ids, values = self.features(neutral)
        out = self._bias + (values[None, :] @ self._weights[ids])[0] if ids else self._bias.copy()
        out[[-3, -1]] += self.aside.weights @ np.array(self.aside.features(neutral))
        parts = tuple(round(float(1 / (1 + np.exp(-v))), 4) for v in out[:-2])
        quality, private = float(out[-2]), float(out[-1])
        return Marks(parts[:-1], parts[-1], round(min(max(quality, 0.0), 2.0), 4), round(private, 4))


@lru_cache(maxsize=4)
def head(language: Language) -> Head:
    """The shipped head of a language."""
    data = files("mulakat.assessment").joinpath(f"data/head_{language}.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as box:
        return Head(
            vocabulary=str(box["vocabulary"][()]).split("\n"),
            idf=box["idf"].astype(np.float64),
            weights=box["weights"].astype(np.float64),
            bias=box["bias"].astype(np.float64),
            aside=AsideBody(
                language,
                dict(zip(str(box["familiar"][()]).split("\n"), map(int, box["counts"]), strict=True)),
                box["aside"].astype(np.float64),
            ),
            origin=json.loads(str(box["origin"][()])),
        )
