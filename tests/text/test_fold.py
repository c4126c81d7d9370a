"""Letters of both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import capital, lower, lower_words, plain, words


def test_the_two_turkish_i() -> None:
    assert lower("ISPARTA İzmir", "tr") == "ısparta izmir"
    assert lower("ISPARTA", "en") == "isparta"
    assert capital("iyi", "tr") == "İyi"
    assert capital("ılık", "tr") == "Ilık"
    assert capital("it", "en") == "It"
    assert capital("", "tr") == ""


def test_words_and_suffixes() -> None:
    assert words("Redis'e 3,5 saat; e-posta!") == ["Redis'e", "3,5", "saat", "e-posta"]
    assert lower_words("Redis'e İstanbul’da", "tr") == ["redis", "istanbul"]
    assert lower_words("Don't stop", "en") == ["don't", "stop"]


def test_plain_letters() -> None:
    assert plain("Çağrı Şöförü IĞDIR", "tr") == "cagri soforu igdir"
    assert plain("Café", "en") == "cafe"


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=200))
def test_lower_case_is_stable(language: Language, text: str) -> None:
    once = lower(text, language)
    assert lower(once, language) == once
    assert lower_words(text, language) == lower_words(once, language)
    assert plain(once, language) == plain(text, language)


@given(text=st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz ", max_size=60))
def test_turkish_capital_and_lower_undo_each_other(text: str) -> None:
    assert lower(capital(text, "tr"), "tr") == text
