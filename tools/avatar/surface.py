"""Quad meshes: adaptive Catmull-Clark subdivision, normals, clipping, smoothing.

Does not: know about faces or clothes. Attributes ride along as extra columns, so that morph targets are
subdivided by the same linear rule as the positions they move.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from tools.avatar.basemesh import Floats, Ints


@dataclass
class Mesh:
    """points (n,k) with the position first; tris (t,3); weld (n,) gives one id to copies of a point."""

    points: Floats
    tris: Ints
    uvs: Floats
    weld: Ints


def normals(points: Floats, faces: Ints) -> Floats:
    """Area-weighted unit normals (n,3) of triangles or quads over `points` (n,3)."""
    a, b, c, d = (points[faces[:, k]] for k in (0, 1, 2, faces.shape[1] - 1))
    face = np.cross(c - a, d - b) if faces.shape[1] == 4 else np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for k in range(faces.shape[1]):
        np.add.at(total, faces[:, k], face)
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def _edges(quads: Ints) -> tuple[Ints, Ints, Ints]:
    """Unique edges (e,2), the edge of each quad side (f,4), and how many quads share each edge."""
    sides = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2)
    ordered = np.sort(sides.reshape(-1, 2), axis=1)
    edges, index, count = np.unique(ordered, axis=0, return_inverse=True, return_counts=True)
    return edges, index.reshape(-1, 4), count


def catmull_clark(points: Floats, quads: Ints) -> tuple[Floats, Ints]:
    """One step: new points ordered as (old, one a face, one an edge), and the new quads."""
    n, f = len(points), len(quads)
    edges, sides, count = _edges(quads)
    centres = points[quads].mean(1)
    middle = points[edges].mean(1)
    around = np.zeros_like(middle)
    np.add.at(around, sides.ravel(), np.repeat(centres, 4, axis=0))
    inner = (count == 2)[:, None]
    edge_points = np.where(inner, (2 * middle + around) / 4, middle)
    moved = _vertex_points(points, quads, edges, centres, middle, count)
    e0, e1 = n + f + np.roll(sides, 1, axis=1), n + f + sides
    middle_id = np.repeat((n + np.arange(f))[:, None], 4, axis=1)
    new = np.stack([quads, e1, middle_id, e0], axis=2).reshape(-1, 4)
    return np.concatenate([moved, centres, edge_points]), new


def _vertex_points(
    points: Floats, quads: Ints, edges: Ints, centres: Floats, middle: Floats, count: Ints
) -> Floats:
    n = len(points)
    faces_at = np.bincount(quads.ravel(), minlength=n).astype(float)[:, None]
    face_sum, edge_sum, rim_sum = np.zeros_like(points), np.zeros_like(points), np.zeros_like(points)
    np.add.at(face_sum, quads.ravel(), np.repeat(centres, 4, axis=0))
    np.add.at(edge_sum, edges.ravel(), np.repeat(middle, 2, axis=0))
    degree = np.bincount(edges.ravel(), minlength=n).astype(float)[:, None]
    rim = edges[count != 2]
    np.add.at(rim_sum, rim.ravel(), np.repeat(middle[count != 2], 2, axis=0))
    rims = np.bincount(rim.ravel(), minlength=n)[:, None]
    m = np.maximum(faces_at, 1)
    smooth = (face_sum / m + 2 * edge_sum / np.maximum(degree, 1) + (m - 3) * points) / m
    border = np.where(rims == 2, (points * 2 + rim_sum) / 4, points)
    return np.where(rims > 0, border, smooth)


def adaptive(points: Floats, quads: Ints, split: NDArray[np.bool_]) -> tuple[Floats, Ints, Ints]:
    """Catmull-Clark positions everywhere, but new points only in the quads marked in `split` (f,).

    Returns the refined points, triangles into them, and `origin`: for each triangle corner its place in
    the source quad as (triangle, corner, [quad, code]); code 0-3 corner, 4-7 edge after it, 8 centre.
    """
    n, f = len(points), len(quads)
    fine, _ = catmull_clark(points, quads)
    edges, sides, _ = _edges(quads)
    cut = np.zeros(len(edges), bool)
    cut[sides[split].ravel()] = True
    tris: list[tuple[int, int, int]] = []
    origin: list[tuple[tuple[int, int], ...]] = []
    for face in range(f):
        ring: list[tuple[int, int]] = []
        for k in range(4):
            ring.append((int(quads[face, k]), k))
            if cut[sides[face, k]]:
                ring.append((n + f + int(sides[face, k]), 4 + k))
        if split[face] or len(ring) > 5:
            hub = (n + face, 8)
            pairs = [(hub, ring[i], ring[(i + 1) % len(ring)]) for i in range(len(ring))]
        else:
            pairs = _fan(ring)
        for corners in pairs:
            tris.append((corners[0][0], corners[1][0], corners[2][0]))
            origin.append(tuple((face, code) for _, code in corners))
    return fine, np.array(tris), np.array(origin)


def _fan(ring: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]:
    """Triangles of a quad with no or one split side, starting at the split point."""
    start = next((i for i, (_, code) in enumerate(ring) if code >= 4), 0)
    turned = ring[start:] + ring[:start]
    return [(turned[0], turned[i], turned[i + 1]) for i in range(1, len(turned) - 1)]


def smooth(
    points: Floats, tris: Ints, rounds: int, amount: float = 0.5, fixed: Ints | None = None
) -> Floats:
    """Laplacian smoothing with Taubin's second, outward step, so that the volume stays."""
    n = len(points)
    pairs = np.concatenate([tris[:, [0, 1]], tris[:, [1, 2]], tris[:, [2, 0]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    ones = np.ones(len(pairs))
    graph = sp.coo_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(n, n)).tocsr()
    graph = graph + graph.T
    mean = sp.diags(1 / np.maximum(np.asarray(graph.sum(1)).ravel(), 1)) @ graph
    out = points.copy()
    for _ in range(rounds):
        for step in (amount, -amount * 1.04):
            moved = out + step * (mean @ out - out)
            if fixed is not None:
                moved[fixed] = points[fixed]
            out = moved
    return out


def clip(mesh: Mesh, field: Floats) -> Mesh:
    """The part of a triangle mesh where `field` (n,) is positive, cut exactly along its zero line."""
    inside = field > 0
    whole = inside[mesh.tris].all(1)
    mixed = np.flatnonzero(inside[mesh.tris].any(1) & ~whole)
    points, uvs, weld = list(mesh.points), list(mesh.uvs), list(mesh.weld)
    made: dict[tuple[int, int], int] = {}
    welded: dict[tuple[int, int], int] = {}
    fresh = int(mesh.weld.max()) + 1

    def cross(a: int, b: int) -> int:
        nonlocal fresh
        key = (min(a, b), max(a, b))
        if key not in made:
            a, b = key
            t = field[a] / (field[a] - field[b])
            made[key] = len(points)
            points.append(mesh.points[a] + t * (mesh.points[b] - mesh.points[a]))
            uvs.append(mesh.uvs[a] + t * (mesh.uvs[b] - mesh.uvs[a]))
            same = (int(min(mesh.weld[a], mesh.weld[b])), int(max(mesh.weld[a], mesh.weld[b])))
            if same not in welded:
                welded[same] = fresh
                fresh += 1
            weld.append(np.int64(welded[same]))
        return made[key]

    tris = [tuple(t) for t in mesh.tris[whole]]
    for face in mixed:
        ring: list[int] = []
        corners = [int(v) for v in mesh.tris[face]]
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
            if inside[a]:
                ring.append(a)
            if inside[a] != inside[b]:
                ring.append(cross(a, b))
        tris += [(ring[0], ring[i], ring[i + 1]) for i in range(1, len(ring) - 1)]
    return compact(Mesh(np.array(points), np.array(tris), np.array(uvs), np.array(weld)))


def compact(mesh: Mesh) -> Mesh:
    """The same mesh without the points that no triangle uses."""
    used, tris = np.unique(mesh.tris, return_inverse=True)
    return Mesh(mesh.points[used], tris.reshape(-1, 3), mesh.uvs[used], mesh.weld[used])
