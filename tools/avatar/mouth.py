"""Teeth, gums and tongue.

Does not: make lips or the cavity's wall (they belong to the skin). The upper teeth stay with the skull; the
lower ones follow the jaw by the affine motion that each face unit gives MakeHuman's own lower teeth.
"""

from __future__ import annotations

import numpy as np

from tools.avatar import surface
from tools.avatar.basemesh import Floats, Ints
from tools.avatar.colour import linear, step
from tools.avatar.head import Head
from tools.avatar.part import Part, join, rigid
from tools.avatar.person import Person, Shape

_UPPER = (8.4, 6.6, 7.6, 6.8, 6.6)  # crown widths from the middle outwards, millimetres
_LOWER = (5.4, 5.8, 6.8, 6.9, 7.0)
_HEIGHTS_UP = (9.6, 8.4, 9.2, 7.8, 7.0)
_HEIGHTS_LOW = (8.2, 8.4, 8.8, 7.6, 7.0)
_COLUMNS, _ROWS = 6, 5


def lip_line(head: Head) -> tuple[Floats, float]:
    """Where the lips meet in the middle (point), and the z that the upper teeth may reach behind them."""
    near = (np.abs(head.points[:, 0]) < 0.0022) & (head.points[:, 2] > 0.005)
    near &= (head.points[:, 1] < -0.045) & (head.points[:, 1] > -0.09)
    moved = np.linalg.norm(head.morphs["jawOpen"][0], axis=1) > 0.006
    upper = head.points[near & ~moved]
    low = upper[upper[:, 1].argmin()]
    wall = upper[(upper[:, 1] > low[1] + 0.001) & (upper[:, 1] < low[1] + 0.009)]
    return low, float(wall[:, 2].min() - 0.0009)


def build(person: Person, shape: Shape, head: Head) -> Part:
    """One part with vertex colours."""
    line, front = lip_line(head)
    upper = _row(_UPPER, _HEIGHTS_UP, line[1] - 0.0010, front, 1.0)
    lower = _row(_LOWER, _HEIGHTS_LOW, line[1] - 0.0030, front - 0.0026, -1.0)
    gums = [
        _gum(_UPPER, line[1] + 0.0078, front, 1.0),
        _gum(_LOWER, line[1] - 0.0108, front - 0.0028, -1.0),
    ]
    jaw = [_follow_jaw(p, shape) for p in (lower, gums[1])]
    part = join("Mouth", "mouth", [upper, gums[0], *jaw, _tongue(shape, line)])
    part.normals = _bent(part.normals)
    return part


def _bent(normals: Floats) -> Floats:
    """Normals turned to the opening: lights cast no shadow in there; none may come from behind."""
    bent = 0.45 * normals + np.array([0.0, -0.22, 0.85])
    return np.asarray(bent / np.linalg.norm(bent, axis=1, keepdims=True))


def _arch(distance: Floats, front: float) -> tuple[Floats, Floats, Floats]:
    """Points, outward normals and depth 0-1 on the dental arch at a distance along it from the middle."""
    width, depth = 0.0222, 0.034
    angle = np.linspace(0, np.pi / 2, 400)
    length = np.concatenate(
        [[0], np.cumsum(np.hypot(width * np.diff(np.sin(angle)), depth * np.diff(np.cos(angle))))]
    )
    turn = np.sign(distance) * np.interp(np.abs(distance), length, angle)
    points = np.stack([width * np.sin(turn), 0 * turn, front - depth * (1 - np.cos(turn))], -1)
    out = np.stack([np.sin(turn) / width, 0 * turn, np.cos(turn) / depth], -1)
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    return points, out, np.abs(turn) / (np.pi / 2)


def _row(
    widths: tuple[float, ...], heights: tuple[float, ...], edge: float, front: float, up: float
) -> Part:
    crowns = []
    for side in (-1, 1):
        start = 0.0
        for k, (width, height) in enumerate(zip(widths, heights, strict=True)):
            middle = side * (start + width / 2) / 1000
            start += width
            crowns.append(_crown(k, middle, width / 2000, height / 1000, edge, front, up))
    return join("Teeth", "mouth", crowns)


