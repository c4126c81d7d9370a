"""A judge model from the command line: how it did on answers of known level, and its part in a report.

What a model reached is kept beside the interviews, by model, language and wording of the task; who changes
one of them tries again. Does not: serve (a room never calls a judge), or touch a measured score.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml

from mulakat.assessment import judge as judging
from mulakat.assessment.judge import Calibration, Known
from mulakat.assessment.question import Asked
from mulakat.assessment.result import Assessment
from mulakat.errors import ReportError
from mulakat.llm.protocol import Engine
from mulakat.messages import Language, Turn
from mulakat.room.services import open_engine
from mulakat.settings import Settings

LEVELS = {"none": 1, "weak": 2, "fair": 3, "strong": 5}
"""Written levels on the judge's scale."""

PATIENCE = 120.0
"""Seconds for one verdict: nobody waits for it in a talk."""

T = TypeVar("T")


def known(language: Language) -> list[Known]:
    """The answers of known level that come with the program, neighbours to the same question together."""
    path = files("mulakat.assessment").joinpath(f"data/known_{language}.yaml")
    items = yaml.safe_load(path.read_text("utf-8"))["items"]
    return [
        Known(item["text"], item["answers"][level], LEVELS[level], language)
        for item in items
        for level in LEVELS
    ]


def calibrated(settings: Settings, language: Language) -> Calibration:
    """Tries the configured model and keeps what it reached. Raises ReportError and what engines raise."""

    async def tried(engine: Engine) -> Calibration:
        return await judging.calibrate(engine, known(language))

    found = _with_engine(settings, tried)
    path = _kept(settings)
    told = _read(path)
    told[_key(found.model, language)] = asdict(found)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise ReportError(
            f"{path} cannot be written: {error.strerror}.", "Make room there, or set MULAKAT_DATA."
        ) from None
    return found


def second_opinion(
    settings: Settings,
    language: Language,
    turns: Sequence[Turn],
    asked: dict[str, Asked],
    assessment: Assessment,
) -> Assessment:
    """The assessment with the configured model's part. Raises ReportError for one that has not passed."""

    async def added(engine: Engine) -> Assessment:
        told = _read(_kept(settings)).get(_key(engine.name, language))
        if told is None:
            raise ReportError(
                f"{engine.name} has not been tried as a judge.",
                f"Run mulakat judge --language {language} first.",
            )
        found = Calibration(**told)
        if not found.passed:
            raise ReportError(
                f"{engine.name} may not judge: {found.shortcomings}.",
                "Configure a more capable model, or leave out --judge.",
            )
        return await judging.judge(engine, found, turns, asked, assessment)

    return _with_engine(settings, added)


def _with_engine(settings: Settings, use: Callable[[Engine], Coroutine[Any, Any, T]]) -> T:
    async def whole() -> T:
        engine, _ = open_engine(settings.model_copy(update={"reply_timeout": PATIENCE}))
        if engine is None:
            raise ReportError(
                "No model is configured that could judge.", "Set MULAKAT_ENGINE to local or remote."
            )
        try:
            return await use(engine)
        finally:
            await engine.close()

    return asyncio.run(whole())


def _key(model: str, language: Language) -> str:
    task = sha256(judging.task(language).encode()).hexdigest()[:12]
    return f"{model} | {language} | {task}"


def _kept(settings: Settings) -> Path:
    return settings.data / "judge.json"


def _read(path: Path) -> dict[str, Any]:
    """What is kept; nothing when the file is missing or broken: then a judge is tried again."""
    with suppress(OSError, ValueError):
        told = json.loads(path.read_text("utf-8"))
        if isinstance(told, dict):
            return told
    return {}
