"""Lips that gape are brought together; everything away from them stays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tools.avatar import lips

Floats = npt.NDArray[np.float64]


def gaping(gap: float) -> tuple[Floats, Floats]:
    """A sheet of points 60 mm wide, slit along y = -0.06, whose lower half drops with the jaw."""
    x, y = np.meshgrid(np.linspace(-0.03, 0.03, 61), np.linspace(0.0, 0.03, 61))
    upper = np.stack([x.ravel(), -0.06 + gap / 2 + y.ravel(), 0.03 + 0 * y.ravel()], 1)
    lower = np.stack([x.ravel(), -0.06 - gap / 2 - y.ravel(), 0.03 + 0 * y.ravel()], 1)
    jaw = np.zeros((len(upper) + len(lower), 3))
    jaw[len(upper) :, 1] = -0.03
    return np.concatenate([upper, lower]), jaw


def test_a_gap_is_closed() -> None:
    points, jaw = gaping(0.001)
    moved = points + lips.seal(points, jaw)
    middle, half = np.abs(points[:, 0]) < 0.018, len(points) // 2
    upper = moved[:half][middle[:half]][:, 1].min()
    lower = moved[half:][middle[half:]][:, 1].max()
    assert lower > upper


def test_nothing_moves_away_from_the_lips() -> None:
    points, jaw = gaping(0.001)
    offsets = lips.seal(points, jaw)
    away = (np.abs(points[:, 1] + 0.06) > 0.015) | (np.abs(points[:, 0]) > 0.028)
    assert np.abs(offsets[away]).max() < 1e-5
    assert np.abs(offsets[:, [0, 2]]).max() == 0
