"""A head on embeddings takes its place beside the n-gram head, whatever the model; here a tiny one."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from mulakat import catalogue
from mulakat.assessment.embedded import Embed, EmbeddedHead, fit, reader_for, unit
from mulakat.assessment.heads import PARTS, Floats, Marks, head
from mulakat.assessment.neutral import neutral
from mulakat.assessment.scores import assess
from mulakat.interview.packs.library import load as library
from mulakat.llm.embedding import open_embedder
from mulakat.messages import LANGUAGES, Language
from mulakat.room.reader import Reader as Room
from mulakat.settings import load

from .interviews import STRONG, WEAK, interview

SENTENCES = {
    "en": [("I moved 14 jobs.", 2, "action"), ("We always give our best.", 0, "none")],
    "tr": [("14 işi taşıdım.", 2, "action"), ("Hep elimizden geleni yaparız.", 0, "none")],
}


def tiny(texts: Sequence[str]) -> Floats:
    """A random embedding of eight dimensions: the sum of one random vector a word."""

    def word(w: str) -> Floats:
        return np.random.default_rng(zlib.crc32(w.encode())).normal(size=8)

    return np.array([np.sum([word(w) for w in t.split()] or [np.zeros(8)], axis=0) for t in texts])


def trained(language: Language) -> EmbeddedHead:
    texts = [neutral(t, language) for t, _, _ in SENTENCES[language]]
    targets = [[float(p == part) for p in PARTS] + [0.0, q] for _, q, part in SENTENCES[language]]
    return EmbeddedHead(tiny, fit(tiny(texts), targets), head(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_interview_is_weighed_with_another_model_without_other_changes(language: Language) -> None:
    held = interview(language, [[STRONG[language]], [WEAK[language]]])
    found = assess(held.turns, held.asked, language, held.known, trained(language))
    assert found.questions[0].score is not None
    assert found == assess(held.turns, held.asked, language, held.known, trained(language))
    assert found != assess(held.turns, held.asked, language, held.known)


def test_without_a_model_or_its_weights_the_shipped_head_reads_alone() -> None:
    assert reader_for("en") is head("en")
    assert reader_for("en", "unknown", tiny) is head("en")
    assert reader_for("tr", "all-minilm-l6-v2", tiny) is head("tr")


def test_weights_for_the_embedded_model_are_shipped() -> None:
    rng = np.random.default_rng(5)
    reader = reader_for("en", "all-minilm-l6-v2", lambda texts: rng.normal(size=(len(texts), 384)))
    assert isinstance(reader, EmbeddedHead)
    assert 0 <= reader.marks("i moved 0 jobs").quality <= 2


def test_a_room_reads_with_the_model_it_is_given_and_says_so() -> None:
    class Tiny:
        name = "all-minilm-l6-v2"

        def embed(self, texts: Sequence[str]) -> Floats:
            return np.tile(tiny(texts), 48)

    held = interview("en", [[STRONG["en"]]])
    room = Room(library())
    assert room.marker("en") is head("en")
    model: Any = Tiny()
    room.lean_on(lambda: model)
    reader = room.marker("en")
    assert isinstance(reader, EmbeddedHead)
    assert room.marker("tr") is head("tr")
    found = assess(held.turns, held.asked, "en", held.known, reader)
    assert found.versions["reader"] == "EmbeddedHead"
    assert found == assess(held.turns, held.asked, "en", held.known, room.marker("en"))


def test_answers_are_marked_while_the_interview_goes_on() -> None:
    asked: list[str] = []

    class Tiny:
        name = "all-minilm-l6-v2"

        def embed(self, texts: Sequence[str]) -> Floats:
            asked.extend(texts)
            return np.tile(tiny(texts), 48)

    held = interview("en", [[STRONG["en"]]])
    room = Room(library())
    model: Any = Tiny()
    room.lean_on(lambda: model)
    room.look_ahead([STRONG["en"]], "en")
    room.look_ahead([STRONG["tr"]], "tr")
    room._background.shutdown(wait=True)
    marked = list(asked)
    found = assess(held.turns, held.asked, "en", held.known, room.marker("en"))
    assert found.questions[0].score is not None
    assert len(marked) == 5
    assert asked == marked


@pytest.mark.models
def test_the_embedded_model_tells_the_concrete_from_the_empty() -> None:
    reader = reader_for("en", "all-minilm-l6-v2", minilm())
    concrete, empty = (reader.marks(neutral(t, "en")).quality for t, _, _ in SENTENCES["en"])
    assert concrete > empty + 0.5


def minilm() -> Embed:
    return open_embedder(catalogue.fetch("all-minilm-l6-v2", load()), name="all-minilm-l6-v2").embed


def test_ridge_finds_a_linear_rule_and_ignores_scale() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(400, 8))
    rule = rng.normal(size=(8, 8))
    targets = unit(vectors) @ rule + 0.5
    weights = fit(vectors * 7, targets)
    told = unit(vectors) @ weights[:-1] + weights[-1]
    assert np.corrcoef(told.ravel(), targets.ravel())[0, 1] > 0.999


def test_marks_stay_within_their_ranges() -> None:
    class Base:
        def marks(self, neutral: str) -> Marks:
            return Marks((0.5,) * len(PARTS), 0.5, 1.0)

    wild = EmbeddedHead(tiny, np.full((9, 8), 1000.0), Base())
    marks = wild.marks("some words here")
    assert all(0 <= p <= 1 for p in (*marks.parts, marks.aside))
    assert 0 <= marks.quality <= 2
