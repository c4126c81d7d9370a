"""Subdivision leaves no cracks, morphs follow positions, cuts lie where they were asked for."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

pytest.importorskip("scipy", reason="comes with the extra `avatar`")

from tools.avatar import surface


def sheet(n: int) -> tuple[np.ndarray, np.ndarray]:
    """An n x n grid of quads in the unit square."""
    x, y = np.meshgrid(np.linspace(0, 1, n + 1), np.linspace(0, 1, n + 1))
    points = np.stack([x.ravel(), y.ravel(), 0 * x.ravel()], 1)
    a = (np.arange(n)[:, None] * (n + 1) + np.arange(n)).ravel()
    return points, np.stack([a, a + 1, a + n + 2, a + n + 1], 1)


def area(points: np.ndarray, tris: np.ndarray) -> float:
    a, b, c = (points[tris[:, k], :3] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_refining_a_part_leaves_no_cracks() -> None:
    points, quads = sheet(6)
    split = points[quads].mean(1)[:, 0] > 0.5
    _, tris, _ = surface.adaptive(points, quads, split)
    edges = Counter(tuple(sorted((int(t[k]), int(t[k - 1])))) for t in tris for k in range(3))
    inner = [e for e, uses in edges.items() if uses == 2]
    assert max(edges.values()) == 2
    assert len(inner) > len(edges) * 0.8


def test_columns_that_ride_along_are_refined_by_the_same_rule() -> None:
    points, quads = sheet(4)
    both, _ = surface.catmull_clark(np.concatenate([points, 2 * points], 1), quads)
    assert np.allclose(both[:, 3:], 2 * both[:, :3])


def test_a_cut_keeps_the_positive_side_exactly() -> None:
    points, quads = sheet(5)
    tris = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    mesh = surface.Mesh(points, tris, points[:, :2], np.arange(len(points)))
    cut = surface.clip(mesh, points[:, 0] - 0.33)
    assert cut.points[:, 0].min() == pytest.approx(0.33)
    assert area(cut.points, cut.tris) == pytest.approx(0.67)


def test_normals_of_a_flat_sheet_point_up() -> None:
    points, quads = sheet(3)
    assert np.allclose(surface.normals(points, quads), [0, 0, 1])
