"""How each style falls: where the hair stands, which way it runs, how thick it is.

Does not: make layers (`hair`) nor paint strands (`hairpaint`). The bob hangs in `bob`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tools.avatar import bob
from tools.avatar.basemesh import Floats
from tools.avatar.colour import noise, step
from tools.avatar.hairsheet import HairSheet, combed, graded, polar, tangent, unit
from tools.avatar.scalp import Scalp

_SPARSE = 0.004  # metres outside the hairline where single hairs still grow
_WHORL = np.array([0.008, 0.098, -0.118])


def sheets(style: str, scalp: Scalp) -> list[HairSheet]:
    """The sheets of a style, largest first."""
    makers: dict[str, Callable[[Scalp], list[HairSheet]]] = {
        "bun": _bun,
        "bob": bob.sheets,
        "short": _short,
        "receding": _receding,
    }
    return makers[style](scalp)


def _crown_flow(forward: float, side: float, sweep: Floats) -> Callable[[Floats, Floats], Floats]:
    """Away from the whorl at the crown; combed forward and to one side on top, swept at the forehead."""

    def flow(p: Floats, n: Floats) -> Floats:
        top = step(0.050, 0.095, p[:, 1])[:, None]
        front = (step(-0.050, 0.0, p[:, 2]) * step(0.03, 0.06, p[:, 1]))[:, None]
        d = unit(p - _WHORL) + top * np.array([side, 0.0, forward])
        d = d + (1 - top) * np.array([0, -0.5, -0.35]) + front * sweep
        return np.asarray(d + 0.40 * noise(p, 0.014, 8)[:, None] * np.cross(n, d))

    return flow


def _cropped(scalp: Scalp, way: Callable[[Floats, Floats], Floats], lift: Floats, edge: float) -> HairSheet:
    """A sheet around the whorl. lift: metres at the sides, on top, above the forehead."""
    skin, normals = polar(scalp, _WHORL, 34, 66, 0.008)
    flow = combed(skin, normals, way)
    inside = scalp.line.field(skin)
    y, z = skin[..., 1], skin[..., 2]
    top = step(0.035, 0.085, y)
    front = step(-0.050, 0.005, z) * top
    full = lift[0] + (lift[1] - lift[0]) * top + (lift[2] - lift[1]) * front
    ramp = 0.030 - 0.016 * top
    grown = step(-0.004, 1.0, inside / ramp) ** 0.8
    tuft = 1 + 0.16 * noise(skin - 0.010 * flow, 0.010, 21) + 0.10 * noise(skin, 0.005, 22)
    thick = 0.0006 + full * grown * tuft
    uneven = inside + 0.0035 * noise(skin, 0.009, 23) * step(0.02, 0.0, inside)
    fade = graded(step(-_SPARSE, edge, uneven))
    return HairSheet(
        skin, normals, flow, thick, inside + _SPARSE, fade, 0.016 + 0.4 * float(lift[1]), 0.0022
    )


def _short(scalp: Scalp) -> list[HairSheet]:
    """Short at the sides, longer on top, swept up and aside from the forehead."""
    way = _crown_flow(0.15, -0.75, np.array([-0.25, 0.9, -0.75]))
    return [_cropped(scalp, way, np.array([0.0035, 0.0110, 0.0135]), 0.014)]


def _receding(scalp: Scalp) -> list[HairSheet]:
    """Cropped close, thin on top."""
    way = _crown_flow(0.1, -0.35, np.array([-0.2, 0.8, -0.7]))
    return [_cropped(scalp, way, np.array([0.0028, 0.0045, 0.0042]), 0.014)]


def _bun(scalp: Scalp) -> list[HairSheet]:
    """Combed up and back into a knot above the crown, so that it shows from the front."""
    knot, _ = scalp.project(np.array([[0.0, 0.17, -0.17]]), 0.0)
    pole = knot[0]
    skin, normals = polar(scalp, pole, 28, 60, 0.008)
    way = combed(
        skin, normals, lambda p, n: unit(pole - p) + 0.05 * noise(p, 0.02, 3)[:, None] * np.cross(n, p)
    )
    inside = scalp.line.field(skin)
    full = 0.0035 + 0.0045 * step(0.02, 0.07, skin[..., 1])
    away = np.linalg.norm(skin - pole, axis=-1)
    bundle = 1 + 0.10 * noise(unit(skin - pole), 0.11, 4) + 1.2 * step(0.055, 0.01, away)
    thick = 0.0006 + full * step(-0.004, 0.046, inside) * bundle
    fade = graded(0.85 * step(-0.003, 0.022, inside) + 0.15 * step(0.0, 0.006, inside))
    cap = HairSheet(
        skin, normals, way, thick, inside + 0.003, fade, 0.05, 0.0008, 0.1, box=(0.0, 0.0, 1.0, 0.72)
    )
    return [cap, _knot(pole + np.array([0, 0.016, -0.006]), 0.032)]


def _knot(centre: Floats, radius: float) -> HairSheet:
    """A ball of hair wound in flat coils."""
    axis = unit(np.array([0.0, 0.8, -0.6]))
    side = unit(np.cross(axis, [0.0, 1.0, 0.0]))
    top = np.cross(side, axis)
    polar_angle, turn = np.meshgrid(
        np.linspace(0.02, np.pi - 0.02, 20), np.linspace(0, 2 * np.pi, 35), indexing="ij"
    )
    ring = np.cos(turn)[..., None] * side + np.sin(turn)[..., None] * top
    n = np.sin(polar_angle)[..., None] * ring + np.cos(polar_angle)[..., None] * axis
    coil = np.mod(turn / (2 * np.pi) + 2.6 * polar_angle / np.pi, 1.0)
    groove = np.abs(np.sin(np.pi * coil)) ** 0.6
    flat = n - 0.22 * (n @ axis)[..., None] * axis
    skin = centre + flat * radius * (0.90 + 0.10 * groove)[..., None]
    east = np.cross(axis, n)
    flow = tangent(east - 0.40 * tangent(-np.broadcast_to(axis, n.shape), n), n)
    one = np.ones_like(turn)
    return HairSheet(skin, n, flow, 0 * one, one, one, 0.05, 0.0010, 0.3, box=(0.0, 0.75, 1.0, 1.0))
