"""What can be counted in one sentence and in one answer: small named functions, each with its source.

They look at the neutral form only (`neutral.py`), so nobody's name, age, gender, origin or way of
speech can enter. Does not: weigh the counts against each other (`weigh.py`).
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from mulakat.assessment.neutral import NAME, NUMBER, neutral
from mulakat.messages import Language
from mulakat.text.fold import lower_words, plain
from mulakat.text.lexicon import function_words
from mulakat.text.stems import stem

Own = Literal["i", "we", "none"]
LONG_ENOUGH = 45.0
"""Words at which two thirds of what length can say are said; a minute of speech has 120 to 150."""

PREFIX = 5
"""Letters that stand for a Turkish word's stem: first-five truncation retrieves as well as stemming
(Can, Kocberber, Balcik, Kaynak, Ocalan & Vursavas 2008, JASIST 59(3))."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    mine: re.Pattern[str]
    ours: re.Pattern[str]
    opinion: re.Pattern[str]
    reasons: re.Pattern[str]
    results: re.Pattern[str]
    stock: re.Pattern[str]
    hedges: re.Pattern[str]
    links: re.Pattern[str]
    passes: re.Pattern[str]


@lru_cache(maxsize=4)
def patterns(language: Language) -> _Patterns:
    raw = yaml.safe_load(
        files("mulakat.assessment").joinpath(f"data/measures_{language}.yaml").read_text("utf-8")
    )
    raw["stock"] = "|".join(f"(?:{p})" for p in raw["stock"])
    return _Patterns(**{name: re.compile(pattern) for name, pattern in raw.items()})


def word_count(neutral_text: str) -> int:
    """Words, names and numbers; signs are none."""
    return sum(t[0].isalnum() or t in (NAME, "^") for t in neutral_text.split())


def figures(neutral_text: str) -> int:
    """Figures. Concrete, checkable detail is what behaviour description interviews ask for
    (Janz 1982, J. Appl. Psychol. 67(5))."""
    return neutral_text.split().count(NUMBER)


def names(neutral_text: str) -> int:
    """Named things, people and places, whichever they are. Same source as `figures`."""
    return neutral_text.split().count(NAME)


def own_part(neutral_text: str, language: Language) -> Own:
    """Who acts: "i", "we" or "none". In Turkish the person stands in the verb's ending.

    "I think" and the like do not count as acting. That interviewers ask whose deed it was: Campion,
    Palmer & Campion 1997 (Personnel Psychology 50(3)), on probing past behaviour.
    """
    kept = patterns(language)
    text = kept.opinion.sub(" ", neutral_text)
    if kept.mine.search(text):
        return "i"
    return "we" if kept.ours.search(text) else "none"


def reasons(neutral_text: str, language: Language) -> int:
    """Reasons and conditions. Causal and differentiating words go with elaborated thinking
    (Tausczik & Pennebaker 2010, J. Lang. Soc. Psychol. 29(1))."""
    return len(patterns(language).reasons.findall(neutral_text))


def results(neutral_text: str, language: Language) -> int:
    """Words for what came of it."""
    return len(patterns(language).results.findall(neutral_text))


def stock_phrases(neutral_text: str, language: Language) -> int:
    """Phrases that fit any job and any question; a list of this project's own."""
    return len(patterns(language).stock.findall(neutral_text))


def hedges(neutral_text: str, language: Language) -> int:
    """Words that take back what they stand by (after Hyland 1998, Hedging in Scientific Research
    Articles); the lists are this project's own."""
    return len(patterns(language).hedges.findall(neutral_text))


def passes(neutral_text: str, language: Language) -> bool:
    """Whether a sentence asks for another question ("could we do the next one?")."""
    return bool(patterns(language).passes.search(neutral_text))


def links(neutral_text: str, language: Language) -> int:
    """Words that order an account in time or in thought (cohesive devices: Halliday & Hasan 1976)."""
    return len(patterns(language).links.findall(neutral_text))


def length(words: int) -> float:
    """How far an answer is from being too short, 0 to 1; saturating, so that more words are no merit."""
    return 1 - math.exp(-words / LONG_ENOUGH)


@lru_cache(maxsize=4096)
def key_stems(text: str, language: Language) -> frozenset[str]:
    """The content words of a sentence by their stems: Snowball's in English, first letters in Turkish."""
    skip = function_words(language)
    if language == "en":
        return frozenset(
            stem(w, "en") for w in lower_words(text, "en") if len(w) > 2 and w not in skip and w.isalpha()
        )
    skipped = {plain(w, "tr") for w in skip}
    words = (plain(w, "tr") for w in lower_words(text, "tr"))
    return frozenset(w[:PREFIX] for w in words if len(w) > 2 and w not in skipped and w.isalpha())


def told_stems(neutral_texts: Iterable[str], language: Language) -> frozenset[str]:
    """Content stems of an answer, from its neutral sentences."""
    return key_stems(" ".join(neutral_texts), language)


def plain_stems(text: str, language: Language) -> frozenset[str]:
    """Content stems of what is no answer (a question, a pack's line), made to meet those of answers."""
    return key_stems(neutral(text, language) or text, language)


def relevance(told: frozenset[str], question: frozenset[str], subject: frozenset[str]) -> float:
    """How far an answer speaks of what was asked, 0 to 1.

    Stems shared with the question count in full, those shared with the field half; saturating, because a
    good answer has words of its own. Word overlap as a baseline of short-answer grading: Mohler &
    Mihalcea 2009 (EACL).
    """
    shared = len(told & question) + 0.5 * len((told & subject) - question)
    return 1 - math.exp(-shared / 2)


def covered(told: frozenset[str], points: Sequence[frozenset[str]]) -> tuple[float, ...]:
    """For every point of a good answer, the share of its stems that the answer has, 0 to 1."""
    return tuple(len(told & point) / len(point) if point else 0.0 for point in points)


def coverage(told: frozenset[str], points: Sequence[frozenset[str]]) -> float:
    """Mean share over the points of a good answer that the pack lists, 0 to 1. Source: `relevance`."""
    shares = covered(told, points)
    return sum(shares) / len(shares) if shares else 0.0


def structure(parts: Sequence[str], linked: int) -> float:
    """Whether an account goes somewhere, 0 to 1: parts in the order of STAR, words that link them.

    STAR itself: Byham's targeted selection (Development Dimensions International, 1974).
    """
    order = {"situation": 0, "task": 1, "action": 2, "result": 3, "reflection": 4}
    steps = [order[p] for p in parts if p in order]
    pairs = [(a, b) for a, b in itertools.pairwise(steps) if a != b]
    forward = sum(a < b for a, b in pairs) / len(pairs) if pairs else 0.0
    return round(0.6 * forward + 0.4 * min(linked / 4, 1.0), 4)
