"""Images as WebP bytes, the same ones every time.

Does not: resize unless asked.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image


def encode(
    image: np.ndarray[Any, np.dtype[np.uint8]], quality: int = 80, size: int | None = None, alpha: int = 90
) -> bytes:
    """WebP of a uint8 image (h,w,3) or (h,w,4); below 100, `alpha` keeps fewer levels of it."""
    picture = Image.fromarray(image)
    if size is not None and picture.width != size:
        picture = picture.resize((size, size), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=6, exact=True, alpha_quality=alpha)
    return out.getvalue()
