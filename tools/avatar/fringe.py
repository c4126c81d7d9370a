"""Lashes, brows and the soft shadow of the upper lid on the eye: one blended part with one small texture.

Does not: paint skin. Every point follows the lid or the skin below it through all morphs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from tools.avatar import surface
from tools.avatar.basemesh import Floats, Ints
from tools.avatar.brows import Brow
from tools.avatar.colour import linear
from tools.avatar.head import Head
from tools.avatar.mouth import grid_tris
from tools.avatar.part import Part, join
from tools.avatar.person import Person, Shape
from tools.avatar.strokes import Sheet

SIZE = 512
# bands of the texture (top, bottom) in v: two brows, upper lashes, lower lashes, lid shadow
_BANDS = {
    "brow0": (0.0, 0.22),
    "brow1": (0.22, 0.44),
    "upper": (0.44, 0.70),
    "lower": (0.70, 0.88),
    "shade": (0.88, 1.0),
}
_COLUMNS = 20


def build(person: Person, shape: Shape, head: Head) -> Part:
    """The part named Fringe, material "fringe"."""
    pieces = []
    for side, sign in (("l", 1.0), ("r", -1.0)):
        for lid, number in (("upper", 2), ("lower", 1)):
            root, tip = _lid(shape, side, number)
            pieces.append(_lash(person, shape, side, lid, root, tip))
            if lid == "upper":
                pieces.append(_shade(shape, side, root))
        pieces += [_brow(person, head, shape, sign, layer) for layer in (0, 1)]
    return join("Fringe", "fringe", pieces)


_Curve = Callable[[Floats], Floats]  # an array over all base vertices (n,3) to the resampled chain (c,3)


def _lid(shape: Shape, side: str, number: int) -> tuple[_Curve, _Curve]:
    """Samplers of a lash strip's root line and outer line, inner corner to outer corner."""
    quads = shape.base.quads[shape.base.of(f"helper-{side}-eyelashes-{number}")]
    loop = _border(quads)
    points = shape.points[loop]
    x = np.abs(points[:, 0])
    first, last = int(x.argmin()), int(x.argmax())
    n = len(loop)
    forward = [loop[(first + k) % n] for k in range((last - first) % n + 1)]
    backward = [loop[(first - k) % n] for k in range((first - last) % n + 1)]
    centre = shape.centre(f"helper-{side}-eye")

    def distance(chain: list[int]) -> float:
        return float(np.linalg.norm(shape.points[chain] - centre, axis=1).mean())

    root, tip = sorted((forward, backward), key=distance)
    return _sampler(shape, root), _sampler(shape, tip)


def _border(quads: Ints) -> list[int]:
    """The closed ring of a strip's outer vertices."""
    count: dict[tuple[int, int], int] = {}
    for quad in quads.tolist():
        for a, b in zip(quad, quad[1:] + quad[:1], strict=True):
            count[(min(a, b), max(a, b))] = count.get((min(a, b), max(a, b)), 0) + 1
    near: dict[int, list[int]] = {}
    for (a, b), uses in sorted(count.items()):
        if uses == 1 and a != b:
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    ring = [min(near)]
    while len(ring) < len(near):
        fresh = [v for v in near[ring[-1]] if v not in ring]
        if not fresh:
            break
        ring.append(fresh[0])
    return ring


def _sampler(shape: Shape, chain: list[int]) -> _Curve:
    points = shape.points[chain]
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    at = np.linspace(0, length[-1], _COLUMNS)

    def sample(values: Floats) -> Floats:
        return np.stack([np.interp(at, length, values[chain][:, k]) for k in range(3)], 1)

    return sample


