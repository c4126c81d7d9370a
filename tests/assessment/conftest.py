"""Subjects to read answers against, and the examples of the data files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.reading import Subject
from mulakat.interview.packs.library import load
from mulakat.messages import LANGUAGES, Language, Reading
from mulakat.text.stems import content_stems

from .interviews import CHAT, STRONG, WEAK, Interview, interview

HERE = Path(__file__).parent
FLAGS = (
    "silent",
    "gibberish",
    "off_topic",
    "repeated",
    "hostile",
    "injection",
    "asks_answer",
    "asks_repeat",
    "protected",
    "wrong_language",
)


def flags_of(reading: Reading) -> set[str]:
    """The flags that are raised, `short` left out of account."""
    return {name for name in FLAGS if getattr(reading, name)}


def examples(name: str) -> Any:
    return yaml.safe_load((HERE / "data" / f"{name}.yaml").read_text("utf-8"))


@pytest.fixture(scope="session")
def letters() -> dict[Language, Plausibility]:
    library = load()
    return {code: Plausibility(library.sentences(code), code) for code in LANGUAGES}


@pytest.fixture(scope="session")
def subjects(letters: dict[Language, Plausibility]) -> dict[Language, Subject]:
    """Subjects that know nothing of the question: the harder case for every flag."""
    return {code: Subject(code, frozenset(), letters[code]) for code in LANGUAGES}


@pytest.fixture(scope="session")
def field_subject(letters: dict[Language, Plausibility]) -> Any:
    """(language, field) -> a Subject that knows the vocabulary of the field's pack."""
    library = load()

    def make(language: Language, field: str) -> Subject:
        text = " ".join(library.match(field).vocabulary.in_(language))
        return Subject(language, frozenset(content_stems(text, language)), letters[language])

    return make


@pytest.fixture(scope="session")
def english() -> Interview:
    """Three questions: a strong answer in two parts, a weak one, and small talk."""
    first, second = STRONG["en"].split("I tested", 1)
    return interview("en", [[first, f"I tested{second}"], [WEAK["en"]], [CHAT["en"]]])


@pytest.fixture(scope="session")
def turkish() -> Interview:
    return interview("tr", [[STRONG["tr"]], [WEAK["tr"]], [CHAT["tr"]]])
