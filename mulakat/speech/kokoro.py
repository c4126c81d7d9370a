"""Kokoro voices (English) from files on this machine, in a worker process.

kokoro-onnx is MIT, but it loads espeak-ng and phonemizer (both GPL) into its own process; hence
the worker. Does not: speak Turkish (the model cannot), or fetch the model.
"""

from __future__ import annotations

from pathlib import Path

from mulakat.errors import MissingExtra, SpeechError
from mulakat.messages import Speech
from mulakat.speech.normalise import normalise
from mulakat.speech.protocol import Gender, Voice, checked_speed, checked_text
from mulakat.speech.timeline import intervals
from mulakat.speech.worker import Worker, installed

_PREFIX = "kokoro:"
_LICENCE = "weights Apache-2.0, kokoro-onnx MIT; its phonemizer GPL-3.0, in a process of its own"
_OFFERED: list[tuple[str, Gender, str, str]] = [
    ("af_heart", "female", "Heart, female, American", "Heart, kadın, Amerikan"),
    ("am_michael", "male", "Michael, male, American", "Michael, erkek, Amerikan"),
    ("bf_emma", "female", "Emma, female, British", "Emma, kadın, İngiliz"),
    ("bm_george", "male", "George, male, British", "George, erkek, İngiliz"),
]


def find_files(folder: Path) -> tuple[Path, Path] | None:
    """Model and voices file below `folder`: kokoro*.onnx and voices*.bin. None unless both are there."""
    models = sorted(folder.rglob("kokoro*.onnx")) if folder.is_dir() else []
    voices = sorted(folder.rglob("voices*.bin")) if folder.is_dir() else []
    return (models[-1], voices[-1]) if models and voices else None


class KokoroSynthesizer:
    """Speaks with the Kokoro model below `models`."""

    def __init__(self, models: Path, worker: Worker | None = None) -> None:
        self._folder = models
        self._files: tuple[Path, Path] | None = None
        self._worker = worker or Worker("mulakat.speech.kokoro_worker", name="Kokoro", timeout=120)

    async def speak(self, text: str, voice: str, speed: float = 1.0) -> Speech:
        """See `Synthesizer.speak`. Timings are there when the model file gives durations."""
        if not installed("kokoro_onnx"):
            raise MissingExtra("The Kokoro voices are not installed.", "Run: pip install 'mulakat[kokoro]'")
        self._files = files = self._files or find_files(self._folder)
        if files is None:
            raise SpeechError(
                "The Kokoro model is not on this machine.",
                f"Put kokoro-v1.0.onnx and voices-v1.0.bin into {self._folder}, or choose another voice.",
            )
        spoken = normalise(checked_text(text), "en")
        request = {
            "text": spoken.text,
            "voice": voice.removeprefix(_PREFIX),
            "speed": checked_speed(speed),
            "model": str(files[0]),
            "voices": str(files[1]),
        }
        reply, pcm = await self._worker.ask(request)
        end = len(pcm) // 2 * 1000 // reply["rate"]
        return Speech(text, pcm, reply["rate"], intervals(reply["sounds"], end) if reply["sounds"] else ())

    def voices(self) -> list[Voice]:
        """Four English voices, available once package and files are there."""
        here = installed("kokoro_onnx") and find_files(self._folder) is not None
        return [
            Voice(
                id=_PREFIX + name,
                label={"en": f"{english} (Kokoro)", "tr": f"{turkish} (Kokoro)"},
                language="en",
                engine="kokoro",
                gender=gender,
                licence=_LICENCE,
                timings=False,  # the published model file has no durations
                available=here,
            )
            for name, gender, english, turkish in _OFFERED
        ]

    async def close(self) -> None:
        """Ends the process."""
        await self._worker.close()
