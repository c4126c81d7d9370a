"""Reading aloud: what is rewritten, what is left alone, and that the way back is never lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.messages import LANGUAGES, Language
from mulakat.speech.normalise import normalise
from mulakat.speech.readings import ordinal_tr

WORDS = {
    "en": "tell me about the time when you led a team and what you learned from it",
    "tr": "bana ekibinizle yaşadığınız güç bir işi ve ondan ne öğrendiğinizi anlatır İyi ığdır",
}
WRITTEN = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                *("CV", "12.05.2024", "1.250.000", "$1.5M", "vb.", "vs.", "e.g.", "%20", "3."),
                *("soru", "C++"),
                *("Dr. ", "#1", "2024-05-12", "10k", "3-5", "1/2", "ve/veya", "İK", "g\u0306", "\x01150S"),
                *("[[h@]]", "🙂", "\n"),
            ]
        ),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("en", "Prof. Smith vs. Jones", "Professor Smith versus Jones"),
        ("en", "We grew $1.5M in 2019", "We grew 1.5 million dollars in 20 19"),
        ("en", "an SLA, and ROI", "an S.L.A, and R.O.I"),
        ("en", "3-5 years, C# and CI/CD", "3 to 5 years, C sharp and CI CD"),
        ("en", "on 2024-05-12", "on 12 May 2024"),
        ("en", "on 12/05/2024", "on 12, 05, 2024"),
        ("en", "10k users, 5x faster, #1", "10 thousand users, 5 times faster, number 1"),
        ("tr", "12.05.2024 tarihinde", "12 Mayıs 2024 tarihinde"),
        ("tr", "1.250.000 TL ciro", "1250000 lira ciro"),
        ("tr", "Python, SQL vb. araçlar", "paytın, es kyu el ve benzeri araçlar"),
        ("tr", "Araçlar vb. Sonra", "Araçlar ve benzeri. Sonra"),
        ("tr", "2. soru ve 21. yüzyıl", "ikinci soru ve yirmi birinci yüzyıl"),
        ("tr", "Yıl 2019. Sonra", "Yıl 2019. Sonra"),
        ("tr", "İK ekibi, CV'niz", "i ka ekibi, si vi'niz"),
        ("tr", "KPI ve CI/CD", "key pi ay ve si ay si di"),
        ("tr", "20% ve 3-5 yıl, 1/2", "yüzde 20 ve 3 ila 5 yıl, 1 bölü 2"),
        ("tr", "Prof. Dr. Ayşe Öz", "Profesör Doktor Ayşe Öz"),
        ("tr", "99.99.2024", "99.99.2024"),
    ],
)
def test_reads_what_espeak_reads_badly(language: Language, written: str, read: str) -> None:
    assert normalise(written, language).text == read


@pytest.mark.parametrize(
    "text", ["a\x01150Sb", "<speak>hi</speak>", "[[h@'loU]]", "a\0b", "\ud800x", "👍🏽 ok"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_of_an_engine_gets_through(text: str, language: Language) -> None:
    spoken = normalise(text, language).text
    assert not any(c in spoken for c in "[]<>\x00\x01")
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in spoken)
    spoken.encode()


def test_letters_of_markup_are_still_spoken() -> None:
    assert normalise("a <break> b [[x]]", "en").text.split() == ["a", "break", "b", "x"]


def test_a_mapped_piece_covers_what_was_written() -> None:
    text = "Şu 12.05.2024 günü"
    spoken = normalise(text, "tr")
    at = spoken.text.index("Mayıs")
    start, end = spoken.original(at, len("Mayıs"))
    assert text[start:end] == "12.05.2024"


def test_decomposed_letters_are_composed_and_still_mapped() -> None:
    text = unicodedata.normalize("NFD", "şoför ğ")
    spoken = normalise(text, "tr")
    assert spoken.text == "şoför ğ"
    start, end = spoken.original(3, 1)
    assert text[start:end] == unicodedata.normalize("NFD", "ö")


@given(WRITTEN, st.sampled_from(LANGUAGES))
def test_every_spoken_letter_has_its_place_in_the_text(text: str, language: Language) -> None:
    spoken = normalise(text, language)
    assert len(spoken.text) == len(spoken.starts) == len(spoken.ends)
    assert list(spoken.starts) == sorted(spoken.starts)
    assert list(spoken.ends) == sorted(spoken.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(spoken.starts, spoken.ends, strict=True))
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in spoken.text)


@given(st.data(), st.sampled_from(LANGUAGES))
def test_plain_sentences_are_left_alone(data: st.DataObject, language: Language) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[language].split()), min_size=1, max_size=20))
    sentence = " ".join(words).capitalize() + "?"
    spoken = normalise(sentence, language)
    assert spoken.text == unicodedata.normalize("NFC", sentence)


@given(WRITTEN, st.sampled_from(LANGUAGES), st.integers(-5, 200), st.integers(-5, 200))
def test_any_stretch_maps_into_the_text(text: str, language: Language, offset: int, length: int) -> None:
    start, end = normalise(text, language).original(offset, length)
    assert 0 <= start <= end <= len(text)


def test_turkish_ordinals_are_all_different_words() -> None:
    words = [ordinal_tr(n) for n in range(100)]
    assert len(set(words)) == 100
    assert all(w.endswith(("ncı", "nci", "ncu", "ncü")) for w in words)
