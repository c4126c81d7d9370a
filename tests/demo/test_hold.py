"""A held interview: what a page would have heard, and what is written of it."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from house import building_of, fake_engine

from mulakat.demo.hold import hold, write_sound
from mulakat.demo.scenario import Line, Scenario
from mulakat.errors import SpeechError
from mulakat.messages import Speech
from mulakat.speech.fake import FakeSynthesizer
from mulakat.store import Store

SCENARIO = Scenario(
    language="en",
    field="software",
    role="Engineer",
    turns=[Line(say="I wrote a parser in Rust for our bank's old payment files, about 4,000 lines.")],
)


async def test_candidate_types_as_people_do(store: Store) -> None:
    engine = fake_engine()
    held = await hold(SCENARIO, building_of(store, engine), 3, 1)
    assert len(held.lines) == 3
    assert len(held.timings) == len(held.moves) == 4
    assert held.faults == []
    read = [r.messages[-1].content for r in engine.read]
    assert any(SCENARIO.turns[0].say.startswith(text) and text for text in read)


async def test_voice_that_fails_is_told(store: Store) -> None:
    class Dead(FakeSynthesizer):
        async def speak(self, text: str, voice: str = "fake:en", speed: float = 1.0) -> Speech:
            raise SpeechError("The voice died.", "Start again.")

    held = await hold(SCENARIO, building_of(store, voices=Dead()), 2, 1)
    assert [str(f) for f in held.faults] == ["The voice died. Start again."]
    assert held.speeches == []


async def test_sound_is_written_whole(store: Store, tmp_path: Path) -> None:
    held = await hold(SCENARIO, building_of(store), 2, 1)
    write_sound(held.speeches, tmp_path / "speech.wav")
    with wave.open(str(tmp_path / "speech.wav")) as sound:
        spoken = sum(len(s.pcm) // 2 for s in held.speeches)
        assert sound.getnframes() == spoken + len(held.speeches) * (sound.getframerate() // 3)
        assert any(sound.readframes(20_000))
    assert pytest.approx(sum(s.duration_ms for s in held.speeches), abs=10) == spoken * 1000 // 16_000


def test_nothing_spoken_writes_nothing(tmp_path: Path) -> None:
    write_sound([], tmp_path / "speech.wav")
    assert not (tmp_path / "speech.wav").exists()
