"""The turns of an unfinished interview, read from the log alone."""

from __future__ import annotations

from house import ANSWERS, LIBRARY, Log, fake_engine, services, setup_of

from mulakat.room import Room
from mulakat.room.record import told_transcript
from mulakat.room.told import elapsed, told_turns
from mulakat.store import Record


async def _log() -> Log:
    log = Log()
    room = await Room.open("it", setup_of(turns=2), services(log, fake_engine()))
    await room.begin()
    await room.answer(ANSWERS["en"][0], "a")
    return log


async def test_turns_are_the_states_turns() -> None:
    log = await _log()
    room = await Room.open("it", setup_of(turns=2), services(log))
    told = told_turns(log.kept)
    assert [(t.speaker, t.text, t.at, t.when, t.move) for t in told] == [
        (t.speaker, t.text, t.at, t.when, t.move) for t in room.state.turns
    ]
    assert elapsed(log.kept) == room.state.at


async def test_turn_that_was_cut_off_is_told_as_far_as_it_got() -> None:
    log = await _log()
    cut = next(n for n, e in enumerate(log.kept) if e.kind == "answer")
    half = next(e for e in log.kept[cut:] if e.kind == "sentence")
    told = told_turns(log.kept[: half.seq])
    assert [t.speaker for t in told] == ["interviewer", "candidate", "interviewer"]
    assert told[-1].text == half.data["text"]


async def test_transcript_has_what_goes_on_paper() -> None:
    log = await _log()
    record = Record("it", "me", "hash", setup_of("tr", turns=2), log.kept[0].when, "running", None)
    told = told_transcript(record, log.kept, LIBRARY, "Europe/Istanbul")
    assert told.started == log.kept[0].when
    assert told.ended is None
    assert told.field_name == LIBRARY.packs["software"].names.tr
    assert told.versions == {"program": "test", "voice": "fake:tr", "seed": "3"}
    assert [t.text for t in told.turns][1] == ANSWERS["en"][0]
