"""From mesh to texture: which triangle covers each texel, filling the gutters, ambient occlusion by splats.

Does not: decide colours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from tools.avatar.basemesh import Floats, Ints


@dataclass(frozen=True)
class Raster:
    """For a square texture: tri (s,s), -1 where empty, and bary (s,s,3)."""

    tri: Ints
    bary: Floats
    tris: Ints

    def sample(self, values: Floats) -> Floats:
        """Per-vertex values (n,k) interpolated to (s,s,k); empty texels take the nearest covered one."""
        corners = values[self.tris[np.maximum(self.tri, 0)]]
        return self.spread((corners * self.bary[..., None]).sum(2))

    def spread(self, image: Floats) -> Floats:
        """Fills empty texels from the nearest covered one."""
        nearest = ndimage.distance_transform_edt(self.tri < 0, return_distances=False, return_indices=True)
        return np.asarray(image[tuple(nearest)])


def rasterise(uvs: Floats, tris: Ints, size: int) -> Raster:
    """Texel (row, column) is (v, u) times `size`; v runs down."""
    tri = np.full((size, size), -1, np.int64)
    bary = np.zeros((size, size, 3))
    for index, face in enumerate(tris):
        a, b, c = uvs[face] * size - 0.5
        low = np.maximum(np.floor(np.minimum(np.minimum(a, b), c)).astype(int), 0)
        high = np.minimum(np.ceil(np.maximum(np.maximum(a, b), c)).astype(int), size - 1)
        area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        if abs(area) < 1e-9 or (high < low).any():
            continue
        x, y = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
        u = ((b[0] - x) * (c[1] - y) - (c[0] - x) * (b[1] - y)) / area
        v = ((c[0] - x) * (a[1] - y) - (a[0] - x) * (c[1] - y)) / area
        w = 1 - u - v
        inside = (u > -0.02) & (v > -0.02) & (w > -0.02)
        tri[y[inside], x[inside]] = index
        bary[y[inside], x[inside]] = np.stack([u, v, w], -1)[inside]
    return Raster(tri, bary, tris)


def scatter(points: Floats, tris: Ints, count: int, rng: np.random.Generator) -> Floats:
    """`count` points spread evenly over a triangle mesh."""
    a, b, c = (points[tris[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    pick = rng.choice(len(tris), count, p=area / area.sum())
    u, v = rng.random((2, count))
    u, v = np.where(u + v > 1, 1 - u, u), np.where(u + v > 1, 1 - v, v)
    return np.asarray(a[pick] + u[:, None] * (b - a)[pick] + v[:, None] * (c - a)[pick])


def _sphere(count: int) -> Floats:
    k = np.arange(count) + 0.5
    z = 1 - 2 * k / count
    turn = np.pi * (1 + 5**0.5) * k
    r = np.sqrt(1 - z * z)
    return np.stack([r * np.cos(turn), r * np.sin(turn), z], 1)


def openness(
    points: Floats,
    normals: Floats,
    blockers: Floats,
    directions: int = 160,
    cell: float = 0.003,
    gap: float = 0.005,
) -> Floats:
    """How much of the sky each point sees (n,), cosine-weighted, 0-1.

    For each direction the blockers (m,3) are splatted into a depth grid of `cell` metres; a point is
    blocked where something lies more than `gap` metres in front of it.
    """
    seen, total = np.zeros(len(points)), np.zeros(len(points))
    for d in _sphere(directions):
        cosine = normals @ d
        facing = cosine > 0.05
        side = np.cross(d, [0.0, 1.0, 0.0] if abs(d[1]) < 0.9 else [1.0, 0.0, 0.0])
        side /= np.linalg.norm(side)
        frame = np.stack([side, np.cross(side, d)], 1)
        low = (blockers @ frame).min(0) - cell
        depth, shape = _depth_grid(blockers, frame, low, d, cell)
        at = np.clip(((points[facing] @ frame - low) / cell).astype(np.int64), 0, shape - 1)
        blocked = depth[at[:, 0], at[:, 1]] > points[facing] @ d + gap
        seen[facing] += cosine[facing] * ~blocked
        total[facing] += cosine[facing]
    return seen / np.maximum(total, 1e-9)


def _depth_grid(
    blockers: Floats, frame: Floats, low: Floats, direction: Floats, cell: float
) -> tuple[Floats, NDArray[np.int64]]:
    at = ((blockers @ frame - low) / cell).astype(np.int64)
    shape = at.max(0) + 2
    depth = np.full(tuple(shape), -np.inf)
    np.maximum.at(depth, (at[:, 0], at[:, 1]), blockers @ direction)
    return depth, shape
