"""A judge model's comments on reports: offers them where the model may judge, asks in the background.

One interview at a time. A remote judge gets a connection of its own; a local one is the model of the
talks, asked only while it words nothing, since a second copy would take a second share of memory. What
was said goes into the interview's log (`room.judging`); what went wrong is kept in memory until somebody
asks again. Does not: touch a measured score.
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
from mulakat.room.weighed import asked_questions, must_have_ended
from mulakat.server.reports import Reports
from mulakat.server.schemas import ErrorOut
from mulakat.server.schemas_report import OpinionOut
from mulakat.store import Record

log = logging.getLogger(__name__)

LOOK_AGAIN = 0.5
"""Seconds after which a local model that is wanted in a talk is looked at again."""


@dataclass
class Asking:
    """One interview in front of the judge; `done` counts the questions it has been asked."""

    model: str
    task: asyncio.Task[None] | None = None
    done: int = 0
    of: int = 0
    fault: MulakatError | None = None

    def shown(self) -> OpinionOut:
        return OpinionOut(
            state="failed" if self.fault else "working",
            model=self.model,
            done=self.done,
            of=self.of,
            fault=_told(self.fault) if self.fault else None,
        )


class Opinions:
    """What a judge model has said, says or could say of interviews that have ended."""

    def __init__(self, building: Building, reports: Reports) -> None:
        self.settings = building.settings
        self.store = building.store
        self.library = building.library
        self.reports = reports
        self.engine = building.engine
        self._asking: dict[str, Asking] = {}
        self._one = asyncio.Lock()

    async def show(self, record: Record) -> OpinionOut:
        """Where it stands. Raises InterviewError or ExamRunning while the interview goes on."""
        must_have_ended(record)
        if asking := self._asking.get(record.id):
            return asking.shown()
        return await asyncio.to_thread(self._show, record)

    def _show(self, record: Record) -> OpinionOut:
        given = judging.last_opinion(self.store.events(record.id))
        missing = judging.unanswered(given) if given else 0
        if given and not missing:
            return OpinionOut(state="given", model=given.data["model"])
        language = record.setup.language
        found = judging.calibration_of(self.settings, self.engine.name, language) if self.engine else None
        if found is None or not found.passed:  # nobody is there to ask for the rest
            model = given.data["model"] if given else ""
            return OpinionOut(state="given" if given else "none", model=model)
        if given:
            fault = ReportError(f"{missing} questions got no verdict.", "Ask for these once more.")
            return OpinionOut(state="failed", model=found.model, fault=_told(fault))
        return OpinionOut(state="offered", model=found.model)

    async def ask(self, record: Record) -> OpinionOut:
        """Begins to ask; does nothing while that goes on or when all was said.

        Raises ReportError for a model that may not judge, and as `show` does.
        """
        now = await self.show(record)
        if now.state in ("working", "given"):
            return now
        if self.engine is None:
            raise ReportError(
                "No model is configured that could judge.", "Set MULAKAT_ENGINE to local or remote."
            )
        model, language = self.engine.name, record.setup.language
        await asyncio.to_thread(judging.must_be_allowed, self.settings, model, language)
        # Somebody else may have asked meanwhile; nothing is awaited between here and the entry.
        before = self._asking.get(record.id)
        if before and not before.fault:
            return before.shown()
        asking = self._asking[record.id] = Asking(model)
        asking.task = asyncio.create_task(self._work(record, asking))
        return asking.shown()

    async def _work(self, record: Record, asking: Asking) -> None:
        try:
            async with self._one:
                await self._give(record, asking)
        except UnknownInterview:  # deleted meanwhile
            self._done(record.id, asking)
        except MulakatError as error:
            asking.fault = error
        except Exception:
            log.exception("a judge's opinion failed")
            asking.fault = ReportError("The comments could not be made.", "Ask once more.")
        else:
            self._done(record.id, asking)

    def _done(self, name: str, asking: Asking) -> None:
        if self._asking.get(name) is asking:
            del self._asking[name]

    async def _give(self, record: Record, asking: Asking) -> None:
        events = await asyncio.to_thread(self.store.events, record.id)
        found = await asyncio.to_thread(self.reports.weighed, record, events)
        asked = asked_questions(record.setup, events, self.library)
        asking.of = len(answered(found, asked))
        async with self._judge() as engine:

            async def turn() -> None:
                # An engine rings no bell when it is idle.
                while engine is self.engine and not engine.spare:  # noqa: ASYNC110
                    await asyncio.sleep(LOOK_AGAIN)
                asking.done += 1

            told = await judging.ask(self.settings, engine, events, asked, found, turn)
        await asyncio.to_thread(self.store.append, record.id, judging.OPINION, WallClock().now(), told)

    @asynccontextmanager
    async def _judge(self) -> AsyncIterator[Engine]:
        """The judge's engine. One of its own is closed in the end, even if it is still being opened when
        work is stopped."""
        if self.settings.engine == "local" and self.engine:
            yield self.engine
            return
        opening = asyncio.create_task(asyncio.to_thread(judging.open_judge, self.settings))
        try:
            yield await asyncio.shield(opening)
        finally:
            await asyncio.shield(_close(opening))

    def forget(self, interview_id: str) -> None:
        """Stops work for an interview that was deleted."""
        asking = self._asking.pop(interview_id, None)
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


def _told(fault: MulakatError) -> ErrorOut:
    return ErrorOut(code=fault.code, message=fault.message, fix=fault.fix)
