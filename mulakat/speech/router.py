"""One synthesizer over all engines: the voice's id says which, espeak stands in when it fails.

Does not: speak itself, or decide which voice an interview uses.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping

from mulakat.errors import MissingExtra, SpeechError
from mulakat.messages import Language, Speech
from mulakat.speech.espeak import EspeakSynthesizer, default_voice
from mulakat.speech.protocol import Synthesizer, Voice

log = logging.getLogger(__name__)

_REST_S = 60.0  # a voice that failed is not asked again for so long


class VoiceRouter:
    """Gives each sentence to the engine named before the colon of the voice's id.

    When that fails, the sentence is spoken by the default espeak voice of the same language, with
    a warning in the log, and the failing voice rests for a minute: a dead service must not cost
    its time-out with every sentence.
    """

    def __init__(
        self,
        embedded: EspeakSynthesizer,
        engines: Mapping[str, Synthesizer],
        *,
        withheld: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`withheld` tells for engines that are switched off how to switch them on."""
        self._embedded = embedded
        self._engines: dict[str, Synthesizer] = {"espeak": embedded, **engines}
        self._withheld = dict(withheld or {})
        self._clock = clock
        self._resting: dict[str, float] = {}

    async def warm(self) -> None:
        """Starts the embedded engine, so that the first sentence does not wait for it."""
        await self._embedded.warm()

    async def speak(self, text: str, voice: str, speed: float = 1.0) -> Speech:
        """See `Synthesizer.speak`. Raises SpeechError only when espeak cannot speak either."""
        stand_in = default_voice(language_of(voice))
        if voice == stand_in:
            return await self._embedded.speak(text, voice, speed)
        if self._clock() < self._resting.get(voice, 0.0):
            return await self._embedded.speak(text, stand_in, speed)
        try:
            return await self._engine(voice).speak(text, voice, speed)
        except (SpeechError, MissingExtra) as error:
            log.warning("voice %s failed, %s speaks instead: %s", voice, stand_in, error)
        self._resting[voice] = self._clock() + _REST_S
        return await self._embedded.speak(text, stand_in, speed)

    def _engine(self, voice: str) -> Synthesizer:
        prefix = voice.partition(":")[0]
        if prefix in self._engines:
            return self._engines[prefix]
        fix = self._withheld.get(prefix, "Choose one of the voices on the set-up page.")
        raise SpeechError(f"The voice '{voice}' is not offered here.", fix)

    def voices(self) -> list[Voice]:
        """Of all engines, the embedded ones first."""
        return [voice for engine in self._engines.values() for voice in engine.voices()]

    async def close(self) -> None:
        """Closes every engine."""
        for engine in self._engines.values():
            await engine.close()


def language_of(voice: str) -> Language:
    """The language of a voice by its id ("piper:tr_TR-dfki-medium" is Turkish); English if unclear."""
    return "tr" if voice.partition(":")[2][:2].lower() == "tr" else "en"
