"""Hair as cards: strands of a style become textured ribbons with their own shade and occlusion.

Does not: decide how a style falls (`hairstyles`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tools.avatar import bake
from tools.avatar.basemesh import Floats
from tools.avatar.colour import linear, step
from tools.avatar.mouth import grid_tris
from tools.avatar.part import Part, rigid
from tools.avatar.person import Person
from tools.avatar.strokes import Sheet

SIZE = 512
_LOCKS = 6  # columns of the texture: 0-3 full locks, 4-5 thin ones


@dataclass
class Strands:
    """paths and normals (n,s,3); width (n,) metres; tone, column of the texture, roll in radians (n,)."""

    paths: Floats
    normals: Floats
    width: Floats
    tone: Floats
    column: NDArray[np.int64]
    roll: Floats


def merge(groups: list[Strands]) -> Strands:
    """All groups as one; they share the number of steps."""
    return Strands(*(np.concatenate([getattr(g, f.name) for g in groups]) for f in fields(Strands)))


def cards(person: Person, strands: Strands, skin: tuple[Floats, NDArray[np.int64]], seed: int) -> Part:
    """The part named Hair, material "hair"."""
    n, s, _ = strands.paths.shape
    tangent = np.gradient(strands.paths, axis=1)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=2, keepdims=True), 1e-9)
    side = np.cross(tangent, strands.normals)
    side /= np.maximum(np.linalg.norm(side, axis=2, keepdims=True), 1e-9)
    up = np.cross(side, tangent)
    roll = strands.roll[:, None, None]
    side, up = side * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - side * np.sin(roll)
    t = np.linspace(0, 1, s)
    half = strands.width[:, None] / 2 * (0.75 + 0.25 * step(0, 0.2, t)) * (1 - 0.35 * step(0.7, 1, t))
    left, right = strands.paths - side * half[..., None], strands.paths + side * half[..., None]
    points = np.stack([left, right], 2).reshape(n, s * 2, 3)
    bent = [strands.normals + 0.55 * k * side for k in (-1, 1)]
    normals = np.stack(bent, 2).reshape(n, s * 2, 3)
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    tris = np.concatenate([grid_tris(s, 2) + k * s * 2 for k in range(n)])
    u = (strands.column[:, None, None] + np.array([0.02, 0.98])) / _LOCKS
    uvs = np.stack(np.broadcast_arrays(u, t[None, :, None]), -1).reshape(n * s * 2, 2)
    flat = points.reshape(-1, 3)
    colours = _colours(person, strands, flat, normals.reshape(-1, 3), tris, skin, seed)
    return Part(
        "Hair", "hair", flat, normals.reshape(-1, 3), tris, uvs, colours, weights=rigid(len(flat), "Head")
    )


def _colours(
    person: Person,
    strands: Strands,
    points: Floats,
    normals: Floats,
    tris: NDArray[np.int64],
    skin: tuple[Floats, NDArray[np.int64]],
    seed: int,
) -> Floats:
    n, s, _ = strands.paths.shape
    rng = np.random.default_rng(seed)
    root, tip = linear(person.hair["colour"]), linear(person.hair["tip"])
    t = step(0.15, 1.0, np.linspace(0, 1, s))[None, :, None, None]
    colour = root + t * (tip - root)
    grey = (rng.random(n) < float(person.hair.get("grey", 0)))[:, None, None, None]
    colour = np.where(grey, np.maximum(colour, 0) * 0.35 + linear([196, 194, 192]) * 0.65, colour)
    colour = np.broadcast_to(colour * strands.tone[:, None, None, None], (n, s, 2, 3)).reshape(-1, 3)
    blockers = np.concatenate([bake.scatter(*skin, 120_000, rng), bake.scatter(points, tris, 160_000, rng)])
    sky = bake.openness(points, normals, blockers, 64, cell=0.0028, gap=0.0030)
    shade = np.clip(0.22 + 0.95 * sky, 0, 1)[:, None]
    return np.concatenate([colour * shade, np.ones((len(points), 1))], 1)


def paint(person: Person) -> NDArray[np.uint8]:
    """RGBA (s,s,4): brightness of single hairs, coverage in alpha; roots at the top."""
    rng = np.random.default_rng(person.seed + 1)
    columns = []
    for k in range(_LOCKS):
        edges = np.linspace(0, SIZE, _LOCKS + 1).round().astype(int)
        columns.append(
            _lock(edges[k + 1] - edges[k], rng, thin=k >= 4, rough=float(person.hair.get("curl", 0.3)))
        )
    image = np.concatenate(columns, 1)
    return np.round(np.clip(image, 0, 1) * 255).astype(np.uint8)


def _lock(wide: int, rng: np.random.Generator, thin: bool, rough: float) -> Floats:
    sheet = Sheet(wide, SIZE)
    count = 26 if thin else 90
    middle, s = wide / 2, np.linspace(0, 1, 28)
    for k in range(count):
        across = rng.uniform(-1, 1) * (0.80 if thin else 0.90)
        gather = 1 - (0.25 + 0.2 * rng.random()) * s**2
        sway = rough * wide * 0.05 * np.sin(2 * np.pi * (rng.uniform(0.4, 1.1) * s + rng.random()))
        x = middle + across * middle * gather + sway * s
        end = SIZE * (rng.uniform(0.60, 0.99) if k % 3 else rng.uniform(0.9, 1.0))
        begin = SIZE * rng.uniform(0.0, 0.05) if thin else -2.0
        path = np.stack([np.clip(x, 1, wide - 2), begin + s * (end - begin)], 1)
        sheet.stroke(
            path,
            rng.uniform(1.6, 3.0) if thin else rng.uniform(2.2, 4.4),
            0.5 + rng.normal(0, 0.17),
            root=0.5 if thin else 1.0,
        )
    cover, shade = sheet.images()
    if not thin:  # the root is closed, so that no scalp shines through
        cover = np.maximum(
            cover,
            np.linspace(1.0, 0.0, SIZE)[:, None] ** 0.6
            * (np.arange(SIZE) > SIZE * 0.02)[:, None]
            * (np.abs(np.arange(wide) - middle) < middle * 0.82),
        )
    value = np.where(cover > 0.02, 0.35 + 1.05 * shade, 0.8)
    return np.concatenate([np.clip(np.repeat(value[..., None], 3, 2), 0, 1), cover[..., None]], 2)
