"""`mulakat judge`, and a judge's part in a report that is made on the command line.

Does not: decide who may judge, or keep anything by itself (`room.judging` does).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from mulakat.assessment.judge import Calibration
from mulakat.assessment.result import Assessment
from mulakat.interview.packs.library import Library
from mulakat.llm.protocol import Engine
from mulakat.messages import Language
from mulakat.room import judging
from mulakat.room.clock import WallClock
from mulakat.room.weighed import asked_questions
from mulakat.settings import Settings
from mulakat.store import Record, Store

T = TypeVar("T")


def calibrated(settings: Settings, language: Language) -> Calibration:
    """Tries the configured model and keeps what it reached. Raises ReportError and what engines raise."""
    return _with_engine(settings, lambda engine: judging.calibrate(settings, engine, language))


def second_opinion(
    settings: Settings, store: Store, record: Record, library: Library, assessment: Assessment
) -> None:
    """Puts the configured model's opinion into the interview's log, unless a whole one is there.

    Raises ReportError for a model that has not passed.
    """
    events = store.events(record.id)
    given = judging.last_opinion(events)
    if given and not judging.unanswered(given):
        return
    asked = asked_questions(record.setup, events, library)
    told = _with_engine(settings, lambda engine: judging.ask(settings, engine, events, asked, assessment))
    store.append(record.id, judging.OPINION, WallClock().now(), told)


def _with_engine(settings: Settings, use: Callable[[Engine], Coroutine[Any, Any, T]]) -> T:
    async def whole() -> T:
        engine = judging.open_judge(settings)
        try:
            return await use(engine)
        finally:
            await engine.close()

    return asyncio.run(whole())
