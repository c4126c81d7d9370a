"""Sentences out of a stream: where they end, and that nothing is lost however the text arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.messages import LANGUAGES, Language
from mulakat.speech.sentences import SentenceSplitter

PIECES = st.lists(
    st.sampled_from(
        [
            *("Hello", "dr", "Dr.", "e.g.", "3.5", "3,5", "vb.", ".", "...", "…", "?", "!", '"', "”", " "),
            *("  ", "\n", "a", "B", "İş", "ş", "2.", "etc.", "J.", "\u2003"),
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip
TEXT = st.one_of(PIECES, st.text(max_size=80))


def split(text: str, language: Language, sizes: list[int] | None = None) -> list[str]:
    splitter = SentenceSplitter(language)
    found: list[str] = []
    at = 0
    for size in sizes or []:
        found += splitter.feed(text[at : at + size])
        at += size
    return found + splitter.feed(text[at:]) + splitter.flush()


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Thanks for that.", "What did you do?"]),
        ("en", ["Dr. Smith, i.e. your boss, saw 3.5 points.", "Why?"]),
        ("en", ["You said “it broke.”", "Then what?"]),
        ("en", ['"Really?"', "He left."]),
        ("en", ["Well... that is fine.", "Go on!"]),
        ("en", ["So you waited…", "And then?!", "Tell me."]),
        ("en", ["You used Docker, Redis, etc.", "Which one first?"]),
        ("en", ["You moved to the U.S. Army by 2019.", "Why then?"]),
        ("en", ["1. Tell me about Node.js and .NET."]),
        ("en", ["J. Doe wrote v2.0 of it.", "Good."]),
        ("tr", ["Teşekkür ederim.", "Ne yaptınız?"]),
        ("tr", ["Prof. Dr. Ayşe Öz ile 3,5 yıl çalıştınız.", "Nasıldı?"]),
        ("tr", ["Python vb. araçlar kullandınız.", "Hangisini?"]),
        ("tr", ["Bu 2. soru idi.", "İyi gitti."]),
        ("tr", ["Redis, Kafka vb.", "Önce hangisi?"]),
    ],
)
def test_sentence_ends(language: Language, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


def test_a_new_line_ends_a_sentence() -> None:
    assert split("one\ntwo.\n\nThree", "en") == ["one", "two.", "Three"]


def test_a_sentence_is_given_as_soon_as_it_can_be_told() -> None:
    splitter = SentenceSplitter("en")
    assert splitter.feed("What next?") == []
    assert splitter.feed(" ") == ["What next?"]
    assert splitter.feed("Fine. ") == []
    assert splitter.feed("N") == ["Fine."]
    assert splitter.flush() == ["N"]
    assert splitter.flush() == []


@given(TEXT, st.sampled_from(LANGUAGES), st.lists(st.integers(0, 7), max_size=30))
def test_the_way_the_text_arrives_changes_nothing(text: str, language: Language, sizes: list[int]) -> None:
    assert split(text, language, sizes) == split(text, language)


@given(TEXT, st.sampled_from(LANGUAGES))
def test_nothing_but_white_space_is_lost(text: str, language: Language) -> None:
    sentences = split(text, language, [1] * len(text))
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(s == s.strip() != "" for s in sentences)
