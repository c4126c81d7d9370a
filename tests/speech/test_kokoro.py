"""Kokoro: its adapter against the real library with a tiny model made here, and against a stand-in.

No published model is used: the tiny one gives tones, so these tests say nothing about how Kokoro
sounds.
"""

import textwrap
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from mulakat.errors import MissingExtra, SpeechError
from mulakat.speech import kokoro as adapter
from mulakat.speech.kokoro import KokoroSynthesizer, find_files

STAND_IN = """
    import numpy
    class Kokoro:
        def __init__(self, model, voices):
            assert model.endswith(".onnx") and voices.endswith(".bin")
        def get_voices(self):
            return ["af_heart", "bf_emma"]
        def create(self, text, voice, speed, lang):
            assert lang == {"a": "en-us", "b": "en-gb"}[voice[0]]
            return numpy.full(int(2400 * len(text) / speed), 2.0, dtype=numpy.float32), 24000
"""


def place(folder: Path, model: bytes = b"") -> None:
    (folder / "kokoro").mkdir(parents=True)
    (folder / "kokoro" / "kokoro-v1.0.onnx").write_bytes(model)
    with (folder / "kokoro" / "voices-v1.0.bin").open("wb") as file:
        np.savez(file, af_heart=np.zeros((510, 1, 256), np.float32))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library called `kokoro_onnx` without timings, found before any real one."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "kokoro_onnx.py").write_text(textwrap.dedent(STAND_IN))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    place(tmp_path / "models")
    return tmp_path / "models"


async def test_stand_in_library_speaks(stand_in: Path) -> None:
    voice = KokoroSynthesizer(stand_in)
    assert all(v.available and v.language == "en" for v in voice.voices())
    speech = await voice.speak("Hello there", "kokoro:bf_emma", 1.0)
    silent = await voice.speak("...", "kokoro:af_heart")
    with pytest.raises(SpeechError, match="am_michael"):
        await voice.speak("Hello", "kokoro:am_michael")
    await voice.close()
    assert (speech.rate, speech.duration_ms, speech.phonemes) == (24000, 1100, ())
    assert np.frombuffer(speech.pcm, "<i2").max() == 32767  # clipped, not wrapped round
    assert silent.pcm == b""


async def test_missing_files_and_missing_package_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "installed", lambda package: True)
    with pytest.raises(SpeechError, match=r"voices-v1\.0\.bin"):
        await KokoroSynthesizer(tmp_path).speak("Hello", "kokoro:af_heart")
    monkeypatch.setattr(adapter, "installed", lambda package: False)
    assert not any(v.available for v in KokoroSynthesizer(tmp_path).voices())
    with pytest.raises(MissingExtra, match=r"mulakat\[kokoro\]"):
        await KokoroSynthesizer(tmp_path).speak("Hello", "kokoro:af_heart")
    assert find_files(tmp_path / "nowhere") is None


def tiny_model() -> bytes:
    """A graph with Kokoro's inputs and outputs: 1200 samples of tone and 2 frames a token."""
    onnx = pytest.importorskip("onnx")
    h, t = onnx.helper, onnx.TensorProto
    make = h.make_node
    nodes = [
        make("Cast", ["tokens"], ["ids"], to=t.FLOAT),
        make("Mul", ["ids", "zero"], ["zeros"]),
        make("Add", ["zeros", "two"], ["frames"]),
        make("Squeeze", ["frames", "axis"], ["flat"]),
        make("Cast", ["flat"], ["duration"], to=t.INT64),
        make("ReduceSum", ["frames"], ["total"], keepdims=0),
        make("Mul", ["total", "hop"], ["samples"]),
        make("Range", ["zero", "samples", "one"], ["clock"]),
        make("Mul", ["clock", "step"], ["phase"]),
        make("Sin", ["phase"], ["audio"]),
    ]
    values = {"zero": 0.0, "one": 1.0, "two": 2.0, "hop": 600.0, "step": 0.1}
    constants = [h.make_tensor(name, t.FLOAT, [], [value]) for name, value in values.items()]
    constants.append(h.make_tensor("axis", t.INT64, [1], [0]))
    inputs = [
        h.make_tensor_value_info("tokens", t.INT64, [1, "n"]),
        h.make_tensor_value_info("style", t.FLOAT, [1, 256]),
        h.make_tensor_value_info("speed", t.FLOAT, [1]),
    ]
    outputs = [
        h.make_tensor_value_info("audio", t.FLOAT, ["samples"]),
        h.make_tensor_value_info("duration", t.INT64, ["n"]),
    ]
    graph = h.make_graph(nodes, "tiny", inputs, outputs, constants)
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 13)], ir_version=8)
    return bytes(model.SerializeToString())


@pytest.mark.models
async def test_real_library_with_a_tiny_model_gives_sound_and_durations(tmp_path: Path) -> None:
    pytest.importorskip("kokoro_onnx")
    place(tmp_path, tiny_model())
    voice = KokoroSynthesizer(tmp_path)
    speech = await voice.speak("Maybe you could tell me more.", "kokoro:af_heart")
    await voice.close()
    assert speech.rate == 24000
    assert any(speech.pcm)
    sounds = speech.phonemes
    assert (sounds[0].start, sounds[-1].end) == (0, speech.duration_ms)
    assert [p.symbol for p in sounds if p.symbol][:1] == ["m"]
    assert all(a.end == b.start for a, b in pairwise(sounds))
