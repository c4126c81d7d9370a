"""An answer as words, numbers and marks with their places in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from mulakat.messages import Language, Span, SpanKind
from mulakat.text.fold import lower

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:-[^\W\d_]+|['’][^\W\d_]+)*|[^\W_]+(?:['’\-&][^\W_]+)*(?:\+\+|#)?|[^\w\s]|_"
)
_END = frozenset(".!?:…\n")
LONGEST = 6_000
"""Characters of an answer in which spans are sought: whoever says more is asked about the beginning."""


class Token(NamedTuple):
    """`start` and `end` are offsets into the answer; `first` tells whether a sentence begins here."""

    text: str
    low: str
    start: int
    end: int
    first: bool

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


class Found(NamedTuple):
    """A span and how good it would be to name it; higher is better."""

    score: float
    span: Span


def tokens_of(answer: str, language: Language) -> list[Token]:
    """The tokens of an answer's first LONGEST characters."""
    found: list[Token] = []
    first = True
    for match in _TOKEN.finditer(answer[:LONGEST]):
        text = match[0]
        found.append(
            Token(text, lower(text, language), match.start(), match.end(), first and text[0].isalnum())
        )
        if text in _END:
            first = True
        elif text[0].isalnum():
            first = False
    return found


def found(answer: str, kind: SpanKind, start: int, end: int, score: float) -> Found:
    return Found(score, Span(answer[start:end], kind, start, end))
