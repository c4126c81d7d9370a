"""A voice without a voice: quiet tones whose length follows the text, always the same.

For tests and for machines where no engine starts. Does not: say anything intelligible.
"""

from __future__ import annotations

import math
from array import array
from functools import cache

from mulakat.messages import LANGUAGES, Phoneme, Speech, WordMark
from mulakat.speech.protocol import Voice, checked_speed, checked_text
from mulakat.speech.timeline import PAUSE, tokens_of

RATE = 16_000
_LETTER_MS = 70
_AMPLITUDE = 1200  # of 32767: heard, but quiet
_LABEL = {"en": "Test tone ({})", "tr": "Deneme sesi ({})"}


class FakeSynthesizer:
    """Speaks one letter in 70 ms. Remembers in `spoken` what it was asked: (text, voice, speed)."""

    def __init__(self) -> None:
        self.spoken: list[tuple[str, str, float]] = []
        self.closed = False

    async def speak(self, text: str, voice: str = "fake:en", speed: float = 1.0) -> Speech:
        """A tone a letter, a pause for anything else between letters. See `Synthesizer.speak`."""
        checked_text(text)
        self.spoken.append((text, voice, speed))
        step = round(_LETTER_MS / checked_speed(speed))
        if not tokens_of(text):
            return Speech(text, b"", RATE)
        pcm = b"".join(_tone(char if char.isalnum() else "", step) for char in text)
        sounds = tuple(
            Phoneme(i * step, (i + 1) * step, char.lower() if char.isalnum() else PAUSE)
            for i, char in enumerate(text)
        )
        words = tuple(WordMark(start * step, start, end - start) for start, end in tokens_of(text))
        return Speech(text, pcm, RATE, sounds, words)

    def voices(self) -> list[Voice]:
        """One a language: "fake:en", "fake:tr"."""
        return [
            Voice(
                id=f"fake:{language}",
                label={page: _LABEL[page].format(language) for page in LANGUAGES},
                language=language,
                engine="fake",
                gender="neutral",
                licence="Apache-2.0",
            )
            for language in LANGUAGES
        ]

    async def close(self) -> None:
        """Nothing to free; noted in `closed`."""
        self.closed = True


@cache
def _tone(char: str, ms: int) -> bytes:
    samples = RATE * ms // 1000
    if not char:
        return bytes(2 * samples)
    step = 2 * math.pi * (180 + ord(char) % 40 * 6) / RATE
    values = array("h", (round(_AMPLITUDE * math.sin(step * i)) for i in range(samples)))
    if values.itemsize == 2 and array("H", [1]).tobytes() == b"\0\1":
        values.byteswap()
    return values.tobytes()
