"""The scalp as a smooth surface that hair can ride on: nearest skin, ears left out.

Does not: choose directions (`hairstyles`) nor make cards (`hair`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from tools.avatar.basemesh import Floats
from tools.avatar.hairline import HAIRLINES, Hairline
from tools.avatar.head import Head

CENTRE = np.array([0.0, 0.015, -0.070])


class Scalp:
    """Queries are arrays (n,3) in metres."""

    def __init__(self, head: Head, ears: Floats, style: str) -> None:
        p = head.points
        self._points, self._normals = self._dense(head, self._kept(p, ears))
        self._tree = cKDTree(self._points)
        self.line: Hairline = HAIRLINES[style]

    @staticmethod
    def _kept(p: Floats, ears: Floats) -> NDArray[np.bool_]:
        keep = (ears < 0.15) & (p[:, 1] > -0.115) & (np.linalg.norm(p - CENTRE, axis=1) > 0.055)
        keep &= ~(
            (np.abs(p[:, 0]) > 0.074)
            & (p[:, 1] < 0.02)
            & (p[:, 1] > -0.06)
            & (np.abs(p[:, 2] + 0.09) < 0.03)
        )
        return np.asarray(keep)

    @staticmethod
    def _dense(head: Head, keep: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Points on a curved version of every triangle (Phong tessellation), closer than 2 mm."""
        tris = head.tris[keep[head.tris].all(1)]
        p, n = head.points[tris], head.normals[tris]
        grid = [(i / 8, j / 8) for i in range(9) for j in range(9 - i)]
        points, normals = [], []
        for u, v in grid:
            w = np.array([1 - u - v, u, v])[None, :, None]
            flat, normal = (p * w).sum(1), (n * w).sum(1)
            drop = ((flat[:, None] - p) * n).sum(2, keepdims=True)
            points.append(flat - 0.75 * (drop * n * w).sum(1))
            normals.append(normal)
        found = np.concatenate(points)
        _, first = np.unique(np.round(found / 0.0012).astype(np.int64), axis=0, return_index=True)
        return found[first], np.concatenate(normals)[first]

    def project(self, points: Floats, lift: Floats | float) -> tuple[Floats, Floats]:
        """Points on the skin below `points`, raised by `lift`, and the outward normals there."""
        far, index = self._tree.query(points, k=12)
        weight = np.asarray(1 / (far + 0.002))
        weight /= weight.sum(1, keepdims=True)
        base = (self._points[index] * weight[..., None]).sum(1)
        normal = (self._normals[index] * weight[..., None]).sum(1)
        outward = base - CENTRE
        outward /= np.linalg.norm(outward, axis=1, keepdims=True)
        normal = 0.55 * normal / np.linalg.norm(normal, axis=1, keepdims=True) + 0.45 * outward
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        return base + normal * np.broadcast_to(np.asarray(lift, float), (len(points),))[:, None], normal

    def slope(self, points: Floats) -> Floats:
        """The direction in which the hairline field grows (unit, n,3)."""
        e = 0.002
        steps = [
            self.line.field(points + e * axis) - self.line.field(points - e * axis) for axis in np.eye(3)
        ]
        g = np.stack(steps, 1)
        return np.asarray(g / np.maximum(np.linalg.norm(g, axis=1, keepdims=True), 1e-9))

    def ridge(self, x: float, spacing: float) -> Floats:
        """Points on top of the head at one distance from the middle, hairline to crown."""
        p = self._points[(np.abs(self._points[:, 0] - x) < 0.0015) & (self._points[:, 1] > 0.03)]
        p = p[(self.line.field(p) > 0.0015) & (p[:, 2] > -0.135)]
        along = np.arange(p[:, 2].min(), p[:, 2].max(), spacing)
        found = p[[int(np.abs(p[:, 2] - z).argmin()) for z in along]]
        return self.project(found, 0.0)[0]
