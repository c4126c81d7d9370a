"""The line of an eyebrow.

Does not: draw hairs (`fringe`) nor paint (`skin`); both follow this line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tools.avatar.basemesh import Floats
from tools.avatar.colour import step
from tools.avatar.person import Person


@dataclass(frozen=True)
class Brow:
    """Metres, on the person's left; mirrored for the right."""

    inner: float
    length: float
    rise: float
    arch: float
    half: float
    tilt: float

    @classmethod
    def of(cls, person: Person) -> Brow:
        """From the [brows] table."""
        b = person.brows
        return cls(
            float(b.get("inner", 0.0105)),
            float(b.get("length", 0.0395)),
            float(b.get("rise", 0.0182)),
            0.0062 * float(b["arch"]),
            0.0039 * float(b["thickness"]),
            float(b.get("tilt", 0.0015)),
        )

    def height(self, t: ArrayLike) -> Floats:
        """Centre line above the eye at t in [0, 1] from the nose outwards."""
        u = np.asarray(t, float)
        up = np.sin(np.minimum(u / 0.68, 1.3) * np.pi / 2)
        return (
            self.rise
            + self.tilt * (u - 0.5)
            + self.arch * up
            - 1.25 * self.arch * (np.clip(u - 0.62, 0, 1) / 0.38) ** 1.4
        )

    def half_width(self, t: ArrayLike) -> Floats:
        """Half the brow's thickness at t."""
        u = np.asarray(t, float)
        taper = 1 - 0.74 * np.clip(u, 0, 1) ** 2.0
        return np.asarray(self.half * taper * (0.50 + 0.50 * step(0.0, 0.28, u)))

    def shadow(self, points: Floats, eye: Floats) -> Floats:
        """A soft 0-1 field under the hairs at points (...,3) with x made positive."""
        t = (points[..., 0] - self.inner) / self.length
        off = (points[..., 1] - eye[1] - self.height(t)) / np.maximum(self.half_width(t), 1e-4)
        along = step(-0.02, 0.22, t) * step(1.05, 0.75, t)
        return np.asarray(along * np.exp(-(off**2) * 1.1) * (points[..., 2] > -0.03))
