"""Quotes stand in the transcript word for word, or they do not stand at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.assessment.evidence import Claim, Quote, clipped, find, holds, prove, quote_of
from mulakat.assessment.sentences import sentences
from mulakat.messages import Turn

TURNS = (
    Turn("interviewer", "Which bug took you longest?", 0.0, "", "opening", "q1"),
    Turn("candidate", "I found 31 flaky tests.  Each fix ran “500 times” in CI.", 4.5, "", "", "q1"),
    Turn("interviewer", "Why 500 times?", 20.0, "", "probe", "q1"),
    Turn("candidate", "İlk hafta saydım: Işık kesildi, IŞIK geldi.", 24.0, "", "", "q1"),
)


@pytest.mark.parametrize(
    ("quoted", "turn", "text"),
    [
        ("I found 31 flaky tests", 1, "I found 31 flaky tests"),
        ("flaky tests. each fix", 1, "flaky tests.  Each fix"),
        ('ran "500 times" in CI', 1, "ran “500 times” in CI"),
        ("ilk hafta saydım", 3, "İlk hafta saydım"),
    ],
)
def test_words_are_found_whatever_marks_stand_between(quoted: str, turn: int, text: str) -> None:
    quote = find(TURNS, quoted)
    assert quote is not None
    assert (quote.turn, quote.text, quote.at) == (turn, text, TURNS[turn].at)
    assert holds(TURNS, quote)


@pytest.mark.parametrize(
    "quoted",
    [
        "I found 32 flaky tests",
        "31 tests",
        "found flaky",
        "",
        "..",
        "Which bug took you longest",
        "x" * 401,
    ],
)
def test_what_the_candidate_did_not_say_is_not_found(quoted: str) -> None:
    assert find(TURNS, quoted) is None


def test_a_quote_is_sought_in_the_turn_it_names() -> None:
    assert find(TURNS, "I found 31", turn=3) is None
    assert find(TURNS, "I found 31", turn=9) is None
    assert find(TURNS, "I found 31", turn=1) is not None


def test_claims_without_their_words_are_dropped() -> None:
    claims = [
        Claim("good", "Counts before touching.", "31 flaky tests"),
        Claim("good", "Invented.", "reduced costs by 40%"),
        Claim("good", "The interviewer's words.", "Why 500 times?"),
    ]
    assert [c.text for c in prove(TURNS, claims)] == ["Counts before touching."]


@pytest.mark.parametrize(
    "quote",
    [
        Quote(1, 0, 7, "I found", 4.5),
        Quote(0, 0, 5, "Which"),
        Quote(1, 0, 5, "Which"),
        Quote(9, 0, 5, "Which"),
        Quote(1, 5, 5, ""),
        Quote(1, -3, 4, ""),
    ],
)
def test_only_the_literal_slice_of_a_candidates_turn_holds(quote: Quote) -> None:
    assert holds(TURNS, quote) is (quote.text == "I found")


def test_a_clipped_quote_is_still_literal() -> None:
    quote = quote_of(TURNS, 1, 0, len(TURNS[1].text))
    short = clipped(quote, 20)
    assert len(short.text) <= 20
    assert holds(TURNS, short)
    assert not short.text.endswith(" ")


def test_sentences_end_where_sentences_end() -> None:
    said = "We met Dr. Kaya at 3.5 bar. It was No. 7! Really?! 3. kata çıktım... Sonra bitti"
    assert [s.text for s in sentences(said, "tr")] == [
        "We met Dr. Kaya at 3.5 bar.",
        "It was No. 7!",
        "Really?!",
        "3. kata çıktım...",
        "Sonra bitti",
    ]


def test_a_sentence_without_end_is_cut_at_conjunctions() -> None:
    said = " and then ".join(["I looked at the pump and wrote the value down"] * 15)
    cut = sentences(said, "en")
    assert len(cut) > 2
    assert " ".join(s.text for s in cut).split() == said.split()


@given(st.text(max_size=300))
def test_sentences_are_slices_in_order(said: str) -> None:
    end = 0
    for sentence in sentences(said, "en"):
        assert said[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= end
        end = sentence.end
