"""Garments: jackets with lapels or a plain edge, over what `shirts` makes.

Does not: shape the body's shells (`drape`) nor the small hard things (`trinkets`).
"""

from __future__ import annotations

import numpy as np

from tools.avatar import bake, surface
from tools.avatar.basemesh import Floats
from tools.avatar.colour import linear, step
from tools.avatar.drape import HEM, THREAD, Draper, Fit, shell
from tools.avatar.mouth import grid_tris
from tools.avatar.neck import Neck
from tools.avatar.part import BONES, Part, join
from tools.avatar.person import Person, Shape
from tools.avatar.shirts import Shirts
from tools.avatar.surface import Mesh

_AIM = np.array([0.94, 0.34, 0.0])  # from the gorge along the lapel's upper edge


class Wardrobe:
    """Dresses one person."""

    def __init__(self, person: Person, shape: Shape, neck: Neck) -> None:
        self.person, self.shape, self.neck = person, shape, neck
        self.outer = linear(person.clothes["outer"])
        self.inner = linear(person.clothes["shirt"])
        self.accent = linear(person.clothes["accent"])
        male = person.gender == "male"
        narrow = 0.20 if male else 0.14
        self.jacket = shell(shape, Fit(0.0135, 0.017 if male else 0.011, 16, 0.0020, narrow), person.seed)
        self.under = shell(shape, Fit(0.0055, 0.0, 8, 0.0010, narrow), person.seed + 1)
        self.on_jacket = Draper(self.jacket)
        self.button = float(person.clothes.get("button", -0.335))
        self.gorge = neck.ring(np.array([np.radians(52)]), -0.004, 0.013)[0]
        self.under.points[:] = self.tucked(self.under.points, 0.0045)
        self.on_under = Draper(self.under)

    def dress(self, skin: tuple[Floats, np.ndarray[tuple[int, int], np.dtype[np.int64]]]) -> Part:
        """All cloth as one part named Clothes, material "cloth", shaded by what covers it."""
        pieces = [self._jacket_body(), *self._jacket_front(), *Shirts(self).pieces()]
        part = join("Clothes", "cloth", pieces)
        rng = np.random.default_rng(self.person.seed)
        blockers = np.concatenate(
            [bake.scatter(*skin, 110_000, rng), bake.scatter(part.points, part.tris, 190_000, rng)]
        )
        # cloth is seen from both sides; the folded strips turn theirs
        sky = np.maximum(
            *(
                bake.openness(part.points, n, blockers, 96, 0.0035, 0.0045)
                for n in (part.normals, -part.normals)
            )
        )
        assert part.colours is not None
        part.colours[:, :3] *= np.clip(0.25 + 0.85 * sky, 0, 1)[:, None]
        spine = step(HEM - 0.02, -0.24, part.points[:, 1])
        part.weights = np.zeros((len(part.points), len(BONES)))
        part.weights[:, 0], part.weights[:, 1] = 1 - spine, spine
        return part

    # --- the jacket -------------------------------------------------------------------------------------

    def edge(self, y: Floats) -> Floats:
        """Half the width of the jacket's opening at height y: a V that rounds off at the button."""
        t = np.clip((y - self.button) / (self.gorge[1] - self.button), 0, 1.4)
        return np.asarray(self.gorge[0] * (0.94 * t + 0.06 * t**2) - 0.004)

    def _field(self, p: Floats) -> Floats:
        """About metres inside the jacket's cloth at points (n,3); negative in its opening, at the neck."""
        rel = p - self.neck.centre
        around = np.hypot(rel[:, 0], rel @ self.neck.ahead) - 0.066
        low = -(rel @ self.neck.up)
        collar = np.maximum(np.minimum(np.minimum(around, 0.05) - 0.022, low + 0.045), low + 0.002)
        front = step(-0.005, 0.02, rel @ self.neck.ahead)
        opening = np.minimum(np.abs(p[:, 0]) - self.edge(p[:, 1]), collar + 0.080)
        return np.asarray(collar + front * (opening - collar))

    def _jacket_body(self) -> Part:
        return self.cloth(surface.clip(self.jacket, self._field(self.jacket.points)), self.outer)

    def tucked(self, points: Floats, below: float) -> Floats:
        """Points (n,3) pressed to `below` metres under the jacket wherever it covers them."""
        laid, normal = self.on_jacket.lay(points, 0.0)
        above = ((points - laid) * normal).sum(1) + below
        press = step(-0.003, 0.006, self._field(points)) * np.maximum(above, 0)
        return np.asarray(points - normal * press[:, None])

    def cloth(self, mesh: Mesh, colour: Floats) -> Part:
        """A cut shell as cloth of one linear colour."""
        rgba = np.tile(np.append(colour, 1.0), (len(mesh.points), 1))
        normals = surface.normals(mesh.points, mesh.tris)
        return Part("", "cloth", mesh.points, normals, mesh.tris, mesh.uvs, rgba)

    def strip(self, grid: Floats, colour: Floats, mirror: bool = True) -> list[Part]:
        """A (rows, columns, 3) grid of points as cloth, and its mirror image."""
        rows, columns, _ = grid.shape
        along = np.cumsum(np.linalg.norm(np.diff(grid, axis=1, prepend=grid[:, :1]), axis=2), 1)
        across = np.cumsum(np.linalg.norm(np.diff(grid, axis=0, prepend=grid[:1]), axis=2), 0)
        uvs = np.stack([along, across], -1).reshape(-1, 2) / THREAD
        tris = grid_tris(rows, columns)
        parts = []
        for sign in (1.0, -1.0) if mirror else (1.0,):
            points = grid.reshape(-1, 3) * [sign, 1, 1]
            faces = tris
            normals = surface.normals(points, faces)
            if (normals * (points - self.neck.centre - [0, 0, -0.01])).sum() < 0:
                faces, normals = faces[:, ::-1], -normals
            rgba = np.tile(np.append(colour, 1.0), (len(points), 1))
            parts.append(Part("", "cloth", points, normals, faces, uvs, rgba))
        return parts

    def _jacket_front(self) -> list[Part]:
        if self.person.clothes["kind"] == "jacket":
            return self._band()
        return [*self._lapels(), *self._jacket_collar()]

    def _fold(self, t: Floats) -> Floats:
        """The line along which the lapel turns over, from the button (0) to the gorge (1); z not set."""
        y = self.button + (self.gorge[1] - self.button) * t
        return np.stack([self.edge(y) - 0.001, y, 0 * t], 1)

    def _lapels(self) -> list[Part]:
        t = np.linspace(0.0, 1.0, 26)
        fold = self._fold(t)
        tip = 0.80
        wide = np.where(t < tip, 0.074 * (t / tip) ** 0.72, 0.074 - 0.040 * (t - tip) / (1 - tip))
        aim = _AIM * [1, 0, 0] + np.outer(0.10 + 0.24 * t, [0, 1, 0])
        rows = []
        for s, lift in (
            (0.0, -0.004),
            (0.05, 0.0045),
            (0.25, 0.0062),
            (0.6, 0.0050),
            (0.94, 0.0036),
            (1.0, 0.0008),
        ):
            row, _ = self.on_jacket.lay(fold + aim * (wide * s)[:, None], lift, forward=True)
            rows.append(row)
        return self.strip(np.stack(rows), self.outer * 1.04)

    def _jacket_collar(self) -> list[Part]:
        angle = np.linspace(np.radians(50), np.pi, 26)
        back = step(np.radians(60), np.radians(140), angle)
        front = step(np.radians(92), np.radians(50), angle)[:, None]
        gorge = self._fold(np.array([1.0]))
        profile = [
            (-0.012, 0.006),
            (0.010, 0.0085),
            (0.015, 0.0110),
            (0.009, 0.0150),
            (-0.004, 0.0200),
            (-0.016, 0.0255),
        ]
        rows = []
        seam = (0.0, 0.0, 0.002, 0.010, 0.023, 0.033)  # along the lapel's upper edge, which it is sewn to
        for k, (rise, out) in enumerate(profile):
            lower = 1 - 0.25 * (1 - back) if rise < 0 else 0.55 + 0.45 * back
            rows.append(self.neck.ring(angle, rise * lower - 0.004 * (1 - back), out))
            if k >= 3:
                laid, _ = self.on_jacket.lay(rows[-1], 0.0068 - 0.0016 * (k - 3))
                mix = (0.35, 0.75, 1.0)[k - 3]
                rows[-1] = rows[-1] + mix * (laid - rows[-1])
            sewn, _ = self.on_jacket.lay(
                gorge + _AIM * seam[k], (-0.004, 0.002, 0.0055)[min(k, 2)], forward=True
            )
            rows[-1] = rows[-1] + front * (sewn - rows[-1])
        rows[3:] = [_softened(row, 5) for row in rows[3:]]
        edge = rows[-1] + (rows[-1] - rows[-2]) * 0.08
        rows.append(_softened(self.on_jacket.lay(edge, 0.0005)[0], 2))
        return self.strip(np.stack(rows), self.outer * 1.04)

    def _band(self) -> list[Part]:
        """A collarless jacket's edge: a narrow turned band along the opening and behind the neck."""
        t = np.linspace(0.0, 1.0, 24)
        fold, _ = self.on_jacket.lay(self._fold(t), 0.0, forward=True)
        around = self.neck.ring(np.linspace(np.radians(60), np.pi, 16), 0.002, 0.014)
        around, _ = self.on_jacket.lay(around, 0.0)
        line = np.concatenate([fold, around])
        soft = _softened(line, 6)
        aim = np.cross(np.gradient(soft, axis=0), self.on_jacket.lay(soft, 0)[1])
        aim /= np.linalg.norm(aim, axis=1, keepdims=True)
        aim *= np.sign((aim * [1, 0.3, 0]).sum(1, keepdims=True) + 1e-9)
        rows = []
        for s, lift in (
            (-0.002, -0.004),
            (0.0, 0.0035),
            (0.006, 0.0042),
            (0.012, 0.0035),
            (0.0128, 0.0003),
        ):
            laid, _ = self.on_jacket.lay(soft + aim * s, lift)
            rows.append(laid)
        return self.strip(np.stack(rows), self.outer * 0.86)


def _softened(line: Floats, rounds: int) -> Floats:
    """A chain of points (n,3) without kinks; its ends stay."""
    soft = line.copy()
    for _ in range(rounds):
        soft[1:-1] = (soft[:-2] + 2 * soft[1:-1] + soft[2:]) / 4
    return soft
