"""Hair as sheets: a grid of points that covers the scalp like cloth, with the way its strands run.

Does not: know a style (`hairstyles`), paint strands (`hairpaint`) nor shade them (`hair`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage

from tools.avatar.basemesh import Floats
from tools.avatar.mouth import grid_tris
from tools.avatar.scalp import CENTRE, Scalp
from tools.avatar.surface import Mesh

Box = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass
class HairSheet:
    """Rows run along the strands' general way, columns across; all arrays begin with (rows, columns).

    skin and normals (...,3): where the hair stands and which way is out. flow (...,3): the way strands lie.
    lift (...): metres from the skin to the surface that hides what is below. inside (...): about metres
    within the hair's border; negative parts are cut away. fade (...): what `graded` makes of the share of
    strands that have not ended yet. fluff: metres by which single hairs stand above the surface; lean: how
    far they lie over, in fluffs. `box` is the place in the texture.
    """

    skin: Floats
    normals: Floats
    flow: Floats
    lift: Floats
    inside: Floats
    fade: Floats
    strand: float  # length of a painted strand, metres
    fluff: float
    lean: float = 1.0
    box: Box = WHOLE
    tone: float = 1.0
    lining: bool = False
    extra: dict[str, Floats] = field(default_factory=dict)

    def uvs(self) -> Floats:
        """Texture coordinates (rows, columns, 2), v down."""
        rows, columns = self.lift.shape
        u0, v0, u1, v1 = self.box
        v, u = np.meshgrid(np.linspace(v0, v1, rows), np.linspace(u0, u1, columns), indexing="ij")
        return np.stack([u, v], -1)

    def at(self, above: float = 0.0) -> Floats:
        """Points (rows, columns, 3) of the surface, or of the share `above` of the fluff over it."""
        fluff = above * np.minimum(self.fluff, 0.0004 + 0.8 * self.lift)
        out = (self.lift + fluff)[..., None] * self.normals
        return np.asarray(self.skin + out + (self.lean * fluff)[..., None] * self.flow)

    def mesh(self, points: Floats) -> Mesh:
        """A layer as triangles; its uvs carry the texture's place."""
        rows, columns = self.lift.shape
        tris = grid_tris(rows, columns)
        outward = self.normals.reshape(-1, 3)[tris].sum(1)
        flat = points.reshape(-1, 3)
        a, b, c = (flat[tris[:, k]] for k in range(3))
        if (np.cross(b - a, c - a) * outward).sum() < 0:
            tris = tris[:, ::-1]
        return Mesh(flat, tris, self.uvs().reshape(-1, 2), np.arange(len(flat)))


CUTOFF, LOWEST = 0.36, 0.42  # alpha below which nothing is drawn; alpha of the deepest strands


def graded(share: Floats) -> Floats:
    """The vertex alpha at which about `share` (0-1) of the painted strands is drawn."""
    return np.asarray(CUTOFF / (1 - (1 - LOWEST) * np.clip(share, 0, 1)))


def unit(v: Floats) -> Floats:
    """Unit vectors along the last axis; zero stays zero."""
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9))


def tangent(v: Floats, normals: Floats) -> Floats:
    """Unit vectors: `v` without its part along the normals."""
    return unit(v - normals * (v * normals).sum(-1, keepdims=True))


def polar(scalp: Scalp, pole: Floats, rows: int, columns: int, margin: float) -> tuple[Floats, Floats]:
    """The scalp as circles around `pole`: points and normals (rows, columns, 3); the last column closes it.

    The rim lies `margin` metres outside the hairline and wavers little: no column lies across another.
    """
    axis = unit(pole - CENTRE)
    first = tangent(np.array([0.0, 0.0, 1.0]), axis)
    second = np.cross(axis, first)
    turn = np.linspace(0, 2 * np.pi, columns)
    around = np.cos(turn)[:, None] * first + np.sin(turn)[:, None] * second

    def on_skin(angle: Floats) -> tuple[Floats, Floats]:
        ray = np.cos(angle)[..., None] * axis + np.sin(angle)[..., None] * around
        q = (CENTRE + 0.1 * ray).reshape(-1, 3)
        for _ in range(2):
            q, normal = scalp.project(q, 0.0)
            q = CENTRE + ray.reshape(-1, 3) * np.linalg.norm(q - CENTRE, axis=1, keepdims=True)
        q, normal = scalp.project(q, 0.0)
        return q.reshape(*angle.shape, 3), normal.reshape(*angle.shape, 3)

    probe = np.broadcast_to(np.radians(np.arange(2, 150, 1.0))[:, None], (148, columns))
    found, _ = on_skin(probe)
    within = scalp.line.field(found) > -margin
    rim = np.where(within.any(0), probe[147 - within[::-1].argmax(0), 0], 0.6)
    wide = ndimage.maximum_filter1d(rim[:-1], max(3, columns // 12), mode="wrap")
    rim = ndimage.gaussian_filter1d(wide, columns / 40, mode="wrap")
    share = np.linspace(0.012, 1, rows)[:, None]
    return on_skin(share * np.append(rim, rim[0]))


def combed(points: Floats, normals: Floats, way: Callable[[Floats, Floats], Floats]) -> Floats:
    """The strands' direction (rows, columns, 3) from a wish at flat arrays of points and normals."""
    flat, out = points.reshape(-1, 3), normals.reshape(-1, 3)
    return tangent(way(flat, out), out).reshape(points.shape)
