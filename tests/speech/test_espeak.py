"""The embedded voices, with the real espeak-ng in its real process."""

import array
import asyncio
import math
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
import pytest_asyncio

from mulakat.errors import SpeechError
from mulakat.messages import LANGUAGES, Language, Speech
from mulakat.speech.espeak import EspeakSynthesizer, default_voice
from mulakat.speech.timeline import tokens_of
from mulakat.speech.visemes import viseme_track

pytestmark = pytest.mark.models

SENTENCES: dict[Language, str] = {
    "en": "Tell me about a time you disagreed with a teammate. What did you do, and what was the result?",
    "tr": "Şimdi geçmişinizi düşünün: İstanbul'da ığdır gibi güç, öğretici bir iş oldu mu, çözümü neydi?",
}


@pytest_asyncio.fixture
async def voice() -> AsyncIterator[EspeakSynthesizer]:
    synthesizer = EspeakSynthesizer()
    yield synthesizer
    await synthesizer.close()


def loudness(speech: Speech) -> float:
    samples = array.array("h", speech.pcm)
    return math.sqrt(sum(s * s for s in samples) / len(samples))


def well_formed(speech: Speech) -> None:
    end = speech.duration_ms
    sounds = speech.phonemes
    assert sounds[0].start == 0
    assert sounds[-1].end == end
    assert all(a.end == b.start for a, b in pairwise(sounds))
    assert all(p.start < p.end for p in sounds)
    assert [w.start for w in speech.words] == sorted(w.start for w in speech.words)
    assert all(0 <= w.start <= end for w in speech.words)
    assert all(speech.text[w.offset : w.offset + w.length].strip() for w in speech.words)


def alike(one: Speech, other: Speech) -> bool:
    """The same sounds in the same time; espeak's waves differ by a millisecond from run to run."""
    same = [p.symbol for p in one.phonemes] == [p.symbol for p in other.phonemes]
    return same and abs(one.duration_ms - other.duration_ms) < 30


def words_of(speech: Speech) -> list[str]:
    return [speech.text[w.offset : w.offset + w.length] for w in speech.words]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_offered_voice_is_heard_and_timed(voice: EspeakSynthesizer, language: Language) -> None:
    text = SENTENCES[language]
    offered = [v for v in voice.voices() if v.language == language]
    assert len(offered) == 4
    heard = set()
    for info in offered:
        speech = await voice.speak(text, info.id)
        well_formed(speech)
        assert loudness(speech) > 1000
        # nobody speaks more than 30 characters a second, or fewer than 8
        assert len(text) / 30 < speech.duration_ms / 1000 < len(text) / 8
        assert sum(bool(p.symbol) for p in speech.phonemes) > len(text) / 3
        heard.add(speech.pcm)
    assert len(heard) == 4


@pytest.mark.parametrize("language", LANGUAGES)
async def test_marks_lie_on_the_words_of_the_text(voice: EspeakSynthesizer, language: Language) -> None:
    text = SENTENCES[language]
    speech = await voice.speak(text, default_voice(language))
    assert words_of(speech) == [text[a:b] for a, b in tokens_of(text)]


async def test_words_stay_those_of_the_original_where_they_are_read_otherwise(
    voice: EspeakSynthesizer,
) -> None:
    text = "CV'nizde 12.05.2024 için 1.250.000 TL, %20 artış, C++ vb. şeyler yazıyor — ğ, ş, ı, İ, ç, ö, ü."
    speech = await voice.speak(text, "espeak:tr")
    assert speech.text == text
    marked = words_of(speech)
    assert [w for w in tokens_text(text) if w not in marked] == []


