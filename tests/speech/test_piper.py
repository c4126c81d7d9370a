"""Piper: its adapter against the real library with a tiny model made here, and against a stand-in.

No published voice is used: the tiny model gives tones, so these tests say nothing about how Piper
sounds.
"""

import json
import sys
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest

from mulakat.errors import MissingExtra, SpeechError
from mulakat.messages import Speech
from mulakat.speech import piper as adapter
from mulakat.speech.piper import PiperSynthesizer, find_models
from mulakat.speech.visemes import viseme_track

SYMBOLS = "_^$ ,.?!ˈˌːabcdefhijklmnoprstuvyzæçðøœɐɑɒɔəɛɜɟɡɪɫɯɹɾʃʊʌʒθŋ"
STAND_IN = """
    import dataclasses
    @dataclasses.dataclass
    class SynthesisConfig:
        length_scale: float = 1.0
    class Config:
        sample_rate = 16000
        length_scale = 1.0
    class Chunk:
        def __init__(self, samples):
            self.audio_int16_bytes = bytes([1, 2]) * samples
    class PiperVoice:
        config = Config()
        @staticmethod
        def load(path):
            print("loading", path)
            return PiperVoice()
        def synthesize(self, text, config):
            for sentence in text.split("."):
                if sentence.strip():
                    yield Chunk(int(1600 * len(sentence) * config.length_scale))
"""


def config_of(language: str) -> dict[str, object]:
    return {
        "audio": {"sample_rate": 16000},
        "espeak": {"voice": language},
        "phoneme_type": "espeak",
        "num_symbols": 256,
        "num_speakers": 1,
        "inference": {"noise_scale": 0.6, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_id_map": {symbol: [n] for n, symbol in enumerate(SYMBOLS)},
    }


def place(folder: Path, name: str, language: str, model: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.onnx").write_bytes(model)
    (folder / f"{name}.onnx.json").write_text(json.dumps(config_of(language)))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library called `piper` without timings, found before any real one."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "piper.py").write_text(textwrap.dedent(STAND_IN))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    place(tmp_path / "models" / "piper", "tr_TR-x-medium", "tr", b"not a model")
    return tmp_path / "models"


async def test_stand_in_library_speaks_in_a_process_of_its_own(stand_in: Path) -> None:
    before = set(sys.modules)
    voice = PiperSynthesizer(stand_in)
    speech = await voice.speak("Merhaba. Nasılsınız", "piper:tr_TR-x-medium")
    fast = await voice.speak("Merhaba. Nasılsınız", "piper:tr_TR-x-medium", 1.4)
    await voice.close()
    assert speech.rate == 16000
    assert speech.duration_ms == 100 * len("Merhaba Nasılsınız") + 200
    assert fast.duration_ms < speech.duration_ms
    assert speech.phonemes == ()  # no timings, none made up
    assert "piper" not in set(sys.modules) - before


async def test_a_voice_fetched_later_is_found_without_a_restart(stand_in: Path) -> None:
    voice = PiperSynthesizer(stand_in)
    with pytest.raises(SpeechError):
        await voice.speak("Hello", "piper:en_US-late")
    place(stand_in, "en_US-late", "en-us", b"not a model")
    assert (await voice.speak("Hello", "piper:en_US-late")).pcm
    await voice.close()


async def test_nothing_to_say_is_silence_with_the_stand_in(stand_in: Path) -> None:
    voice = PiperSynthesizer(stand_in)
    assert await voice.speak("", "piper:tr_TR-x-medium") == Speech("", b"", 16000)
    await voice.close()


async def test_a_voice_that_is_not_there_says_how_to_fetch_it(stand_in: Path) -> None:
    with pytest.raises(SpeechError, match="mulakat models fetch en_US-lessac"):
        await PiperSynthesizer(stand_in).speak("Hello", "piper:en_US-lessac")


async def test_without_the_package_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "installed", lambda package: False)
    place(tmp_path, "en_US-x", "en-us", b"")
    voice = PiperSynthesizer(tmp_path)
    assert [(v.id, v.available) for v in voice.voices()] == [("piper:en_US-x", False)]
    with pytest.raises(MissingExtra, match=r"mulakat\[piper\]"):
        await voice.speak("Hello", "piper:en_US-x")


def test_only_whole_english_and_turkish_voices_are_listed(tmp_path: Path) -> None:
    place(tmp_path / "a" / "b", "tr_TR-x", "tr", b"")
    place(tmp_path, "de_DE-x", "de", b"")
    place(tmp_path, "en_GB-x", "en-gb-x-rp", b"")
    (tmp_path / "broken.onnx.json").write_text("{")
    (tmp_path / "broken.onnx").touch()
    (tmp_path / "alone.onnx.json").write_text(json.dumps(config_of("en")))
    assert {name: m.language for name, m in find_models(tmp_path).items()} == {
        "tr_TR-x": "tr",
        "en_GB-x": "en",
    }
    assert find_models(tmp_path / "nowhere") == {}


def tiny_model() -> bytes:
    """A graph with Piper's inputs and outputs: 3 frames a phoneme, a tone as audio."""
    onnx = pytest.importorskip("onnx")
    h, t = onnx.helper, onnx.TensorProto
    make = h.make_node
    nodes = [
        make("Cast", ["input"], ["ids"], to=t.FLOAT),
        make("Mul", ["ids", "zero"], ["zeros"]),
        make("Gather", ["scales", "one_index"], ["pace"]),
        make("Mul", ["pace", "frames"], ["wanted"]),
        make("Add", ["zeros", "wanted"], ["w"]),
        make("Ceil", ["w"], ["w_ceil"]),
        make("ReduceSum", ["w_ceil"], ["total"], keepdims=0),
        make("Mul", ["total", "hop"], ["samples"]),
        make("Range", ["zero", "samples", "unit"], ["clock"]),
        make("Mul", ["clock", "step"], ["phase"]),
        make("Sin", ["phase"], ["tone"]),
        make("Reshape", ["tone", "shape"], ["output"]),
    ]
    values = {"zero": 0.0, "unit": 1.0, "frames": 2.5, "hop": 256.0, "step": 0.1}
    constants = [h.make_tensor(name, t.FLOAT, [], [value]) for name, value in values.items()]
    constants += [
        h.make_tensor("one_index", t.INT64, [], [1]),
        h.make_tensor("shape", t.INT64, [3], [1, 1, -1]),
    ]
    inputs = [
        h.make_tensor_value_info("input", t.INT64, [1, "n"]),
        h.make_tensor_value_info("input_lengths", t.INT64, [1]),
        h.make_tensor_value_info("scales", t.FLOAT, [3]),
    ]
    outputs = [h.make_tensor_value_info("output", t.FLOAT, [1, 1, "samples"])]
    graph = h.make_graph(nodes, "tiny", inputs, outputs, constants)
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 13)], ir_version=8)
    return bytes(model.SerializeToString())


