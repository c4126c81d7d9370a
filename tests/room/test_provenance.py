"""What a report's last page names: the same for the same things, another for any change."""

from __future__ import annotations

from pathlib import Path

from mulakat.interview.packs.library import Library, load
from mulakat.room.provenance import digest, hashes
from mulakat.settings import Settings


def test_every_part_has_its_own_hash(tmp_path: Path) -> None:
    adapter = tmp_path / "a.gguf"
    adapter.write_bytes(b"GGUF one")
    settings, library = Settings(data=tmp_path), load()
    first = hashes(settings, library, adapter)
    assert hashes(settings, library, adapter) == first
    assert {len(value) for value in first.values()} == {64}
    assert len(set(first.values())) == 4
    adapter.write_bytes(b"GGUF two")
    fewer = Library({k: p for k, p in library.packs.items() if k != "law"})
    other = hashes(settings, fewer, adapter)
    changed = {name for name in first if first[name] != other[name]}
    assert changed == {"adapter_sha256", "packs_sha256"}


def test_what_is_not_there_has_no_hash(tmp_path: Path) -> None:
    none = hashes(Settings(data=tmp_path, engine="none"), load())
    assert none["model_sha256"] == none["adapter_sha256"] == ""
    own = hashes(Settings(data=tmp_path, model=str(tmp_path / "own.gguf")), load())
    assert own["model_sha256"] == ""


def test_parts_do_not_run_into_each_other() -> None:
    assert digest([b"ab", b"c"]) != digest([b"a", b"bc"])
