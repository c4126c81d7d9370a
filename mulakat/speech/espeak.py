"""The embedded voices: espeak-ng in its worker process, in English and Turkish, with timings.

Does not: import espeak (GPL); `espeak_worker` does, in a process of its own.
"""

from __future__ import annotations

import re

from mulakat.errors import SpeechError
from mulakat.messages import Language, Speech
from mulakat.speech.normalise import normalise
from mulakat.speech.protocol import Gender, Voice, checked_speed, checked_text
from mulakat.speech.timeline import intervals, word_marks
from mulakat.speech.worker import Worker, installed

_RATE = 160  # espeak's words a minute; about 5 syllables a second in both languages
_PREFIX = "espeak:"
_ID = re.compile(r"espeak:(en|en-us|tr)(\+[A-Za-z0-9 ]{1,20})?")
_LICENCE = "GPL-3.0-or-later, in a process of its own"

# name, gender, pitch (0-100), label in English, label in Turkish
_OFFERED: dict[Language, list[tuple[str, Gender, int, str, str]]] = {
    "en": [
        ("en+f2", "female", 44, "Female, British", "Kadın, İngiliz"),
        ("en-us+m3", "male", 46, "Male, American", "Erkek, Amerikan"),
        ("en-us+f3", "female", 46, "Female, American", "Kadın, Amerikan"),
        ("en+m7", "male", 42, "Male, British, soft", "Erkek, İngiliz, yumuşak"),
    ],
    "tr": [
        ("tr+f2", "female", 44, "Female", "Kadın"),
        ("tr+m3", "male", 46, "Male", "Erkek"),
        ("tr+f5", "female", 52, "Female, bright", "Kadın, parlak"),
        ("tr+m7", "male", 42, "Male, soft", "Erkek, yumuşak"),
    ],
}
_PITCH = {name: pitch for offered in _OFFERED.values() for name, _, pitch, *_ in offered}


def default_voice(language: Language) -> str:
    """The id of the embedded voice that speaks when none was chosen."""
    return _PREFIX + _OFFERED[language][0][0]


class EspeakSynthesizer:
    """Speaks through one espeak process, started with the first sentence."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker("mulakat.speech.espeak_worker", name="espeak-ng")

    @property
    def pid(self) -> int | None:
        """The worker's process id while it runs."""
        return self._worker.pid

    async def warm(self) -> None:
        """Starts the process now. Raises SpeechError when it cannot start."""
        await self._worker.start()

    async def speak(self, text: str, voice: str, speed: float = 1.0) -> Speech:
        """See `Synthesizer.speak`. Voices: "espeak:tr", "espeak:en-us+f3" (any espeak variant)."""
        if not _ID.fullmatch(voice):
            raise SpeechError(f"There is no voice '{voice}'.", "Choose a voice on the set-up page.")
        name = voice.removeprefix(_PREFIX)
        language: Language = "tr" if name.startswith("tr") else "en"
        rate = round(_RATE * checked_speed(speed))
        spoken = normalise(checked_text(text), language)
        request = {"text": spoken.text, "voice": name, "rate": rate, "pitch": _PITCH.get(name, 50)}
        reply, pcm = await self._worker.ask(request)
        if not reply["words"]:  # a pause around nothing
            return Speech(text, b"", reply["rate"])
        end = len(pcm) // 2 * 1000 // reply["rate"]
        words = word_marks(map(tuple, reply["words"]), spoken, text, end)
        return Speech(text, pcm, reply["rate"], intervals(reply["sounds"], end), words)

    def voices(self) -> list[Voice]:
        """Four voices a language."""
        here = installed("espeakng_loader")
        return [
            Voice(
                id=_PREFIX + name,
                label={"en": f"{english} (espeak)", "tr": f"{turkish} (espeak)"},
                language=language,
                engine="espeak",
                gender=gender,
                licence=_LICENCE,
                available=here,
            )
            for language, offered in _OFFERED.items()
            for name, gender, _, english, turkish in offered
        ]

    async def close(self) -> None:
        """Ends the process."""
        await self._worker.close()
