"""Strands painted along the way that hair lies: noise smeared along the flow (line integral convolution,
Cabral and Leedom, SIGGRAPH 1993), then brightness, height and normals from it.

Does not: know colours; the image is near white and the vertices colour it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from tools.avatar.basemesh import Floats
from tools.avatar.colour import noise
from tools.avatar.hairsheet import LOWEST, HairSheet

SIZE = 768
_STEP = 0.0008  # metres between two samples along a strand
_GRAIN, _CLUMP = 0.00055, 0.0026  # widths of strands and of the tufts they gather in, metres


@dataclass(frozen=True)
class HairImages:
    """strands (s,s,4): brightness of strands, their height in alpha; normal (s,s,3)."""

    strands: NDArray[np.uint8]
    normal: NDArray[np.uint8]


def paint(sheets: list[HairSheet], seed: int, contrast: float, clumps: float) -> HairImages:
    """All sheets in one image, each in its box."""
    strands = np.full((SIZE, SIZE, 4), [0.8, 0.8, 0.8, LOWEST])
    normal = np.full((SIZE, SIZE, 3), [0.5, 0.5, 1.0])
    for k, sheet in enumerate(sheets):
        u0, v0, u1, v1 = (round(edge * SIZE) for edge in sheet.box)
        tile = _Tile(sheet, v1 - v0, u1 - u0)
        fine, tuft, tone = tile.smeared(seed + 10 * k)
        height = _even(fine * (1 - clumps) + tuft * clumps)
        light = 1 - contrast * (0.62 * (1 - height) + 0.38 * (1 - tone))
        strands[v0:v1, u0:u1, :3] = light[..., None]
        strands[v0:v1, u0:u1, 3] = LOWEST + (1 - LOWEST) * height
        normal[v0:v1, u0:u1] = tile.normals(0.00010 * height + 0.00022 * tuft) / 2 + 0.5
    return HairImages(_bytes(strands), _bytes(normal))


def _bytes(image: Floats) -> NDArray[np.uint8]:
    return np.asarray(np.round(np.clip(image, 0, 1) * 255), np.uint8)


def _even(values: Floats) -> Floats:
    """The same order, spread evenly over 0-1."""
    order = np.argsort(values, axis=None, kind="stable")
    ranks = np.empty(values.size)
    ranks[order] = np.linspace(0, 1, values.size)
    return ranks.reshape(values.shape)


def _cell(place: NDArray[np.float32]) -> NDArray[np.int32]:
    return np.asarray(place + 0.5, np.int32)


class _Tile:
    """One sheet sampled at the texels of its box."""

    def __init__(self, sheet: HairSheet, tall: int, wide: int) -> None:
        rows, columns = sheet.lift.shape
        grid = np.meshgrid(np.linspace(0, rows - 1, tall), np.linspace(0, columns - 1, wide), indexing="ij")

        def spread(values: Floats) -> Floats:
            return np.stack(
                [ndimage.map_coordinates(values[..., k], grid, order=1) for k in range(values.shape[-1])],
                -1,
            )

        self.points = spread(sheet.at())
        self.down, self.across = (np.gradient(self.points, axis=k) for k in (0, 1))
        self._speed = self._texels(spread(sheet.flow))
        self._reach = max(4, round(sheet.strand / 2 / _STEP))
        self._closed = bool(np.allclose(sheet.skin[:, 0], sheet.skin[:, -1]))

    def _texels(self, flow: Floats) -> NDArray[np.float32]:
        """The flow (...,3) of one step as rows and columns of texels (...,2)."""
        a, b = self.down, self.across
        aa, bb, ab = ((x * y).sum(-1) for x, y in ((a, a), (b, b), (a, b)))
        fa, fb = ((x * flow).sum(-1) for x in (a, b))
        det = np.maximum(aa * bb - ab * ab, 1e-16)
        speed = np.stack([(fa * bb - fb * ab) / det, (fb * aa - fa * ab) / det], -1) * _STEP
        longest = np.linalg.norm(speed, axis=-1, keepdims=True)
        return np.asarray(speed * np.minimum(1, 8 / np.maximum(longest, 1e-9)), np.float32)

    def smeared(self, seed: int) -> tuple[Floats, Floats, Floats]:
        """Fine strands, tufts and a tone for each strand: three evenly spread 0-1 images."""
        p = self.points
        grains = np.stack(
            [noise(p, _GRAIN, seed), noise(p, _CLUMP, seed + 1), noise(p, 1.4 * _GRAIN, seed + 2)], -1
        ).astype(np.float32)
        total = grains.copy()
        tall, wide = p.shape[:2]
        for way in (1.0, -1.0):
            y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
            for _ in range(self._reach):
                speed = self._speed[_cell(y), _cell(x)]
                y = np.clip(y + way * speed[..., 0], 0, tall - 1)
                x = x + way * speed[..., 1]
                x = np.mod(x, wide - 1) if self._closed else np.clip(x, 0, wide - 1)
                total += grains[_cell(y), _cell(x)]
        fine, tuft, tone = (_even(total[..., k]) for k in range(3))
        return fine, tuft, tone

    def normals(self, height: Floats) -> Floats:
        """Tangent-space normals (...,3) of a height field in metres; green points up in the image."""
        dv, du = np.gradient(height)
        per_u = np.maximum(np.linalg.norm(self.across, axis=-1), 1e-4)
        per_v = np.maximum(np.linalg.norm(self.down, axis=-1), 1e-4)
        n = np.stack([np.clip(-du / per_u, -1, 1), np.clip(dv / per_v, -1, 1), np.ones_like(du)], -1)
        return np.asarray(n / np.linalg.norm(n, axis=-1, keepdims=True))
