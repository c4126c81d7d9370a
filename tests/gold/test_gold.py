"""The gold answers themselves: what they must hold so that figures measured on them mean something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mulakat.interview.packs.library import load
from mulakat.messages import LANGUAGES

LEVELS = ("none", "weak", "fair", "strong")
FILES = sorted(Path(__file__).parent.rglob("*.yaml"))


def _items(language: str) -> list[dict[str, Any]]:
    read = (yaml.safe_load(f.read_text("utf-8")) for f in FILES if f.name.startswith(f"{language}-"))
    return [item for file in read for item in file["items"]]


def _ranks(values: list[float]) -> list[float]:
    """Mean ranks, ties shared."""
    ordered = sorted(values)
    return [(ordered.index(v) + len(ordered) - 1 - ordered[::-1].index(v)) / 2 for v in values]


def _spearman(a: list[float], b: list[float]) -> float:
    x, y = _ranks(a), _ranks(b)
    mx, my = sum(x) / len(x), sum(y) / len(y)
    top = sum((i - mx) * (j - my) for i, j in zip(x, y, strict=True))
    return top / (sum((i - mx) ** 2 for i in x) * sum((j - my) ** 2 for j in y)) ** 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_a_packs_own_and_has_four_answers(language: str) -> None:
    packs = load().packs
    items = _items(language)
    assert len(items) >= 40
    for item in items:
        questions = {q.id: q for c in packs[item["pack"]].competencies for q in c.questions}
        assert questions[item["question"]].text.in_(language) == item["text"]
        assert tuple(sorted(item["answers"], key=LEVELS.index)) == LEVELS


@pytest.mark.parametrize("language", LANGUAGES)
def test_length_does_not_give_the_level_away(language: str) -> None:
    pairs = [
        (float(LEVELS.index(level)), float(len(item["answers"][level]["say"].split())))
        for item in _items(language)
        for level in LEVELS
    ]
    assert _spearman([p[0] for p in pairs], [p[1] for p in pairs]) < 0.35


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_stands_twice(language: str) -> None:
    said = [a["say"] for item in _items(language) for a in item["answers"].values() if a["say"]]
    assert len(said) == len(set(said))
