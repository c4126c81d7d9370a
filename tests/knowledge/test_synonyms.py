"""Other names of things: met by stems, whole names only, in both languages."""

from __future__ import annotations

import pytest

from mulakat.knowledge.index import Index
from mulakat.knowledge.passages import query_stems, search_stems
from mulakat.knowledge.synonyms import _lexicon, other_stems
from mulakat.messages import Language
from mulakat.store import Store

from .test_index import HANDBOOK, TURKISH, WHEN, home, read_text

__all__ = ["home"]


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("Do I need a note from a physician?", "en", "doctor"),
        ("My notebook was taken on the train", "en", "laptop"),
        ("Doktordan kâğıt getirmem gerekiyor mu?", "tr", "hekim"),
        ("Şifremi kime verebilirim?", "tr", "parola"),
        ("Ne kadar maaş alırım?", "en", "salary"),  # an English handbook, asked in Turkish
    ],
)
def test_other_names_come_in_both_languages(question: str, language: Language, wanted: str) -> None:
    (stem,) = search_stems(wanted, language)
    assert stem in other_stems(question)


def test_a_name_of_several_words_counts_only_whole() -> None:
    (stem,) = search_stems("whistleblowing", "en")
    assert stem in other_stems("Is there a conflict of interest, or an ihbar hattı?")
    (stem,) = search_stems("relative", "en")
    assert stem in other_stems("Is this a conflict of interest?")
    assert stem not in other_stems("What is of interest here?")
    (stem,) = search_stems("deploy", "en")
    assert stem not in other_stems("Where do I live?")


def test_nothing_is_added_that_was_said_or_that_nobody_named() -> None:
    assert other_stems("Which colour has the roof of the observatory?") == ()
    question = "May I take a vacation in the summer holidays?"
    assert not set(query_stems(question)) & set(other_stems(question))


def test_every_line_holds_both_languages() -> None:
    groups, by_stem = _lexicon()
    assert len(groups) > 90
    assert all(len(stems) >= 4 for stems in groups)
    assert all(stem.isalnum() for stem in by_stem)


@pytest.mark.parametrize(
    ("text", "language", "question", "wanted"),
    [
        (HANDBOOK, "en", "Somebody took my notebook, whom do I tell?", "Security"),
        (TURKISH, "tr", "Çalıntı cihaz kime söylenir?", "Güvenlik"),
    ],
)
def test_what_is_asked_in_another_word_is_found(
    home: Store, text: str, language: Language, question: str, wanted: str
) -> None:
    index = Index(home.papers)
    index.add("first", read_text(text, "handbook.md", document_id="book"), "company", WHEN)
    assert index.search("first", question, 1, language=language)[0].heading == wanted
