"""The trunk as cloth: smooth shells off the body, and a way to lay strips of cloth onto them.

Does not: cut garments (`clothes`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from tools.avatar import surface
from tools.avatar.basemesh import Floats
from tools.avatar.colour import noise, step
from tools.avatar.person import Shape
from tools.avatar.surface import Mesh

HEM = -0.40
THREAD = 0.016  # one repeat of the weave in metres


@dataclass(frozen=True)
class Fit:
    """Metres: distance off the body, shoulder padding, and how many smoothing rounds hide the anatomy.

    `narrow` draws the shoulders in by that share."""

    offset: float
    pad: float
    rounds: int
    folds: float
    narrow: float


def shell(shape: Shape, fit: Fit, seed: int) -> Mesh:
    """The trunk and upper arms from the hem to the neck, smoothed and pushed outwards."""
    base = shape.base
    body = base.of("body")
    middle = shape.points[base.quads[body]].mean(1)
    keep = (middle[:, 1] > HEM) & (middle[:, 1] < -0.105) & (np.abs(middle[:, 0]) < 0.34)
    keep &= (middle[:, 2] < 0.02) | (middle[:, 1] < -0.17)  # not the chin
    faces = body[keep]
    used, quads = np.unique(base.quads[faces], return_inverse=True)
    quads = quads.reshape(-1, 4)
    points = shape.points[used]
    tris = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    soft = surface.smooth(points, tris, fit.rounds, 0.55)
    normal = surface.normals(soft, quads)
    moved = soft + normal * fit.offset + _pads(soft, shape, fit)
    moved[:, 0] *= 1 - fit.narrow * step(0.07, 0.22, np.abs(moved[:, 0]))
    moved = surface.smooth(moved, tris, 3, 0.5)
    moved = moved + normal * (fit.folds * _folds(moved, shape, seed))[:, None]
    middle = moved[quads].mean(1)
    split = (middle[:, 1] > -0.30) & (middle[:, 2] > -0.17) & (np.abs(middle[:, 0]) > 0.03) | (
        middle[:, 1] > -0.2
    )
    fine, fine_tris, _ = surface.adaptive(moved, quads, split)
    uvs = _around(fine) / THREAD
    return surface.compact(Mesh(fine, fine_tris, uvs, np.arange(len(fine))))


def _around(points: Floats) -> Floats:
    """Metres around the trunk and down it (n,2), the same left and right: cloth is nowhere stretched."""
    x = np.abs(points[:, 0])
    turn = np.arctan2(x, points[:, 2] + 0.075)
    return np.stack([0.17 * turn, points[:, 1] - 0.5 * x], 1)


def _pads(points: Floats, shape: Shape, fit: Fit) -> Floats:
    """A jacket's shoulders: raised and squared at the joint."""
    out = np.zeros_like(points)
    for side, sign in (("l", 1.0), ("r", -1.0)):
        joint = shape.centre(f"joint-{side}-shoulder") + np.array([0.0, 0.018, 0.0])
        near = np.exp(-(((points - joint) / [0.055, 0.045, 0.07]) ** 2).sum(1))
        out += near[:, None] * np.array([sign * 0.45, 0.9, 0.0]) * fit.pad
    return out


def _folds(points: Floats, shape: Shape, seed: int) -> Floats:
    """Soft creases that run from the armpit; unit amplitude."""
    arm = np.minimum(np.abs(np.abs(points[:, 0]) - shape.centre("joint-l-shoulder")[0] + 0.02) / 0.06, 1)
    diagonal = points @ np.array([[0.8, 0, 0], [0.6, 1, 0], [0, 0, 1.0]])
    wave = noise(diagonal, [0.05, 0.022, 0.06], seed)
    return np.asarray(wave * (0.35 + 0.65 * (1 - arm)) * step(-0.14, -0.22, points[:, 1]))


class Draper:
    """Lays points onto a mesh: nearest surface plus a lift along its smoothed normal."""

    def __init__(self, mesh: Mesh) -> None:
        p, n = mesh.points[mesh.tris], surface.normals(mesh.points, mesh.tris)[mesh.tris]
        grid = [(i / 6, j / 6) for i in range(7) for j in range(7 - i)]
        weights = np.array([[1 - u - v, u, v] for u, v in grid])
        self._points = np.einsum("gk,tkc->gtc", weights, p).reshape(-1, 3)
        self._normals = np.einsum("gk,tkc->gtc", weights, n).reshape(-1, 3)
        self._tree = cKDTree(self._points)

    def lay(self, points: Floats, lift: Floats | float, forward: bool = False) -> tuple[Floats, Floats]:
        """Points (n,3) on the mesh and normals there. `forward` keeps x and y and only moves in z."""
        target = points
        if forward:
            front = self._normals[:, 2] > 0.1
            tree = cKDTree(self._points[front][:, :2])
            far, index = tree.query(points[:, :2], k=8)
            pool, turned = self._points[front], self._normals[front]
        else:
            far, index = self._tree.query(target, k=10)
            pool, turned = self._points, self._normals
        weight = np.asarray(1 / (far + 0.002) ** 2)
        weight /= weight.sum(1, keepdims=True)
        base = (pool[index] * weight[..., None]).sum(1)
        normal = (turned[index] * weight[..., None]).sum(1)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        if forward:
            base = np.stack([points[:, 0], points[:, 1], base[:, 2]], 1)
        return base + normal * np.broadcast_to(np.asarray(lift, float), (len(points),))[:, None], normal
