"""A judge model's comments on reports: offers them where the model may judge, asks in the background.

One interview at a time, with an engine of its own that is closed after it: a talk never waits for a
judge. What was said goes into the interview's log (`room.judging`); what went wrong is kept in memory
until somebody asks again. Does not: touch a measured score.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from mulakat.assessment.judge import answered
from mulakat.errors import MulakatError, ReportError, UnknownInterview
from mulakat.llm.protocol import Engine
from mulakat.room import judging
from mulakat.room.clock import WallClock
from mulakat.room.services import Building
from mulakat.room.weighed import asked_questions, must_have_ended, placed_turns
from mulakat.server.reports import Reports
from mulakat.server.schemas import ErrorOut
from mulakat.server.schemas_report import OpinionOut
from mulakat.store import Record

log = logging.getLogger(__name__)


@dataclass
class Asking:
    """One interview in front of the judge."""

    model: str
    task: asyncio.Task[None] | None = None
    done: int = 0
    of: int = 0
    fault: MulakatError | None = None

    def heard(self) -> None:
        self.done += 1

    def shown(self) -> OpinionOut:
        fault = self.fault
        return OpinionOut(
            state="failed" if fault else "working",
            model=self.model,
            done=self.done,
            of=self.of,
            fault=ErrorOut(code=fault.code, message=fault.message, fix=fault.fix) if fault else None,
        )


class Opinions:
    """What a judge model has said, says or could say of interviews that have ended."""

    def __init__(self, building: Building, reports: Reports) -> None:
        self.settings = building.settings
        self.store = building.store
        self.library = building.library
        self.reports = reports
        self.model = building.engine.name if building.engine else ""
        self._asking: dict[str, Asking] = {}
        self._one = asyncio.Lock()

    async def show(self, record: Record) -> OpinionOut:
        """Where it stands. Raises InterviewError or ExamRunning while the interview goes on."""
        must_have_ended(record)
        if asking := self._asking.get(record.id):
            return asking.shown()
        return await asyncio.to_thread(self._show, record)

    def _show(self, record: Record) -> OpinionOut:
        language = record.setup.language
        given = judging.opinion_in(self.store.events(record.id), language)
        if given and all(q["status"] != "failed" for q in given.data["questions"]):
            return OpinionOut(state="given", model=given.data["model"])
        found = judging.calibration_of(self.settings, self.model, language) if self.model else None
        if found and found.passed:
            return OpinionOut(state="offered", model=self.model)
        return OpinionOut(state="none")

    async def ask(self, record: Record) -> OpinionOut:
        """Begins to ask; does nothing while that goes on or when all was said.

        Raises ReportError for a model that may not judge, and as `show` does.
        """
        now = await self.show(record)
        if now.state in ("working", "given"):
            return now
        if not self.model:
            raise ReportError("No model is configured that could judge.", "Configure one.")
        await asyncio.to_thread(judging.must_be_allowed, self.settings, self.model, record.setup.language)
        asking = self._asking[record.id] = Asking(self.model)
        asking.task = asyncio.create_task(self._work(record, asking))
        return asking.shown()

    async def _work(self, record: Record, asking: Asking) -> None:
        try:
            async with self._one:
                await self._give(record, asking)
        except UnknownInterview:  # deleted meanwhile
            self._asking.pop(record.id, None)
        except MulakatError as error:
            asking.fault = error
        except Exception:
            log.exception("a judge's opinion failed")
            asking.fault = ReportError("The comments could not be made.", "Ask once more.")
        else:
            self._asking.pop(record.id, None)

    async def _give(self, record: Record, asking: Asking) -> None:
        events = await asyncio.to_thread(self.store.events, record.id)
        found = await asyncio.to_thread(self.reports.weighed, record, events)
        asked = asked_questions(record.setup, events, self.library)
        asking.of = len(answered(found, asked))
        async with self._judge() as engine:
            turns = placed_turns(events)
            told = await judging.ask(self.settings, engine, turns, asked, found, asking.heard)
        await asyncio.to_thread(self.store.append, record.id, judging.OPINION, WallClock().now(), told)

    @asynccontextmanager
    async def _judge(self) -> AsyncIterator[Engine]:
        """The judge's engine, closed in the end, even if it is still being loaded when work is stopped."""
        opening = asyncio.create_task(asyncio.to_thread(judging.open_judge, self.settings))
        try:
            yield await asyncio.shield(opening)
        finally:
            await asyncio.shield(_close(opening))

    def forget(self, interview_id: str | None) -> None:
        """Stops work for an interview that was deleted. None (all of somebody's) stops nothing: whose they
        were is not told, and work for one that is gone ends by itself."""
        asking = self._asking.pop(interview_id, None) if interview_id else None
        if asking and asking.task:
            asking.task.cancel()

    async def close(self) -> None:
        """Stops all work."""
        tasks = [a.task for a in self._asking.values() if a.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _close(opening: asyncio.Task[Engine]) -> None:
    with suppress(MulakatError):
        await (await opening).close()
