"""Packs of one's own: what is refused, and that the message names the place and the fix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mulakat.errors import PackError
from mulakat.interview.packs import library
from mulakat.interview.packs.lint import lint
from mulakat.interview.packs.near import likeness

from .talks import LIBRARY


def a_pack() -> dict[str, Any]:
    return LIBRARY.packs["law"].model_dump(mode="json")


def with_question(text: str, language: str = "en") -> dict[str, Any]:
    pack = a_pack()
    pack["competencies"][0]["questions"][0]["text"][language] = text
    return pack


def read(pack: Any) -> Any:
    return library.parse(yaml.safe_dump(pack, allow_unicode=True), "mine.yaml")


def test_a_pack_survives_writing_and_reading() -> None:
    assert read(a_pack()) == LIBRARY.packs["law"]


def test_own_pack_wins_over_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump({**a_pack(), "version": 99}), "utf-8")
    own = library.load(tmp_path)
    assert own.packs["law"].version == 99
    assert set(own.packs) == set(LIBRARY.packs)
    assert library.load().packs["law"].version != 99


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "Law Firm"}, "id"),
        ({"version": 0}, "version"),
        ({"competencies": []}, "competencies"),
        ({"surprise": 1}, "surprise"),
        ({"roles": {"en": ["Lawyer"]}}, "roles.tr"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(PackError, match=told) as caught:
        read({**a_pack(), **change})
    assert "mine.yaml" in str(caught.value)
    assert caught.value.fix


def test_an_id_stands_once() -> None:
    pack = a_pack()
    questions = pack["competencies"][0]["questions"]
    questions[1]["id"] = questions[0]["id"]
    with pytest.raises(PackError, match="used twice"):
        read(pack)


@pytest.mark.parametrize("text", ["a: [", "\t- x", "a: b: c"])
def test_broken_yaml_names_the_line(text: str) -> None:
    with pytest.raises(PackError, match="line 1"):
        library.parse(text, "mine.yaml")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"7", b"x" * (library.MAX_BYTES + 1)])
def test_files_that_are_no_packs(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    with pytest.raises(PackError, match=r"mine\.yaml"):
        library.parse_file(path)


def test_absent_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        library.parse_file(tmp_path / "none.yaml")
    with pytest.raises(PackError, match="MULAKAT_PACKS"):
        library.load(tmp_path / "none")


@given(st.text(max_size=200))
def test_any_text_is_a_pack_or_a_pack_error(text: str) -> None:
    with pytest.raises(PackError):
        library.parse(text, "mine.yaml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tell me about your last case.", "question mark"),
        ("What? And why?", "question mark"),
        ("What did {you} do there?", "cannot be spoken"),
        ("Is it?", "words"),
        ("What " + "very " * 60 + "long thing is it?", "words"),
        ("What did you do on the İznik case?", "Turkish letters"),
        ("How old are you, if I may ask?", "private life"),
        ("What is your greatest weakness as a lawyer?", "stock question"),
    ],
)
def test_lint_says_what_cannot_be_spoken(text: str, told: str) -> None:
    faults = [str(f) for f in lint(read(with_question(text)))]
    assert any(told in f for f in faults), faults
    assert all(f.startswith("law: ") for f in faults)


def test_lint_finds_repetitions_and_missing_levels() -> None:
    pack = a_pack()
    questions = pack["competencies"][0]["questions"]
    questions[0]["text"] = questions[1]["text"]
    questions[2]["follow_ups"][1]["aspect"] = questions[2]["follow_ups"][0]["aspect"]
    for question in questions:
        question["level"] = "mid"
    told = " ".join(str(f) for f in lint(read(pack)))
    assert "said 2 times" in told
    assert "level junior" in told
    assert "the same aspect" in told


@pytest.mark.parametrize(
    ("typed", "name", "near"),
    [
        ("nurse", "Nurse", True),
        ("nurse", "Intensive care nurse", True),
        ("hemsire", "Hemşire", True),
        ("enginer", "Engineer", True),
        ("law", "lawn", False),
        ("IT", "it specialist", True),
        ("manager", "Sales manager", False),
        ("", "Nurse", False),
    ],
)
def test_likeness(typed: str, name: str, near: bool) -> None:
    assert (likeness(typed, name) > 0) is near


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
