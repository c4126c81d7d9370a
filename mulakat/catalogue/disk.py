"""Bytes on the disk: room for them, copies, checksums, and what a full disk is called.

Does not: know models or where they belong.
"""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mulakat.errors import CatalogueError, DiskFull

CHUNK = 1 << 20
MARGIN = 16 << 20
"""Bytes left free: a disk filled to the last byte breaks other programs, the interview's log among them."""

_FULL = {errno.ENOSPC, errno.EDQUOT}


def human(size: float) -> str:
    """Bytes in words: "1.3 MB". Decimal units, as shops and hubs use them."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if abs(size) < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"


def free(folder: Path) -> int:
    """Bytes free where `folder` is or would be."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def require_room(folder: Path, needed: int, what: str) -> None:
    """Raises DiskFull, with both figures, when `needed` bytes do not fit into `folder`."""
    if free(folder) < needed + MARGIN:
        raise full(folder, needed, what)


def full(folder: Path, needed: int, what: str) -> DiskFull:
    """The error that names both figures: bytes needed and bytes free."""
    there = free(folder)
    folder = folder.parent if folder.name.startswith(".") else folder  # a hidden one would only puzzle
    return DiskFull(
        f"The disk is full: {what} needs {human(needed)} ({needed} bytes), "
        f"and {human(there)} ({there} bytes) are free in {folder}.",
        "Free some space, or set MULAKAT_MODELS to a folder on a larger disk, and try again.",
    )


@contextmanager
def writing(folder: Path, needed: int, what: str) -> Iterator[None]:
    """Turns what the disk refuses inside the block into DiskFull or CatalogueError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise full(folder, needed, what) from error
        raise CatalogueError(
            f"{what} could not be stored in {folder}: {error}.",
            "See that you may write there, or set MULAKAT_MODELS to another folder.",
        ) from error


def copy(source: IO[bytes], target: Path, report: Callable[[int], None] | None = None) -> None:
    """Writes all of `source` to `target`, reporting bytes so far."""
    done = 0
    with target.open("wb") as out:
        while block := source.read(CHUNK):
            out.write(block)
            done += len(block)
            if report:
                report(done)


def sha256(path: Path, report: Callable[[int], None] | None = None) -> str:
    """The sha256 of a file, reporting bytes so far."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(CHUNK):
            digest.update(block)
            done += len(block)
            if report:
                report(done)
    return digest.hexdigest()
