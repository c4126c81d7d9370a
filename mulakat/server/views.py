"""What the routes show and do, without HTTP: makes, lists, shows and deletes interviews."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable

from mulakat import __version__
from mulakat.errors import UnknownInterview
from mulakat.messages import Language, Setup
from mulakat.report.transcript import Transcript
from mulakat.room.clock import WallClock
from mulakat.room.record import field_name, not_in_an_exam, told_transcript, versions_of
from mulakat.room.services import Building
from mulakat.room.told import elapsed, told_turns
from mulakat.server import auth, wire
from mulakat.server.hub import Hub
from mulakat.server.schemas import (
    Created,
    FieldOption,
    InterviewLine,
    InterviewOut,
    Options,
    SampleIn,
    SetupIn,
    TurnOut,
    VoiceOption,
)
from mulakat.speech import default_voice
from mulakat.store import Record, Summary

SAMPLE_TURNS = 5


class Desk:
    """The server's front desk."""

    def __init__(self, building: Building, hub: Hub) -> None:
        self.building = building
        self.store = building.store
        self.library = building.library
        self.hub = hub
        self.on_delete: list[Callable[[str], None]] = []
        """Told of every interview that is deleted."""

    # ------------------------------------------------------------ showing

    def options(self, language: Language) -> Options:
        fields = [
            FieldOption(id=p.id, name=p.names.in_(language), roles=list(p.roles.in_(language)))
            for p in self.library.packs.values()
        ]
        voices = [
            VoiceOption(
                id=v.id, label=v.label[language], language=v.language, cloud=v.cloud, timings=v.timings
            )
            for v in self.building.voices.voices()
            if v.available
        ]
        return Options(
            version=__version__,
            fields=sorted(fields, key=lambda f: (f.id != "general", f.name)),
            voices=voices,
            default_voice={"en": default_voice("en"), "tr": default_voice("tr")},
            engine=self.building.wording,
        )

    def field_name(self, setup: Setup) -> str:
        return field_name(setup, self.library)

    async def past(self, owner: str) -> list[InterviewLine]:
        if not owner:
            return []
        listed = await asyncio.to_thread(self.store.summaries, owner)
        return [self._line(summary) for summary in listed]

    def _line(self, summary: Summary) -> InterviewLine:
        listed, setup = summary.record, summary.record.setup
        return InterviewLine(
            id=listed.id,
            role=setup.role,
            field_name=self.field_name(setup),
            language=setup.language,
            level=setup.level,
            mode=setup.mode,
            state=listed.state,
            created=listed.created,
            ended=listed.ended,
            elapsed_s=summary.elapsed_s,
            answers=summary.answers,
        )

    async def one(self, record: Record) -> InterviewOut:
        events = await asyncio.to_thread(self.store.events, record.id)
        hidden = record.setup.mode == "exam" and record.ended is None
        turns = [] if hidden else told_turns(events)
        return InterviewOut(
            id=record.id,
            setup=wire.setup_out(record.setup),
            field_name=self.field_name(record.setup),
            state=record.state,
            created=record.created,
            ended=record.ended,
            elapsed_s=elapsed(events),
            asked=sum(e.kind == "reply" and e.data["move"] != "farewell" for e in events),
            total=record.setup.turns,
            hidden=hidden,
            turns=[
                TurnOut(speaker=t.speaker, text=t.text, at=t.at, when=t.when, move=t.move) for t in turns
            ],
            versions=versions_of(events),
        )

    async def transcript(self, record: Record, zone: str = "") -> Transcript:
        """The transcript. Raises ExamRunning in exam mode before the end."""
        not_in_an_exam(record)
        events = await asyncio.to_thread(self.store.events, record.id)
        return told_transcript(record, events, self.library, zone)

    # ------------------------------------------------------------ doing

    async def open(self, interview_id: str, owner: str, token: str) -> Record:
        """The interview, if cookie or token may open it. Raises UnknownInterview otherwise."""
        with contextlib.suppress(UnknownInterview):
            record = await asyncio.to_thread(self.store.get, interview_id)
            if (owner and owner == record.owner) or auth.matches(token, record.token_hash):
                return record
        raise UnknownInterview("There is no such interview here.", "Open it in the browser that began it.")

    async def create(self, body: SetupIn, owner: str) -> Created:
        setup = self._setup(body)
        interview_id, token = auth.new_id(), auth.new_token()
        await asyncio.to_thread(
            self.store.create, interview_id, owner, auth.digest(token), setup, WallClock().now()
        )
        return Created(id=interview_id, token=token)

    def _setup(self, body: SetupIn) -> Setup:
        seed = secrets.randbelow(2**31) if body.seed is None else body.seed
        turns = 8 if body.turns is None and body.minutes is None else body.turns
        known = {v.id for v in self.building.voices.voices() if v.available}
        voice = body.voice if body.voice in known else default_voice(body.language)
        return Setup(
            **body.model_dump(exclude={"seed", "turns", "voice"}), seed=seed, turns=turns, voice=voice
        )

    def sample(self, body: SampleIn) -> SetupIn:
        """A short practice interview that needs nothing filled in."""
        role = self.library.packs["general"].roles.in_(body.language)[0]
        return SetupIn(
            language=body.language,
            page_language=body.page_language,
            field="general",
            role=role,
            level="mid",
            kind="behavioural",
            turns=SAMPLE_TURNS,
            minutes=None,
            speed=1.0,
            seed=None,
        )

    async def delete(self, record: Record) -> None:
        await self.hub.drop(record.id)
        await asyncio.to_thread(self.store.delete, record.id)
        self._tell_of_deletion(record.id)

    def _tell_of_deletion(self, interview_id: str) -> None:
        for tell in self.on_delete:
            tell(interview_id)

    async def delete_all(self, owner: str) -> int:
        if not owner:
            return 0
        gone = await asyncio.to_thread(self.store.list, owner)
        for listed in gone:
            await self.hub.drop(listed.id)
        deleted = await asyncio.to_thread(self.store.delete_all, owner)
        for listed in gone:
            self._tell_of_deletion(listed.id)
        return deleted
