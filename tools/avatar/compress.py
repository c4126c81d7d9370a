"""Meshopt compression through npm's gltfpack.

Does not: touch textures; they are already WebP.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tools.avatar import node

GLTFPACK = "gltfpack@1.3.0"
_OPTIONS = ["-cc", "-kn", "-km", "-ke", "-vp", "15", "-vt", "12", "-vn", "8", "-vc", "8"]


def compress(plain: bytes, tools: Path) -> bytes:
    """The same model with EXT_meshopt_compression; gltfpack is installed below `tools` when absent."""
    program = node.install(tools, [GLTFPACK]) / "gltfpack" / "cli.js"
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.glb", Path(folder) / "out.glb"
        source.write_bytes(plain)
        node.run(["node", str(program), "-i", str(source), "-o", str(target), *_OPTIONS])
        return target.read_bytes()
