"""The trained heads and the measures: what they tell apart, and that they are what was shipped."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mulakat.assessment import measures
from mulakat.assessment.heads import head
from mulakat.assessment.neutral import neutral
from mulakat.assessment.sentences import sentences
from mulakat.messages import LANGUAGES, Language

DATA = Path(__file__).parents[2] / "data"


def quality(said: str, language: Language) -> float:
    return head(language).marks(neutral(said, language)).quality


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heads_were_trained_on_the_data_that_is_here(language: Language) -> None:
    star = sorted((DATA / "star").glob(f"{language}-*.jsonl"))
    answers = sorted((DATA / "answers").glob(f"{language}-*.jsonl"))
    whole = b"".join(p.read_bytes() for p in (*star, *answers))
    assert head(language).origin["data_sha256"] == hashlib.sha256(whole).hexdigest()
    assert sum(len(p.read_text("utf-8").splitlines()) for p in star) >= 1200


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_figures_are_well_above_what_length_alone_gives(language: Language) -> None:
    figures = head(language).origin["held_out_by_topic"]
    assert figures["quality_spearman"] > figures["length_spearman"] + 0.25
    assert figures["part_accuracy"] > 0.6
    # Wanderings borrow the words of work; rants about chairs and forms tell of workplaces, not of work.
    assert figures["private_auc"] > 0.87
    # Lectures stand with private life; some talk of work is as general as they are.
    assert figures["work_mistaken"] < 0.18


@pytest.mark.parametrize(
    ("language", "concrete", "empty"),
    [
        (
            "en",
            "I moved 14 jobs to the night queue and the page answered in 200 ms.",
            "I always give my best and work hard.",
        ),
        (
            "tr",
            "14 işi gece kuyruğuna aldım, sayfa 200 milisaniyede açıldı.",
            "Her zaman elimden gelenin en iyisini yaparım.",
        ),
    ],
)
def test_quality_tells_the_concrete_from_the_empty(language: Language, concrete: str, empty: str) -> None:
    assert quality(concrete, language) > quality(empty, language) + 0.5


@pytest.mark.parametrize(
    ("language", "work", "private"),
    [
        (
            "en",
            "I rang the supplier. He offered nine pallets. I took six of them, and the line ran on.",
            "I rang my cousin. He brought nine melons. I ate six of them, and the dog had the rest.",
        ),
        (
            "tr",
            "Tedarikçiyi aradım. Dokuz palet teklif etti. Altısını aldım, hat durmadı.",
            "Teyzemi aradım. Dokuz börek yapmış. Akşam yedik, kalanını komşunun kedisi aldı.",
        ),
    ],
)
def test_the_mean_over_an_answer_tells_work_from_private_life(
    language: Language, work: str, private: str
) -> None:
    def leaning(said: str) -> float:
        parts = [neutral(s.text, language) for s in sentences(said, language)]
        return sum(head(language).marks(part).private for part in parts) / len(parts)

    assert leaning(work) < leaning(private) - 1
    assert leaning(work) < 0


@pytest.mark.parametrize(
    ("language", "said", "part"),
    [
        ("en", "My job was to find out why the nightly export kept failing.", "task"),
        ("en", "I wrote a script that compared both lists line by line.", "action"),
        ("tr", "Benden iki hafta içinde raporu hazırlamam istendi.", "task"),
        ("tr", "Önce kayıtları tek tek karşılaştırdım.", "action"),
    ],
)
def test_parts_of_star_are_marked(language: Language, said: str, part: str) -> None:
    assert head(language).marks(neutral(said, language)).part == part


@pytest.mark.parametrize(
    ("language", "said", "own"),
    [
        ("en", "I called them.", "i"),
        ("en", "We called them, and I think it was fine.", "we"),
        ("en", "The list was sent.", "none"),
        ("tr", "Onları aradım.", "i"),
        ("tr", "Onları aradık.", "we"),
        ("tr", "Liste gönderildi.", "none"),
        ("tr", "Yarın arayacağım.", "i"),
    ],
)
def test_who_acts_is_read_off_pronouns_and_endings(language: Language, said: str, own: str) -> None:
    assert measures.own_part(neutral(said, language), language) == own


def test_counts_are_counts() -> None:
    said = neutral("With Emma I moved 14 of 30 jobs because the queue was full.", "en")
    assert (measures.figures(said), measures.names(said)) == (2, 1)
    assert measures.reasons(said, "en") == 1
    assert measures.stock_phrases(neutral("Communication is key.", "en"), "en") == 1


def test_length_saturates() -> None:
    assert measures.length(0) == 0
    assert measures.length(400) - measures.length(200) < 0.02 < measures.length(40) - measures.length(20)


def test_coverage_and_relevance_grow_with_what_is_shared() -> None:
    points = [measures.plain_stems(t, "en") for t in ("names the true cause", "adds a test")]
    told = measures.told_stems([neutral("The cause was a cache, so I added a test.", "en")], "en")
    assert 0 < measures.coverage(told, points) <= 1
    assert measures.coverage(frozenset(), points) == 0
    assert measures.relevance(told, points[0], frozenset()) > measures.relevance(
        told, frozenset(), frozenset()
    )


def test_structure_rewards_the_order_of_an_account() -> None:
    forward = measures.structure(["situation", "action", "result"], 2)
    assert forward > measures.structure(["result", "action", "situation"], 2)
