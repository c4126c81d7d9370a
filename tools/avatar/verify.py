"""Proof that the committed interviewers are what the code here makes: hashes of recipe and results.

Does not: build; `python -m tools.avatar verify` builds anew and asks `differences`. Bytes depend on the
libraries, too (WebP's encoder, scipy's trees), so their versions stand beside the hashes.
"""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path
from typing import Any

from tools.avatar.compress import GLTFPACK
from tools.avatar.source import SHA256

_HERE = Path(__file__).parent
_NOT_IN_THE_GLB = {"__main__.py", "manifest.py", "verify.py", "expressions.toml"}
_LIBRARIES = ("numpy", "pillow", "scipy")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def recipe() -> str:
    """SHA-256 over the wheel's hash, the compressor's version and every source file that shapes a GLB."""
    total = hashlib.sha256(f"{SHA256} {GLTFPACK}".encode())
    for path in sorted([*_HERE.glob("*.py"), _HERE / "people.toml"], key=lambda p: p.name):
        if path.name not in _NOT_IN_THE_GLB:
            total.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


def libraries() -> dict[str, str]:
    """Versions of what decides about bytes."""
    return {name: metadata.version(name) for name in _LIBRARIES} | {"gltfpack": GLTFPACK.split("@")[1]}


def differences(document: dict[str, Any], built: Path, only: list[str]) -> list[str]:
    """One sentence for each person whose fresh GLB in `built` is not the one that the manifest names."""
    faults = []
    for person in document["persons"]:
        if only and person["id"] not in only:
            continue
        fresh, told = digest(built / person["file"]), person.get("sha256")
        if fresh != told:
            faults.append(f"{person['file']}: built {fresh}, the manifest says {told}.")
    then, now = document.get("libraries"), libraries()
    if faults and then != now:
        faults.append(
            f"Built with {now}; the manifest's with {then}. Install those versions and run again."
        )
    return faults
