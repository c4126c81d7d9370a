"""How each style falls: where strands root, which way they run, how far they stand off.

Does not: make triangles (`hair`). All strands of a group advance together, one step at a time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tools.avatar.basemesh import Floats
from tools.avatar.colour import noise, step
from tools.avatar.hair import FULL, SPIKES, THIN, Strands, merge
from tools.avatar.scalp import CENTRE, Scalp

STEPS = {"bun": 8, "bob": 12, "short": 4, "receding": 4}  # points along a card
Flow = Callable[[Floats, Floats], Floats]  # points, normals (n,3) -> wished direction (n,3)
Lift = Callable[[Floats, float], Floats]  # points, place along the strand 0-1 -> metres off the skin (n,)


def grow(style: str, scalp: Scalp, seed: int, scale: float = 1.0) -> Strands:
    """All strands of a style; `scale` multiplies their number."""
    rng = np.random.default_rng(seed)
    makers = {"bun": _bun, "bob": _bob, "short": _short, "receding": _receding}
    return makers[style](scalp, rng, scale)


def _unit(v: Floats) -> Floats:
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9))


def _trace(
    scalp: Scalp, steps: int, roots: Floats, length: Floats, flow: Flow, lift: Lift
) -> tuple[Floats, Floats]:
    """Rides the scalp: paths and normals (n, steps, 3)."""
    fine = 3  # smaller steps than the card has points, for smooth turns
    p, paths, normals = roots, [], []
    for k in range((steps - 1) * fine + 1):
        t = k / ((steps - 1) * fine)
        q, n = scalp.project(p, lift(p, t))
        if k % fine == 0:
            paths.append(q)
            normals.append(n)
        d = flow(q, n)
        d = _unit(d - n * (d * n).sum(1, keepdims=True))
        p = q + d * (length / ((steps - 1) * fine))[:, None]
    return np.stack(paths, 1), np.stack(normals, 1)


def _strands(
    paths: Floats,
    normals: Floats,
    width: float | Floats,
    rng: np.random.Generator,
    kind: tuple[int, int] = FULL,
    roll: float = 0.18,
    tone: float = 1.0,
    vary: float = 0.15,
) -> Strands:
    n = len(paths)
    column = rng.integers(*kind, n)
    shade = tone * np.clip(1 + rng.normal(0, vary, n), 0.65, 1.4)
    return Strands(
        paths, normals, width * rng.uniform(0.75, 1.25, n), shade, column, rng.normal(0, roll, n)
    )


def _bun(scalp: Scalp, rng: np.random.Generator, scale: float) -> Strands:
    """Combed up and back into a knot above the crown, so that it shows from the front."""
    knot, _ = scalp.project(np.array([[0.0, 0.17, -0.17]]), 0.012)
    knot = knot[0]

    def flow(p: Floats, n: Floats) -> Floats:
        d = _unit(knot - p)
        sweep = step(0.03, -0.02, p[:, 2])[:, None] * np.array([0, 0.10, 0])
        return np.asarray(d + sweep + 0.05 * noise(p, 0.02, 3)[:, None] * np.cross(n, d))

    groups = []
    for count, width, low, height, kind, tone in (
        (240, 0.0110, 0.012, 0.0040, FULL, 0.8),
        (400, 0.0095, 0.003, 0.0052, THIN, 0.95),
        (420, 0.0050, 0.000, 0.0056, THIN, 1.05),
    ):
        roots = scalp.roots(round(count * scale), rng, low)
        away = np.linalg.norm(roots - knot, axis=1)
        roots, away = roots[away > 0.03], away[away > 0.03]
        wave = rng.uniform(0.7, 1.2, len(roots))

        def lift(p: Floats, t: float, height: float = height, wave: Floats = wave) -> Floats:
            full = 0.35 + 0.65 * step(0.02, 0.07, p[:, 1])  # flat at the temples
            return np.asarray(wave * (0.0006 + height * full * float(step(0, 0.35, t))))

        length = np.clip(away * 1.18 - 0.018, 0.02, 0.2)
        groups.append(
            _strands(*_trace(scalp, STEPS["bun"], roots, length, flow, lift), width, rng, kind, 0.05, tone)
        )
    return merge([*groups, _knot(knot + np.array([0, 0.016, -0.006]), 0.033, rng, round(150 * scale))])


def _knot(centre: Floats, radius: float, rng: np.random.Generator, count: int) -> Strands:
    """A ball of hair wound in a flat spiral, with layers."""
    paths, normals = [], []
    axis = _unit(np.array([0.0, 0.8, -0.6]))
    side = _unit(np.cross(axis, [0.0, 1.0, 0.0]))
    top = np.cross(side, axis)
    for k in range(count):
        layer = 1 - 0.12 * (k % 3)
        tilt = rng.uniform(0.15, np.pi * 0.86)
        start, sweep = rng.uniform(0, 2 * np.pi), rng.uniform(1.3, 2.2)
        a = start + np.linspace(0, sweep, STEPS["bun"])
        polar = np.clip(tilt + 0.28 * np.linspace(-0.5, 0.5, STEPS["bun"]), 0.05, np.pi - 0.05)
        n = (
            np.sin(polar)[:, None] * (np.cos(a)[:, None] * side + np.sin(a)[:, None] * top)
            + np.cos(polar)[:, None] * axis
        )
        flat = n - 0.22 * (n @ axis)[:, None] * axis
        paths.append(centre + flat * radius * layer)
        normals.append(n)
    return _strands(np.array(paths), np.array(normals), 0.0105, rng, roll=0.25)


def _crown_flow(forward: float, side: float) -> Flow:
    """Away from the whorl at the crown; combed forward and to one side on top."""
    whorl = np.array([0.008, 0.098, -0.118])

    def flow(p: Floats, n: Floats) -> Floats:
        d = _unit(p - whorl)
        top = step(0.055, 0.095, p[:, 1])[:, None]
        d = d + top * np.array([side, 0.0, forward])
        d = d + (1 - top) * np.array([0, -0.5, -0.35])
        return np.asarray(d + 0.45 * noise(p, 0.012, 8)[:, None] * np.cross(n, d))

    return flow


def _fine(scalp: Scalp, roots: Floats) -> Floats:
    """Narrower cards (n,) where the hair begins: there each one is seen alone."""
    return np.asarray(0.4 + 0.6 * step(-0.002, 0.011, scalp.line.field(roots)))


def _short(scalp: Scalp, rng: np.random.Generator, scale: float) -> Strands:
    """Short at the sides, longer on top, swept up and aside from the forehead."""

    def top(p: Floats) -> Floats:
        return step(0.045, 0.085, p[:, 1]) * step(-0.150, -0.090, p[:, 2])

    base = _crown_flow(0.15, -0.75)

    def flow(p: Floats, n: Floats) -> Floats:
        front = step(-0.045, 0.0, p[:, 2])[:, None]
        return np.asarray(base(p, n) + front * np.array([-0.25, 0.9, -0.75]))

    groups = []
    for count, width, low, height, kind, tone, highest in (
        (900, 0.0050, 0.001, 0.0042, THIN, 0.88, 1.0),
        (1000, 0.0040, 0.000, 0.0075, SPIKES, 1.0, 1.0),
        (800, 0.0028, -0.003, 0.0090, SPIKES, 1.1, 1.0),
        (1150, 0.0026, -0.002, 0.0050, SPIKES, 1.0, 0.4),  # cropped sides need more and finer hairs
    ):
        roots = scalp.roots(round(count * scale), rng, low)
        roots = roots[top(roots) <= highest]
        up = top(roots)
        length = (0.010 + 0.027 * up) * rng.uniform(0.75, 1.25, len(roots))
        wave, rise = rng.uniform(0.6, 1.25, len(roots)), 0.28 + 0.72 * up
        brow = step(-0.03, 0.01, roots[:, 2]) * up

        def lift(
            p: Floats,
            t: float,
            height: float = height,
            wave: Floats = wave,
            rise: Floats = rise,
            brow: Floats = brow,
        ) -> Floats:
            off = wave * rise * (0.0008 + height * t**0.8)
            return np.asarray(off + brow * 0.006 * np.sin(np.pi * min(t * 1.1, 1.0)))

        groups.append(
            _strands(
                *_trace(scalp, STEPS["short"], roots, length, flow, lift),
                width * _fine(scalp, roots),
                rng,
                kind,
                0.30,
                tone,
                0.08,
            )
        )
    return merge(groups)


def _receding(scalp: Scalp, rng: np.random.Generator, scale: float) -> Strands:
    """Cropped close, thin on top."""
    base = _crown_flow(0.1, -0.35)

    def flow(p: Floats, n: Floats) -> Floats:
        front = step(-0.045, 0.0, p[:, 2])[:, None]
        return np.asarray(base(p, n) + front * np.array([-0.2, 0.8, -0.7]))

    groups = []
    for count, width, low, height, kind, tone in (
        (900, 0.0050, 0.001, 0.0026, THIN, 0.9),
        (950, 0.0040, -0.001, 0.0038, SPIKES, 1.0),
        (850, 0.0028, -0.003, 0.0048, SPIKES, 1.1),
    ):
        roots = scalp.roots(round(count * scale), rng, low)
        length = 0.013 * rng.uniform(0.7, 1.25, len(roots)) * (1 + 0.5 * step(0.05, 0.09, roots[:, 1]))
        wave = rng.uniform(0.6, 1.3, len(roots))

        def lift(p: Floats, t: float, height: float = height, wave: Floats = wave) -> Floats:
            return wave * (0.0005 + height * t) + 0 * p[:, 0]

        groups.append(
            _strands(
                *_trace(scalp, STEPS["receding"], roots, length, flow, lift),
                width * _fine(scalp, roots),
                rng,
                kind,
                0.30,
                tone,
                0.08,
            )
        )
    return merge(groups)


def _bob(scalp: Scalp, rng: np.random.Generator, scale: float) -> Strands:
    """Parted at the side, falling to the jaw, tips turned in."""
    groups = []
    parting = np.concatenate([scalp.ridge(_PART + x, 0.003) for x in (-0.0035, -0.0012, 0.0012, 0.0035)])
    for count, width, low, height, kind, tone in (
        (250, 0.0135, 0.002, 0.0055, FULL, 0.75),
        (290, 0.0100, 0.001, 0.0105, FULL, 1.0),
        (200, 0.0075, -0.001, 0.0120, THIN, 1.12),
        (0, 0.0062, 0.0, 0.0110, THIN, 1.0),
    ):
        roots = scalp.roots(round(count * scale), rng, low) if count else parting
        paths, normals = _fall(scalp, roots, rng, height)
        # nothing may hang before the face, nor cast a line of shadow on it
        astray = ((paths[..., 2] > -0.014) & (paths[..., 1] < 0.022)).any(1)
        paths, normals = paths[~astray], normals[~astray]
        groups.append(_strands(paths, normals, width, rng, kind, 0.07, tone))
    return merge(groups)


_PART, _EARS, _HEM = 0.020, 0.006, -0.118


def _fall(scalp: Scalp, roots: Floats, rng: np.random.Generator, height: float) -> tuple[Floats, Floats]:
    """Rides the head to ear level, then hangs; every strand ends near the hem."""
    n = len(roots)
    side = np.where(roots[:, 0] > _PART, 1.0, -1.0)
    wave = rng.uniform(0.75, 1.2, n)
    hem = _HEM + rng.normal(0, 0.0045, n) + 0.010 * step(-0.06, -0.15, roots[:, 2])
    p, hang = roots, np.zeros(n, bool)
    fine, normals = [], []
    travelled = np.zeros(n)
    for _ in range(90):
        q, normal = scalp.project(p, wave * (0.0030 + height * step(0, 0.055, travelled)))
        out = _unit((q - CENTRE) * [1, 0, 1])
        q, normal = np.where(hang[:, None], p, q), np.where(hang[:, None], out, normal)
        fine.append(q)
        normals.append(normal)
        ride = _ride(scalp, q, normal, side)
        below = step(_EARS, -0.095, q[:, 1])[:, None]
        drop = (
            np.array([0, -1.0, 0])
            + out * (0.16 * (1 - below) - 0.46 * below**2)
            + 0.05 * noise(q, 0.03, 4)[:, None] * out
        )
        drop = drop - [0, 0, 1] * (0.55 * step(-0.085, -0.045, q[:, 2]))[:, None]
        d = _unit(np.where(hang[:, None], drop, ride))
        stop = q[:, 1] < hem
        p = np.where(stop[:, None], q, q + d * 0.004)
        travelled = travelled + 0.004
        hang = hang | (q[:, 1] < _EARS)
    return _resample(np.stack(fine, 1), np.stack(normals, 1))


def _ride(scalp: Scalp, q: Floats, normal: Floats, side: Floats) -> Floats:
    """Down and to its side of the parting, kept off the face."""
    high = step(0.045, 0.095, q[:, 1])[:, None]
    d = np.stack(
        [
            side * (0.35 + 0.9 * high[:, 0]),
            -1.0 + 0.5 * high[:, 0],
            0 * side - 0.30 * step(-0.09, -0.02, q[:, 2]),
        ],
        1,
    )
    near = (step(0.014, 0.002, scalp.line.field(q)) * step(-0.085, -0.05, q[:, 2]))[:, None]
    slope = scalp.slope(q)
    against = np.minimum((d * slope).sum(1, keepdims=True), 0)
    d = d - near * against * slope * 0.95
    return np.asarray(d - normal * (d * normal).sum(1, keepdims=True))


def _resample(paths: Floats, normals: Floats) -> tuple[Floats, Floats]:
    """A few points of each path, by arc length."""
    step_length = np.linalg.norm(np.diff(paths, axis=1), axis=2)
    length = np.concatenate([np.zeros((len(paths), 1)), np.cumsum(step_length, 1)], 1)
    steps = STEPS["bob"]
    out_p, out_n = np.zeros((len(paths), steps, 3)), np.zeros((len(paths), steps, 3))
    for k in range(len(paths)):
        at = length[k, -1] * np.linspace(0, 1, steps) ** 1.25  # closer on the skull, where it bends
        for axis in range(3):
            out_p[k, :, axis] = np.interp(at, length[k], paths[k, :, axis])
            out_n[k, :, axis] = np.interp(at, length[k], normals[k, :, axis])
    return out_p, _unit(out_n)
