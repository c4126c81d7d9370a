"""MakeHuman's base mesh and its targets as arrays.

Does not: choose a shape (`person`) nor smooth anything (`surface`). Units here: decimetres, as in the file.
"""

from __future__ import annotations

import functools
import io
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.avatar.source import Assets

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_OBJ = "mpfb2/3dobjs/base.obj"
_UNITS = "faceunits01/targets/faceunits"
_WEIGHTS = "mpfb2/rigs/standard/weights.default.json"


@dataclass(frozen=True)
class Base:
    """points (n,3), uvs (m,2), quads (f,4) into points, quad_uvs (f,4) into uvs, one group name a quad."""

    points: Floats
    uvs: Floats
    quads: Ints
    quad_uvs: Ints
    groups: NDArray[np.str_]

    def of(self, *names: str) -> Ints:
        """Indices of the quads in the named groups."""
        return np.flatnonzero(np.isin(self.groups, names))

    def vertices(self, *names: str) -> Ints:
        """Indices of the points that the named groups use."""
        return np.unique(self.quads[self.of(*names)])


def load(assets: Assets) -> Base:
    """Parses base.obj; every face of hm08 is a quad."""
    points, uvs, quads, quad_uvs, groups, group = [], [], [], [], [], ""
    for line in io.StringIO(assets.read(_OBJ).decode()):
        kind, *rest = line.split() or [""]
        if kind == "v":
            points.append([float(x) for x in rest])
        elif kind == "vt":
            uvs.append([float(x) for x in rest[:2]])
        elif kind == "g":
            group = rest[0]
        elif kind == "f":
            pairs = [corner.split("/") for corner in rest]
            quads.append([int(p[0]) - 1 for p in pairs])
            quad_uvs.append([int(p[1]) - 1 for p in pairs])
            groups.append(group)
    return Base(np.array(points), np.array(uvs), np.array(quads), np.array(quad_uvs), np.array(groups))


class Targets:
    """Offsets (n,3) by name, parsed once."""

    def __init__(self, assets: Assets, count: int) -> None:
        self._assets = assets
        self._count = count
        self._parse = functools.lru_cache(maxsize=None)(self._load)

    def shape(self, name: str) -> Floats:
        """A modelling target, such as "nose/nose-hump-incr"."""
        return self._parse(f"mpfb2/targets/{name}.target.gz")

    def face_units(self) -> dict[str, Floats]:
        """The 52 ARKit shapes, by name, sorted."""
        names = self._assets.list(_UNITS)
        return {n.rsplit("/", 1)[1].removesuffix(".target"): self._parse(n) for n in names}

    def _load(self, path: str) -> Floats:
        offsets = np.zeros((self._count, 3))
        for line in io.StringIO(self._assets.read(path).decode()):
            parts = line.split()
            if len(parts) == 4 and parts[0].isdigit():
                offsets[int(parts[0])] = [float(x) for x in parts[1:]]
        return offsets


def bone_weights(assets: Assets, count: int) -> dict[str, Floats]:
    """How much each of MakeHuman's bones moves each point: bone name to (n,)."""
    table = json.loads(assets.read(_WEIGHTS))["weights"]
    weights = {}
    for bone, pairs in table.items():
        full = np.zeros(count)
        for index, weight in pairs:
            full[int(index)] = weight
        weights[bone] = full
    return weights
