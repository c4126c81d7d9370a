"""Values of the house -> what crosses the wire. Pure functions."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

from mulakat.errors import MulakatError
from mulakat.messages import Event, Setup, Speech
from mulakat.room import Room
from mulakat.server.schemas import SetupIn
from mulakat.speech.visemes import viseme_track

FRAME_SAMPLES = 16_000
"""Samples of one binary frame; about 0.7 s, so that the first arrives early."""


def setup_out(setup: Setup) -> SetupIn:
    return SetupIn(
        language=setup.language,
        page_language=setup.page_language,
        field=setup.field,
        role=setup.role,
        level=setup.level,
        kind=setup.kind,
        turns=setup.turns,
        minutes=setup.minutes,
        voice=setup.voice,
        speed=setup.speed,
        mode=setup.mode,
        seed=setup.seed,
    )


def event_out(event: Event, room: Room, field_name: str) -> dict[str, Any]:
    """A stored event as the page sees it; what is the server's own stays here."""
    own = {"full", "id"} if event.kind == "ended" else {"full"}
    data = {k: v for k, v in event.data.items() if k not in own}
    if event.kind == "started":
        data = {
            "setup": setup_out(room.setup).model_dump(),
            "field_name": field_name,
            "versions": data.get("versions", {}),
        }
    return {"type": event.kind, "seq": event.seq, "when": event.when, **data}


def dumps(message: dict[str, Any]) -> str:
    """A text frame. Half of a surrogate pair, which UTF-8 cannot hold, becomes a question mark."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()


def fault(error: MulakatError, client_id: str = "") -> dict[str, Any]:
    return {
        "type": "error",
        "code": error.code,
        "message": error.message,
        "fix": error.fix,
        "id": client_id,
    }


def welcome(room: Room, seq: int) -> dict[str, Any]:
    """`seq` is the newest stored event; the room may be about to hear of it."""
    setup, state = room.setup, room.state
    return {
        "type": "welcome",
        "seq": max(seq, state.seq),
        "phase": state.phase,
        "language": setup.language,
        "mode": setup.mode,
        "role": setup.role,
        "elapsed_s": round(room.watch.seconds, 3),
        "limit_s": setup.minutes * 60.0 if setup.minutes else None,
        "asked": state.asked,
        "total": setup.turns,
        "speaks": True,
    }


def speech_out(sentence: int, speech: Speech, language: str) -> dict[str, Any]:
    """A sentence's timeline; offsets of words are in UTF-16 units, as JavaScript counts."""
    units = _utf16_offsets(speech.text)
    phonemes = [(p.start, p.end, p.symbol) for p in speech.phonemes]
    return {
        "type": "speech",
        "sentence": sentence,
        "rate": speech.rate,
        "samples": len(speech.pcm) // 2,
        "phonemes": phonemes,
        "visemes": list(viseme_track(speech.phonemes, "tr" if language == "tr" else "en")),
        "words": [
            (w.start, units[w.offset], units[w.offset + w.length] - units[w.offset]) for w in speech.words
        ],
    }


def frames(sentence: int, speech: Speech) -> Iterator[bytes]:
    """A sentence's audio: sentence number, first sample's offset, PCM."""
    step = FRAME_SAMPLES * 2
    for start in range(0, len(speech.pcm), step):
        yield struct.pack("<II", sentence, start // 2) + speech.pcm[start : start + step]


def _utf16_offsets(text: str) -> list[int]:
    offsets = [0]
    for letter in text:
        offsets.append(offsets[-1] + (2 if ord(letter) > 0xFFFF else 1))
    return offsets
