"""Piper in a process of its own: `python -m mulakat.speech.piper_worker`.

The only module that imports `piper` (GPL-3.0-or-later). Does not: prepare text or fetch voices.

Request:  {"id", "text", "model": path of the .onnx, "pace": length factor}
Reply:    {"id", "rate": Hz, "sounds": [[ms, ipa], ...] or []} + PCM.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterable
from typing import Any

from mulakat.speech.child import Speak, serve
from mulakat.speech.wire import Header

_PAUSES = frozenset("^$_.,;:!?…-—\"'()")
_SENTENCE_GAP_MS = 200


class Piper:
    """Loads each voice once and keeps it."""

    def __init__(self) -> None:
        piper = importlib.import_module("piper")
        self._voice: Any = piper.PiperVoice
        self._config: Any = piper.SynthesisConfig
        self._loaded: dict[str, Any] = {}

    def speak(self, request: Header) -> tuple[Header, bytes]:
        """All sentences of the text, joined by a short pause."""
        voice = self._load(str(request["model"]))
        config = self._config(length_scale=voice.config.length_scale * float(request["pace"]))
        rate = int(voice.config.sample_rate)
        gap = bytes(2 * (rate * _SENTENCE_GAP_MS // 1000))
        pcm, sounds, timed = bytearray(), [], True
        for chunk in voice.synthesize(str(request["text"]), config, **_alignments(voice.synthesize)):
            if pcm:
                pcm += gap
            found = _sounds(getattr(chunk, "phoneme_alignments", None), len(pcm) // 2, rate)
            timed = timed and bool(found)
            sounds += found
            pcm += chunk.audio_int16_bytes
        return {"rate": rate, "sounds": sounds if timed else []}, bytes(pcm)

    def _load(self, path: str) -> Any:
        if path not in self._loaded:
            self._loaded[path] = self._voice.load(path, **_alignments(self._voice.load))
        return self._loaded[path]


def _alignments(function: Any) -> dict[str, bool]:
    """Asks for timings where this version of piper can give them."""
    wanted = "include_alignments"
    return {wanted: True} if wanted in inspect.signature(function).parameters else {}


def _sounds(alignments: Iterable[Any] | None, at: int, rate: int) -> list[tuple[int, str]]:
    """(ms, symbol) from piper's samples per phoneme, beginning at sample `at`.

    Piper's phonemes are single code points: marks after a sound, and the blank between words, add
    their time to the sound before them.
    """
    found: list[tuple[int, str]] = []
    for item in alignments or ():
        symbol = str(item.phoneme)
        if symbol in _PAUSES:
            found.append((at * 1000 // rate, ""))
        elif symbol.strip() and symbol not in "ːˑ":
            found.append((at * 1000 // rate, symbol))
        at += int(item.num_samples)
    if found:
        found.append((at * 1000 // rate, ""))
    return found


def _open() -> tuple[Speak, Header]:
    return Piper().speak, {"engine": "piper"}


if __name__ == "__main__":
    sys.exit(serve(_open))
