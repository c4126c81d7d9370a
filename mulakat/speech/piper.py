"""Piper voices from files on this machine, in a worker process (piper-tts is GPL-3.0-or-later).

A voice is an .onnx file with its .onnx.json beside it, anywhere below the models folder. Timings
come from the model itself when the `onnx` package is there to bring them out (the extra `piper`
installs it); without it there are none, and none are made up. Does not: fetch voices
(`catalogue` does).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from mulakat.errors import MissingExtra, SpeechError
from mulakat.messages import Language, Speech
from mulakat.speech.normalise import normalise
from mulakat.speech.protocol import Voice, checked_speed, checked_text
from mulakat.speech.timeline import intervals
from mulakat.speech.worker import Worker, installed

_PREFIX = "piper:"
_LICENCE = "piper-tts GPL-3.0-or-later, in a process of its own; the voice's own licence is in its card"


@dataclass(frozen=True, slots=True)
class _Model:
    path: Path
    language: Language


def find_models(folder: Path) -> dict[str, _Model]:
    """The English and Turkish Piper voices below `folder`, by name. Broken ones are left out."""
    found: dict[str, _Model] = {}
    for config in sorted(folder.rglob("*.onnx.json")) if folder.is_dir() else []:
        path = config.with_suffix("")
        language = _language(config)
        if language and path.is_file():
            found.setdefault(path.stem, _Model(path, language))
    return found


def _language(config: Path) -> Language | None:
    try:
        voice = str(json.loads(config.read_text("utf-8"))["espeak"]["voice"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if voice.startswith("en"):
        return "en"
    return "tr" if voice.startswith("tr") else None


class PiperSynthesizer:
    """Speaks with the Piper voices below `models`. One process holds all voices that were used."""

    def __init__(self, models: Path, worker: Worker | None = None) -> None:
        self._folder = models
        self._models: dict[str, _Model] = {}
        self._worker = worker or Worker("mulakat.speech.piper_worker", name="Piper", timeout=60)

    async def speak(self, text: str, voice: str, speed: float = 1.0) -> Speech:
        """See `Synthesizer.speak`. Raises SpeechError also when the voice's file is not there."""
        if not installed("piper"):
            raise MissingExtra("The Piper voices are not installed.", "Run: pip install 'mulakat[piper]'")
        name = voice.removeprefix(_PREFIX)
        if name not in self._models:  # it may have been fetched since
            self._models = find_models(self._folder)
        model = self._models.get(name)
        if model is None:
            raise SpeechError(
                f"The Piper voice '{name}' is not on this machine.",
                f"Fetch it with 'mulakat models fetch {name}', or choose another voice.",
            )
        spoken = normalise(checked_text(text), model.language)
        pace = 1 / checked_speed(speed)
        reply, pcm = await self._worker.ask({"text": spoken.text, "model": str(model.path), "pace": pace})
        end = len(pcm) // 2 * 1000 // reply["rate"]
        return Speech(text, pcm, reply["rate"], intervals(reply["sounds"], end) if reply["sounds"] else ())

    def voices(self) -> list[Voice]:
        """One voice for each model file that is there."""
        here, timed = installed("piper"), installed("onnx")
        return [
            Voice(
                id=_PREFIX + name,
                label={"en": f"{name} (Piper)", "tr": f"{name} (Piper)"},
                language=model.language,
                engine="piper",
                gender="neutral",
                licence=_LICENCE,
                timings=timed,
                available=here,
            )
            for name, model in find_models(self._folder).items()
        ]

    async def close(self) -> None:
        """Ends the process."""
        await self._worker.close()
