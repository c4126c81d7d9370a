"""Reading anything at all: it never raises, and says the same every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulakat.assessment.digression import is_digression
from mulakat.assessment.plausible import Plausibility, is_gibberish
from mulakat.assessment.reading import SHORT, Subject, read
from mulakat.assessment.repetition import is_repeated
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import lower_words

ANYTHING = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="aAıIiİğĞ'’.,:;!?()<>|#%$0123456789 \n\t-_/\\", max_size=300),
    st.builds(lambda piece, times: piece * times, st.text(min_size=1, max_size=12), st.integers(1, 1600)),
)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=120, deadline=None)
@given(answer=ANYTHING, earlier=st.lists(st.text(max_size=80), max_size=3))
def test_reading_never_raises_and_is_the_same_twice(
    language: Language, answer: str, earlier: list[str], subjects: dict[Language, Subject]
) -> None:
    first = read(answer[:20_000], subjects[language], earlier)
    assert first == read(answer[:20_000], subjects[language], earlier)
    assert first.words == (0 if first.silent else len(lower_words(answer[:20_000], language)))
    assert first.short == (first.words < SHORT) or len(answer) > 11_000


@pytest.mark.parametrize(
    "answer",
    [
        "1.1" * 7000,
        "a" * 20_000,
        "((((" * 5000,
        "''" * 10_000,
        "İ" * 20_000,
        "yüzde bir " * 2000,
        "x-" * 10_000,
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_very_long_nonsense_is_read_too(
    language: Language, answer: str, subjects: dict[Language, Subject]
) -> None:
    reading = read(answer[:20_000], subjects[language], [answer[:500]])
    assert not reading.usable or reading.words > SHORT


def test_letters_at_random_are_odd_words(letters: dict[Language, Plausibility]) -> None:
    english, turkish = letters["en"], letters["tr"]
    assert all(english.is_word(w) for w in ("inclinometer", "reconcile", "warehouse", "x", "42"))
    assert not any(english.is_word(w) for w in ("qwrtp", "zzzz", "mmnbv"))
    assert all(turkish.is_word(w) for w in ("beyanname", "mükerrer", "güzergâh"))
    assert not any(turkish.is_word(w) for w in ("sdfğ", "hjkl", "pppp"))


@pytest.mark.parametrize("answer", ["nginx.", "kubectl", "SQL", "9999", "Yes.", "grpc and psql"])
def test_a_lone_name_is_no_noise(answer: str, letters: dict[Language, Plausibility]) -> None:
    assert not is_gibberish(answer, letters["en"])


def test_a_story_is_repeated_in_any_order_but_not_when_it_goes_on() -> None:
    old = ["I called every family before the trip and wrote their allergies on one sheet."]
    assert is_repeated(
        "I wrote their allergies on one sheet, I called every family before the trip.", old, "en"
    )
    assert not is_repeated("On the trip itself one family forgot the sheet and I had a copy.", old, "en")
    assert not is_repeated("I called every family.", [], "en")


def test_two_words_of_leisure_are_no_digression_beside_work() -> None:
    talk = "my dog and my cat sleep on the sofa all day long"
    assert is_digression(talk, lower_words(talk, "en"), frozenset(), "en")
    work = "the client sent an invoice for dog and cat food and i checked the price and the order"
    assert not is_digression(work, lower_words(work, "en"), frozenset(), "en")
