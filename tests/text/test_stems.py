"""Stems: the same whoever asks, and however many ask at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mulakat.interview.packs.library import load
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import lower_words
from mulakat.text.stems import content_stems, stem


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_threads_do_not_spoil_each_other(language: Language, hasty: None) -> None:
    words = sorted({w for text in load().sentences(language) for w in lower_words(text, language)})[:3000]
    # Past the cache: it would remember a spoilt stem as well as a right one.
    right = [stem.__wrapped__(w, language) for w in words]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: [stem.__wrapped__(w, language) for w in words], range(8)))
    assert all(one == right for one in found)


def test_inflections_meet() -> None:
    assert stem("designed", "en") == stem("designs", "en") == "design"
    assert stem("kitaplar", "tr") == stem("kitap", "tr")
    assert content_stems("We designed the 3 big bridges", "en") == ["design", "big", "bridg"]
