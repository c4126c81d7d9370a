"""The expression tables become weights for both sides; a forgotten viseme is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.avatar.manifest import MOODS, VISEMES, read_manifest, write_manifest


def tables(visemes: dict[str, str], moods: dict[str, str]) -> str:
    lines = ["[visemes]", *(f"{k} = {v}" for k, v in visemes.items())]
    return "\n".join([*lines, "[moods]", *(f"{k} = {v}" for k, v in moods.items())])


def test_a_star_stands_for_both_sides(tmp_path: Path) -> None:
    visemes = dict.fromkeys(VISEMES, "{}") | {"I": '{ "mouthSmile*" = 0.5, jawOpen = 0.1 }'}
    source = tmp_path / "expressions.toml"
    source.write_text(tables(visemes, dict.fromkeys(MOODS, "{}")))
    write_manifest([], source, tmp_path, [])
    document = read_manifest(tmp_path)
    assert document["visemes"]["I"] == {"jawOpen": 0.1, "mouthSmileLeft": 0.5, "mouthSmileRight": 0.5}
    assert document["persons"] == []


def test_a_missing_viseme_is_an_error(tmp_path: Path) -> None:
    source = tmp_path / "expressions.toml"
    source.write_text(tables(dict.fromkeys(VISEMES[1:], "{}"), dict.fromkeys(MOODS, "{}")))
    with pytest.raises(ValueError, match="visemes"):
        write_manifest([], source, tmp_path, [])
