"""Words that must come in time: a model that is not ready lets the pack speak where it can as well."""

from __future__ import annotations

import pytest

from mulakat.llm.chat_format import Message
from mulakat.llm.fake import FakeEngine
from mulakat.messages import Language, Move, MoveName
from mulakat.room.words import Task, Wordsmith

SEED = "What did you do first?"


class Small(FakeEngine):
    """A model that words acknowledgements only."""

    words_questions = False


def task(fixed: bool = True, language: Language = "en") -> Task:
    given = Move(MoveName.PROBE, "general/x.mid.1", SEED, "heard", fixed=fixed)
    return Task(given, language, [Message("user", "…")], (), (), (), "s")


async def test_an_acknowledgement_that_is_not_ready_is_the_packs() -> None:
    words = Wordsmith(Small(delay=30), hurry=0.02)
    said = [s async for s in words.word(task())]
    assert [(s.by, s.question) for s in said] == [("pack", False), ("pack", True)]
    assert said[-1].text == SEED
    assert words.counts["hurried"] == 1
    assert not [name for name in words.counts if name.startswith("engine_")], "it is no fault"


async def test_one_that_is_ready_is_the_models() -> None:
    words = Wordsmith(Small(["I follow you so far."]), hurry=5.0)
    assert await anext((s.text, s.by) async for s in words.word(task())) == (
        "I follow you so far.",
        "model",
    )
    assert not words.counts["hurried"]


async def test_the_time_counts_from_the_end_of_the_candidates_turn() -> None:
    late = task()
    late.heard_at = 1e-9
    words = Wordsmith(Small(["I follow you so far."], delay=0.01), hurry=0.5)
    assert [s.by async for s in words.word(late)] == ["pack", "pack"]


@pytest.mark.parametrize("hurry", [None, 0.001])
async def test_whole_questions_of_a_model_have_no_hurry(hurry: float | None) -> None:
    words = Wordsmith(FakeEngine(["I see. What did you do first?"], delay=0.05), hurry=hurry)
    assert {s.by async for s in words.word(task(fixed=False))} == {"model"}
    assert not words.counts["hurried"]


async def test_a_choice_that_is_not_made_is_the_first() -> None:
    class Chooses(Small):
        free_languages = frozenset()
        holds_grammar = True

    words = Wordsmith(Chooses(delay=30), hurry=0.02)
    said = [s async for s in words.word(task(language="tr"))]
    assert {s.by for s in said} == {"pack"}
    assert words.counts["hurried"] == 1
