"""The words of a PDF page with their places, and which of them a reader cannot see.

What is visible is decided by drawing the page and looking: text that leaves no mark, or has the colour
of what is around it, was not meant for a reader's eyes. So white text on a dark panel is read, and
white text on white paper is not.

Does not: order the words (`layout` does).
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

TINY = 3.0
"""Points. Letters of a smaller size cannot be read on paper."""

FAINT = 24
"""Of 255: less difference than this between text and paper is not seen."""

_SCALE = 2.0
_PIXELS = 8_000_000
"""A page is drawn smaller when it would have more: a file may claim pages as large as a house."""

_BOLD_WEIGHT = 600
_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
_INVISIBLE_MODES = frozenset([3, 7])
_LIGATURES = {
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬀ": "ff",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "\u00ad": "",
    "\u200b": "",
    "\ufeff": "",
}


@dataclass(slots=True)
class Word:
    """A word as drawn. Coordinates in points from the page's top left; `base` is its baseline.

    `spaced`: the file itself sets white space before it.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    style: str  # "b", "i", "bi" or ""
    colour: tuple[int, int, int] | None
    mode: int = 0
    spaced: bool = True


def words_of(page: Any) -> list[Word]:
    """The words of a page in the order in which the file draws them."""
    text_page = page.get_textpage()
    try:
        return _words(text_page.raw, page.get_height())
    finally:
        text_page.close()


def _words(handle: Any, height: float) -> list[Word]:
    made: list[Word] = []
    current: Word | None = None
    spaced = True
    # Made once: a page has thousands of letters.
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for i in range(max(raw.FPDFText_CountChars(handle), 0)):
        letter = _letter(raw.FPDFText_GetUnicode(handle, i))
        if not letter:
            continue
        if letter.isspace():
            current, spaced = None, True
            continue
        placed = raw.FPDFText_GetLooseCharBox(handle, i, rect) and raw.FPDFText_GetMatrix(handle, i, matrix)
        if not placed:
            continue
        base, top, bottom = height - matrix.f, height - rect.top, height - rect.bottom
        if current and _continues(current, rect.left, base):
            current.text += letter
            current.right = max(current.right, rect.right)
            current.top, current.bottom = min(current.top, top), max(current.bottom, bottom)
            continue
        size = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d) or bottom - top
        style, colour, mode = _looks(handle, i)
        current = Word(letter, rect.left, rect.right, top, bottom, base, size, style, colour, mode, spaced)
        spaced = False
        made.append(current)
    for word in made:
        word.text = unicodedata.normalize("NFC", word.text)
    return made


@lru_cache(maxsize=4096)
def _letter(code: int) -> str:
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    letter = chr(code)
    if letter in "\r\n\t\x0b\x0c\u00a0":
        return " "
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Co") else _LIGATURES.get(letter, letter)


def _continues(word: Word, left: float, base: float) -> bool:
    reach = 0.18 * word.size
    return abs(base - word.base) < 0.12 * max(word.size, 1.0) and -2 * reach < left - word.right < reach


def _looks(handle: Any, i: int) -> tuple[str, tuple[int, int, int] | None, int]:
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(handle, i, name, 128, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace").lower()
    weight = raw.FPDFText_GetFontWeight(handle, i)
    bold = weight >= _BOLD_WEIGHT or "bold" in font or "black" in font or bool(flags.value & _FORCE_BOLD)
    italic = bool(flags.value & _ITALIC) or "italic" in font or "oblique" in font
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFText_GetFillColor(handle, i, *(ctypes.byref(c) for c in (r, g, b, a)))
    thing = raw.FPDFText_GetTextObject(handle, i)
    mode = raw.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
    colour = (r.value, g.value, b.value) if known and a.value == 255 else None
    return ("b" if bold else "") + ("i" if italic else ""), colour, mode


def hidden(page: Any, words: list[Word]) -> list[Word]:
    """Those words of the page that nobody can see on it."""
    if not words:
        return []
    width, height = page.get_width(), page.get_height()
    scale = min(_SCALE, math.sqrt(_PIXELS / max(width * height, 1.0)))
    picture = _draw(page, scale)
    covered = _is_scan(page)
    return [w for w in words if not _visible(w, picture, scale, width, height, covered)]


def _draw(page: Any, scale: float) -> NDArray[np.int16]:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        shown = np.asarray(bitmap.to_numpy())
        shown = shown[:, :, None] if shown.ndim == 2 else shown[:, :, :3]
        return shown.astype(np.int16)
    finally:
        bitmap.close()


def _is_scan(page: Any) -> bool:
    """Whether a picture covers most of the page: a scanner's own text lies unseen behind it."""
    area = page.get_width() * page.get_height()
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) > 0.5 * area:
            return True
    return False


def _visible(
    word: Word, picture: NDArray[np.int16], scale: float, width: float, height: float, scan: bool
) -> bool:
    if (
        word.size < TINY
        or word.right < 1
        or word.left > width - 1
        or word.bottom < 1
        or word.top > height - 1
    ):
        return False
    if word.mode in _INVISIBLE_MODES:
        return scan
    left, right = int(max(word.left, 0) * scale), int(min(word.right, width) * scale) + 1
    top, bottom = int(max(word.top, 0) * scale), int(min(word.bottom, height) * scale) + 1
    # Green alone settles it for nearly every word, at a third of the work.
    spots = (picture[:, :, 1:2], picture) if picture.shape[2] > 1 else (picture,)
    return any(_stands_out(word, spot, left, right, top, bottom) for spot in spots)


def _stands_out(
    word: Word, picture: NDArray[np.int16], left: int, right: int, top: int, bottom: int
) -> bool:
    """Whether there is a mark in the word's place, and its colour is not that of the paper around."""
    spot = picture[top:bottom, left:right]
    if not spot.size or int((spot.max(axis=(0, 1)) - spot.min(axis=(0, 1))).max()) < FAINT:
        return False
    if word.colour is None:
        return True
    above = picture[max(0, top - 2) : top, left:right].reshape(-1, picture.shape[2])
    below = picture[bottom : bottom + 2, left:right].reshape(-1, picture.shape[2])
    ring = np.concatenate([above, below])
    if not len(ring):
        return True
    paper = np.partition(ring, len(ring) // 2, axis=0)[len(ring) // 2]
    own = word.colour[1:2] if picture.shape[2] == 1 else word.colour
    return bool(np.abs(paper - np.asarray(own)).max() >= FAINT)


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The document; raises pypdfium2.PdfiumError."""
    return pypdfium2.PdfDocument(data)
