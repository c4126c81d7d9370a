"""Who speaks, and how, is set aside before anything is measured; what was done is not."""

from __future__ import annotations

import pytest

from mulakat.assessment.neutral import names_inside, neutral, standard_words
from mulakat.messages import Language


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "My colleague Emma rang him at 9.", "My colleague Nkechi rang her at 11."),
        ("en", "As a woman of 24, I rebuilt it.", "As a man of 58, I rebuilt it."),
        ("en", "I organised the colour labels.", "I organized the color labels."),
        ("en", "I ain't gonna ship it cuz it failed.", "I am not going to ship it because it failed."),
        ("en", "The waitress told the chairwoman.", "The waiter told the chairman."),
        ("en", "Dr. Smith signed it.", "Mrs. Obafemi-Jones signed it."),
        ("tr", "Ayşe Hanım bana liste verdi.", "Svetlana Hanım bana liste verdi."),
        ("tr", "Bir kadın müşteri aradı.", "Bir erkek müşteri aradı."),
        ("tr", "Liste çıkarıyorum, yarın yapacağım.", "Liste çıkarıyom, yarın yapıcam."),
        ("tr", "Üç gün çalıştık.", "Uc gun calistik."),
        ("tr", "Raporu Mehmet'e verdim.", "Raporu Zübeyde'ye verdim."),
    ],
)
def test_the_same_told_by_somebody_else_is_the_same(language: Language, one: str, other: str) -> None:
    assert neutral(one, language) == neutral(other, language) != ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Hello, my name is Nkechi Obafemi and I'm a 24-year-old woman from Lagos."),
        ("en", "My name is María del Carmen Fernández."),
        ("en", "I'm 58."),
        ("en", "I was born and raised in Texas."),
        ("tr", "Merhaba, adım Ayşe Yılmaz, 28 yaşındayım, aslen Urfalıyım."),
        ("tr", "Ben Mehmet, 58 yaşındayım, Almanya'dan geldim."),
    ],
)
def test_a_sentence_about_oneself_alone_counts_for_nothing(language: Language, said: str) -> None:
    assert neutral(said, language) == ""


@pytest.mark.parametrize(
    ("language", "said", "kept"),
    [
        ("en", "I cut 31 tests to 4.", "0"),
        ("en", "I was 3 days late with the migration.", "migration"),
        ("en", "The nine-year-old import job broke.", "import"),
        ("tr", "412 kişinin bordrosunu düzelttim.", "duzelttim"),
    ],
)
def test_the_work_itself_stays(language: Language, said: str, kept: str) -> None:
    assert kept in neutral(said, language).split()


def test_a_name_known_from_elsewhere_is_one_at_a_beginning_too() -> None:
    named = names_inside("O gün Temel da oradaydı.", "tr")
    assert named == {"temel"}
    assert neutral("Temel bana sordu.", "tr", named) == neutral("Zübeyde bana sordu.", "tr", named)
    assert neutral("Temel neden buydu.", "tr").startswith("temel")


def test_casual_spelling_is_understood_when_an_answer_is_read() -> None:
    assert standard_words("i did it cuz they were gonna leave", "en").startswith("i did it because")
