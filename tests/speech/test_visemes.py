"""Mouth shapes: every sound that espeak has in the two languages, and any other text at all."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.messages import LANGUAGES, Language, Phoneme
from mulakat.speech.visemes import VISEMES, shapes_of, viseme_track

# What espeak-ng gave for the question packs and two English documents.
ENGLISH = (
    "t n s ə d ɪ k ɹ z l p m w ˈɛ ð f v ˈa j ɐ a ˈeɪ b ˈɒ ˈiː h ˈaɪ ɒ ˈʌ ˈuː ˈəʊ ʃ tʃ ŋ uː ˈɔː ɡ i ˈɜː "
    "dʒ əl ˌaʊ ʊ ˈɑː θ ˈiə aɪ ˈeə ʒ ˈɔɪ ˈʊə ˈaɪə ɚ ˈæ ᵻ ˈoʊ ɾ ɔːɹ ˈɑːɹ ʊɹ ɪɹ ɛɹ ʔ n̩ ˈaɪɚ"
)
TURKISH = "n a r k d e j t ˈɪ s i ɾ ɫ ɯ m l ɛ ʃ b z tʃ ɟ v h œ u o ɔ ʊ dʒ ø y p æ ɡ f c ʒ"
SOUNDS: dict[Language, list[str]] = {"en": ENGLISH.split(), "tr": TURKISH.split()}


@pytest.mark.parametrize(
    ("language", "symbol", "shapes"),
    [
        ("en", "p", ["PP"]),
        ("en", "b", ["PP"]),
        ("en", "m", ["PP"]),
        ("tr", "v", ["FF"]),
        ("en", "θ", ["TH"]),
        ("en", "tʃ", ["DD", "CH"]),
        ("tr", "dʒ", ["DD", "CH"]),
        ("en", "ˈaɪ", ["aa", "I"]),
        ("en", "ˌaʊ", ["aa", "U"]),
        ("en", "ˈɔɪ", ["O", "I"]),
        ("en", "əl", ["E", "nn"]),
        ("en", "ɔːɹ", ["O", "RR"]),
        ("en", "ɾ", ["DD"]),
        ("tr", "ɾ", ["RR"]),
        ("tr", "ø", ["O"]),
        ("tr", "y", ["U"]),
        ("tr", "ɯ", ["I"]),
        ("tr", "ˈæ", ["E"]),
        ("en", "æ", ["aa"]),
        ("tr", "ɟ", ["kk"]),
        ("en", "n̩", ["nn"]),
        ("en", "", ["sil"]),
        ("en", "é", ["E"]),
        ("en", "7", ["sil"]),
        ("en", "ж", ["E"]),
        ("en", "t͡ʃ", ["DD", "CH"]),
    ],
)
def test_shapes(language: Language, symbol: str, shapes: list[str]) -> None:
    assert [shape for shape, _ in shapes_of(symbol, language)] == shapes


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_spoken_sound_is_silent_to_the_eye(language: Language) -> None:
    for symbol in SOUNDS[language]:
        if symbol != "h":
            assert "sil" not in [shape for shape, _ in shapes_of(symbol, language)], symbol


def test_a_diphthong_is_split_in_time() -> None:
    assert viseme_track([Phoneme(0, 100, "aɪ")], "en") == ((0, 50, "aa"), (50, 100, "I"))


def test_a_long_vowel_keeps_more_of_its_time_than_the_r_after_it() -> None:
    (_, cut, _), (_, end, _) = viseme_track([Phoneme(0, 100, "ɔːɹ")], "en")
    assert cut > end - cut


def test_h_takes_the_shape_of_what_follows() -> None:
    assert viseme_track([Phoneme(0, 50, "h"), Phoneme(50, 90, "uː")], "en") == ((0, 90, "U"),)
    assert viseme_track([Phoneme(0, 50, "h")], "en") == ((0, 50, "aa"),)


def test_neighbours_of_one_shape_are_joined() -> None:
    assert viseme_track([Phoneme(0, 40, "m"), Phoneme(40, 90, "b")], "tr") == ((0, 90, "PP"),)


@st.composite
def timelines(draw: st.DrawFn) -> list[Phoneme]:
    symbols = draw(
        st.lists(st.one_of(st.text(max_size=5), st.sampled_from(SOUNDS["en"] + SOUNDS["tr"])), max_size=30)
    )
    found, at = [], 0
    for symbol in symbols:
        end = at + draw(st.integers(0, 300))
        found.append(Phoneme(at, end, symbol))
        at = end
    return found


@given(timelines(), st.sampled_from(LANGUAGES))
def test_any_timeline_gives_a_gapless_track_of_known_shapes(
    sounds: list[Phoneme], language: Language
) -> None:
    track = viseme_track(sounds, language)
    assert all(shape in VISEMES and end > start for start, end, shape in track)
    assert all(a[1] == b[0] and a[2] != b[2] for a, b in pairwise(track))
    total = sounds[-1].end if sounds else 0
    assert sum(end - start for start, end, _ in track) == total
