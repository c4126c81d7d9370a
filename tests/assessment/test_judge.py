"""A judge model speaks only when it has earned it, beside the score, and with quotes that are there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from mulakat.assessment.judge import Calibration, Known, calibrate, judge, parse, weighted_kappa
from mulakat.assessment.scores import assess
from mulakat.errors import EngineDead
from mulakat.llm.fake import FakeEngine, Line
from mulakat.llm.protocol import Request

from .interviews import Interview

PASSED = Calibration("fake", 40, 0.8, 0, 0.95, 0.0, 8)
KNOWN = tuple(
    Known(f"question {n // 4}", f"answer of level {n % 4 + 1}, number {n}", n % 4 + 1, "en")
    for n in range(24)
)


def honest(request: Request) -> Line:
    """A judge that reads the level off the calibration answers, and prefers the higher one."""
    told = json.loads(request.messages[-1].content)
    if "retell" in told:
        return f"In other words: {told['retell']}"
    if "answer" in told:
        return json.dumps({"score": int(told["answer"].split("level ")[1][0]), "comments": []})
    first, second = (int(told[name].split("level ")[1][0]) for name in "AB")
    return "A" if first > second else "B"


@pytest.mark.parametrize(
    ("reply", "score"),
    [
        ('{"score": 4}', 4),
        ('Sure! {"score": 2, "comments": []} I hope this helps.', 2),
        ("4", None),
        ('{"score": 7}', None),
        ('{"score": "5"}', None),
        ('{"score": true}', None),
        ('{"score": 4.5}', None),
        ("[1]", None),
        ("", None),
        ("{broken", None),
    ],
)
def test_a_verdict_is_read_or_it_is_none(reply: str, score: int | None) -> None:
    assert parse(reply).score == score


def test_kappa_is_one_for_agreement_and_none_for_a_constant() -> None:
    assert weighted_kappa([(1, 1), (3, 3), (5, 5)]) == 1.0
    assert weighted_kappa([(1, 3), (3, 3), (5, 3)]) == 0.0
    assert weighted_kappa([(1, 5), (5, 1)]) < 0
    assert weighted_kappa([]) == 0.0
    # Worked by hand: seen 2/4, by chance (mean squared distance over all pairs of the margins) 2.5.
    assert weighted_kappa([(1, 1), (2, 3), (3, 2), (4, 4)]) == pytest.approx(1 - 0.5 / 2.5)


async def test_a_judge_that_agrees_passes() -> None:
    found = await calibrate(FakeEngine(script=honest), KNOWN)
    assert (found.kappa, found.steady, found.unparsable) == (1.0, 1.0, 0)
    assert (found.vanity, found.retold) == (0.0, 8)
    assert found.passed


@pytest.mark.parametrize(
    "script",
    [
        lambda r: '{"score": 3}',
        lambda r: "no idea" if "answer" in r.messages[-1].content else honest(r),
        lambda r: honest(r) if '"answer"' in r.messages[-1].content else "A",
    ],
    ids=["always three", "unreadable", "always the first"],
)
async def test_a_judge_that_does_not_is_refused(script: Callable[[Request], Line]) -> None:
    assert not (await calibrate(FakeEngine(script=script), KNOWN)).passed


async def test_a_judge_that_likes_its_own_words_is_refused() -> None:
    known = [Known(k.question, k.say, k.level, "en", own=f"{k.say}, polished") for k in KNOWN]

    def vain(request: Request) -> Line:
        told = json.loads(request.messages[-1].content)
        if "A" in told and "polished" in told["A"] + told["B"]:
            return "A" if "polished" in told["A"] else "B"
        return honest(request)

    found = await calibrate(FakeEngine(script=vain), known)
    assert found.vanity == 0.5
    assert not found.passed


async def test_its_own_words_are_asked_for_where_none_are_given() -> None:
    def vain(request: Request) -> Line:
        told = json.loads(request.messages[-1].content)
        if "A" in told and any("In other words" in told[name] for name in "AB"):
            return "A" if "In other words" in told["A"] else "B"
        return honest(request)

    found = await calibrate(FakeEngine(script=vain), KNOWN)
    assert (found.vanity, found.retold) == (0.5, 8)
    assert not found.passed


async def test_scores_stand_beside_and_invented_quotes_are_dropped(english: Interview) -> None:
    before = assess(english.turns, english.asked, "en", english.known)
    words = english.turns[1].text.split(". ")[0]
    reply = {
        "score": 5,
        "comments": [
            {"kind": "good", "text": "Concrete.", "quote": words},
            {"kind": "good", "text": "Invented.", "quote": "I saved a billion"},
            {"kind": "odd", "text": "No kind.", "quote": words},
        ],
    }
    after = await judge(FakeEngine([json.dumps(reply)]), PASSED, english.turns, english.asked, before)
    assert after.questions == before.questions
    assert after.competencies == before.competencies
    assert after.judged is not None
    first = after.judged.questions[0]
    assert (first.status, first.score, first.dropped) == ("scored", 5, 1)
    assert [c.quote.text for c in first.comments] == [words]


async def test_what_cannot_be_read_is_a_category_of_its_own(english: Interview) -> None:
    before = assess(english.turns, english.asked, "en", english.known)
    engine = FakeEngine(["It was fine I guess.", EngineDead("gone")])
    after = await judge(engine, PASSED, english.turns, english.asked, before)
    assert after.judged is not None
    assert [q.status for q in after.judged.questions[:2]] == ["unparsable", "failed"]
    assert all(q.score is None for q in after.judged.questions)


async def test_half_a_letter_in_a_comment_is_made_readable(english: Interview) -> None:
    words = " ".join(english.turns[1].text.split()[:4])
    comment = json.dumps({"kind": "good", "text": "Cut \ud83d off.", "quote": words})
    before = assess(english.turns, english.asked, "en", english.known)
    engine = FakeEngine(['{"score": 4, "comments": [' + comment + "]}"])
    after = await judge(engine, PASSED, english.turns, english.asked, before)
    assert after.judged is not None
    assert [c.text for c in after.judged.questions[0].comments] == ["Cut ? off."]


async def test_a_reply_without_end_is_given_up(english: Interview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mulakat.assessment.judge.PATIENCE", 0.05)
    before = assess(english.turns, english.asked, "en", english.known)
    engine = FakeEngine(["a word and another " * 100], pause=0.02)
    after = await judge(engine, PASSED, english.turns, english.asked, before)
    assert after.judged is not None
    assert {q.status for q in after.judged.questions} == {"failed"}


@pytest.mark.parametrize(
    "calibration",
    [
        Calibration("fake", 40, 0.59, 0, 1.0, 0.0, 8),
        Calibration("another", 40, 0.9, 0, 1.0, 0.0, 8),
        Calibration("fake", 40, 0.9, 0, 1.0, 0.0),
    ],
    ids=["failed", "another model's", "never tried on its own words"],
)
async def test_without_calibration_it_is_not_even_asked(
    english: Interview, calibration: Calibration
) -> None:
    before = assess(english.turns, english.asked, "en", english.known)
    engine = FakeEngine(['{"score": 5}'])
    assert await judge(engine, calibration, english.turns, english.asked, before) == before
    assert engine.requests == []
