"""A judge model's part in stored interviews: whether it may comment, asking it, keeping what it said.

What a model reached on known answers is kept beside the interviews, by model, language and wording of
the task; who changes one of them tries again. What it said of an interview is an event of that
interview's log, so that page, PDF and JSON show the same and it goes when the interview is deleted. Does
not: touch a measured score, or serve in a talk.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from mulakat.assessment import judge as judging
from mulakat.assessment.evidence import ProvenClaim, Quote, holds
from mulakat.assessment.judge import Calibration, Known
from mulakat.assessment.question import Asked
from mulakat.assessment.result import Assessment, Judged, JudgedQuestion
from mulakat.errors import ReportError
from mulakat.llm.protocol import Engine
from mulakat.messages import Event, Language, Turn
from mulakat.room.services import open_engine
from mulakat.room.weighed import PRACTISED, placed_turns
from mulakat.settings import Settings

OPINION = "opinion"
"""Kind of the event that holds what a judge said: `model`, `task`, `kappa`, `questions`."""

LATE = frozenset({PRACTISED, OPINION})
"""Kinds of events that come after an interview's end and change none of its measured scores."""

LEVELS = {"none": 1, "weak": 2, "fair": 3, "strong": 5}
"""Written levels on the judge's scale."""


def known(language: Language) -> list[Known]:
    """The answers of known level that come with the program, neighbours to the same question together."""
    path = files("mulakat.assessment").joinpath(f"data/known_{language}.yaml")
    items = yaml.safe_load(path.read_text("utf-8"))["items"]
    return [
        Known(item["text"], item["answers"][level], LEVELS[level], language)
        for item in items
        for level in LEVELS
    ]


def open_judge(settings: Settings) -> Engine:
    """The configured model, patient enough for whole verdicts; whoever opens it closes it. Blocks while a
    model loads. Raises ReportError without one, and what engines raise."""
    engine, _ = open_engine(settings.model_copy(update={"reply_timeout": judging.PATIENCE}))
    if engine is None:
        raise ReportError(
            "No model is configured that could judge.", "Set MULAKAT_ENGINE to local or remote."
        )
    return engine


# ------------------------------------------------------------ whether it may


async def calibrate(settings: Settings, engine: Engine, language: Language) -> Calibration:
    """Tries a model and keeps what it reached. Raises EngineError, and ReportError on a full disk."""
    found = await judging.calibrate(engine, known(language))
    path = _path(settings)
    told = _read(path)
    told[_key(found.model, language)] = asdict(found)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        half.replace(path)
    except OSError as error:
        raise ReportError(
            f"{path} cannot be written: {error.strerror}.", "Make room there, or set MULAKAT_DATA."
        ) from None
    return found


def calibration_of(settings: Settings, model: str, language: Language) -> Calibration | None:
    """What a model reached when it was tried; None when it was not, or with another task."""
    told = _read(_path(settings)).get(_key(model, language))
    with suppress(TypeError):
        return Calibration(**told) if told else None
    return None


def must_be_allowed(settings: Settings, model: str, language: Language) -> Calibration:
    """Its calibration. Raises ReportError for a model that was not tried or has not passed."""
    found = calibration_of(settings, model, language)
    if found is None:
        raise ReportError(
            f"{model} has not been tried as a judge.", f"Run mulakat judge --language {language} first."
        )
    if not found.passed:
        raise ReportError(
            f"{model} may not judge: {found.shortcomings}.",
            "Configure a more capable model, or leave its comments out.",
        )
    return found


def _key(model: str, language: Language) -> str:
    return f"{model} | {language} | {_task(language)}"


def _task(language: Language) -> str:
    return sha256(judging.task(language).encode()).hexdigest()[:12]


def _path(settings: Settings) -> Path:
    return settings.data / "judge.json"


def _read(path: Path) -> dict[str, Any]:
    """What is kept; nothing when the file is missing or broken: then a judge is tried again."""
    with suppress(OSError, ValueError):
        told = json.loads(path.read_text("utf-8"))
        if isinstance(told, dict):
            return told
    return {}


# ------------------------------------------------------------ what it said


async def ask(
    settings: Settings,
    engine: Engine,
    events: Sequence[Event],
    asked: dict[str, Asked],
    assessment: Assessment,
    turn: Callable[[], Awaitable[None]] | None = None,
) -> dict[str, Any]:
    """An OPINION event's data: what a model says of an assessed interview. What it said before, by the
    log in `events`, is not asked again; `turn` is awaited before each question that is.

    Raises ReportError for a model that may not judge, or that gave no verdict at all.
    """
    language, turns = assessment.language, placed_turns(events)
    calibration = must_be_allowed(settings, engine.name, language)
    before = last_opinion(events)
    same = before and (before.data["model"], before.data["task"]) == (engine.name, _task(language))
    known = [_question(q, turns) for q in before.data["questions"]] if before and same else []
    judged = (await judging.judge(engine, calibration, turns, asked, assessment, turn, known)).judged
    if judged is None or all(q.status == "failed" for q in judged.questions):
        raise ReportError(
            f"{engine.name} gave no verdict.", "See that it runs and answers, then ask once more."
        )
    return {**asdict(judged), "task": _task(language)}


def last_opinion(events: Sequence[Event]) -> Event | None:
    """The last opinion in a log, whoever gave it to whatever task."""
    return next((e for e in reversed(events) if e.kind == OPINION), None)


def unanswered(opinion: Event) -> int:
    """On how many questions the judge gave no verdict."""
    return sum(q["status"] == "failed" for q in opinion.data["questions"])


def with_opinion(assessment: Assessment, events: Sequence[Event]) -> Assessment:
    """The assessment with what a judge said, if the log holds it; comments whose words are not in the
    transcript are left out."""
    event = last_opinion(events)
    if event is None:
        return assessment
    there = {q.id for q in assessment.questions}
    data, turns = event.data, placed_turns(events)
    questions = tuple(_question(q, turns) for q in data["questions"] if q["question"] in there)
    return replace(assessment, judged=Judged(data["model"], data["kappa"], questions))


def _question(data: dict[str, Any], turns: Sequence[Turn]) -> JudgedQuestion:
    claims = tuple(ProvenClaim(c["kind"], c["text"], Quote(**c["quote"])) for c in data["comments"])
    held = tuple(c for c in claims if holds(turns, c.quote))
    lost = len(claims) - len(held)
    return JudgedQuestion(data["question"], data["status"], data["score"], held, data["dropped"] + lost)
