"""What the report's routes show and do, without HTTP: weighs, compares, exports, takes answers again.

What was weighed is kept in memory for as long as the log stays the same and the interview is there; it
is never stored, since the log gives it again. Does not: check who asks (`views.Desk.open` does).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from mulakat.assessment.result import Assessment
from mulakat.errors import InterviewError
from mulakat.interview.packs.library import Library
from mulakat.messages import Event, Language
from mulakat.report.assessment_model import labels_of, question_of, report_of
from mulakat.report.assessment_pdf import render_report
from mulakat.report.dates import parsed
from mulakat.report.progress import Held, changes, tracks
from mulakat.report.share import package, report_json
from mulakat.room import weighed
from mulakat.room.clock import WallClock
from mulakat.room.judging import LATE, with_opinion
from mulakat.room.reader import Reader
from mulakat.room.record import field_name, told_transcript
from mulakat.room.weighed import PRACTISED, must_have_ended
from mulakat.server.schemas_report import (
    AssessmentOut,
    HeldOut,
    PractisedOut,
    PractiseIn,
    PractiseOut,
    ProgressOut,
)
from mulakat.store import Record, Store

KEPT = 256
"""Assessments that are kept in memory; a longer past is weighed again when it is asked for."""

MOST_AGAIN = 200
"""Answers that may be given again in one interview."""

LOOKS_BACK = 200
"""Interviews that progress looks at, the newest."""


class Reports:
    """Reports of interviews that have ended."""

    def __init__(self, store: Store, library: Library, reader: Reader) -> None:
        self.store = store
        self.library = library
        self.reader = reader
        self._kept: dict[str, tuple[int, Assessment]] = {}

    # ------------------------------------------------------------ showing

    async def show(self, record: Record, owner: str, language: Language) -> AssessmentOut:
        """The report. `owner` is who asks; only the interview's own owner sees earlier ones beside it.

        Raises InterviewError or ExamRunning while the interview goes on.
        """
        must_have_ended(record)
        return await asyncio.to_thread(self._show, record, owner, language)

    def _show(self, record: Record, owner: str, language: Language) -> AssessmentOut:
        events = self.store.events(record.id)
        now = self.weighed(record, events)
        judged = with_opinion(now, events)
        return AssessmentOut(
            report=report_of(judged, language, weighed.places_of(events)),
            changes=list(changes(_held(record, now), self._earlier(record, owner), language)),
            practised=self._again(record, events, now, language),
        )

    async def progress(self, owner: str, language: Language) -> ProgressOut:
        """Every competency over the owner's interviews."""
        return await asyncio.to_thread(self._progress, owner, language)

    def _progress(self, owner: str, language: Language) -> ProgressOut:
        records = self._ended(owner)
        held = [_held(r, self.weighed(r, self.store.events(r.id))) for r in records]
        lines = [self._line(r, h) for r, h in zip(records, held, strict=True)]
        return ProgressOut(
            statement=labels_of(language).statement,
            interviews=sorted(lines, key=lambda line: (parsed(line.when), line.id)),
            tracks=list(tracks(held, language)),
        )

    def _line(self, record: Record, held: Held) -> HeldOut:
        questions = held.assessment.questions
        return HeldOut(
            id=record.id,
            when=held.when,
            role=record.setup.role,
            field_name=field_name(record.setup, self.library),
            language=record.setup.language,
            questions=len(questions),
            scored=sum(q.score is not None for q in questions),
        )

    async def export(self, record: Record, form: str, language: Language, zone: str) -> bytes:
        """The report as `pdf`, `json` or `zip`. Raises as `show` does, and ReportError."""
        must_have_ended(record)
        return await asyncio.to_thread(self._export, record, form, language, zone)

    def _export(self, record: Record, form: str, language: Language, zone: str) -> bytes:
        events = self.store.events(record.id)
        found = with_opinion(self.weighed(record, events), events)
        told = told_transcript(record, events, self.library, zone)
        places = weighed.places_of(events)
        if form == "pdf":
            return render_report(report_of(found, language, places), told)
        if form == "zip":
            return package(found, told, language, places)
        whole = json.dumps(report_json(found, told, language, places), ensure_ascii=False)
        return whole.encode("utf-8", "replace")

    # ------------------------------------------------------------ answering again

    async def practise(self, record: Record, body: PractiseIn, language: Language) -> PractiseOut:
        """Takes an answer to one question again and weighs it beside the one in the interview.

        Raises InterviewError when the question was not asked, and as `show` does.
        """
        must_have_ended(record)
        return await asyncio.to_thread(self._practise, record, body, language)

    def _practise(self, record: Record, body: PractiseIn, language: Language) -> PractiseOut:
        events = self.store.events(record.id)
        now = self.weighed(record, events)
        numbers = {q.id: n for n, q in enumerate(now.questions, 1)}
        if body.question not in numbers:
            raise InterviewError("That question was not asked in this interview.", "Choose one that was.")
        given = [e for e in events if e.kind == PRACTISED]
        event = next((e for e in given if e.data["id"] == body.id), None)
        if event is None:
            if len(given) >= MOST_AGAIN:
                raise InterviewError(
                    f"{MOST_AGAIN} answers were given again already.", "Hold a new interview to go on."
                )
            data = {"id": body.id, "question": body.question, "text": body.text}
            event = self.store.append(record.id, PRACTISED, WallClock().now(), data)
        (after,) = self._again(record, [*(e for e in events if e.kind != PRACTISED), event], now, language)
        number = numbers[after.question]
        result = now.questions[number - 1]
        name = next(c.names[language] for c in now.competencies if c.id == result.competency)
        return PractiseOut(before=question_of(result, number, name, language), after=after)

    def _again(
        self, record: Record, events: Sequence[Event], now: Assessment, language: Language
    ) -> list[PractisedOut]:
        numbers = {q.id: n for n, q in enumerate(now.questions, 1)}
        names = {c.id: c.names[language] for c in now.competencies}
        return [
            PractisedOut(
                question=one.result.id,
                when=one.when,
                text=one.text,
                result=question_of(
                    one.result, numbers[one.result.id], names[one.result.competency], language
                ),
            )
            for one in weighed.practised(record, events, self.library, self.reader)
            if one.result.id in numbers
        ]

    # ------------------------------------------------------------ weighing

    def weighed(self, record: Record, events: Sequence[Event]) -> Assessment:
        """The measured assessment of a log; what came after the end does not change it."""
        last = max((e.seq for e in events if e.kind not in LATE), default=0)
        seq, found = self._kept.get(record.id, (-1, None))
        if found is None or seq != last:
            found = weighed.weigh(record, events, self.library, self.reader)
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[record.id] = (last, found)
        return found

    def _earlier(self, record: Record, owner: str) -> list[Held]:
        """The owner's other interviews in the same language; `changes` takes those that came before."""
        if not owner or owner != record.owner:
            return []
        return [
            _held(r, self.weighed(r, self.store.events(r.id)))
            for r in self._ended(owner)
            if r.id != record.id and r.setup.language == record.setup.language
        ]

    def _ended(self, owner: str) -> list[Record]:
        return [r for r in self.store.list(owner, LOOKS_BACK) if r.ended is not None] if owner else []

    def forget(self, interview_id: str) -> None:
        """Lets go of an interview that was deleted."""
        self._kept.pop(interview_id, None)


def _held(record: Record, assessment: Assessment) -> Held:
    return Held(record.id, record.ended or record.created, record.setup.role, assessment)
