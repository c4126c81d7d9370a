"""What every text-to-speech engine here promises: a `Synthesizer`, and the `Voice`s it offers.

Does not: speak. The engines are `espeak`, `piper`, `kokoro`, `edge` and `fake`; `router` joins them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from mulakat.errors import SpeechError
from mulakat.messages import Language, Speech

SLOWEST = 0.7
FASTEST = 1.4
LONGEST_TEXT = 20_000  # characters of one call; about twenty minutes of speech

Gender = Literal["female", "male", "neutral"]


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice to choose from.

    id         "<engine>:<name>", e.g. "espeak:tr+f3"
    label      what the page shows, by language of the page
    cloud      the text of each sentence leaves this machine
    timings    the voice tells which sound falls when (`Speech.phonemes` is filled)
    available  it can speak now: its package is installed and its files are there
    """

    id: str
    label: Mapping[Language, str]
    language: Language
    engine: str
    gender: Gender
    licence: str
    cloud: bool = False
    timings: bool = True
    available: bool = True


class Synthesizer(Protocol):
    """Turns sentences into sound. Callers may be concurrent; they are served in order."""

    async def speak(self, text: str, voice: str, speed: float = 1.0) -> Speech:
        """One `Speech` for `text` with 16-bit mono PCM; `Speech.text` is `text` as given.

        `speed` is a factor; values outside 0.7 to 1.4 are brought to the nearest of the two.
        A text with nothing to say gives a Speech without audio.
        Raises SpeechError when the voice cannot speak, MissingExtra when its package is missing.
        """
        ...

    def voices(self) -> list[Voice]:
        """The voices this engine knows, the unavailable ones among them."""
        ...

    async def close(self) -> None:
        """Frees processes and models. May be called twice."""
        ...


def checked_speed(speed: float) -> float:
    """`speed` within 0.7 to 1.4. Raises SpeechError when it is not a number."""
    if not math.isfinite(speed):
        raise SpeechError(f"The speed {speed} is not a number.", "Choose a speed between 0.7 and 1.4.")
    return min(max(speed, SLOWEST), FASTEST)


def checked_text(text: str) -> str:
    """`text` when it is short enough for one call; raises SpeechError otherwise."""
    if len(text) > LONGEST_TEXT:
        raise SpeechError(
            f"A text of {len(text)} characters is too long to speak in one go.",
            f"Split it into sentences of at most {LONGEST_TEXT} characters.",
        )
    return text
