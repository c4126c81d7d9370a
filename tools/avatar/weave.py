"""A small repeating piece of woven cloth: brightness and normals.

Does not: colour it (the garments carry vertex colours).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIZE = 128
_THREADS = 16


def paint(seed: int = 5) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Albedo (s,s,3) near white, and the normal map (s,s,3); both repeat."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE * _THREADS
    rng = np.random.default_rng(seed)
    twill = np.floor(x) + np.floor(y)
    over = (twill % 4) < 2
    across = np.sqrt(np.abs(np.sin(np.pi * (x % 1))))
    along = np.sqrt(np.abs(np.sin(np.pi * (y % 1))))
    height = np.where(over, across, along * 0.9)
    thread = rng.normal(0, 1, (_THREADS, _THREADS))
    tone = thread[np.floor(y).astype(int) % _THREADS, np.floor(x).astype(int) % _THREADS]
    light = np.clip(0.87 + 0.10 * height + 0.010 * tone, 0, 1)
    dx = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) * 0.55
    dy = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * 0.55
    n = np.stack([-dx, dy, np.ones_like(dx)], -1)
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    albedo = np.repeat(np.round(light * 255).astype(np.uint8)[..., None], 3, 2)
    return albedo, np.round(n * 127.5 + 127.5).astype(np.uint8)