def tokens_text(text: str) -> list[str]:
    return [text[a:b] for a, b in tokens_of(text)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_long_text_is_spoken_whole_and_marks_do_not_drift(
    voice: EspeakSynthesizer, language: Language
) -> None:
    text = (SENTENCES[language] + " ") * (5000 // len(SENTENCES[language]) + 1)
    text = text[:5000]
    speech = await voice.speak(text, default_voice(language))
    well_formed(speech)
    assert speech.duration_ms > 200_000
    missed = len(tokens_text(text)) - len(speech.words)
    assert missed == 0
    reply, _ = await voice._worker.ask({"text": text, "voice": language})
    raw = [text[offset : offset + length] for _, offset, length in reply["words"]]
    assert len(raw) > 0.9 * len(speech.words)
    assert set(raw) <= {part for word in tokens_text(text) for part in [word, *word.split("'")]}


@pytest.mark.parametrize("text", ["", "   \n\t", "...", "?!", "🙂👍🏽", "\x01\x02\x7f", "\u200b", "<>[[]]"])
async def test_nothing_to_say_is_silence_without_audio(voice: EspeakSynthesizer, text: str) -> None:
    speech = await voice.speak(text, "espeak:en")
    assert speech == Speech(text, b"", speech.rate)
    assert speech.rate == 22050


async def test_pictures_are_passed_over(voice: EspeakSynthesizer) -> None:
    text = "Hello 🙂 there 👍🏽 friend"
    plain = await voice.speak("Hello there friend", "espeak:en")
    drawn = await voice.speak(text, "espeak:en")
    assert words_of(drawn) == ["Hello", "there", "friend"]
    assert [p.symbol for p in drawn.phonemes if p.symbol] == [p.symbol for p in plain.phonemes if p.symbol]


@pytest.mark.parametrize(
    "command",
    [
        "\x01300S {}",
        "\x0199P {}",
        "<prosody rate='x-fast'> {} </prosody>",
        "[[h@'loU]] {}",
        "<audio src='/x'/> {}",
        "{}\0{}",
    ],
)
async def test_commands_are_spoken_as_text_not_obeyed(voice: EspeakSynthesizer, command: str) -> None:
    text = command.format("Tell me about your team", "and you")
    speech = await voice.speak(text, "espeak:en")
    alone = await voice.speak("Tell me about your team", "espeak:en")
    sounds = [p.symbol for p in speech.phonemes if p.symbol]
    expected = [p.symbol for p in alone.phonemes if p.symbol]
    assert len(sounds) > len(expected)
    assert any(sounds[i : i + 12] == expected[:12] for i in range(len(sounds)))
    assert speech.duration_ms > alone.duration_ms
    assert {"Tell", "me", "about", "your"} <= set(words_of(speech))


async def test_speed_changes_the_length_and_is_kept_within_its_limits(voice: EspeakSynthesizer) -> None:
    text = SENTENCES["en"]
    spoken = {s: await voice.speak(text, "espeak:en", s) for s in (0.1, 0.7, 1.0, 1.4, 9.0)}
    assert spoken[0.7].duration_ms > spoken[1.0].duration_ms > spoken[1.4].duration_ms
    assert alike(spoken[0.1], spoken[0.7])
    assert alike(spoken[9.0], spoken[1.4])
    with pytest.raises(SpeechError):
        await voice.speak(text, "espeak:en", math.nan)


@pytest.mark.parametrize(
    "name", ["espeak:xx", "espeak:en+nobody", "espeak:", "piper:en", "espeak:en+../x", ""]
)
async def test_an_unknown_voice_is_refused_and_the_next_sentence_is_spoken(
    voice: EspeakSynthesizer, name: str
) -> None:
    with pytest.raises(SpeechError) as caught:
        await voice.speak("Hello", name)
    assert caught.value.fix
    assert (await voice.speak("Hello", "espeak:en")).pcm


async def test_a_text_beyond_all_measure_is_refused(voice: EspeakSynthesizer) -> None:
    with pytest.raises(SpeechError):
        await voice.speak("a" * 20_001, "espeak:en")


async def test_the_same_sentence_sounds_the_same_whatever_came_before(voice: EspeakSynthesizer) -> None:
    first = await voice.speak("Merhaba, hoş geldiniz.", "espeak:tr+f2")
    await voice.speak("Something else.", "espeak:en-us+m3", 1.4)
    again = await voice.speak("Merhaba, hoş geldiniz.", "espeak:tr+f2")
    assert alike(first, again)
    assert words_of(first) == words_of(again)


async def test_concurrent_callers_get_their_own_sentences(voice: EspeakSynthesizer) -> None:
    texts = [f"Question number {n}, {'really ' * (n % 5)}please." for n in range(12)]
    alone = [await voice.speak(t, "espeak:en") for t in texts]
    together = await asyncio.gather(*(voice.speak(t, "espeak:en") for t in texts))
    assert [s.text for s in together] == texts
    assert all(alike(a, b) for a, b in zip(alone, together, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_lips_close_where_the_letters_do(voice: EspeakSynthesizer, language: Language) -> None:
    text = {"en": "Maybe pick both maps.", "tr": "Bebek mama yapıyor."}[language]
    speech = await voice.speak(text, default_voice(language))
    track = viseme_track(speech.phonemes, language)
    assert track[-1][1] == speech.duration_ms
    closures = sum(shape == "PP" for _, _, shape in track)
    assert closures == sum(letter in "pbmPBM" for letter in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_synthesizer_serves_several_event_loops(language: Language) -> None:
    synthesizer = EspeakSynthesizer()
    speeches = [asyncio.run(synthesizer.speak("Evet.", default_voice(language))) for _ in range(3)]
    asyncio.run(synthesizer.close())
    assert all(s.pcm and alike(s, speeches[0]) for s in speeches)
