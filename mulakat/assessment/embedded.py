"""A head on sentence embeddings beside the n-gram head: for a language whose embedding model is at hand.

Any function that turns sentences into vectors will do (`Embed`): the embedded MiniLM for English, a
multilingual model for both once it is fetched. The head is a ridge regression in closed form, so a
new model needs no more than its vectors of the labelled sentences; it speaks with half the say, the n-gram
head with the other half. Whether an answer is private is left to the latter. Does not: run a model;
without one the n-gram head speaks alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mulakat.assessment.heads import Floats, Marks, head
from mulakat.messages import Language

Embed = Callable[[Sequence[str]], npt.ArrayLike]
"""Sentences -> vectors, shape (sentences, dimensions)."""

SHARE = 0.5
"""How much say the embedding head has."""

RIDGE = 1.0

AT_ONCE = 2
"""Sentences that are marked at the same time; an engine has as many copies of a small model."""

DIGITS = 3
"""Decimals of a unit vector that count: engines differ in the last ones from machine to machine."""


class Reader(Protocol):
    """Whatever marks a sentence in neutral form: `heads.Head`, or `EmbeddedHead`."""

    def marks(self, neutral: str) -> Marks: ...


class EmbeddedHead:
    """Both heads. `weights`, shape (dimensions + 1, 8): parts, aside, quality; its last row is the bias."""

    def __init__(self, embed: Embed, weights: Floats, base: Reader) -> None:
        self._embed, self._weights, self._base = embed, weights, base
        self._kept = lru_cache(maxsize=4096)(self._marks)

    def marks(self, neutral: str) -> Marks:
        return self._kept(neutral)

    def look_ahead(self, neutral: Sequence[str]) -> None:
        """Marks sentences side by side, so that `marks` finds them done.

        One sentence a call all the same: in a batch the last decimals of a vector depend on its
        neighbours, and the same answer would not always get the same score.
        """
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._kept, dict.fromkeys(neutral)))

    def _marks(self, neutral: str) -> Marks:
        base = self._base.marks(neutral)
        vector = unit(self._embed([neutral]))
        told = (np.hstack([vector, np.ones((1, 1))]) @ self._weights)[0]
        return Marks(
            tuple(_mix(b, t, 1.0) for b, t in zip(base.parts, told[:-2], strict=True)),
            _mix(base.aside, told[-2], 1.0),
            _mix(base.quality, told[-1], 2.0),
            base.private,
        )


def reader_for(language: Language, model: str = "", embed: Embed | None = None) -> Reader:
    """The best reader of a language: both heads where `embed` and weights for it are there, else one.

    `model` is a catalogue name ("all-minilm-l6-v2"); weights come with the package, for English.
    """
    path = files("mulakat.assessment").joinpath(f"data/head_{language}_{model}.npz")
    if embed is None or not model or not path.is_file():
        return head(language)
    with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as box:
        return EmbeddedHead(embed, box["weights"].astype(np.float64), head(language))


def _mix(base: float, told: float, most: float) -> float:
    return round((1 - SHARE) * base + SHARE * float(min(max(told, 0.0), most)), 4)


def unit(vectors: npt.ArrayLike) -> Floats:
    """Rows of length one, rounded."""
    rows = np.atleast_2d(np.asarray(vectors, dtype=np.float64))
    return np.asarray(
        np.round(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), DIGITS)
    )


def fit(vectors: npt.ArrayLike, targets: npt.ArrayLike) -> Floats:
    """Weights of a head: ridge regression in closed form (Hoerl & Kennard 1970, Technometrics 12(1)).

    vectors  of the labelled sentences, shape (n, dimensions)
    targets  shape (n, 8): each part 0 or 1, aside 0 or 1, quality 0 to 2
    """
    x, y = unit(vectors), np.asarray(targets, dtype=np.float64)
    centre, mean = x.mean(axis=0), y.mean(axis=0)
    xc = x - centre
    weights = np.linalg.solve(xc.T @ xc + RIDGE * np.eye(x.shape[1]), xc.T @ (y - mean))
    return np.vstack([weights, mean - centre @ weights])
