"""The online voices: never asked here for real. The real library meets a refused connection, and
a stand-in with the library's interface sends an MP3 made on the spot."""

import io
import math
import sys
from array import array
from collections.abc import AsyncIterator
from types import ModuleType

import pytest

from mulakat.errors import MissingExtra, SpeechError
from mulakat.speech import edge as adapter
from mulakat.speech.edge import RATE, EdgeSynthesizer

TEXT = "Merhaba, güçlü yönünüz ne?"


def mp3_of(seconds: float) -> bytes:
    av = pytest.importorskip("av")
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("mp3", rate=RATE, layout="mono")
        size = 1152
        for start in range(0, int(RATE * seconds), size):
            tone = array("h", (round(9000 * math.sin(0.1 * n)) for n in range(start, start + size)))
            frame = av.AudioFrame(format="s16", layout="mono", samples=size)
            frame.planes[0].update(tone.tobytes())
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def stand_in(
    monkeypatch: pytest.MonkeyPatch, mp3: bytes, error: Exception | None = None
) -> list[dict[str, str]]:
    asked: list[dict[str, str]] = []

    class Communicate:
        def __init__(self, text: str, voice: str, *, rate: str, boundary: str) -> None:
            asked.append({"text": text, "voice": voice, "rate": rate, "boundary": boundary})

        async def stream(self) -> AsyncIterator[dict[str, object]]:
            if error:
                raise error
            yield {"type": "audio", "data": mp3[: len(mp3) // 2]}
            for n, word in enumerate(["Merhaba", "güçlü", "yönünüz", "ne"]):
                yield {"type": "WordBoundary", "offset": n * 2_500_000.0, "text": word}
            yield {"type": "audio", "data": mp3[len(mp3) // 2 :]}

    module = ModuleType("edge_tts")
    module.Communicate = Communicate  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "edge_tts", module)
    monkeypatch.setattr(adapter, "installed", lambda package: True)
    return asked


async def test_stand_in_service_is_decoded_and_its_words_are_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = stand_in(monkeypatch, mp3_of(2.0))
    speech = await EdgeSynthesizer().speak(TEXT, "edge:tr-TR-EmelNeural", 1.2)
    assert asked == [
        {"text": TEXT, "voice": "tr-TR-EmelNeural", "rate": "+20%", "boundary": "WordBoundary"}
    ]
    assert speech.rate == RATE
    assert 1900 < speech.duration_ms < 2200
    assert max(array("h", speech.pcm)) > 5000
    assert [TEXT[w.offset : w.offset + w.length] for w in speech.words] == [
        "Merhaba",
        "güçlü",
        "yönünüz",
        "ne",
    ]
    assert [w.start for w in speech.words] == [0, 250, 500, 750]
    assert speech.phonemes == ()


async def test_stand_in_that_fails_or_sends_no_mp3_is_told_with_a_fix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for mp3, error in ((b"", ConnectionError("gone")), (b"", None), (b"<html>" * 99, None)):
        stand_in(monkeypatch, mp3, error)
        with pytest.raises(SpeechError) as caught:
            await EdgeSynthesizer().speak(TEXT, "edge:tr-TR-EmelNeural")
        assert "connection" in caught.value.fix


async def test_nothing_to_say_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stand_in(monkeypatch, b"")
    assert (await EdgeSynthesizer().speak(" ... ", "edge:en-GB-RyanNeural")).pcm == b""
    with pytest.raises(SpeechError):
        await EdgeSynthesizer().speak("Hello", "edge:somebody")
    assert asked == []


async def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "installed", lambda package: False)
    assert not any(v.available for v in EdgeSynthesizer().voices())
    with pytest.raises(MissingExtra, match=r"mulakat\[edge\]"):
        await EdgeSynthesizer().speak("Hello", "edge:en-GB-RyanNeural")


async def test_real_library_without_a_connection_is_told_with_a_fix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    communicate = pytest.importorskip("edge_tts.communicate")
    pytest.importorskip("av")
    monkeypatch.setattr(communicate, "WSS_URL", "ws://127.0.0.1:9/none?x=1")
    with pytest.raises(SpeechError) as caught:
        await EdgeSynthesizer().speak("Hello", "edge:en-GB-RyanNeural")
    assert "connection" in caught.value.fix
