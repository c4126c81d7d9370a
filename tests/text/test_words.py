"""Stems, languages, lexicons and topics."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.messages import LANGUAGES, Language
from mulakat.text.grammar import grammar
from mulakat.text.language import is_other_language, shares
from mulakat.text.lexicon import delicate, delicate_places, function_words, lexicon, protected_matters
from mulakat.text.stems import content_stems, stem
from mulakat.text.topics import topics


def test_stems_meet() -> None:
    assert stem("designed", "en") == stem("designs", "en")
    assert content_stems("We designed the designs", "en") == ["design", "design"]
    assert stem("raporları", "tr") == stem("rapor", "tr")
    assert content_stems("ve 3 bu", "tr") == []


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=200))
def test_stems_carry_content(language: Language, text: str) -> None:
    assert all(content_stems(text, language))
    assert content_stems("the and ve bu", language) == content_stems("the and ve bu", language)


@given(text=st.text(max_size=300))
def test_shares_are_shares(text: str) -> None:
    found = shares(text)
    assert 0.0 <= found["en"] <= 1.0
    assert 0.0 <= found["tr"] <= 1.0
    assert found["en"] + found["tr"] <= 1.0 + 1e-9


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("I checked the list and then we called the customer.", "en"),
        ("Listeyi kontrol ettim, sonra müşteriyi aradık.", "tr"),
    ],
)
def test_a_whole_answer_belongs_to_one_language(text: str, own: Language) -> None:
    other: Language = "tr" if own == "en" else "en"
    assert shares(text)[own] > shares(text)[other]
    assert not is_other_language(text, own)
    assert is_other_language(text, other)


@pytest.mark.parametrize(
    "text", ["Data analyst", "caller", "In-house counsel", "Internal auditor", "Excel.", "", "42"]
)
def test_a_word_or_two_prove_nothing(text: str) -> None:
    assert not is_other_language(text, "en")


@pytest.mark.parametrize(
    ("text", "language", "matter"),
    [
        ("how old are you?", "en", "age"),
        ("are you married?", "en", "family"),
        ("do you have children?", "en", "family"),
        ("what is your religion?", "en", "faith"),
        ("where are you from?", "en", "origin"),
        ("kaç yaşındasınız?", "tr", "age"),
        ("evli misiniz?", "tr", "family"),
        ("hangi mezheptensiniz?", "tr", "faith"),
        ("nerelisiniz?", "tr", "origin"),
        ("askerlik durumunuz nedir?", "tr", "military"),
    ],
)
def test_what_no_interviewer_may_ask(text: str, language: Language, matter: str) -> None:
    assert matter in protected_matters(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("a race condition in the queue", "en"), ("bunu yazmak lazım", "tr"), ("yerel camia toplandı", "tr")],
)
def test_what_only_looks_protected(text: str, language: Language) -> None:
    assert protected_matters(text, language) == ()


def test_delicate_things_have_a_place() -> None:
    text = "we met and then i am pregnant came up"
    assert delicate(text, "en") == ("family",)
    assert [text[a:b] for a, b in delicate_places(text, "en")] == ["pregnant"]
    assert delicate_places("nothing of the kind", "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_are_clean(language: Language) -> None:
    lex, words = lexicon(language), grammar(language)
    assert function_words(language) is lex.function
    for name, pattern in {**lex.protected, **lex.aspects}.items():
        assert isinstance(pattern, re.Pattern), name
        assert not pattern.search(""), name
    assert all(not w.isspace() and w for entries in words.values() for w in entries)
    lists = topics(language)
    assert not (lists.leisure.exact & lists.work.exact)
    assert len(lists.salad) >= 6