def _lash(person: Person, shape: Shape, side: str, lid: str, root: _Curve, tip: _Curve) -> Part:
    t = np.linspace(0, 1, _COLUMNS)
    feminine = person.gender == "female"
    reach = {"upper": 1.15 if feminine else 0.80, "lower": 0.7 if feminine else 0.5}[lid]
    grow = (reach * (0.55 + 0.45 * np.sin(np.pi * np.clip(t, 0.08, 0.9) ** 1.2)))[:, None]
    curl = np.array([0, 1, 0.25]) * (0.0009 if lid == "upper" else -0.0004) * grow

    def rows(values: Floats, bent: bool) -> Floats:
        a, b = root(values), tip(values)
        steps = [a + (b - a) * grow * s + (curl * s**2 if bent else 0) for s in (0.0, 0.35, 0.7, 1.0)]
        return np.concatenate(steps)

    points = rows(shape.points, True)
    morphs: dict[str, tuple[Floats, Floats | None]]
    morphs = {n: (rows(m, False), None) for n, m in shape.morphs.items() if np.abs(root(m)).max() > 5e-5}
    colour = linear([20, 15, 13] if feminine else [28, 21, 18])
    strength = float(person.brows.get("lashes", 1.0 if feminine else 0.9)) * (1 if lid == "upper" else 0.7)
    return _strip(points, 4, lid, colour, strength, morphs, np.array([0, 0, 1.0]))


def _shade(shape: Shape, side: str, root: _Curve) -> Part:
    """A dark veil that hangs from the upper lid over the eyeball."""
    centre = shape.centre(f"helper-{side}-eye")
    line = root(shape.points)
    radius = np.linalg.norm(line - centre, axis=1, keepdims=True)
    points = []
    for drop, out in ((-0.0008, 0.0), (0.0012, 0.0003), (0.0034, 0.0005)):
        moved = line - centre - [0, drop, 0]
        points.append(
            centre + moved / np.linalg.norm(moved, axis=1, keepdims=True) * (radius * 0.995 + out)
        )
    morphs: dict[str, tuple[Floats, Floats | None]] = {
        n: (np.tile(root(m), (3, 1)), None) for n, m in shape.morphs.items() if np.abs(root(m)).max() > 5e-5
    }
    return _strip(
        np.concatenate(points),
        3,
        "shade",
        np.array([0.012, 0.006, 0.005]),
        0.62,
        morphs,
        np.array([0, 0, 1.0]),
    )


def _strip(
    points: Floats,
    rows: int,
    band: str,
    colour: Floats,
    alpha: float,
    morphs: dict[str, tuple[Floats, Floats | None]],
    normal: Floats,
) -> Part:
    columns = len(points) // rows
    v0, v1 = _BANDS[band]
    u, v = np.meshgrid(np.linspace(0.004, 0.996, columns), np.linspace(v0 + 0.004, v1 - 0.004, rows))
    rgba = np.tile(np.append(colour, alpha), (len(points), 1))
    normals = np.tile(normal, (len(points), 1)) if normal.ndim == 1 else normal
    uvs = np.stack([u.ravel(), v.ravel()], 1)
    tris = grid_tris(rows, columns)
    if (surface.normals(points, tris) * normals).sum() < 0:
        tris = tris[:, ::-1]
    return Part("", "fringe", points, normals, tris, uvs, rgba, morphs)


def _brow(person: Person, head: Head, shape: Shape, sign: float, layer: int) -> Part:
    """A strip on the brow's ridge, `layer` raising it; the skin carries it."""
    brow, eye = Brow.of(person), shape.centre("helper-l-eye")
    t = np.linspace(-0.10, 1.08, _COLUMNS - 4)
    across = np.array([-2.4, -0.8, 0.8, 2.4])[::-1]
    x = np.tile(brow.inner + brow.length * t, 4) * sign
    y = (
        eye[1]
        + brow.height(np.clip(t, 0, 1.1))[None]
        + across[:, None] * np.maximum(brow.half_width(t), 0.3 * brow.half)[None]
    ).ravel()
    front = np.flatnonzero(
        (head.normals[:, 2] > 0.0)
        & (np.abs(head.points[:, 1] - 0.02) < 0.05)
        & (np.abs(head.points[:, 0]) < 0.08)
    )
    near = cKDTree(head.points[front][:, :2])
    far, index = near.query(np.stack([x, y], 1), k=6)
    weight = np.asarray(1 / (far + 3e-4) ** 2)
    weight /= weight.sum(1, keepdims=True)
    pick = front[index]

    def carried(values: Floats) -> Floats:
        return np.asarray((values[pick] * weight[..., None]).sum(1))

    normals = carried(head.normals)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    base = carried(head.points)
    points = np.stack([x, y, base[:, 2]], 1) + normals * (0.0006 + 0.0009 * layer)
    morphs: dict[str, tuple[Floats, Floats | None]] = {
        n: (carried(m[0]), None) for n, m in head.morphs.items() if np.abs(carried(m[0])).max() > 5e-5
    }
    colour = linear(person.brows["colour"]) * (0.85 + 0.3 * layer)
    return _strip(points, 4, f"brow{layer}", colour, 0.95 - 0.15 * layer, morphs, normals)


