"""All voices behind one door: which engine speaks, who stands in, and what the settings allow."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from mulakat.errors import MissingExtra, SpeechError
from mulakat.messages import LANGUAGES, Speech
from mulakat.settings import Settings
from mulakat.speech import default_voice, open_synthesizer
from mulakat.speech.espeak import EspeakSynthesizer
from mulakat.speech.fake import FakeSynthesizer
from mulakat.speech.protocol import Voice
from mulakat.speech.router import VoiceRouter, language_of


class Broken(FakeSynthesizer):
    """Counts how often it is asked, and fails."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def speak(self, text: str, voice: str = "", speed: float = 1.0) -> Speech:
        self.spoken.append((text, voice, speed))
        raise self.error


class Embedded(EspeakSynthesizer):
    """Stands where espeak does, with the tones of the fake."""

    def __init__(self) -> None:
        self.fake = FakeSynthesizer()
        self.broken = False

    async def warm(self) -> None:
        pass

    async def speak(self, text: str, voice: str, speed: float = 1.0) -> Speech:
        if self.broken or voice.endswith("+nobody"):
            raise SpeechError("no", "fix")
        return await self.fake.speak(text, voice, speed)

    def voices(self) -> list[Voice]:
        return []

    async def close(self) -> None:
        await self.fake.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest_asyncio.fixture
async def opened(settings: Settings) -> AsyncIterator[VoiceRouter]:
    synthesizer = open_synthesizer(settings)
    yield synthesizer
    await synthesizer.close()


@pytest.mark.parametrize("error", [SpeechError("down", "fix"), MissingExtra("none", "pip")])
async def test_espeak_stands_in_for_a_failing_voice_with_a_warning(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    embedded, broken, now = Embedded(), Broken(error), [0.0]
    router = VoiceRouter(embedded, {"piper": broken}, clock=lambda: now[0])
    with caplog.at_level(logging.WARNING):
        speech = await router.speak("Merhaba", "piper:tr_TR-x", 1.2)
    assert speech.pcm
    assert embedded.fake.spoken == [("Merhaba", default_voice("tr"), 1.2)]
    assert "piper:tr_TR-x" in caplog.text
    await router.speak("Hoş geldiniz", "piper:tr_TR-x")
    assert len(broken.spoken) == 1  # it rests
    now[0] = 61.0
    await router.speak("Başlayalım", "piper:tr_TR-x")
    assert len(broken.spoken) == 2
    await router.close()
    assert embedded.fake.closed


async def test_a_working_voice_speaks_itself() -> None:
    embedded, other = Embedded(), FakeSynthesizer()
    router = VoiceRouter(embedded, {"piper": other})
    await router.speak("Hello", "piper:en_GB-x")
    assert other.spoken == [("Hello", "piper:en_GB-x", 1.0)]
    assert embedded.fake.spoken == []


async def test_an_unknown_espeak_variant_gives_way_to_the_default() -> None:
    embedded = Embedded()
    await VoiceRouter(embedded, {}).speak("Selam", "espeak:tr+nobody")
    assert embedded.fake.spoken == [("Selam", default_voice("tr"), 1.0)]


async def test_when_nothing_can_speak_the_caller_is_told() -> None:
    embedded = Embedded()
    embedded.broken = True
    with pytest.raises(SpeechError):
        await VoiceRouter(embedded, {"piper": Broken(SpeechError("x"))}).speak("Hello", "piper:en_US-x")


async def test_cloud_voices_are_not_even_listed_unless_allowed(
    settings: Settings, opened: VoiceRouter, caplog: pytest.LogCaptureFixture
) -> None:
    assert not any(v.cloud for v in opened.voices())
    allowed = open_synthesizer(settings.model_copy(update={"cloud_voices": True}))
    cloud = [v for v in allowed.voices() if v.cloud]
    await allowed.close()
    assert {v.language for v in cloud} == set(LANGUAGES)
    assert all("sent to Microsoft" in v.label["en"] and "gönderilir" in v.label["tr"] for v in cloud)
    assert not any(v.timings for v in cloud)


@pytest.mark.models
async def test_a_cloud_voice_that_is_switched_off_is_spoken_by_espeak(
    opened: VoiceRouter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        speech = await opened.speak("Merhaba", "edge:tr-TR-EmelNeural")
    assert speech.pcm
    assert speech.phonemes
    assert "MULAKAT_CLOUD_VOICES" in caplog.text


@pytest.mark.models
@pytest.mark.parametrize(
    "voice", ["piper:tr_TR-dfki-medium", "kokoro:af_heart", "nothing:en", "", "espeak:en+zzz"]
)
async def test_a_voice_that_is_not_there_never_ends_the_interview(opened: VoiceRouter, voice: str) -> None:
    await opened.warm()
    assert (await opened.speak("Hello", voice)).pcm


async def test_each_language_has_a_default_and_four_embedded_voices(opened: VoiceRouter) -> None:
    voices = {v.id: v for v in opened.voices()}
    for language in LANGUAGES:
        chosen = voices[default_voice(language)]
        assert (chosen.language, chosen.cloud, chosen.timings) == (language, False, True)
        embedded = [v for v in voices.values() if v.engine == "espeak" and v.language == language]
        assert len({v.label["en"] for v in embedded}) == len({v.label["tr"] for v in embedded}) == 4
    assert all(v.label.keys() == set(LANGUAGES) and v.licence for v in voices.values())


@pytest.mark.parametrize(
    ("voice", "language"),
    [
        ("espeak:tr+f2", "tr"),
        ("piper:tr_TR-dfki", "tr"),
        ("edge:tr-TR-x", "tr"),
        ("espeak:en", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_in_the_id(voice: str, language: str) -> None:
    assert language_of(voice) == language


async def test_the_fake_is_the_same_every_time_and_its_length_follows_the_text() -> None:
    fake = FakeSynthesizer()
    one = await fake.speak("Merhaba, nasılsınız?", "fake:tr")
    assert one == await fake.speak("Merhaba, nasılsınız?", "fake:tr")
    assert one.duration_ms == 70 * len(one.text)
    assert one.phonemes[-1].end == one.duration_ms
    assert [one.text[w.offset : w.offset + w.length] for w in one.words] == ["Merhaba", "nasılsınız"]
    assert any(one.pcm)
    assert (await fake.speak("Merhaba, nasılsınız?", "fake:tr", 1.4)).duration_ms < one.duration_ms
    assert (await fake.speak("...", "fake:tr")).pcm == b""