def _crown(k: int, middle: float, half: float, height: float, edge: float, front: float, up: float) -> Part:
    """One tooth as a shell: columns across, rows from the gum to the edge and over it."""
    across, along = np.meshgrid(np.linspace(-1, 1, _COLUMNS), np.linspace(0, 1.12, _ROWS))
    u, v = across.ravel(), along.ravel()
    over = np.clip(v - 1, 0, 1)
    v = np.minimum(v, 1)
    wide = half * 0.985 * (0.80 + 0.20 * step(0, 0.65, v) - 0.10 * step(0.80, 1.0, v))
    base, out, depth = _arch(middle + wide * u, front)
    round_ = (1 - np.abs(u) ** 3.0) * 0.0014
    pointed = 0.0011 * (k == 2) * (1 - np.abs(u)) - 0.0007 * np.abs(u) ** 4 - 0.0006 * (k in (1, 3, 4))
    lean = -0.0012 * v**2 * (1 if up > 0 else 0.2) + 0.0008 * np.sin(np.pi * v)
    y = edge + up * height * (1 - v) - up * pointed * step(0.6, 1, v)
    points = base + out * (round_ + lean - 0.0028 * over / 0.12)[:, None]
    points[:, 1] = y
    ivory = linear([214, 202, 184])
    near_gum = step(0.45, 0.0, v)[:, None]
    colour = ivory * (1 - near_gum * (1 - np.array([0.86, 0.74, 0.58])))
    colour = colour * (1 - 0.45 * np.abs(u) ** 5 - 0.16 * step(0.7, 1, v))[:, None]
    colour = colour * (1 - 0.82 * step(0.20, 0.80, depth))[:, None] * (0.92 if up < 0 else 1.0)
    return _grid_part(points, colour, _ROWS, _COLUMNS, out)


def _gum(widths: tuple[float, ...], level: float, front: float, up: float) -> Part:
    reach = sum(widths) / 1000
    d = np.linspace(-reach, reach, 25)
    rows = []
    for rise, bulge in ((-0.0012, 0.0000), (0.0010, 0.0010), (0.0050, 0.0004)):
        base, out, _ = _arch(d, front)
        point = base + out * bulge
        point[:, 1] = level + up * rise
        rows.append(point)
    _, out, depth = _arch(np.tile(d, 3), front)
    colour = linear([150, 78, 74]) * (1 - 0.55 * step(0.2, 0.9, depth))[:, None]
    return _grid_part(np.concatenate(rows), colour, 3, 25, out)


def _grid_part(points: Floats, colour: Floats, rows: int, columns: int, outward: Floats) -> Part:
    tris = grid_tris(rows, columns)
    normals = surface.normals(points, tris)
    if (normals * outward).sum() < 0:
        tris = tris[:, ::-1]
        normals = -normals
    rgba = np.concatenate([colour, np.ones((len(points), 1))], 1)
    return Part(
        "",
        "mouth",
        points,
        normals,
        tris,
        np.zeros((len(points), 2)),
        rgba,
        weights=rigid(len(points), "Head"),
    )


def grid_tris(rows: int, columns: int) -> Ints:
    """Triangles of a rows x columns grid of points, row by row."""
    a = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    return np.concatenate(
        [np.stack([a, a + columns, a + 1], 1), np.stack([a + 1, a + columns, a + columns + 1], 1)]
    )


def _follow_jaw(part: Part, shape: Shape) -> Part:
    teeth = shape.base.vertices("helper-lower-teeth")
    known = np.c_[shape.points[teeth], np.ones(len(teeth))]
    for name, morph in shape.morphs.items():
        if np.abs(morph[teeth]).max() > 2e-4:
            motion, *_ = np.linalg.lstsq(known, morph[teeth], rcond=None)
            part.morphs[name] = (np.c_[part.points, np.ones(len(part.points))] @ motion, None)
    return part


def _tongue(shape: Shape, line: Floats) -> Part:
    base = shape.base
    faces = base.of("helper-tongue")
    used, quads = np.unique(base.quads[faces], return_inverse=True)
    quads = quads.reshape(-1, 4)
    points = shape.points[used] * [0.86, 1, 1] - [0, 0.0065, 0.005]
    tris = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    normals = surface.normals(points, quads)
    back = step(0.010, -0.018, points[:, 2])[:, None]
    groove = np.exp(-((points[:, :1] / 0.002) ** 2)) * 0.15
    colour = linear([150, 66, 66]) * (1 - 0.9 * back) * (1 - groove)
    rgba = np.concatenate([colour, np.ones((len(points), 1))], 1)
    part = Part("", "mouth", points, normals, tris, np.zeros((len(points), 2)), rgba)
    for name, morph in shape.morphs.items():
        if np.abs(morph[used]).max() > 2e-4:
            part.morphs[name] = (morph[used], None)
    return part
