"""Small hard things: glasses, earrings, buttons. One part with vertex colours and a polished material.

Does not: make cloth.
"""

from __future__ import annotations

import numpy as np

from tools.avatar import surface
from tools.avatar.basemesh import Floats
from tools.avatar.clothes import Wardrobe
from tools.avatar.colour import linear
from tools.avatar.head import Head
from tools.avatar.mouth import grid_tris
from tools.avatar.part import Part, join, rigid
from tools.avatar.person import Person


def build(person: Person, head: Head, wardrobe: Wardrobe) -> Part | None:
    """The part named Trinkets, material "polish", or None."""
    pieces = _buttons(wardrobe) if person.clothes["inner"] == "shirt" else []
    if person.clothes.get("glasses"):
        pieces += _glasses(head)
    if person.clothes.get("earrings"):
        pieces += _earrings(head, linear(person.clothes["accent"]))
    return join("Trinkets", "polish", pieces) if pieces else None


def _tube(
    path: Floats, radius: float, colour: Floats, bone: str, closed: bool = False, flat: float = 1.0
) -> Part:
    """A thin rod along path (n,3); `flat` squeezes it front to back."""
    sides = 7
    tangent = (
        np.gradient(np.concatenate([path[-2:-1], path, path[1:2]]), axis=0)[1:-1]
        if closed
        else np.gradient(path, axis=0)
    )
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, [0.0, 0.0, 1.0])
    weak = np.linalg.norm(side, axis=1) < 0.2
    side[weak] = np.cross(tangent[weak], [0.0, 1.0, 0.0])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, tangent)
    a = 2 * np.pi * np.arange(sides + 1) / sides
    out = np.cos(a)[:, None, None] * side + flat * np.sin(a)[:, None, None] * up
    points = (path + radius * out).reshape(-1, 3)
    normals = out.reshape(-1, 3) / np.linalg.norm(out.reshape(-1, 3), axis=1, keepdims=True)
    tris = grid_tris(sides + 1, len(path))
    if (surface.normals(points, tris) * normals).sum() < 0:
        tris = tris[:, ::-1]
    rgba = np.tile(np.append(colour, 1.0), (len(points), 1))
    return Part(
        "",
        "polish",
        points,
        normals,
        tris,
        np.zeros((len(points), 2)),
        rgba,
        weights=rigid(len(points), bone),
    )


def _glasses(head: Head) -> list[Part]:
    """A dark full-rim frame that rests on the nose and the ears."""
    dark = linear([38, 34, 32])
    p = head.points
    bridge = p[(np.abs(p[:, 0]) < 0.002) & (np.abs(p[:, 1] + 0.004) < 0.004) & (p[:, 2] > 0)]
    z = float(bridge[:, 2].max()) + 0.004
    pieces = []
    a = np.linspace(0, 2 * np.pi, 37)
    for sign in (1.0, -1.0):
        x = 0.0315 + 0.0245 * np.sign(np.cos(a)) * np.abs(np.cos(a)) ** 0.72
        y = -0.0045 + 0.0178 * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** 0.72
        rim = np.stack([sign * x, y, z - 6.0 * (x - 0.01) ** 2], 1)
        pieces.append(_tube(rim, 0.00100, dark, "Head", closed=True))
        ear = p[(p[:, 0] * sign > 0.070) & (np.abs(p[:, 1] - 0.012) < 0.02) & (p[:, 2] < -0.07)]
        reach = float(np.abs(ear[:, 0]).max()) if len(ear) else 0.078
        hinge = np.array([sign * 0.0565, 0.004, z - 6.0 * 0.0455**2])
        ends = np.array([sign * min(reach, 0.079), 0.0065, -0.080])
        mid = hinge + (ends - hinge) * 0.35 + [sign * 0.0095, 0.001, 0]
        t = np.linspace(0, 1, 12)[:, None]
        temple = (1 - t) ** 2 * hinge + 2 * t * (1 - t) * mid + t**2 * ends
        tail = ends + np.linspace(0, 1, 4)[1:, None] * np.array([0, -0.012, -0.016])
        pieces.append(_tube(np.concatenate([temple, tail]), 0.0010, dark, "Head"))
    t = np.linspace(-1, 1, 9)
    arch = np.stack([0.0075 * t, 0.0022 + 0.0028 * (1 - t**2), z + 0.0012 * (1 - t**2) - 0.0003], 1)
    return [*pieces, _tube(arch, 0.0011, dark, "Head")]


def _ball(centre: Floats, size: list[float], colour: Floats, bone: str) -> Part:
    theta, phi = np.meshgrid(np.linspace(0, np.pi, 8), np.linspace(0, 2 * np.pi, 13), indexing="ij")
    n = np.stack([np.sin(theta) * np.cos(phi), np.cos(theta), np.sin(theta) * np.sin(phi)], -1).reshape(
        -1, 3
    )
    points = centre + n * size
    tris = grid_tris(8, 13)
    if (surface.normals(points, tris) * n).sum() < 0:
        tris = tris[:, ::-1]
    rgba = np.tile(np.append(colour, 1.0), (len(points), 1))
    return Part(
        "", "polish", points, n, tris, np.zeros((len(points), 2)), rgba, weights=rigid(len(points), bone)
    )


def _earrings(head: Head, colour: Floats) -> list[Part]:
    """A small stud in each lobe."""
    pieces = []
    for sign in (1.0, -1.0):
        p = head.points
        ear = (
            (p[:, 0] * sign > 0.066)
            & (p[:, 2] > -0.105)
            & (p[:, 2] < -0.055)
            & (p[:, 1] < -0.02)
            & (p[:, 1] > -0.07)
        )
        lobe = p[ear][p[ear][:, 1] < p[ear][:, 1].min() + 0.008]
        front = lobe[lobe[:, 2].argmax()] * 0.5 + lobe.mean(0) * 0.5
        place = front + np.array([sign * 0.003, 0.0035, 0.001])
        pieces.append(_ball(place, [0.0024, 0.0024, 0.0024], colour, "Head"))
    return pieces


def _buttons(wardrobe: Wardrobe) -> list[Part]:
    """Down the shirt's front."""
    y = np.arange(wardrobe.neck.pit[1] - 0.062, -0.38, -0.075)
    places, _ = wardrobe.on_under.lay(np.stack([0 * y, y, 0 * y], 1), 0.0022, forward=True)
    return [_ball(p, [0.0048, 0.0048, 0.0012], linear([236, 236, 232]) * 0.9, "Spine") for p in places]
