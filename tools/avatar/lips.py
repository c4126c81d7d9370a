"""Closes the lips of the resting face, which MakeHuman leaves a millimetre apart.

Does not: shape visemes. Works on the refined skin; the morph targets stay as they are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.avatar.basemesh import Floats
from tools.avatar.colour import step

_Mask = NDArray[np.bool_]
_BINS = np.arange(0.0, 0.0221, 0.002)  # metres from the middle to the corner
_OVERLAP = 0.0008  # pressed together this much, so that no line of teeth is left
_UPPER_SHARE = 0.3
_LINE = 0.0013  # half the height of the line of contact
_FADE = 0.0045  # how far above and below the seam the skin follows


def seal(points: Floats, jaw: Floats) -> Floats:
    """Offsets (n,3) that close the lips of `points` (n,3); `jaw` (n,3) is the jawOpen morph."""
    drop = -jaw[:, 1]
    near = _front_of_mouth(points, drop)
    middle, seam, gap = _measured(points, drop, near)
    gap = np.convolve(np.pad(gap, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    x = np.abs(points[:, 0])
    amount = np.interp(x, _BINS, np.maximum(gap + _OVERLAP, 0)) * step(0.0275, 0.0235, x)
    lower = np.clip((drop - np.interp(x, _BINS, middle)) / 0.003, -1, 1)
    share = np.where(lower > 0, 1 - _UPPER_SHARE, _UPPER_SHARE)
    far = (points[:, 1] - np.interp(x, _BINS, seam)) / _FADE
    where = np.exp(-(far**2)) * step(-0.014, -0.004, points[:, 2] - _front(points, near, x))
    out = np.zeros_like(points)
    out[:, 1] = amount * where * lower * share
    return out


def contact(points: Floats, jaw: Floats) -> Floats:
    """How near each of the sealed `points` (n,3) is to the line where the lips meet (n,), 0-1."""
    drop = -jaw[:, 1]
    near = _front_of_mouth(points, drop)
    _, seam, _ = _measured(points, drop, near)
    x = np.abs(points[:, 0])
    far = (points[:, 1] - np.interp(x, _BINS, seam)) / _LINE
    return np.asarray(
        np.exp(-(far**2))
        * step(0.029, 0.025, x)
        * step(-0.014, -0.008, points[:, 2] - _front(points, near, x))
    )


def _measured(points: Floats, drop: Floats, near: _Mask) -> tuple[Floats, Floats, Floats]:
    """`_opening` at every bin."""
    table = np.array([_opening(points, drop, near, x) for x in _BINS])
    return table[:, 0], table[:, 1], table[:, 2]


def _front_of_mouth(points: Floats, drop: Floats) -> _Mask:
    low = points[(np.abs(points[:, 0]) < 0.003) & (drop > 0.025) & (points[:, 2] > 0.005)]
    level = low[:, 1].max()
    return np.asarray((np.abs(points[:, 1] - level) < 0.014) & (points[:, 2] > -0.005))


def _front(points: Floats, near: _Mask, x: Floats) -> Floats:
    """The lips' foremost z at each distance from the middle."""
    table = [points[near & (np.abs(np.abs(points[:, 0]) - b) < 0.002)][:, 2].max() for b in _BINS]
    return np.asarray(np.interp(x, _BINS, table))


def _opening(points: Floats, drop: Floats, near: _Mask, x: float) -> tuple[float, float, float]:
    """At one distance from the middle: the drop that parts the lips, the seam's height, the gap (m)."""
    mine = near & (np.abs(np.abs(points[:, 0]) - x) < 0.0016)
    front = points[mine][:, 2].max()
    mine &= points[:, 2] > front - 0.0075
    y, d = points[mine][:, 1], drop[mine]
    order = np.sort(d)
    widest = int(np.diff(order).argmax())
    middle = float((order[widest] + order[widest + 1]) / 2)
    upper, lower = float(y[d < middle].min()), float(y[d > middle].max())
    return middle, (upper + lower) / 2, max(upper - lower, 0.0)
