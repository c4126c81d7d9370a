import sys
from pathlib import Path
from typing import Any

import pytest

from mulakat import catalogue
from mulakat.errors import CatalogueError, ModelCorrupt, ModelMissing
from mulakat.settings import Settings

from .conftest import GGUF, sha, small


def put(settings: Settings, data: bytes, name: str = "small/small.gguf") -> Path:
    path = settings.models_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_by_name(settings: Settings, shelve: Any) -> None:
    shelve(small(sha256=sha(GGUF)))
    path = put(settings, GGUF)
    assert catalogue.locate("small", settings) == path


def test_absent_names_the_command(settings: Settings, shelve: Any) -> None:
    shelve(small())
    with pytest.raises(ModelMissing) as caught:
        catalogue.locate("small", settings)
    assert "mulakat models fetch small" in caught.value.fix


@pytest.mark.parametrize(
    ("data", "sha256", "words"),
    [(GGUF[:-1], sha(GGUF), "bytes instead of"), (b"", "", "0 bytes"), (b"<html>", "", "not a GGUF file")],
)
def test_damaged_is_seen_without_hashing(
    settings: Settings, shelve: Any, data: bytes, sha256: str, words: str
) -> None:
    shelve(small(sha256=sha256))
    put(settings, data)
    with pytest.raises(ModelCorrupt, match=words) as caught:
        catalogue.locate("small", settings)
    assert "--force" in caught.value.fix


def test_path_is_accepted(tmp_path: Path, settings: Settings, shelve: Any) -> None:
    shelve(small())
    own = tmp_path / "own.gguf"
    own.write_bytes(GGUF)
    assert catalogue.locate(str(own), settings) == own
    own.write_bytes(b"no")
    with pytest.raises(ModelCorrupt, match="not a GGUF file"):
        catalogue.locate(str(own), settings)
    with pytest.raises(ModelMissing, match=r"gone\.gguf"):
        catalogue.locate(str(tmp_path / "gone.gguf"), settings)


def test_unknown_name(settings: Settings, shelve: Any) -> None:
    shelve(small())
    with pytest.raises(CatalogueError, match="Did you mean small"):
        catalogue.locate("smal", settings)


def test_no_adapter(settings: Settings) -> None:
    assert catalogue.adapter("none", settings) is None
    assert catalogue.adapter("", settings) is None


def test_adapter_of_ones_own(tmp_path: Path, settings: Settings) -> None:
    path = put(settings, GGUF, "adapters/mine.gguf")
    assert catalogue.adapter("mine", settings) == path
    assert catalogue.adapter(str(path), settings) == path
    with pytest.raises(ModelMissing, match="other") as caught:
        catalogue.adapter("other", settings)
    assert "mine" in caught.value.fix
    path.write_bytes(b"no")
    with pytest.raises(ModelCorrupt):
        catalogue.adapter("mine", settings)


def test_shipped_adapter_comes_first(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "package" / "interview" / "adapters" / "mine.gguf"
    shipped.parent.mkdir(parents=True)
    shipped.write_bytes(GGUF)
    put(settings, GGUF, "adapters/mine.gguf")
    # The package re-exports a function of the module's name, so the module is reached by its own name.
    module = sys.modules["mulakat.catalogue.locate"]
    monkeypatch.setattr(module, "files", lambda package: tmp_path / "package")
    assert catalogue.adapter("mine", settings) == shipped
