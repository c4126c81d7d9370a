"""Letters recognised in a page's picture, by tesseract when that is installed. Runs in the worker only.

Does not: install or fetch anything; without tesseract a scan is refused with a sentence that names it.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import lru_cache
from typing import Any

import numpy as np

from mulakat.knowledge.documents.words import Word

_DPI = 200
_SURE = 40.0
_SECONDS = 40


@lru_cache(maxsize=1)
def available() -> str:
    """The path of tesseract; "" when it is not installed."""
    return shutil.which("tesseract") or ""


@lru_cache(maxsize=1)
def _languages() -> str:
    listed = subprocess.run(
        [available(), "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False
    ).stdout.split()
    return "+".join(code for code in ("tur", "eng") if code in listed) or "eng"


def words_of(page: Any) -> list[Word]:
    """The words on a page's picture, in points from its top left; none when nothing was recognised."""
    scale = _DPI / 72
    bitmap = page.render(scale=scale, grayscale=True)
    shown = np.asarray(bitmap.to_numpy())
    picture = _pgm(shown if shown.ndim == 2 else shown[:, :, 0])
    bitmap.close()
    command = [available(), "stdin", "stdout", "-l", _languages(), "--dpi", str(_DPI), "tsv"]
    try:
        made = subprocess.run(command, input=picture, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return []
    return _words(made.stdout.decode("utf-8", "replace"), scale)


def _pgm(grey: Any) -> bytes:
    """A grey picture as PGM, which needs no library to write."""
    out = io.BytesIO()
    out.write(f"P5 {grey.shape[1]} {grey.shape[0]} 255\n".encode())
    out.write(np.ascontiguousarray(grey).tobytes())
    return out.getvalue()


def _words(table: str, scale: float) -> list[Word]:
    """Words out of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height,
    confidence, text."""
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    rows = [r for r in rows if len(r) == 12 and r[0] == "5" and r[11].strip() and float(r[10]) >= _SURE]
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    for row in rows:
        lines.setdefault(tuple(row[1:5]), []).append(row)
    return [_word(row, line, scale) for line in lines.values() for row in line]


def _word(row: list[str], line: list[list[str]], scale: float) -> Word:
    # One baseline and one size for a whole line: single words differ by their letters.
    top = min(int(r[7]) for r in line) / scale
    bottom = max(int(r[7]) + int(r[9]) for r in line) / scale
    left, width = int(row[6]) / scale, int(row[8]) / scale
    return Word(row[11].strip(), left, left + width, top, bottom, bottom, bottom - top, "", None)
