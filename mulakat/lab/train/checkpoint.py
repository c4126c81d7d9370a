"""Checkpoints that are whole or not there: written beside, listed in a manifest, then renamed.

    checkpoints/checkpoint-40/{adapter_model.safetensors, optimizer.pt, ..., manifest.json}
    checkpoints/.new/          one that is being written; a kill leaves it, the next save removes it

Does not: write weights (the trainer does), or decide when.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from mulakat.lab.faults import CheckpointError

MANIFEST = "manifest.json"
_NAME = re.compile(r"checkpoint-(\d+)$")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A whole checkpoint; `valid_loss` is None when none was measured at its step."""

    path: Path
    step: int
    valid_loss: float | None


def seal(folder: Path, step: int, valid_loss: float | None) -> None:
    """Write the manifest (sha256 and size of each file) and bring everything to the disk."""
    files = {
        str(p.relative_to(folder)): {"sha256": _sha256(p), "size": p.stat().st_size}
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != MANIFEST
    }
    target = folder / MANIFEST
    target.write_text(
        json.dumps({"step": step, "valid_loss": valid_loss, "files": files}, indent=1), "utf-8"
    )
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def place(draft: Path, target: Path) -> None:
    """Rename a sealed draft to its place; a damaged one that stands there is moved aside, not removed."""
    if target.exists():
        spare = target.with_name(f"{target.name}.damaged")
        shutil.rmtree(spare, ignore_errors=True)
        target.rename(spare)
    draft.rename(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fault(folder: Path) -> str:
    """Why a checkpoint cannot be used; "" when it is whole."""
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        for name, facts in told["files"].items():
            path = folder / name
            if not path.is_file():
                return f"{name} is missing"
            if path.stat().st_size != facts["size"]:
                return f"{name} has {path.stat().st_size} of {facts['size']} bytes"
            if _sha256(path) != facts["sha256"]:
                return f"{name} is not what was written"
    except FileNotFoundError:
        return "it has no manifest: it was cut off while it was written"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"its manifest cannot be read ({error})"
    return ""


def folders(checkpoints: Path) -> list[tuple[int, Path]]:
    """(step, folder) of everything that calls itself a checkpoint, the oldest first."""
    found = [(_NAME.fullmatch(p.name), p) for p in checkpoints.glob("checkpoint-*") if p.is_dir()]
    return sorted((int(m.group(1)), p) for m, p in found if m)


def whole(checkpoints: Path) -> list[Checkpoint]:
    """The whole checkpoints, the oldest first."""
    made = []
    for step, path in folders(checkpoints):
        if not fault(path):
            told = json.loads((path / MANIFEST).read_text("utf-8"))
            made.append(Checkpoint(path, step, told["valid_loss"]))
    return made


def last(checkpoints: Path) -> tuple[Checkpoint | None, list[str]]:
    """The newest whole checkpoint, and what is wrong with each newer one."""
    wrong: list[str] = []
    for step, path in reversed(folders(checkpoints)):
        if why := fault(path):
            wrong.append(f"{path.name}: {why}")
            continue
        told = json.loads((path / MANIFEST).read_text("utf-8"))
        return Checkpoint(path, step, told["valid_loss"]), wrong
    return None, wrong


def best(checkpoints: Path) -> Checkpoint:
    """The whole checkpoint with the lowest validation loss; the newest when none was measured.

    Raises CheckpointError when there is no whole checkpoint.
    """
    made = whole(checkpoints)
    if not made:
        raise CheckpointError(f"There is no whole checkpoint in {checkpoints}.", "Train the run again.")
    measured = [c for c in made if c.valid_loss is not None]
    return min(measured, key=lambda c: (c.valid_loss or 0.0, c.step)) if measured else made[-1]


def rotate(checkpoints: Path, keep: int) -> None:
    """Remove all but the newest `keep` and the best. What is damaged stays: it may be wanted for a look."""
    made = whole(checkpoints)
    kept = {c.path for c in made[-keep:]} | ({best(checkpoints).path} if made else set())
    for one in made:
        if one.path not in kept:
            shutil.rmtree(one.path)
