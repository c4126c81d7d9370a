"""Where hair grows: a signed field over the head, shared by the skin painter and the hair maker.

Does not: grow any hair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.avatar.basemesh import Floats
from tools.avatar.colour import noise, step


@dataclass(frozen=True)
class Hairline:
    """Heights above the eyes in metres: front centre, in front of the ear, nape; how far temples recede."""

    front: float
    side: float
    nape: float
    recession: float = 0.0
    drop: float = 0.014
    burn: float = 0.0

    def field(self, points: Floats, ragged: float = 0.0) -> Floats:
        """About metres inside the hair (negative outside) at points (n,3); `ragged` metres of noise."""
        x, y, z = np.abs(points[..., 0]), points[..., 1], points[..., 2]
        front = self.front - self.drop * np.clip(x / 0.055, 0, 1.3) ** 2
        front = front + self.recession * np.exp(-(((x - 0.042) / 0.017) ** 2))
        to_side, to_back = step(-0.022, -0.066, z), step(-0.092, -0.135, z)
        line = (front * (1 - to_side) + self.side * to_side) * (1 - to_back) + self.nape * to_back
        ear = np.exp(-(((z + 0.087) / 0.019) ** 2 + ((y + 0.020) / 0.028) ** 2)) * 0.030
        burn = self.burn * np.exp(-(((z + 0.062) / 0.010) ** 2))
        value = y - line - ear + burn
        if ragged:
            value = value + ragged * (0.7 * noise(points, 0.005, 5) + 0.8 * noise(points, 0.0011, 6))
        return np.asarray(value)


HAIRLINES = {
    "bun": Hairline(front=0.059, side=-0.012, nape=-0.068, recession=0.004, drop=0.018, burn=0.014),
    "bob": Hairline(front=0.066, side=-0.012, nape=-0.062),
    "short": Hairline(front=0.063, side=-0.006, nape=-0.058, recession=0.008, burn=0.022),
    "receding": Hairline(front=0.074, side=-0.004, nape=-0.058, recession=0.011, drop=0.014, burn=0.018),
}
