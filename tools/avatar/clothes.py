"""Garments: jackets with lapels, shirts with collars, a roll neck, a blouse, a tie.

Does not: shape the body's shells (`drape`) nor the small hard things (`trinkets`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tools.avatar import bake, surface
from tools.avatar.basemesh import Floats
from tools.avatar.colour import linear, step
from tools.avatar.drape import HEM, Draper, Fit, shell
from tools.avatar.mouth import grid_tris
from tools.avatar.neck import Neck
from tools.avatar.part import BONES, Part, join
from tools.avatar.person import Person, Shape
from tools.avatar.surface import Mesh

_THREAD = 0.016  # one repeat of the weave in metres


class Wardrobe:
    """Dresses one person."""

    def __init__(self, person: Person, shape: Shape, neck: Neck) -> None:
        self.person, self.shape, self.neck = person, shape, neck
        self.outer = linear(person.clothes["outer"])
        self.inner = linear(person.clothes["shirt"])
        self.accent = linear(person.clothes["accent"])
        male = person.gender == "male"
        self.jacket = shell(shape, Fit(0.0135, 0.013 if male else 0.009, 16, 0.0020), person.seed)
        self.under = shell(shape, Fit(0.0055, 0.0, 8, 0.0010), person.seed + 1)
        self.on_jacket, self.on_under = Draper(self.jacket), Draper(self.under)
        self.button = float(person.clothes.get("button", -0.335))
        self.gorge = neck.ring(np.array([np.radians(52)]), -0.004, 0.013)[0]

    def dress(self, skin: tuple[Floats, np.ndarray[tuple[int, int], np.dtype[np.int64]]]) -> Part:
        """All cloth as one part named Clothes, material "cloth", shaded by what covers it."""
        pieces = [self._jacket_body(), *self._jacket_front(), *self._inner()]
        part = join("Clothes", "cloth", pieces)
        rng = np.random.default_rng(self.person.seed)
        blockers = np.concatenate(
            [bake.scatter(*skin, 110_000, rng), bake.scatter(part.points, part.tris, 190_000, rng)]
        )
        sky = bake.openness(part.points, part.normals, blockers, 96, cell=0.0035, gap=0.0045)
        assert part.colours is not None
        part.colours[:, :3] *= np.clip(0.25 + 0.85 * sky, 0, 1)[:, None]
        spine = step(HEM - 0.02, -0.24, part.points[:, 1])
        part.weights = np.zeros((len(part.points), len(BONES)))
        part.weights[:, 0], part.weights[:, 1] = 1 - spine, spine
        return part

    # --- the jacket -------------------------------------------------------------------------------------

    def _edge(self, y: Floats) -> Floats:
        """Half the width of the jacket's opening at height y: a V that rounds off at the button."""
        t = np.clip((y - self.button) / (self.gorge[1] - self.button), 0, 1.4)
        return np.asarray(self.gorge[0] * (0.94 * t + 0.06 * t**2) - 0.004)

    def _jacket_body(self) -> Part:
        p = self.jacket.points
        rel = p - self.neck.centre
        around = np.hypot(rel[:, 0], rel @ self.neck.ahead) - 0.066
        low = -(rel @ self.neck.up)
        collar = np.maximum(np.minimum(np.minimum(around, 0.05) - 0.022, low + 0.045), low + 0.002)
        front = step(-0.005, 0.02, rel @ self.neck.ahead)
        field = np.where(
            front > 0.5, np.minimum(np.abs(p[:, 0]) - self._edge(p[:, 1]), collar + 0.012), collar
        )
        return self._cloth(surface.clip(self.jacket, field), self.outer)

    def _cloth(self, mesh: Mesh, colour: Floats) -> Part:
        rgba = np.tile(np.append(colour, 1.0), (len(mesh.points), 1))
        normals = surface.normals(mesh.points, mesh.tris)
        return Part("", "cloth", mesh.points, normals, mesh.tris, mesh.uvs, rgba)

    def _strip(self, grid: Floats, colour: Floats, mirror: bool = True) -> list[Part]:
        """A (rows, columns, 3) grid of points as cloth, and its mirror image."""
        rows, columns, _ = grid.shape
        along = np.cumsum(np.linalg.norm(np.diff(grid, axis=1, prepend=grid[:, :1]), axis=2), 1)
        across = np.cumsum(np.linalg.norm(np.diff(grid, axis=0, prepend=grid[:1]), axis=2), 0)
        uvs = np.stack([along, across], -1).reshape(-1, 2) / _THREAD
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
        return np.stack([self._edge(y) - 0.001, y, 0 * t], 1)

    def _lapels(self) -> list[Part]:
        t = np.linspace(0.0, 1.0, 26)
        fold = self._fold(t)
        tip = 0.80
        wide = np.where(t < tip, 0.074 * (t / tip) ** 0.72, 0.074 - 0.040 * (t - tip) / (1 - tip))
        aim = np.stack([np.full_like(t, 0.94), 0.10 + 0.24 * t, 0 * t], 1)
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
        return self._strip(np.stack(rows), self.outer * 1.04)

    def _jacket_collar(self) -> list[Part]:
        angle = np.linspace(np.radians(50), np.pi, 22)
        back = step(np.radians(60), np.radians(140), angle)
        profile = [
            (-0.012, 0.006),
            (0.010, 0.0085),
            (0.016, 0.0120),
            (0.010, 0.0165),
            (-0.006, 0.0235),
            (-0.020, 0.031),
        ]
        rows = []
        for k, (rise, out) in enumerate(profile):
            lower = 1 - 0.25 * (1 - back) if rise < 0 else 0.55 + 0.45 * back
            rows.append(self.neck.ring(angle, rise * lower - 0.004 * (1 - back), out))
            if k >= 3:
                laid, _ = self.on_jacket.lay(rows[-1], 0.0068 - 0.0016 * (k - 3))
                mix = (0.35, 0.75, 1.0)[k - 3]
                rows[-1] = rows[-1] + mix * (laid - rows[-1])
        edge = rows[-1] + (rows[-1] - rows[-2]) * 0.08
        rows.append(self.on_jacket.lay(edge, 0.0005)[0])
        return self._strip(np.stack(rows), self.outer * 1.04)

    def _band(self) -> list[Part]:
        """A collarless jacket's edge: a narrow turned band along the opening and behind the neck."""
        t = np.linspace(0.0, 1.0, 24)
        fold, _ = self.on_jacket.lay(self._fold(t), 0.0, forward=True)
        around = self.neck.ring(np.linspace(np.radians(60), np.pi, 16), 0.002, 0.014)
        around, _ = self.on_jacket.lay(around, 0.0)
        line = np.concatenate([fold, around])
        soft = line.copy()
        for _ in range(6):
            soft[1:-1] = (soft[:-2] + 2 * soft[1:-1] + soft[2:]) / 4
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
        return self._strip(np.stack(rows), self.outer * 0.86)

    # --- below it ---------------------------------------------------------------------------------------

    def _inner(self) -> list[Part]:
        makers: dict[str, Callable[[], list[Part]]] = {
            "blouse": self._blouse,
            "shirt": self._open_shirt,
            "rollneck": self._rollneck,
            "tie": self._tied_shirt,
        }
        return makers[self.person.clothes["inner"]]()

    def _inner_body(self, opening: Callable[[Floats], Floats]) -> Part:
        p = self.under.points
        hidden = np.minimum(
            self._edge(p[:, 1]) + 0.035 - np.abs(p[:, 0]), p[:, 2] - self.neck.centre[2] + 0.01
        )
        return self._cloth(surface.clip(self.under, np.minimum(hidden, opening(p))), self.inner)

    def _below_ring(self, p: Floats) -> Floats:
        rel = p - self.neck.centre
        low = -(rel @ self.neck.up)
        # beyond the ring only a little above it: the chin is not cloth
        return np.maximum(low, np.minimum(np.hypot(rel[:, 0], rel @ self.neck.ahead) - 0.068, low + 0.025))

    def _neckline(self, depth: float) -> Callable[[Floats], Floats]:
        """Open above a rounded V that reaches `depth` metres below the pit of the throat."""
        low = self.neck.pit[1] - depth

        def field(p: Floats) -> Floats:
            x = np.abs(p[:, 0])
            return low + 0.55 * x + 9.0 * x**2 - p[:, 1]

        return field

    def _blouse(self) -> list[Part]:
        depth = 0.030
        x = np.linspace(0, 0.075, 18)
        low = self.neck.pit[1] - depth
        edge = np.stack([x, low + 0.55 * x + 9.0 * x**2, 0 * x], 1)
        rows = []
        for s, lift in (
            (0.0006, -0.003),
            (0.0, 0.0012),
            (-0.004, 0.0020),
            (-0.009, 0.0012),
            (-0.0095, 0.0),
        ):
            rows.append(self.on_under.lay(edge + np.array([0, s, 0]), lift, forward=True)[0])
        return [self._inner_body(self._neckline(depth)), *self._strip(np.stack(rows), self.inner * 1.02)]

    def _rollneck(self) -> list[Part]:
        angle = np.linspace(0, np.pi, 26)
        profile = [
            (-0.020, 0.008),
            (-0.006, 0.0062),
            (0.012, 0.0055),
            (0.032, 0.0058),
            (0.0415, 0.0070),
            (0.0435, 0.0092),
            (0.040, 0.0116),
            (0.024, 0.0128),
            (0.008, 0.0130),
            (0.003, 0.0120),
            (0.002, 0.0085),
        ]
        rows = [self.neck.ring(angle, rise, out) for rise, out in profile]
        return [self._inner_body(self._below_ring), *self._strip(np.stack(rows), self.inner)]

    def _collar(self, gap: float, spread: float) -> list[Part]:
        """A shirt's stand and leaf; `gap` degrees are left open at each side of the front."""
        angle = np.linspace(np.radians(gap), np.pi, 26)
        front = step(np.radians(gap + 75), np.radians(gap), angle)
        stand = [(-0.014, 0.006), (0.006, 0.0050), (0.028, 0.0052)]
        rows = [self.neck.ring(angle, rise - 0.004 * front * (rise > 0), out) for rise, out in stand]
        top = 0.0335 - 0.005 * front
        rows.append(self.neck.ring(angle, top, 0.0075))
        fall = 0.030 + 0.030 * front**1.5
        for s in (0.12, 0.45, 0.8, 1.0):
            out = 0.0098 + 0.004 * s + (0.004 + spread * front) * s**1.5
            turned = angle + np.radians(spread * 700) * front * s
            rows.append(self.neck.ring(turned, top - fall * s, out))
        edge = rows[-1] * 1.0
        edge = edge - 0.0022 * (rows[-1] - rows[-4]) / np.linalg.norm(
            rows[-1] - rows[-4], axis=1, keepdims=True
        )
        laid, normal = self.on_under.lay(rows[-1], 0.0)
        depth = ((rows[-1] - laid) * normal).sum(1, keepdims=True)
        rows[-1] = rows[-1] + normal * np.maximum(0.004 - depth, 0)
        rows.append(edge - 0.0012 * normal)
        return self._strip(np.stack(rows), self.inner * 1.03)

    def _placket(self) -> list[Part]:
        y = np.linspace(self.neck.pit[1] - 0.028, HEM + 0.02, 14)
        rows = []
        for x, lift in ((-0.0125, 0.0), (-0.012, 0.0018), (0.012, 0.0018), (0.0125, 0.0)):
            rows.append(self.on_under.lay(np.stack([0 * y + x, y, 0 * y], 1), lift, forward=True)[0])
        return self._strip(np.stack(rows), self.inner * 1.02, mirror=False)

    def _open_shirt(self) -> list[Part]:
        opened = self._neckline(0.045)
        return [
            self._inner_body(lambda p: np.minimum(opened(p), self._below_ring(p))),
            *self._collar(24, 0.012),
        ]

    def _tied_shirt(self) -> list[Part]:
        return [self._inner_body(self._below_ring), *self._collar(9, 0.006), *self._tie()]

    def _tie(self) -> list[Part]:
        """The knot and the blade below it."""
        top = self.neck.ring(np.array([0.0]), 0.016, 0.012)[0]
        knot_low = top[1] - 0.030
        u = np.linspace(-1, 1, 9)
        rows = []
        for s in np.linspace(0, 1, 7):
            half = 0.0165 - 0.0065 * s
            y = top[1] + (knot_low - top[1]) * s + 0.002 * (1 - u**2)
            x = u * half
            z0 = top[2] + (self._front(knot_low) + 0.010 - top[2]) * s
            rows.append(
                np.stack(
                    [
                        x,
                        y,
                        z0
                        + 0.0075
                        * np.sqrt(np.clip(1 - u**2 * 0.98, 0, 1))
                        * np.sin(np.pi * (0.18 + 0.72 * s))
                        - 0.004,
                    ],
                    1,
                )
            )
        knot = self._strip(np.stack(rows), self.accent, mirror=False)
        y = np.linspace(knot_low + 0.004, HEM + 0.01, 16)
        half = 0.0095 + 0.024 * np.clip((knot_low - y) / 0.17, 0, 1)
        swell = 0.0045 * np.exp(-(((y - knot_low) / 0.03) ** 2))
        blade = []
        for side, lift in ((-1.0, 0.0012), (-0.86, 0.0052), (0.0, 0.0068), (0.86, 0.0052), (1.0, 0.0012)):
            row, _ = self.on_under.lay(np.stack([side * half, y, 0 * y], 1), lift, forward=True)
            blade.append(row + np.stack([0 * y, 0 * y, swell], 1))
        return [*knot, *self._strip(np.stack(blade), self.accent, mirror=False)]

    def _front(self, y: float) -> float:
        return float(self.on_under.lay(np.array([[0.0, y, 0.0]]), 0.0, forward=True)[0][0, 2])
