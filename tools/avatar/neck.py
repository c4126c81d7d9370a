"""The ring of the neck, tilted from the pit of the throat up to the nape: collars stand on it.

Does not: make cloth.
"""

from __future__ import annotations

import numpy as np

from tools.avatar.basemesh import Floats
from tools.avatar.head import Head
from tools.avatar.part import BONES
from tools.avatar.person import Shape

_ORDER = 4


class Neck:
    """`ring` gives points around the neck; angle 0 is the front, pi the nape, positive is the left side."""

    def __init__(self, shape: Shape, head: Head) -> None:
        line = head.points[(np.abs(head.points[:, 0]) < 0.004) & (head.points[:, 1] < -0.09)]
        clavicle = shape.centre("joint-l-clavicle")
        front = line[line[:, 2] > shape.centre("joint-neck")[2]]
        pit = front[np.abs(front[:, 1] - clavicle[1] - 0.014).argmin()]
        rear = line[line[:, 2] < shape.centre("joint-neck")[2]]
        nape = rear[np.abs(rear[:, 1] - pit[1] - 0.058).argmin()]
        self.pit, self.nape = pit * [0, 1, 1], nape * [0, 1, 1]
        ahead = self.pit - self.nape
        self.ahead = ahead / np.linalg.norm(ahead)
        self.up = np.cross(self.ahead, [1.0, 0.0, 0.0])
        self.up *= np.sign(self.up[1])
        self.centre = (self.pit + self.nape) / 2
        lean = shape.centre("joint-head") - shape.centre("joint-neck")
        self.axis = lean / np.linalg.norm(lean)
        trunk = head.weights[:, BONES.index("Head")] < 0.5  # not the underside of the chin
        self._skin = head.points[trunk & (head.points[:, 1] < -0.085)]

    def _radius(self, rise: float) -> Floats:
        """Fourier coefficients of the skin's radius in the tilted plane `rise` metres up the neck."""
        centre = self.centre + self.axis * rise
        rel = self._skin - centre
        near = np.abs(rel @ self.up) < 0.010
        near &= np.linalg.norm(rel, axis=1) < 0.105
        rel = rel[near]
        angle, radius = np.arctan2(rel[:, 0], rel @ self.ahead), np.hypot(rel[:, 0], rel @ self.ahead)
        damp = np.diag([0.0, *(k**2 for k in range(1, _ORDER + 1))]) * 0.15
        basis = self._basis(angle)
        solved: Floats = np.linalg.solve(basis.T @ basis + damp, basis.T @ radius)
        return solved

    @staticmethod
    def _basis(angle: Floats) -> Floats:
        return np.stack([np.cos(k * angle) for k in range(_ORDER + 1)], -1)

    def ring(self, angle: Floats, rise: Floats | float, out: Floats | float) -> Floats:
        """Points (n,3) at `rise` metres above the base ring and `out` metres off the skin."""
        rise = np.broadcast_to(np.asarray(rise, float), angle.shape)
        radius = np.zeros_like(angle)
        widest = (
            self._basis(angle) @ self._radius(0.0) + 0.003
        )  # further up the jaw flares out; cloth does not
        levels = np.linspace(-0.03, 0.06, 10)
        table = np.stack([self._basis(angle) @ self._radius(level) for level in levels], 1)
        for k in range(len(angle)):
            radius[k] = np.interp(rise[k], levels, table[k])
        r = np.where(rise > 0, np.minimum(radius, widest), radius) + out
        flat = self.centre + np.outer(np.cos(angle) * r, self.ahead)
        flat[:, 0] += np.sin(angle) * r
        return np.asarray(flat + rise[:, None] * self.axis)
