"""espeak-ng in a process of its own: `python -m mulakat.speech.espeak_worker`.

The only module that imports `espeakng_loader`: espeak-ng is GPL-3.0-or-later, so it shares no
process with the rest and is spoken to over pipes (`wire`). Does not: prepare text (`normalise`)
or make sense of the timeline (`timeline`).

Request:  {"id", "text", "voice": "tr+f3", "rate": words a minute, "pitch": 0-100}
Reply:    {"id", "rate": Hz, "sounds": [[ms, ipa], ...], "words": [[ms, offset, length], ...]} + PCM;
offsets count characters of the request's text from 0. Or {"id", "error": text}.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mulakat.speech.child import Refused, Speak, serve
from mulakat.speech.wire import Header

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _PHONEME_IPA, _DONT_EXIT = 0x1, 0x2, 0x8000
_UTF8 = 1
_POS_CHARACTER = 1
_RATE, _PITCH = 1, 3
_END_OF_LIST, _WORD, _PHONEME = 0, 1, 7
_BUFFER_MS = 60
_LANGUAGES = ("en", "en-us", "tr")


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(slots=True)
class _Take:
    """What one synthesis has given so far."""

    pcm: bytearray = field(default_factory=bytearray)
    sounds: list[tuple[int, str]] = field(default_factory=list)
    words: list[tuple[int, int, int]] = field(default_factory=list)

    def note(self, event: Any) -> None:
        if event.type == _PHONEME:
            symbol = bytes(event.id.string).decode("utf-8", "ignore")
            self.sounds.append((event.audio_position, symbol))
        elif event.type == _WORD:
            self.words.append((event.audio_position, event.text_position - 1, event.length))


class Espeak:
    """The library, opened once. Not for several threads."""

    def __init__(self) -> None:
        import espeakng_loader

        self._data = Path(espeakng_loader.get_data_path())
        self._lib = ctypes.CDLL(espeakng_loader.get_library_path())
        self._declare()
        options = _PHONEME_EVENTS | _PHONEME_IPA | _DONT_EXIT
        self.rate = self._lib.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, str(self._data).encode(), options)
        if self.rate <= 0:
            raise RuntimeError(f"espeak-ng could not start (code {self.rate})")
        self._take = _Take()
        self._callback = _Callback(self._heard)  # kept: C holds only the address
        self._lib.espeak_SetSynthCallback(self._callback)
        self._voice = ""

    def _declare(self) -> None:
        c = ctypes
        self._lib.espeak_Initialize.argtypes = [c.c_int, c.c_int, c.c_char_p, c.c_int]
        self._lib.espeak_SetVoiceByName.argtypes = [c.c_char_p]
        self._lib.espeak_SetParameter.argtypes = [c.c_int, c.c_int, c.c_int]
        self._lib.espeak_SetSynthCallback.argtypes = [_Callback]
        self._lib.espeak_Synth.argtypes = [
            c.c_char_p, c.c_size_t, c.c_uint, c.c_int, c.c_uint, c.c_uint, c.c_void_p, c.c_void_p,
        ]  # fmt: skip

    def _heard(self, wave: int | None, samples: int, events: Any) -> int:
        if wave and samples > 0:
            self._take.pcm += ctypes.string_at(wave, samples * 2)
        index = 0
        while events and events[index].type != _END_OF_LIST:
            self._take.note(events[index])
            index += 1
        return 0

    def speak(self, request: Header) -> tuple[Header, bytes]:
        """Speaks one request; raises Refused when its voice is unknown."""
        self._choose(str(request["voice"]))
        self._lib.espeak_SetParameter(_RATE, int(request.get("rate", 160)), 0)
        self._lib.espeak_SetParameter(_PITCH, int(request.get("pitch", 50)), 0)
        self._take = take = _Take()
        text = str(request["text"]).replace("\0", " ").encode("utf-8", "replace")
        # Flags without 0x10 and 0x100: neither SSML nor [[phonemes]] are interpreted.
        code = self._lib.espeak_Synth(text, len(text) + 1, 0, _POS_CHARACTER, 0, _UTF8, None, None)
        if code != 0:
            raise Refused(f"espeak-ng gave code {code}")
        header = {"rate": self.rate, "sounds": take.sounds, "words": take.words}
        return header, bytes(take.pcm)

    def _choose(self, voice: str) -> None:
        """Sets the voice. espeak itself takes an unknown variant silently for the plain voice."""
        if voice == self._voice:
            return
        language, _, variant = voice.partition("+")
        if language not in _LANGUAGES or (variant and variant not in self._variants()):
            raise Refused(f"there is no voice '{voice}'")
        if self._lib.espeak_SetVoiceByName(voice.encode()) != 0:
            raise Refused(f"the voice '{voice}' could not be opened")
        self._voice = voice

    def _variants(self) -> set[str]:
        return {path.name for path in (self._data / "voices" / "!v").iterdir()}


def _open() -> tuple[Speak, Header]:
    engine = Espeak()
    return engine.speak, {"engine": "espeak-ng", "rate": engine.rate}


if __name__ == "__main__":
    sys.exit(serve(_open))