def paint(person: Person) -> NDArray[np.uint8]:
    """RGBA (s,s,4): white-to-grey strands, coverage in alpha."""
    rng = np.random.default_rng(person.seed)
    image = np.zeros((SIZE, SIZE, 4))
    image[..., :3] = 1.0
    for band, (v0, v1) in _BANDS.items():
        top, bottom = round(v0 * SIZE), round(v1 * SIZE)
        tall = bottom - top
        if band == "shade":
            fall = np.linspace(1, 0, tall) ** 1.6
            ends = np.clip(np.minimum(np.linspace(0, 9, SIZE), np.linspace(9, 0, SIZE)), 0, 1)
            image[top:bottom, :, 3] = fall[:, None] * ends
            continue
        sheet = Sheet(SIZE, tall)
        if band in ("upper", "lower"):  # the roots merge into a dark line along the lid
            sheet.stroke(
                np.stack([np.linspace(8, SIZE - 8, 12), np.full(12, 1.0)], 1), 0.16 * tall, 0.4, 0.8
            )
        (_draw_brow if band.startswith("brow") else _draw_lashes)(sheet, person, rng, band)
        cover, shade = sheet.images()
        image[top:bottom, :, 3] = cover
        image[top:bottom, :, :3] = (0.55 + 0.9 * shade)[..., None]
    return np.round(np.clip(image, 0, 1) * 255).astype(np.uint8)


def _draw_lashes(sheet: Sheet, person: Person, rng: np.random.Generator, band: str) -> None:
    wide, tall = sheet.size
    count = {"upper": 96, "lower": 54}[band]
    if person.gender == "male":
        count = round(count * 0.8)
    for k in range(count):
        x = (k + 0.5 + rng.normal(0, 0.25)) / count
        fan = (x - 0.42) * 46 + rng.normal(0, 6)  # lashes lean away from the middle
        length = tall * rng.uniform(0.70, 0.97) * (0.75 + 0.25 * np.sin(np.pi * x))
        s = np.linspace(0, 1, 10)
        path = np.stack([x * wide + fan * s**1.3, 1 + s * length], 1)
        sheet.stroke(path, rng.uniform(3.0, 4.6), 0.4, 1.0, root=1.0)


def _draw_brow(sheet: Sheet, person: Person, rng: np.random.Generator, band: str) -> None:
    wide, tall = sheet.size
    brow = Brow.of(person)
    count = round((330 if band == "brow0" else 190) * float(person.brows["density"]))
    pixels = wide / (1.18 * brow.length)
    for _ in range(count):
        t = rng.random()
        if rng.random() > 0.22 + t / 0.26:  # sparse where it begins
            continue
        half = tall / 4.8  # one half-width of the brow, in pixels
        off = rng.uniform(-1, 1)
        x, y = (t + 0.10) / 1.18 * wide, tall / 2 - off * half
        up = np.radians(56 * (1 - t) ** 1.3 - 8 - 14 * t + (-16 * off * (0.3 + t)) + rng.normal(0, 8))
        length = 0.0066 * pixels * (1 - 0.25 * t) * rng.uniform(0.7, 1.15)
        s = np.linspace(0, 1, 8)[:, None]
        rise = half / (brow.half * 0.75) / pixels  # texels are not square on the skin
        ahead = np.array([np.cos(up), -np.sin(up) * min(rise, 1.4)])
        bend = np.array([0.25, 0.22]) * length * s**2
        path = np.array([x, y]) + ahead * length * s + bend
        tone = 0.45 + rng.normal(0, 0.14) + (0.5 if rng.random() < float(person.hair.get("grey", 0)) else 0)
        sheet.stroke(path, rng.uniform(1.7, 2.7) * (1 - 0.2 * t), tone, rng.uniform(0.6, 0.95), root=0.7)
