"""What is worn under the jacket: a blouse, a shirt with a collar, a roll neck, a tie.

Does not: cut jackets (`clothes`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from tools.avatar import surface
from tools.avatar.basemesh import Floats
from tools.avatar.colour import step
from tools.avatar.drape import HEM
from tools.avatar.part import Part

if TYPE_CHECKING:
    from tools.avatar.clothes import Wardrobe


class Shirts:
    """Cuts from the wardrobe's inner shell."""

    def __init__(self, wardrobe: Wardrobe) -> None:
        self._w = wardrobe

    def pieces(self) -> list[Part]:
        """What the person wears under the jacket."""
        makers: dict[str, Callable[[], list[Part]]] = {
            "blouse": self._blouse,
            "shirt": self._open_shirt,
            "rollneck": self._rollneck,
            "tie": self._tied_shirt,
        }
        return makers[self._w.person.clothes["inner"]]()

    def _inner_body(self, opening: Callable[[Floats], Floats]) -> Part:
        p = self._w.under.points
        hidden = np.minimum(
            self._w.edge(p[:, 1]) + 0.035 - np.abs(p[:, 0]), p[:, 2] - self._w.neck.centre[2] + 0.01
        )
        return self._w.cloth(surface.clip(self._w.under, np.minimum(hidden, opening(p))), self._w.inner)

    def _below_ring(self, p: Floats) -> Floats:
        rel = p - self._w.neck.centre
        low = -(rel @ self._w.neck.up)
        # beyond the ring only a little above it: the chin is not cloth
        return np.asarray(
            np.maximum(low, np.minimum(np.hypot(rel[:, 0], rel @ self._w.neck.ahead) - 0.068, low + 0.025))
        )

    def _neckline(self, depth: float) -> Callable[[Floats], Floats]:
        """Open above a rounded V that reaches `depth` metres below the pit of the throat."""
        low = self._w.neck.pit[1] - depth

        def field(p: Floats) -> Floats:
            x = np.abs(p[:, 0])
            return np.asarray(low + 0.55 * x + 9.0 * x**2 - p[:, 1])

        return field

    def _blouse(self) -> list[Part]:
        depth = 0.030
        x = np.linspace(0, 0.066, 18)
        low = self._w.neck.pit[1] - depth
        edge = np.stack([x, low + 0.55 * x + 9.0 * x**2, 0 * x], 1)
        rows = []
        for s, lift in (
            (0.0006, -0.003),
            (0.0, 0.0012),
            (-0.004, 0.0020),
            (-0.009, 0.0012),
            (-0.0095, 0.0),
        ):
            laid, _ = self._w.on_under.lay(edge + np.array([0, s, 0]), lift, forward=True)
            rows.append(self._w.tucked(laid, 0.003))
        return [
            self._inner_body(self._neckline(depth)),
            *self._w.strip(np.stack(rows), self._w.inner * 1.02),
        ]

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
        rows = [self._w.neck.ring(angle, rise, out) for rise, out in profile]
        return [self._inner_body(self._below_ring), *self._w.strip(np.stack(rows), self._w.inner)]

    def _collar(self, gap: float, spread: float, open_: float, point: float) -> list[Part]:
        """A shirt's stand and leaf; `gap` degrees are left open at each side of the front.

        `open_`: degrees by which the leaf's edge leans away from the middle; `point`: metres by which the
        leaf is longer in front.
        """
        angle = np.linspace(np.radians(gap), np.pi, 26)
        front = step(np.radians(gap + 75), np.radians(gap), angle)
        stand = [(-0.014, 0.006), (0.006, 0.0050), (0.028, 0.0052)]
        rows = [self._w.neck.ring(angle, rise - 0.004 * front * (rise > 0), out) for rise, out in stand]
        top = 0.0335 - 0.005 * front
        rows.append(self._w.neck.ring(angle, top, 0.0075))
        fall = 0.030 + point * front**1.5
        for s in (0.12, 0.45, 0.8, 1.0):
            out = 0.0098 + 0.004 * s + (0.004 + spread * front) * s**1.5
            turned = angle + np.radians(open_) * front * s
            rows.append(self._w.neck.ring(turned, top - fall * s, out))
        edge = rows[-1] * 1.0
        edge = edge - 0.0022 * (rows[-1] - rows[-4]) / np.linalg.norm(
            rows[-1] - rows[-4], axis=1, keepdims=True
        )
        laid, normal = self._w.on_under.lay(rows[-1], 0.0)
        depth = ((rows[-1] - laid) * normal).sum(1, keepdims=True)
        rows[-1] = rows[-1] + normal * np.maximum(0.004 - depth, 0)
        rows.append(edge - 0.0012 * normal)
        tucked = [*rows[:3], *(self._w.tucked(row, 0.002) for row in rows[3:])]
        return self._w.strip(np.stack(tucked), self._w.inner * 1.03)

    def _open_shirt(self) -> list[Part]:
        opened = self._neckline(0.045)
        return [
            self._inner_body(lambda p: np.minimum(opened(p), self._below_ring(p))),
            *self._collar(24, 0.012, 8.4, 0.030),
        ]

    def _tied_shirt(self) -> list[Part]:
        return [self._inner_body(self._below_ring), *self._collar(3.0, 0.007, 25.0, 0.024), *self._tie()]

    def _tie(self) -> list[Part]:
        """The knot and the blade below it."""
        top = self._w.neck.ring(np.array([0.0]), 0.029, 0.012)[0]
        knot_low = top[1] - 0.041
        u = np.linspace(-1, 1, 9)
        rows = []
        for s in np.linspace(0, 1, 7):
            half = 0.0180 - 0.0080 * s
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
        knot = self._w.strip(np.stack(rows), self._w.accent, mirror=False)
        y = np.linspace(knot_low + 0.004, HEM + 0.01, 16)
        half = 0.0095 + 0.024 * np.clip((knot_low - y) / 0.17, 0, 1)
        swell = 0.0045 * np.exp(-(((y - knot_low) / 0.03) ** 2))
        blade = []
        for side, lift in ((-1.0, 0.0012), (-0.86, 0.0052), (0.0, 0.0068), (0.86, 0.0052), (1.0, 0.0012)):
            row, _ = self._w.on_under.lay(np.stack([side * half, y, 0 * y], 1), lift, forward=True)
            blade.append(row + np.stack([0 * y, 0 * y, swell], 1))
        return [*knot, *self._w.strip(np.stack(blade), self._w.accent, mirror=False)]

    def _front(self, y: float) -> float:
        return float(self._w.on_under.lay(np.array([[0.0, y, 0.0]]), 0.0, forward=True)[0][0, 2])
