"""Reads a GLB with the standard library: its JSON, and figures that the tests ask for."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any


def document(path: Path) -> dict[str, Any]:
    """The JSON chunk. Raises ValueError when the file is not a whole GLB 2.0."""
    data = path.read_bytes()
    magic, version, length = struct.unpack_from("<4sII", data)
    if magic != b"glTF" or version != 2 or length != len(data):
        raise ValueError(f"{path.name} is not a GLB 2.0 of {length} bytes")
    size, kind = struct.unpack_from("<I4s", data, 12)
    if kind != b"JSON":
        raise ValueError(f"{path.name} does not begin with JSON")
    parsed: dict[str, Any] = json.loads(data[20 : 20 + size])
    return parsed


def primitives(doc: dict[str, Any]) -> list[dict[str, Any]]:
    """Every primitive once for each node that draws it."""
    drawn = [doc["meshes"][n["mesh"]] for n in doc["nodes"] if "mesh" in n]
    return [p for mesh in drawn for p in mesh["primitives"]]


def triangles(doc: dict[str, Any]) -> int:
    """Drawn triangles."""
    return sum(doc["accessors"][p["indices"]]["count"] // 3 for p in primitives(doc))


def morphed_vertices(doc: dict[str, Any]) -> int:
    """Vertices of the primitives that have targets."""
    return sum(
        doc["accessors"][p["attributes"]["POSITION"]]["count"] for p in primitives(doc) if p.get("targets")
    )


def parents(doc: dict[str, Any]) -> dict[str, str]:
    """Node name to its parent's name, for named nodes."""
    nodes = doc["nodes"]
    return {
        nodes[c].get("name", ""): n.get("name", "")
        for n in nodes
        for c in n.get("children", [])
        if "name" in nodes[c]
    }
