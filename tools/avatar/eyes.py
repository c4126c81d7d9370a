"""The eyeballs: a ball with a cornea's bulge, and the painted iris.

Does not: make lids, lashes or the shadow that they cast (`skin`, `fringe`).
"""

from __future__ import annotations

import numpy as np

from tools.avatar.basemesh import Floats
from tools.avatar.colour import encoded, layered, linear, noise, step
from tools.avatar.part import Part
from tools.avatar.person import Person, Shape

SIZE = 512
_REACH = 1.35  # radians from the pole to the edge of the texture
_IRIS = 0.425  # radians
_PUPIL = 0.165
_AROUND, _DOWN = 30, 17


def build(shape: Shape) -> list[Part]:
    """LeftEye and RightEye, each at its own pivot."""
    return [_ball(shape, "l", "LeftEye"), _ball(shape, "r", "RightEye")]


def _ball(shape: Shape, side: str, name: str) -> Part:
    ball = shape.points[shape.base.vertices(f"helper-{side}-eye")]
    radius = float(np.ptp(ball[:, 1])) / 2
    # rings crowd towards the cornea, where the light shows every facet
    theta = np.pi * np.linspace(0, 1, _DOWN + 1) ** 1.55
    phi = 2 * np.pi * np.arange(_AROUND + 1) / _AROUND
    t, f = (g.ravel() for g in np.meshgrid(theta, phi, indexing="ij"))
    bulge = radius * (1 + 0.075 * np.exp(-((t / 0.40) ** 2)))
    points = bulge[:, None] * np.stack([np.sin(t) * np.cos(f), np.sin(t) * np.sin(f), np.cos(t)], 1)
    r = np.minimum(t / _REACH, 1) / 2
    uvs = np.stack([0.5 + r * np.cos(f), 0.5 - r * np.sin(f)], 1)
    rows = []
    for j in range(_DOWN):
        for i in range(_AROUND):
            a, b = j * (_AROUND + 1) + i, (j + 1) * (_AROUND + 1) + i
            rows += [[a, b, b + 1], [a, b + 1, a + 1]] if j else [[a, b, b + 1]]
    return Part(
        name,
        "eye",
        points,
        _normals(t, f, radius),
        np.array(rows),
        uvs,
        pivot=shape.centre(f"helper-{side}-eye"),
    )


def _normals(t: Floats, f: Floats, radius: float) -> Floats:
    """Of the bulged ball: r(t) = radius (1 + b exp(-(t/w)^2))."""
    b, w = 0.075, 0.40
    r = 1 + b * np.exp(-((t / w) ** 2))
    slope = -2 * t / w**2 * b * np.exp(-((t / w) ** 2))
    out = r * np.sin(t) - slope * np.cos(t)
    front = r * np.cos(t) + slope * np.sin(t)
    n = np.stack([out * np.cos(f), out * np.sin(f), front], 1)
    return np.asarray(n / np.linalg.norm(n, axis=1, keepdims=True))


def paint(person: Person) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The eye's albedo (s,s,3)."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    dx, dy = (x + 0.5) / SIZE * 2 - 1, 1 - (y + 0.5) / SIZE * 2
    t, a = np.hypot(dx, dy) * _REACH, np.arctan2(dy, dx)
    colour = _white(t, a, dx, dy, person)
    ring = step(_IRIS + 0.022, _IRIS - 0.028, t)[..., None]
    colour += ring * (_iris(t, a, person) - colour)
    pupil = step(_PUPIL + 0.012, _PUPIL - 0.012, t)[..., None]
    colour += pupil * (0.004 - colour)
    # the upper lid shades the eye; the cornea gathers light on the other side of the iris
    shade = 1 - 0.50 * step(0.02, 0.62, dy * _REACH) * step(1.3, 0.3, np.abs(dx))
    glow = 1 + 0.55 * np.exp(-(((t - 0.30) / 0.10) ** 2)) * step(0.1, -0.9, np.sin(a)) * ring[..., 0]
    return encoded(colour * (shade * glow)[..., None])


def _white(t: Floats, a: Floats, dx: Floats, dy: Floats, person: Person) -> Floats:
    colour = np.broadcast_to(linear([212, 204, 196]), (*t.shape, 3)).copy()
    edge = step(0.50, 1.15, t)[..., None]
    colour *= 1 - edge * (1 - np.array([0.80, 0.60, 0.54]))
    place = np.stack([dx, dy, 0 * dx], -1)
    vein = np.exp(-((noise(place, [0.20, 0.045, 1], person.seed) / 0.05) ** 2)) * step(0.55, 0.95, t)
    colour *= 1 - 0.28 * (vein * step(-0.1, 0.5, layered(place, 0.3, 2, 7)))[..., None] * (
        1 - np.array([1.0, 0.45, 0.4])
    )
    colour *= 1 - 0.05 * layered(place, 0.12, 3, 3)[..., None]
    around = np.exp(-(((t - _IRIS) / 0.05) ** 2))[..., None]
    return np.asarray(colour * (1 - 0.22 * around))


def _iris(t: Floats, a: Floats, person: Person) -> Floats:
    base = linear(person.eyes["iris"])
    circle = np.stack([np.cos(a), np.sin(a), 0 * a], -1)
    fine = noise(circle * 12 + t[..., None] * [0, 0, 3.0], 1.0, 1)
    broad = noise(circle * 4 + t[..., None] * [0, 0, 6.0], 1.0, 2)
    hair = noise(circle * 30 + t[..., None] * [0, 0, 2.0], 1.0, 3)
    fibres = 1 + 0.34 * fine + 0.26 * broad + 0.25 * hair
    inner = step(0.29, 0.19, t + 0.03 * broad)[..., None]
    warm = base * [1.35, 1.05, 0.70]
    colour = (base + inner * (warm - base)) * 1.25 * np.clip(fibres, 0.2, 2)[..., None]
    limbal = 1 - 0.80 * step(0.345, 0.425, t)
    around_pupil = 1 - 0.35 * step(0.215, 0.165, t)
    return np.asarray(colour * (limbal * around_pupil)[..., None])