@pytest.mark.models
async def test_real_library_with_a_tiny_model_gives_sound_and_its_own_timings(tmp_path: Path) -> None:
    pytest.importorskip("piper")
    place(tmp_path, "tr_TR-tiny-low", "tr", tiny_model())
    voice = PiperSynthesizer(tmp_path)
    info = voice.voices()[0]
    speech = await voice.speak("Merhaba, [[x]] hoş geldiniz. Başlayalım mı?", info.id)
    slow = await voice.speak("Merhaba, [[x]] hoş geldiniz. Başlayalım mı?", info.id, 0.7)
    await voice.close()
    assert info.timings
    assert speech.rate == 16000
    assert any(speech.pcm)
    assert slow.duration_ms > speech.duration_ms
    sounds = speech.phonemes
    assert (sounds[0].start, sounds[-1].end) == (0, speech.duration_ms)
    assert all(a.end == b.start for a, b in pairwise(sounds))
    assert "".join(p.symbol.strip("ˈˌ") for p in sounds).startswith("m")
    assert sum(shape == "PP" for *_, shape in viseme_track(sounds, "tr")) == 4


@pytest.mark.models
async def test_real_library_refuses_a_broken_model_with_a_fix(tmp_path: Path) -> None:
    pytest.importorskip("piper")
    place(tmp_path, "en_US-broken", "en-us", b"not onnx at all")
    voice = PiperSynthesizer(tmp_path)
    with pytest.raises(SpeechError) as caught:
        await voice.speak("Hello", "piper:en_US-broken")
    assert caught.value.fix
    await voice.close()
