"""Hair as cards: strands of a style become textured ribbons with their own shade and occlusion.

Does not: decide how a style falls (`hairstyles`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

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
FULL, THIN, SPIKES = (0, 3), (3, 6), (6, 9)  # columns of the texture: full locks, loose ones, pointed ones
_LOCKS = 9
# Light from the front and above, seen from the front: where the painted sheen of the strands lies.
_SHEEN = np.array([-0.20, 0.68, 0.705])


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
    outward = grid_tris(s, 2)[:, ::-1]  # wound like the normals, or three.js lights the cards from behind
    tris = np.concatenate([outward + k * s * 2 for k in range(n)])
    u = (strands.column[:, None, None] + np.array([0.02, 0.98])) / _LOCKS
    uvs = np.stack(np.broadcast_arrays(u, t[None, :, None]), -1).reshape(n * s * 2, 2)
    flat = points.reshape(-1, 3)
    colours = _colours(person, strands, flat, normals.reshape(-1, 3), tris, skin, seed)
    colours[:, :3] += _sheen(strands, tangent, seed)[:, None] * np.minimum(
        1.8 * colours[:, :3] + 0.008, 0.10
    )
    return Part(
        "Hair", "hair", flat, normals.reshape(-1, 3), tris, uvs, colours, weights=rigid(len(flat), "Head")
    )


def _sheen(strands: Strands, tangent: Floats, seed: int) -> Floats:
    """How strongly each point (n*s*2,) catches the light: Kajiya and Kay's highlight, baked."""
    n = len(strands.paths)
    rng = np.random.default_rng(seed + 7)
    shift = rng.normal(0.06, 0.10, n)[:, None, None]
    along = tangent + shift * strands.normals
    along /= np.linalg.norm(along, axis=2, keepdims=True)
    across = np.sqrt(np.clip(1 - (along @ _SHEEN) ** 2, 0, 1))
    facing = np.clip((strands.normals @ _SHEEN) * 1.5 + 0.1, 0, 1)
    bright = (0.7 * across**18 + 0.3 * across**5) * facing * rng.uniform(0.4, 1.2, n)[:, None]
    return np.asarray(np.repeat(bright.reshape(-1), 2))


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
    grey = float(person.hair.get("grey", 0))
    share = np.clip(rng.normal(grey, 0.14, n), 0, 1)[:, None, None, None] * (grey > 0)
    colour = colour + 0.7 * share * (linear([190, 188, 186]) - colour)
    colour = np.broadcast_to(colour * strands.tone[:, None, None, None], (n, s, 2, 3)).reshape(-1, 3)
    blockers = np.concatenate([bake.scatter(*skin, 120_000, rng), bake.scatter(points, tris, 160_000, rng)])
    sky = bake.openness(points, normals, blockers, 64, cell=0.0028, gap=0.0030)
    floor = float(person.hair.get("occlusion_floor", 0.22))
    shade = np.clip(floor + (1.17 - floor) * sky, 0, 1)[:, None]
    return np.concatenate([colour * shade, np.ones((len(points), 1))], 1)


def paint(person: Person) -> NDArray[np.uint8]:
    """RGBA (s,s,4): brightness of single hairs, coverage in alpha; roots at the top."""
    rng = np.random.default_rng(person.seed + 1)
    columns = []
    for k in range(_LOCKS):
        edges = np.linspace(0, SIZE, _LOCKS + 1).round().astype(int)
        columns.append(_lock(edges[k + 1] - edges[k], rng, k, person.hair))
    image = np.concatenate(columns, 1)
    return np.round(np.clip(image, 0, 1) * 255).astype(np.uint8)


def _lock(wide: int, rng: np.random.Generator, column: int, hair: dict[str, Any]) -> Floats:
    sheet = Sheet(wide, SIZE)
    rough, fade = float(hair.get("curl", 0.3)), float(hair["root_fade"])
    full, pointed = column < FULL[1], column >= SPIKES[0]
    thin = not full
    count = 90 if full else 34 if pointed else 24
    point = 0.86 if pointed else 0.35
    middle, s = wide / 2, np.linspace(0, 1, 28)
    for k in range(count):
        across = rng.uniform(-1, 1) * (0.80 if thin else 0.90)
        gather = 1 - (point - 0.1 + 0.2 * rng.random()) * s ** (1.3 if pointed else 2.0)
        sway = rough * wide * 0.05 * np.sin(2 * np.pi * (rng.uniform(0.4, 1.1) * s + rng.random()))
        x = middle + across * middle * gather + sway * s
        end = SIZE * (rng.uniform(0.60, 0.99) if k % 3 else rng.uniform(0.9, 1.0))
        begin = SIZE * rng.uniform(0.0, fade) if thin else SIZE * rng.uniform(-0.01, 0.5 * fade)
        path = np.stack([np.clip(x, 1, wide - 2), begin + s * (end - begin)], 1)
        sheet.stroke(
            path,
            rng.uniform(1.6, 3.0) if thin else rng.uniform(2.2, 4.4),
            0.5 + rng.normal(0, 0.21),
            root=0.2 if thin else 1.0,
        )
    cover, shade = sheet.images()
    if not thin:  # the root is closed, so that no scalp shines through
        cover = np.maximum(
            cover,
            np.clip(np.linspace(1.0, -1.0, SIZE), 0, 1)[:, None] ** 0.6
            * (np.arange(SIZE) > SIZE * 0.5 * fade)[:, None]
            * (np.abs(np.arange(wide) - middle) < middle * 0.82),
        )
    value = np.where(cover > 0.02, 0.35 + 1.05 * shade, 0.8)
    return np.concatenate([np.clip(np.repeat(value[..., None], 3, 2), 0, 1), cover[..., None]], 2)
