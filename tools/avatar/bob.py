"""The bob: parted at the side, falling to the jaw, tips turned in; one sheet from the parting to the hem.

Does not: make layers (`hair`) nor paint strands (`hairpaint`).
"""

from __future__ import annotations

import numpy as np

from tools.avatar.basemesh import Floats
from tools.avatar.colour import noise, step
from tools.avatar.hairsheet import HairSheet, graded, tangent, unit
from tools.avatar.scalp import CENTRE, Scalp

_PART, _BACK = 0.020, -0.112  # the parting's x, and where it ends at the crown (z)
_LEVEL, _HEM = 0.004, -0.120  # from this height on the hair hangs; where it is cut
_RIDE, _HANG, _COLUMNS = 17, 11, 62  # rows on the head, rows below, columns
_FRAY = 0.965  # share of the hanging length from which on strands end one by one
_HEIGHT = 0.0130  # metres off the skin, where the hair is fullest
_FRONT = np.radians(71.0)  # the hair's front edge at `_LEVEL`, from straight ahead


def sheets(scalp: Scalp) -> list[HairSheet]:
    """The one sheet; its first column lies along the hairline on the left, its last on the right."""
    across = np.linspace(0, 1, _COLUMNS)
    roots, ends = _roots(scalp, across), _ring(scalp, across)
    ride, out = _ride(scalp, roots, ends)
    hang, out_below = _hang(ride[-1], across)
    outer = np.concatenate([ride, hang[1:]])
    normals = np.concatenate([out, out_below[1:]])
    flow = tangent(np.gradient(outer, axis=0), normals)
    rest = np.linspace(0, 1, len(outer))[:, None]
    border = np.minimum(across, 1 - across)[None] * (len(across) - 1) / 1.5
    whole = np.append(np.ones(len(outer) - 1), 0.0)[:, None]  # the last row is the hem
    fade = graded(np.minimum(whole, 0.55 + 0.45 * step(0, 1, border)))
    lift = (0.0008 + 0.0018 * step(0.02, 0.25, rest)) * np.ones_like(border)
    skin = outer - normals * (0.5 * lift)[..., None]
    sheet = HairSheet(skin, normals, flow, lift, 1 + 0 * lift, fade, 0.06, 0.3, lining=True)
    depth = 0.0004 + 0.007 * step(0.45, 0.75, rest) * np.ones_like(border)
    sheet.extra["lining"] = outer - normals * depth[..., None]
    return [sheet]


def _roots(scalp: Scalp, across: Floats) -> Floats:
    """Roots (n,3): down the left bank of the parting, around its end, up the right bank."""
    line = scalp.ridge(_PART, 0.0015)[::-1]
    line = line[line[:, 2] > _BACK]
    for _ in range(8):
        line[1:-1] = (line[:-2] + 2 * line[1:-1] + line[2:]) / 4
    along = np.clip(np.minimum(across, 1 - across) / 0.36, 0, 1)
    on_line = np.stack([np.interp(along, np.linspace(0, 1, len(line)), line[:, k]) for k in range(3)], 1)
    turn = np.pi * np.clip((across - 0.34) / 0.32, 0, 1)
    bank = np.stack([np.cos(turn), 0 * turn, -0.8 * np.sin(turn)], 1)
    return on_line + 0.0010 * bank


def _ring(scalp: Scalp, across: Floats) -> Floats:
    """Where each column leaves the head (n,3): at `_LEVEL`, evenly from front edge to front edge."""
    angle = np.linspace(_FRONT, 2 * np.pi - _FRONT, 400)
    middle = np.array([0.0, _LEVEL, -0.075])
    rays = middle + 0.09 * np.stack([np.sin(angle), 0 * angle, np.cos(angle)], 1)
    found, _ = scalp.project(rays, 0.0)
    found[:, 1] = _LEVEL
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(found, axis=0), axis=1))])
    return np.stack([np.interp(across * along[-1], along, found[:, k]) for k in range(3)], 1)


def _ride(scalp: Scalp, roots: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """From root to ring over the skull, kept off the face: points and normals (rows, n, 3)."""
    t = np.linspace(0, 1, _RIDE)[:, None, None] ** 1.1
    a, b = unit(roots - CENTRE), unit(ends - CENTRE)
    angle = np.arccos(np.clip((a * b).sum(1), -1, 1))[None, :, None]
    ray = (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle)
    p = (CENTRE + 0.1 * ray).reshape(-1, 3)
    for _ in range(12):
        p, normal = scalp.project(p, 0.0)
        lack = np.maximum(0.0025 - scalp.line.field(p), 0) * (p[:, 1] > 0.012)
        p = p + 0.7 * lack[:, None] * tangent(scalp.slope(p), normal)
    grid = (*t.shape[:1], len(roots), 3)
    p = _even_rows(_even_rows(p.reshape(grid)))
    travelled = np.cumsum(np.linalg.norm(np.diff(p, axis=0, prepend=p[:1]), axis=2), 0)
    q, normal = scalp.project(p.reshape(-1, 3), 0.0)
    edge = step(-0.002, 0.030, scalp.line.field(q))
    side = np.exp(-(((q[:, 2] + 0.088) / 0.034) ** 2)) * step(0.050, 0.006, q[:, 1])  # over the ears
    full = _HEIGHT * step(-0.006, 0.060, travelled.ravel()) * (0.35 + 0.65 * np.maximum(edge, side))
    lock = 1 + 0.10 * noise(q * [1, 0.35, 1], 0.016, 5) * step(0.01, 0.05, travelled.ravel())
    lift = 0.0012 + (full + 0.0125 * side) * lock
    return (q + normal * lift[:, None]).reshape(grid), normal.reshape(grid)


def _even_rows(p: Floats) -> Floats:
    """Columns of evenly spaced points, smoothed across and along; both ends stay."""
    out = p.copy()
    out[1:-1] = (p[:-2] + 2 * p[1:-1] + p[2:]) / 4
    out[1:-1, 1:-1] = (out[1:-1, :-2] + 2 * out[1:-1, 1:-1] + out[1:-1, 2:]) / 4
    return out


def _hang(top: Floats, across: Floats) -> tuple[Floats, Floats]:
    """Below the ring: outwards a little, then in at the tips. Points and normals (rows, n, 3)."""
    t = np.append(np.linspace(0, _FRAY, _HANG - 1), 1.0)[:, None]
    out = unit((top - [0, 0, -0.078]) * [1, 0, 1])
    back = step(-0.07, -0.14, top[:, 2])
    hem = _HEM + 0.014 * back
    y = top[:, 1] + (hem - top[:, 1]) * t
    bulge = 0.010 * np.sin(np.pi * np.minimum(t * 0.85, 1)) - (0.016 + 0.012 * back) * t**2.2
    lock = 0.0022 * noise(np.stack([40 * across, 0 * across, 0 * across], 1), 1.0, 9) * t
    points = np.stack([np.broadcast_to(top[:, 0], y.shape), y, np.broadcast_to(top[:, 2], y.shape)], -1)
    points = points + (bulge + lock)[..., None] * out
    points[..., 2] -= 0.012 * t * step(-0.09, -0.05, top[:, 2])
    slope = np.gradient(bulge, axis=0) / np.maximum(np.abs(np.gradient(y, axis=0)), 1e-4)
    normals = unit(out + slope[..., None] * np.array([0.0, 1.0, 0.0]))
    return points, normals
