"""The models folder: where a model's files lie, what they were when they were verified, are they whole.

    <models>/<name>/<file>      the model
    <models>/<name>/.new/       a fetch under way; kept for resuming when it is cut off
    <models>/<name>/.given/     the same for a file at hand
    <models>/pins/<name>.json   sha256, size and time of each file at its last verification, and its origin

The pins do two jobs: a second start sees by size and time that nothing has changed and hashes nothing,
and a file without a sha256 in the catalogue is held to what its first fetch brought.

Does not: fetch anything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from mulakat.catalogue import disk
from mulakat.catalogue.entry import Entry, FileSpec, entries, find
from mulakat.settings import Settings

State = Literal["ready", "unverified", "damaged", "absent"]
Verdict = Literal["ok", "first-use", "corrupt", "missing"]


@dataclass(frozen=True, slots=True)
class Pin:
    """What one file was when it was last verified. `mtime_ns` in nanoseconds, `when` ISO 8601."""

    sha256: str
    size: int
    mtime_ns: int
    origin: str
    when: str


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """A model as it stands here. `bytes` on the disk; `note` says in plain words what is wrong."""

    entry: Entry
    state: State
    path: Path
    bytes: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """`first-use`: whole as far as one can tell, but no sha256 was known; it is pinned from now on."""

    name: str
    verdict: Verdict
    path: Path
    faults: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.verdict in ("ok", "first-use")


def folder(entry: Entry, settings: Settings) -> Path:
    return settings.models_dir / entry.name


def main_path(entry: Entry, settings: Settings) -> Path:
    """Where the model itself lies or would lie."""
    return folder(entry, settings) / entry.installed[0].name


def pins_path(entry: Entry, settings: Settings) -> Path:
    return settings.models_dir / "pins" / f"{entry.name}.json"


def pins(entry: Entry, settings: Settings) -> dict[str, Pin]:
    """The pins by file name; empty when there are none or they cannot be read."""
    try:
        raw = json.loads(pins_path(entry, settings).read_text(encoding="utf-8"))
        return {name: Pin(**pin) for name, pin in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def pin(entry: Entry, settings: Settings, hashes: dict[str, str], origin: str) -> None:
    """Records the files of a model as verified now. A folder that cannot be written is left as it is."""
    known = pins(entry, settings)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for name, digest in hashes.items():
        there = (folder(entry, settings) / name).stat()
        origin_now = origin or (known[name].origin if name in known else "found in the models folder")
        known[name] = Pin(digest, there.st_size, there.st_mtime_ns, origin_now, now)
    target = pins_path(entry, settings)
    draft = target.with_suffix(f".{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps({n: asdict(p) for n, p in known.items()}, indent=1), encoding="utf-8")
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)


def expected(entry: Entry, spec: FileSpec, settings: Settings) -> str:
    """The sha256 a file must have; "" when nobody knows it yet."""
    known = pins(entry, settings).get(spec.name)
    return spec.sha256 or (known.sha256 if known else "")


def magic_fault(path: Path) -> str:
    """Why a file that calls itself GGUF is none; "" when it is one."""
    try:
        with path.open("rb") as stream:
            return "" if stream.read(4) == b"GGUF" else f"{path.name} is not a GGUF file"
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror}"


def look(entry: Entry, settings: Settings) -> EntryStatus:
    """A model's state from sizes, times and first bytes alone; hashes nothing."""
    path, known = main_path(entry, settings), pins(entry, settings)
    faults: list[str] = []
    total, missing, unchanged = 0, [], True
    for spec in entry.installed:
        file = folder(entry, settings) / spec.name
        if not file.is_file():
            missing.append(spec.name)
            continue
        there, old = file.stat(), known.get(spec.name)
        total += there.st_size
        unchanged &= old is not None and (old.size, old.mtime_ns) == (there.st_size, there.st_mtime_ns)
        faults += _cheap_faults(file, spec, there.st_size, old)
    if len(missing) == len(entry.installed):
        return EntryStatus(entry, "absent", path, 0, "not fetched")
    faults += [f"{name} is missing" for name in missing]
    if faults:
        return EntryStatus(entry, "damaged", path, total, "; ".join(faults))
    return EntryStatus(entry, "ready" if unchanged else "unverified", path, total)


def _cheap_faults(file: Path, spec: FileSpec, size: int, old: Pin | None) -> list[str]:
    want = spec.size if spec.sha256 else old.size if old else size
    faults = [f"{spec.name} has {size} bytes instead of {want}"] if size != want or not size else []
    if spec.gguf and not faults and (fault := magic_fault(file)):
        faults.append(fault)
    return faults


def status(settings: Settings) -> list[EntryStatus]:
    """Every model of the catalogue as it stands here; quick, hashes nothing."""
    return [look(entry, settings) for entry in entries()]


def verify(name: str, settings: Settings, report: Callable[[int], None] | None = None) -> VerifyResult:
    """Hashes every file of a model and compares; `report` gets the bytes of the file under way.

    Raises CatalogueError when no model is called so.
    """
    entry = find(name)
    path, seen = main_path(entry, settings), look(entry, settings)
    if seen.state == "absent":
        return VerifyResult(name, "missing", path, (seen.note,))
    if seen.state == "damaged":
        return VerifyResult(name, "corrupt", path, tuple(seen.note.split("; ")))
    hashes, faults, unknown = {}, [], False
    for spec in entry.installed:
        want = expected(entry, spec, settings)
        hashes[spec.name] = disk.sha256(folder(entry, settings) / spec.name, report)
        unknown |= not want
        if want and hashes[spec.name] != want:
            faults.append(f"{spec.name} has the sha256 {hashes[spec.name]} instead of {want}")
    if faults:
        return VerifyResult(name, "corrupt", path, tuple(faults))
    pin(entry, settings, hashes, "")
    return VerifyResult(name, "first-use" if unknown else "ok", path)
