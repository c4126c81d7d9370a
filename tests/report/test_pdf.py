from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mulakat.errors import ReportError
from mulakat.report import pdf, render_pdf
from mulakat.report.words import WORDS

from .conftest import make

INJECTIONS = [
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd")',
    "#panic()",
    "$ x^2 $ and $",
    r"\ backslash \u{41} \#",
    '@ref <label> #label("x")',
    '`code` ```typ #eval("1")``` end',
    "= heading\n- item\n+ item\n/ term: x",
    "*bold* _under_ ~ -- --- ... 'single' \"double\"",
    "// comment /* comment */ https://example.org",
    "]]] } ) #[ #{ #(",
]


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def assert_within_margins(data: bytes) -> None:
    """No line is longer than the narrowest letters allow, no piece of text begins beyond the margin."""
    begins: list[float] = []

    def note(_text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        begins.append(cm[0] * tm[4] + cm[4])

    for page in PdfReader(io.BytesIO(data)).pages:
        lines = page.extract_text(visitor_text=note).split("\n")
        assert max(map(len, lines)) <= 150
    assert max(begins) < (210 - 31) / 25.4 * 72


def test_turkish_letters_survive(maker: Any) -> None:
    said = "Şığırdaki ığdır: ş ğ ı İ ç ö ü Ş Ğ I Ç Ö Ü â î û, değiştirdiğimiz fişleri"
    text = pages(render_pdf(maker("Nasıl?", said), "tr"))[0]
    assert squeezed(said) in squeezed(text)


def test_every_turn_stands_in_order_behind_its_stamp_and_speaker(maker: Any) -> None:
    said = [f"Söz {i} buradadır." for i in range(40)]
    text = squeezed("".join(pages(render_pdf(maker(*said), "tr"))))
    places = []
    for i, words in enumerate(said):
        speaker = "Aday" if i % 2 else "Görüşmeci"
        places.append(text.index(squeezed(f"{i * 35 // 60:02}:{i * 35 % 60:02}{speaker}{words}")))
    assert places == sorted(places)


def test_page_numbers_running_head_and_closing_block(maker: Any) -> None:
    found = pages(render_pdf(maker(*["Uzunca bir söz. " * 40] * 12), "en"))
    assert len(found) > 2
    for number, text in enumerate(found, 1):
        assert f"{number} / {len(found)}" in text
        assert "Çevre mühendisi" in text
    assert "Friday 20 November 2026, 18:30 (Europe/Istanbul, UTC+03:00)" in found[0]
    closing = squeezed(found[-1])
    for words in ("smollm2-135m-instruct", "Seed7", WORDS["en"].practice):
        assert squeezed(words) in closing


def test_title_and_language_are_in_the_documents_own_data(maker: Any) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(maker("Soru?", "Yanıt."), "tr")))
    assert reader.metadata is not None
    assert reader.metadata.title == "Mülakat provası: Çevre mühendisi"
    assert reader.trailer["/Root"]["/Lang"] == "tr"  # type: ignore[index]


@pytest.mark.parametrize("said", INJECTIONS)
def test_markup_comes_out_as_it_was_typed(maker: Any, said: str) -> None:
    changed = maker(said, said, role=said.split("\n")[0], field_name=said, interviewer=said)
    text = squeezed("".join(pages(render_pdf(changed, "en"))))
    assert text.count(squeezed(said)) >= 3


def test_the_template_can_read_no_file_outside_its_own(
    tmp_path: Path, monkeypatch: Any, maker: Any
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "templates").mkdir()
    thief = tmp_path / "templates" / "transcript.typ"
    thief.write_text('#read("../secret.txt")')
    monkeypatch.setattr(pdf, "_TEMPLATE", thief)
    with pytest.raises(ReportError) as caught:
        render_pdf(maker("Soru?"), "en")
    assert "text or JSON" in caught.value.fix


def test_a_missing_template_is_an_error_with_a_fix(tmp_path: Path, monkeypatch: Any, maker: Any) -> None:
    monkeypatch.setattr(pdf, "_TEMPLATE", tmp_path / "none.typ")
    with pytest.raises(ReportError):
        render_pdf(maker("Soru?"), "en")


@pytest.mark.parametrize("language", ["en", "tr"])
def test_an_empty_interview_is_one_page_that_says_so(maker: Any, language: Any) -> None:
    (text,) = pages(render_pdf(maker(ended=None, elapsed_s=0.0), language))
    assert WORDS[language].empty in text
    assert WORDS[language].unfinished in text
    assert "1 / 1" in text


