"""Kokoro in a process of its own: `python -m mulakat.speech.kokoro_worker`.

The only module that imports `kokoro_onnx`, which loads GPL libraries. Does not: prepare text.

Request:  {"id", "text", "voice", "speed", "model": path, "voices": path}
Reply:    {"id", "rate": Hz, "sounds": [[ms, ipa], ...] or []} + PCM.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import numpy as np

from mulakat.speech.child import Refused, Speak, serve
from mulakat.speech.wire import Header

_PAUSES = frozenset(".,;:!?…—\"'()“”")


class Kokoro:
    """Loads the model once and keeps it."""

    def __init__(self) -> None:
        self._library: Any = importlib.import_module("kokoro_onnx")
        self._loaded: dict[tuple[str, str], Any] = {}

    def speak(self, request: Header) -> tuple[Header, bytes]:
        """One text; an empty reply when it holds nothing to say."""
        text, voice = str(request["text"]), str(request["voice"])
        engine = self._load(str(request["model"]), str(request["voices"]))
        if voice not in engine.get_voices():
            raise Refused(f"there is no voice '{voice}'")
        if not any(char.isalnum() for char in text):
            return {"rate": 24_000, "sounds": []}, b""
        lang = "en-gb" if voice.startswith("b") else "en-us"
        timings: list[Any] = []
        if hasattr(engine, "create_timed"):
            audio, rate, timings = engine.create_timed(text, voice, float(request["speed"]), lang)
        else:
            audio, rate = engine.create(text, voice, float(request["speed"]), lang)
        pcm = (np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes()
        return {"rate": int(rate), "sounds": _sounds(timings)}, pcm

    def _load(self, model: str, voices: str) -> Any:
        if (model, voices) not in self._loaded:
            self._loaded[model, voices] = self._library.Kokoro(model, voices)
        return self._loaded[model, voices]


def _sounds(timings: list[Any]) -> list[tuple[int, str]]:
    """(ms, symbol); the blank between words belongs to the sound before it."""
    found = [
        (round(item.start * 1000), "" if item.phoneme in _PAUSES else str(item.phoneme))
        for item in timings
        if item.phoneme.strip() and item.phoneme not in "ːˑ"
    ]
    return [*found, (round(timings[-1].end * 1000), "")] if found else []


def _open() -> tuple[Speak, Header]:
    return Kokoro().speak, {"engine": "kokoro"}


if __name__ == "__main__":
    sys.exit(serve(_open))
