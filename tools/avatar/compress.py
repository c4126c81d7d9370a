"""Meshopt compression through npm's gltfpack.

Does not: touch textures; they are already WebP.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tools.avatar.source import SourceError

GLTFPACK = "gltfpack@1.3.0"
_OPTIONS = ["-cc", "-kn", "-km", "-ke", "-vp", "15", "-vt", "12", "-vn", "8", "-vc", "8"]


def compress(plain: bytes, tools: Path) -> bytes:
    """The same model with EXT_meshopt_compression; gltfpack is installed below `tools` when absent."""
    program = _program(tools)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.glb", Path(folder) / "out.glb"
        source.write_bytes(plain)
        done = subprocess.run(
            ["node", str(program), "-i", str(source), "-o", str(target), *_OPTIONS],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode or not target.exists():
            raise SourceError(f"gltfpack failed: {done.stderr.strip() or done.stdout.strip()}")
        return target.read_bytes()


def _program(tools: Path) -> Path:
    program = tools / "node_modules" / "gltfpack" / "cli.js"
    if not program.exists():
        tools.mkdir(parents=True, exist_ok=True)
        command = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(tools),
            GLTFPACK,
        ]
        if (
            subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode
            or not program.exists()
        ):
            raise SourceError(
                f"npm could not install {GLTFPACK}. Check that Node and the npm registry are there."
            )
    return program
