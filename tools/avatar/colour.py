"""Small numeric helpers that every painter uses: sRGB and linear light, smooth steps, smooth 3D noise.

Does not: paint.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.avatar.basemesh import Floats


def linear(srgb: ArrayLike) -> Floats:
    """sRGB 0-255 to linear 0-1."""
    c = np.asarray(srgb, float) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def encoded(light: ArrayLike) -> NDArray[np.uint8]:
    """Linear 0-1 to sRGB bytes."""
    c = np.clip(np.asarray(light, float), 0, 1)
    s = np.where(c <= 0.0031308, c * 12.92, 1.055 * c ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(s * 255), np.uint8)


def step(low: ArrayLike, high: ArrayLike, x: ArrayLike) -> Floats:
    """Smoothstep from 0 at `low` to 1 at `high`; falls when low > high."""
    t = np.clip((np.asarray(x, float) - low) / (np.asarray(high, float) - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def _mixed(h: NDArray[np.uint32]) -> Floats:
    """Values in [-1, 1] from sums of hashed cell coordinates; unsigned overflow is meant."""
    h = (h ^ (h >> 13)) * np.uint32(1274126177)
    h = h ^ (h >> 16)
    return (h & 0xFFFF) / 32767.5 - 1


def noise(points: Floats, scale: float | Sequence[float], seed: int = 0) -> Floats:
    """Smooth value noise in [-1, 1] at points (...,3); `scale` is the size of one cell (metres)."""
    p = points / np.asarray(scale, float) + 1000.0
    cell = np.floor(p)
    f = p - cell
    f = f * f * (3 - 2 * f)
    primes = np.array([374761393, 668265263, 2147483647], np.uint32)
    low = cell.astype(np.int64).astype(np.uint32) * primes
    x, y, z = (low[..., k] for k in range(3))
    z = z + np.uint32(seed * 1274126177 & 0xFFFFFFFF)
    fx, fy, fz = (f[..., k] for k in range(3))

    def along_x(h: NDArray[np.uint32]) -> Floats:
        a = _mixed(h + x)
        return np.asarray(a + fx * (_mixed(h + x + primes[0]) - a))

    def across(h: NDArray[np.uint32]) -> Floats:
        a = along_x(h + y)
        return np.asarray(a + fy * (along_x(h + y + primes[1]) - a))

    near = across(z)
    return np.asarray(near + fz * (across(z + primes[2]) - near))


def layered(points: Floats, scale: float, octaves: int, seed: int = 0) -> Floats:
    """Several octaves of noise, about [-1, 1]."""
    total, amount = np.zeros(points.shape[:-1]), 0.0
    for k in range(octaves):
        total += noise(points, scale / 2**k, seed + k) * 0.55**k
        amount += 0.55**k
    return total / amount
