"""Stubble and short beards, painted into the skin.

Does not: make hair geometry.
"""

from __future__ import annotations

import numpy as np

from tools.avatar.basemesh import Floats
from tools.avatar.colour import linear, noise, step
from tools.avatar.person import Person


def density(person: Person, points: Floats, mouth: Floats, nose: Floats, lips: Floats) -> Floats:
    """How thickly the beard grows (...,), 0-1, at points of the skin."""
    if not person.beard:
        return np.zeros(points.shape[:-1])
    x, y, z = np.abs(points[..., 0]), points[..., 1], points[..., 2]
    cheek = mouth[1] + 0.006 + np.clip(x - 0.030, 0, 1) * 0.75 + 0.004 * noise(points, 0.012, 31)
    jaw = step(0.006, -0.008, y - cheek) * step(mouth[1] - 0.078, mouth[1] - 0.052, y)
    jaw = jaw * step(-0.082, -0.060, z)
    burn = (
        step(0.056, 0.064, x)
        * step(-0.078, -0.066, z)
        * step(-0.040, -0.056, z)
        * step(0.01, -0.004, y)
        * step(mouth[1] - 0.02, mouth[1], y)
    )
    upper = (
        step(nose[1] - 0.006, nose[1] - 0.013, y)
        * step(mouth[1] - 0.004, mouth[1] + 0.002, y)
        * step(0.033, 0.025, x)
    )
    upper = upper * (0.55 + 0.45 * step(0.0015, 0.004, x))
    bare = np.exp(-(((x - 0.017) / 0.006) ** 2) - ((y - mouth[1] + 0.014) / 0.005) ** 2)
    total = np.maximum(np.maximum(jaw * (1 - 0.55 * bare), upper * (z > 0)), burn)
    return np.asarray(total * (1 - np.clip(lips * 2, 0, 1)))


def paint(person: Person, points: Floats, where: Floats, colour: Floats) -> None:
    """Lays a shadow and single hairs over `colour` (...,3), in place."""
    if not person.beard:
        return
    amount = float(person.beard["amount"]) * where
    tone = linear(person.beard["colour"])
    short = person.beard["length"] == "short"
    dots = step(0.1, 0.8, noise(points, 0.0006, 33)) if not short else 0.0
    hairs = (
        step(
            -0.3,
            0.8,
            noise(points, [0.0006, 0.0034, 0.0008], 34) + 0.5 * noise(points, [0.0011, 0.005, 0.0011], 35),
        )
        if short
        else 0.0
    )
    shadow = (0.50 if short else 0.30) * (0.85 + 0.3 * noise(points, 0.006, 36))
    weight = np.clip(amount * (shadow + 0.38 * dots + 0.25 * hairs), 0, 0.93)[..., None]
    streak = 0.72 + (0.45 * np.asarray(hairs)[..., None] if short else 0.45)
    colour += weight * (tone * streak - colour)
