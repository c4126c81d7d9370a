"""Microsoft's online voices through edge-tts. The text of each sentence leaves this machine.

Offered only when `Settings.cloud_voices` is on, and labelled. Gives word marks but no sounds:
`Speech.phonemes` stays empty. Does not: keep or cache anything.
"""

from __future__ import annotations

import asyncio
import importlib
import io
import logging
from typing import Any

from mulakat.errors import MissingExtra, SpeechError
from mulakat.messages import Language, Speech, WordMark
from mulakat.speech.protocol import Gender, Voice, checked_speed, checked_text
from mulakat.speech.timeline import tokens_of
from mulakat.speech.worker import installed

log = logging.getLogger(__name__)

RATE = 24_000
_PREFIX = "edge:"
_TICKS_PER_MS = 10_000
_TIMEOUT = 15.0
_FIX = "Check the connection, or choose a voice that speaks on this machine."
_WARNING: dict[Language, str] = {
    "en": "cloud: what the interviewer says is sent to Microsoft",
    "tr": "bulut: görüşmecinin söyledikleri Microsoft'a gönderilir",
}
_OFFERED: list[tuple[str, Language, Gender, str]] = [
    ("en-US-AvaNeural", "en", "female", "Ava"),
    ("en-US-AndrewNeural", "en", "male", "Andrew"),
    ("en-GB-SoniaNeural", "en", "female", "Sonia"),
    ("en-GB-RyanNeural", "en", "male", "Ryan"),
    ("tr-TR-EmelNeural", "tr", "female", "Emel"),
    ("tr-TR-AhmetNeural", "tr", "male", "Ahmet"),
]


class EdgeSynthesizer:
    """Speaks through Microsoft's service, one connection a sentence."""

    async def speak(self, text: str, voice: str, speed: float = 1.0) -> Speech:
        """See `Synthesizer.speak`. Raises SpeechError when the service cannot be reached."""
        if not (installed("edge_tts") and installed("av")):
            raise MissingExtra("The online voices are not installed.", "Run: pip install 'mulakat[edge]'")
        name = voice.removeprefix(_PREFIX)
        if name not in {offered[0] for offered in _OFFERED}:
            raise SpeechError(f"There is no voice '{voice}'.", "Choose a voice on the set-up page.")
        if not tokens_of(checked_text(text)):
            return Speech(text, b"", RATE)
        rate = f"{round((checked_speed(speed) - 1) * 100):+d}%"
        try:
            async with asyncio.timeout(_TIMEOUT):
                mp3, words = await _ask(text, name, rate)
            pcm = await asyncio.to_thread(_decode, mp3)
        except TimeoutError:
            raise SpeechError(f"The online voice did not answer within {_TIMEOUT:g} s.", _FIX) from None
        except Exception as error:  # the library raises aiohttp's, its own and plain ones
            log.info("edge-tts failed", exc_info=True)
            raise SpeechError(f"The online voice failed ({type(error).__name__}).", _FIX) from error
        return Speech(text, pcm, RATE, (), _marks(text, words))

    def voices(self) -> list[Voice]:
        """Four English and two Turkish voices, each labelled as cloud."""
        here = installed("edge_tts") and installed("av")
        return [
            Voice(
                id=_PREFIX + name,
                label={page: f"{person} ({_WARNING[page]})" for page in _WARNING},
                language=language,
                engine="edge",
                gender=gender,
                licence="Microsoft's terms of service; edge-tts LGPL-3.0",
                cloud=True,
                timings=False,
                available=here,
            )
            for name, language, gender, person in _OFFERED
        ]

    async def close(self) -> None:
        """Nothing is kept open."""


async def _ask(text: str, name: str, rate: str) -> tuple[bytes, list[tuple[int, str]]]:
    """MP3 and (ms, word) as the service sends them."""
    edge_tts: Any = importlib.import_module("edge_tts")
    mp3 = bytearray()
    words: list[tuple[int, str]] = []
    async for chunk in edge_tts.Communicate(text, name, rate=rate, boundary="WordBoundary").stream():
        if chunk["type"] == "audio":
            mp3 += chunk["data"]
        elif chunk["type"] == "WordBoundary":
            words.append((int(chunk["offset"] / _TICKS_PER_MS), str(chunk["text"])))
    return bytes(mp3), words


def _decode(mp3: bytes) -> bytes:
    """Mono 16-bit little-endian PCM at `RATE`."""
    av: Any = importlib.import_module("av")
    pcm = bytearray()
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(io.BytesIO(mp3), format="mp3") as container:
        for frame in container.decode(audio=0):
            pcm += _samples(resampler.resample(frame))
    pcm += _samples(resampler.resample(None))
    return bytes(pcm)


def _samples(frames: Any) -> bytes:
    return b"".join(frame.to_ndarray().astype("<i2").tobytes() for frame in frames)


def _marks(text: str, words: list[tuple[int, str]]) -> tuple[WordMark, ...]:
    """Finds each spoken word in the text, from left to right; words it cannot find are left out."""
    marks: list[WordMark] = []
    at = 0
    for position, word in words:
        found = text.find(word, at) if word else -1
        if found >= 0:
            marks.append(WordMark(position, found, len(word)))
            at = found + len(word)
    return tuple(marks)
