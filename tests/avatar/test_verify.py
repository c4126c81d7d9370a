"""The committed interviewers are those of the manifest, and were made by the code as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.avatar import verify
from tools.avatar.manifest import read_manifest

FOLDER = Path(__file__).parents[2] / "web" / "public" / "avatars"
PERSONS = read_manifest(FOLDER)["persons"]


@pytest.mark.parametrize("person", PERSONS, ids=[p["id"] for p in PERSONS])
def test_the_file_is_the_one_that_the_manifest_names(person: dict[str, str]) -> None:
    assert verify.digest(FOLDER / person["file"]) == person["sha256"]


@pytest.mark.parametrize("person", PERSONS, ids=[p["id"] for p in PERSONS])
def test_the_code_has_not_changed_since_it_was_built(person: dict[str, str]) -> None:
    assert person["recipe"] == verify.recipe(), "tools/avatar changed. Run: make avatars"


def test_another_file_is_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "libraries", lambda: {"numpy": "2"})
    (tmp_path / "a.glb").write_bytes(b"fresh")
    (tmp_path / "b.glb").write_bytes(b"same")
    same = verify.digest(tmp_path / "b.glb")
    persons = [
        {"id": "a", "file": "a.glb", "sha256": "0"},
        {"id": "b", "file": "b.glb", "sha256": same},
    ]
    faults = verify.differences({"persons": persons, "libraries": {"numpy": "1"}}, tmp_path, [])
    assert len(faults) == 2
    assert faults[0].startswith("a.glb")
    assert "Install those versions" in faults[1]
    assert verify.differences({"persons": persons, "libraries": {}}, tmp_path, ["b"]) == []


def test_every_source_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_HERE", tmp_path)
    (tmp_path / "people.toml").write_text("a = 1")
    (tmp_path / "hair.py").write_text("x")
    first = verify.recipe()
    (tmp_path / "hair.py").write_text("y")
    second = verify.recipe()
    (tmp_path / "verify.py").write_text("z")
    assert first != second == verify.recipe()
