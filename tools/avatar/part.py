"""A drawable piece of a person: arrays ready for the GLB writer.

Does not: know what it depicts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tools.avatar.basemesh import Floats, Ints

BONES = ("Hips", "Spine", "Neck", "Head")


@dataclass
class Part:
    """points, normals (n,3) metres; tris (t,3); uvs (n,2), v down; colours (n,4) linear RGBA, optional.

    morphs: name -> (offsets (n,3), normal changes (n,3) or None). weights (n,4) follow BONES. `pivot` makes
    the part a rigid node of its own (an eyeball), placed there; its points are then relative to the pivot.
    """

    name: str
    material: str
    points: Floats
    normals: Floats
    tris: Ints
    uvs: Floats
    colours: Floats | None = None
    morphs: dict[str, tuple[Floats, Floats | None]] = field(default_factory=dict)
    weights: Floats | None = None
    pivot: Floats | None = None


def rigid(count: int, bone: str) -> Floats:
    """Weights (n,4) that tie every point to one bone."""
    weights = np.zeros((count, len(BONES)))
    weights[:, BONES.index(bone)] = 1
    return weights


def join(name: str, material: str, parts: list[Part]) -> Part:
    """One part out of several; morphs that a piece lacks do not move it."""
    start = np.cumsum([0] + [len(p.points) for p in parts])
    names = sorted({n for p in parts for n in p.morphs})
    morphs: dict[str, tuple[Floats, Floats | None]] = {}
    for n in names:
        still = [np.zeros_like(p.points) for p in parts]
        moved = [p.morphs.get(n, (s, None)) for p, s in zip(parts, still, strict=True)]
        turned = [m[1] if m[1] is not None else s for m, s in zip(moved, still, strict=True)]
        has_normals = any(m[1] is not None for m in moved)
        morphs[n] = (np.concatenate([m[0] for m in moved]), np.concatenate(turned) if has_normals else None)
    colours = [p.colours if p.colours is not None else np.ones((len(p.points), 4)) for p in parts]
    weights = [p.weights if p.weights is not None else rigid(len(p.points), "Head") for p in parts]
    return Part(
        name,
        material,
        np.concatenate([p.points for p in parts]),
        np.concatenate([p.normals for p in parts]),
        np.concatenate([p.tris + s for p, s in zip(parts, start, strict=False)]),
        np.concatenate([p.uvs for p in parts]),
        np.concatenate(colours),
        morphs,
        np.concatenate(weights),
    )
