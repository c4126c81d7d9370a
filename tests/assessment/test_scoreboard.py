"""The scripted candidates of tests/scenarios: how often the Reading agrees with a careful human.

The scenarios were written by somebody else than the rules. The floors are what is reached now, with
a little room for the scenarios that are still to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mulakat.assessment.reading import read
from mulakat.assessment.spans import find_spans
from mulakat.messages import LANGUAGES, Language, Span
from mulakat.text.fold import lower
from tests.assessment.conftest import flags_of

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
NAMES = {"asks_for_answer": "asks_answer"}
ENOUGH = 30
"""Words from which a protected matter does not spoil an answer (interview.director)."""


def _turns(language: Language) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[str]]]:
    for path in SCENARIOS:
        scenario = yaml.safe_load(path.read_text("utf-8"))
        if scenario["language"] != language:
            continue
        for n, turn in enumerate(scenario["turns"]):
            yield scenario, turn, [t["say"] for t in scenario["turns"][:n]]


def _agrees(expected: str, found: set[str], short: bool, words: int) -> bool:
    if expected == "ok":
        return not found or (found == {"protected"} and words >= ENOUGH)
    return short if expected == "short" else expected in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reading_agrees_with_a_human(language: Language, field_subject: Any) -> None:
    missed, total = [], 0
    for scenario, turn, earlier in _turns(language):
        reading = read(turn["say"], field_subject(language, scenario["field"]), earlier)
        expected = NAMES.get(turn["expects"], turn["expects"])
        total += 1
        if not _agrees(expected, flags_of(reading), reading.short, reading.words):
            missed.append((expected, flags_of(reading), turn["say"][:80]))
    assert total >= 80
    assert 1 - len(missed) / total >= 0.95, missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_answers_raise_no_alarm(language: Language, field_subject: Any) -> None:
    harmful = {
        "off_topic",
        "gibberish",
        "injection",
        "hostile",
        "wrong_language",
        "asks_answer",
        "repeated",
    }
    alarms = []
    for scenario, turn, earlier in _turns(language):
        if turn["expects"] == "ok":
            found = flags_of(read(turn["say"], field_subject(language, scenario["field"]), earlier))
            alarms += [(found & harmful, turn["say"][:80])] if found & harmful else []
    assert alarms == []


def _places(answer: str, named: list[str], language: Language) -> list[tuple[int, int]]:
    text, found = lower(answer, language), []
    for name in named:
        key = lower(name, language)
        start = text.find(key)
        while start >= 0:
            found.append((start, start + len(key)))
            start = text.find(key, start + 1)
    return found


def _hits(span: Span, places: list[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_named_is_what_a_human_would_name(language: Language) -> None:
    first = third = total = 0
    for _, turn, _ in _turns(language):
        if not turn.get("names") or turn["expects"] in ("silent", "gibberish"):
            continue
        places = _places(turn["say"], turn["names"], language)
        hits = [_hits(s, places) for s in find_spans(turn["say"], language)]
        total, first, third = total + 1, first + any(hits[:1]), third + any(hits[:3])
    assert total >= 60
    assert first / total >= 0.85
    assert third / total >= 0.94