def test_without_versions_the_closing_sentence_stays(maker: Any) -> None:
    (text,) = pages(render_pdf(maker(versions={}), "en"))
    assert squeezed(WORDS["en"].practice) in squeezed(text)
    assert WORDS["en"].made_with not in text


@pytest.mark.parametrize("word", ["x" * 5000, "İ" * 5000, "W" * 5000, "a1-b/" * 1000])
def test_one_endless_word_breaks_within_the_margins(maker: Any, word: str) -> None:
    data = render_pdf(maker("Soru?", word), "tr")
    found = pages(data)
    assert len(found) > 1
    assert sum(text.count(word[0]) for text in found) >= word.count(word[0])
    assert_within_margins(data)


def test_a_long_answer_runs_over_pages_without_losing_a_word(maker: Any) -> None:
    words = [f"söz{i}" for i in range(3000)]
    text = "\n".join(pages(render_pdf(maker("Soru?", " ".join(words)), "tr")))
    assert re.findall(r"söz\d+", text) == words


def test_a_title_of_wide_letters_breaks_where_small_print_would_not(maker: Any) -> None:
    text = pages(render_pdf(maker("Soru?", role="W" * 17), "tr"))[0]
    title = re.search(r"provası\s+(W+)\n(W+)", text)
    assert title is not None
    assert len(title[1] + title[2]) == 17


def test_long_titles_and_versions_stay_on_their_pages(maker: Any) -> None:
    long = maker(
        role="W" * 300,
        field_name="F" * 300,
        versions={"model": "0a" * 400, "packs": "paket 1, " * 300, "y" * 80: "z" * 300},
    )
    data = render_pdf(long, "tr")
    assert squeezed("".join(pages(data))).count("paket1,") == 300
    assert_within_margins(data)


@pytest.mark.parametrize(
    "said",
    [
        "مرحبا، أنا مهندس من إسطنبول 123.",
        "שלום PostgreSQL עולם",
        "👩‍👩‍👧‍👦 👍🏽 🇹🇷",
        "你好，世界。" * 40,
        "e" + "\u0301" * 200,
        "\u202e\u2066abc\u2069",
        "\x00\x07\x1b[31mred\x7f\ud800\ufffe",
        "",
        "\n\n\n",
    ],
)
def test_other_scripts_and_signs_do_not_break_it(maker: Any, said: str) -> None:
    found = pages(render_pdf(maker("Soru?", said, "Sonraki soru?"), "tr"))
    assert "Sonraki soru?" in "".join(found)


def test_a_letter_under_thousands_of_accents_does_not_break_it(maker: Any) -> None:
    data = render_pdf(maker("Soru?", "e" + "\u0301" * 5000), "tr")
    assert len(PdfReader(io.BytesIO(data)).pages) == 1


def test_greek_and_cyrillic_are_written_by_the_fonts_that_travel_along(maker: Any) -> None:
    said = "Привет, мир. Καλημέρα κόσμε."
    data = render_pdf(maker("Soru?", said), "en")
    assert squeezed(said) in squeezed(pages(data)[0])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(max_size=40), st.sampled_from(["en", "tr"]))
def test_any_text_renders(said: str, role: str, language: Any) -> None:
    data = render_pdf(make("Soru?", said, role=role, field_name=role, interviewer=role), language)
    assert len(PdfReader(io.BytesIO(data)).pages) >= 1


TYPED = st.text("abcfiljtşğıİçöüÂ ABC019#$\\@`*_<>[]{}()~-/=+'\".,:;!?%&|^\n", min_size=1, max_size=120)


@settings(max_examples=60, deadline=None)
@given(TYPED)
def test_what_can_be_typed_on_a_keyboard_can_be_copied_from_the_page(said: str) -> None:
    text = pages(render_pdf(make("Soru?", said), "tr"))[0]
    assert squeezed(said) in squeezed(text)


def test_the_same_transcript_gives_the_same_bytes_from_several_threads(maker: Any) -> None:
    transcript = maker(*["Soru mu? Evet."] * 20)
    with ThreadPoolExecutor(6) as threads:
        made = set(threads.map(lambda _: render_pdf(transcript, "tr"), range(24)))
    assert len(made) == 1


def test_only_our_own_fonts_are_used_for_our_own_languages(maker: Any) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(maker("Nasıl?", "Değiştirdim."), "tr")))
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(name.startswith("Alegreya") for name in fonts)
