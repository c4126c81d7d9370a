"""Tapered hair strokes painted into a coverage image.

Does not: know whether they are brows, lashes or locks.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from tools.avatar.basemesh import Floats

_OVER = 3  # painted larger, then averaged down


class Sheet:
    """A greyscale coverage canvas with a second channel for brightness."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._cover = Image.new("L", (width * _OVER, height * _OVER), 0)
        self._shade = Image.new("L", (width * _OVER, height * _OVER), 128)
        self._draw = (ImageDraw.Draw(self._cover), ImageDraw.Draw(self._shade))

    def stroke(
        self, path: Floats, width: float, shade: float = 0.5, strength: float = 1.0, root: float = 0.6
    ) -> None:
        """A hair along path (n,2) in pixels: `root` of its width at the start, nothing at the tip."""
        p = path * _OVER
        along = np.gradient(p, axis=0)
        side = np.stack([-along[:, 1], along[:, 0]], 1)
        side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
        t = np.linspace(0, 1, len(p))
        half = (
            width
            * _OVER
            / 2
            * np.minimum(1, root + (1 - root) * t / 0.25)
            * np.sqrt(np.clip(1 - t, 0, 1) + 0.02)
        )
        outline = np.concatenate([p + side * half[:, None], (p - side * half[:, None])[::-1]])
        flat = [(float(x), float(y)) for x, y in outline]
        self._draw[0].polygon(flat, fill=round(255 * strength))
        self._draw[1].polygon(flat, fill=round(255 * float(np.clip(shade, 0, 1))))

    def images(self) -> tuple[Floats, Floats]:
        """Coverage and shade, 0-1, (height, width)."""
        small = [
            np.asarray(i.resize(self.size, Image.Resampling.BOX), float) / 255
            for i in (self._cover, self._shade)
        ]
        return small[0], small[1]
