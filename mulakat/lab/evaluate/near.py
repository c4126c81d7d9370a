"""How near the nearest training text lies: whether an interviewer words turns or recites them.

Likeness is 1 - Levenshtein distance over the longer length, on lower-case letters; 1 is the same text.
The same figure of held-out texts says how near one comes by the kind of talk alone. Does not: judge
whether near is bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from mulakat.lab.data.rows import Row
from mulakat.lab.evaluate import measures
from mulakat.lab.evaluate.held import dialogues
from mulakat.lab.evaluate.served import Sample
from mulakat.messages import LANGUAGES, Language, Span
from mulakat.text.fold import lower

NAME = "\N{SQUARED PLUS}"
"""Stands for the span: one letter that occurs in no text, so that frames are compared and not names."""
ACKNOWLEDGEMENT, FRAME, TURN = "acknowledgement", "acknowledgement without its span", "turn"


@dataclass(frozen=True, slots=True)
class Nearest:
    """Likeness of `count` texts to their nearest training texts; `copies` are the same to the letter."""

    count: int
    mean: float
    p95: float
    copies: int


class Corpus:
    """The training targets of each language, once as they stand and once with their spans masked."""

    def __init__(self, train: Sequence[Row]) -> None:
        self._texts: dict[tuple[Language, str], list[str]] = {}
        led, _ = dialogues(train, train)
        for language in LANGUAGES:
            steps = [s for d in led if d.language == language for s in d.steps]
            acks = [
                (s.reference.acknowledgement, s.move.span) for s in steps if s.reference.acknowledgement
            ]
            self._texts[language, ACKNOWLEDGEMENT] = _unique(lower(a, language) for a, _ in acks)
            self._texts[language, FRAME] = _unique(masked(a, span, language) for a, span in acks)
            self._texts[language, TURN] = _unique(lower(s.reference.text, language) for s in steps)

    def nearest(self, samples: Sequence[Sample], language: Language) -> dict[str, Nearest]:
        """For acknowledgements, their frames and whole turns."""
        acks = [s for s in samples if s.acknowledgement]
        return {
            ACKNOWLEDGEMENT: self._near(
                [lower(s.acknowledgement, language) for s in acks], language, ACKNOWLEDGEMENT
            ),
            FRAME: self._near(
                [masked(s.acknowledgement, s.move.span, language) for s in acks], language, FRAME
            ),
            TURN: self._near([lower(s.wording, language) for s in samples], language, TURN),
        }

    def _near(self, texts: Sequence[str], language: Language, what: str) -> Nearest:
        best = likenesses(texts, self._texts[language, what])
        return Nearest(
            len(best),
            measures.mean(best),
            measures.quantile(best, 0.95),
            sum(value == 1.0 for value in best),
        )


def likenesses(texts: Sequence[str], training: Sequence[str]) -> list[float]:
    """The likeness of each text to the nearest of `training`; 0 when there is none."""
    if not texts or not training:
        return [0.0] * len(texts)
    table = process.cdist(texts, training, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    return [float(v) for v in table.max(axis=1)]


def masked(text: str, span: Span | None, language: Language) -> str:
    """A text in small letters, with one sign for its span."""
    low = lower(text, language)
    return low.replace(lower(span.text, language), NAME) if span else low


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
