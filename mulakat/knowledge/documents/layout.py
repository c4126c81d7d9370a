"""Words with places -> lines in reading order: columns apart, tables row by row.

A gap that runs down the page is a gutter only when there is a part's heading, or running text, on both
sides of it; dates set to the right margin, or labels in a narrow column, stay beside what they belong to.

Does not: read files, or decide what is visible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from mulakat.knowledge.documents.model import Line
from mulakat.knowledge.documents.words import Word
from mulakat.knowledge.headings import CV_PARTS, JOB_PARTS, part_of

TAB = 1.7
"""Gap between two words of a line, in heights of its letters, from which on it is a tab."""

PARAGRAPH = 1.2
"""How much wider than usual the gap above a line is with which a paragraph begins."""

_STEP = 3.0
_NARROWEST = 9.0
_FEWEST_ROWS = 4
_SIDEBAR = 1.25
_BULLET = re.compile(r"^(?:[•●▪■◦‣⁃∙·○➢➤►✓✔*]|[-–—](?=\s))\s*")
_PRIVATE_USE = re.compile(r"^[\ue000-\uf8ff]\s*")


@dataclass(slots=True)
class Row:
    """Words that stand on one baseline, from left to right."""

    words: list[Word]

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def text(self) -> str:
        return _text(self.words)


@dataclass(slots=True)
class PageLayout:
    """A page cut into what is read before its columns, the columns, and what comes after.

    `gutter` is the place of the cut; None for a page of one column. Of two unlike columns the narrow
    one comes first: it holds short lists, while the wide one may go on over the page.
    """

    before: list[Row] = field(default_factory=list)
    first: list[Row] = field(default_factory=list)
    second: list[Row] = field(default_factory=list)
    after: list[Row] = field(default_factory=list)
    gutter: float | None = None
    sidebar: bool = False


def lay_out(words: list[Word], before: PageLayout | None = None) -> PageLayout:
    """The layout of one page. Columns of the page `before` go on where they stood, headings or not."""
    cut = _gutter(words, before.gutter if before else None)
    if cut is None:
        return PageLayout(before=rows_of(words))
    x, top, bottom = cut
    inside = [w for w in words if top < w.base < bottom]
    left = [w for w in inside if w.right <= x]
    right = [w for w in inside if w.right > x]
    wide = [_width(left), _width(right)]
    sidebar = max(wide) > _SIDEBAR * min(wide)
    first, second = (right, left) if sidebar and wide[1] < wide[0] else (left, right)
    return PageLayout(
        rows_of([w for w in words if w.base <= top]),
        rows_of(first),
        rows_of(second),
        rows_of([w for w in words if w.base >= bottom]),
        x,
        sidebar,
    )


def lines_of(layouts: list[PageLayout]) -> list[Line]:
    """The document's lines. A sidebar that runs over several pages is read whole, then the wide column."""
    ordered: list[tuple[int, list[Row]]] = []
    page = 0
    while page < len(layouts):
        run = _run(layouts, page)
        ordered.append((page + 1, layouts[page].before))
        ordered += [(n + 1, layouts[n].first) for n in range(page, page + run)]
        for n in range(page, page + run):
            if n > page:
                ordered.append((n + 1, layouts[n].before))
            ordered += [(n + 1, layouts[n].second), (n + 1, layouts[n].after)]
        page += run
    return [line for number, rows in ordered for line in _lines(rows, number)]


def _lines(rows: list[Row], page: int) -> list[Line]:
    """Lines of one column with the beginnings of paragraphs: a wider gap, or a short line before."""
    lines = [_line(row, page) for row in rows]
    gaps = [b.base - a.base for a, b in pairwise(rows)]
    usual = median(gaps) if gaps else 0.0
    reach = max((r.words[-1].right for r in rows), default=0.0)
    for n, gap in enumerate(gaps):
        before = rows[n]
        short = reach - before.words[-1].right > 3 * before.words[-1].size
        closed = lines[n].text.rstrip().endswith((".", "!", "?", ":"))
        if gap > PARAGRAPH * usual or (short and closed) or lines[n + 1].item:
            lines[n + 1] = replace(lines[n + 1], begins=True)
    return [replace(lines[0], begins=lines[0].text[:1].isupper()), *lines[1:]] if lines else []


def _run(layouts: list[PageLayout], page: int) -> int:
    """How many pages from `page` on have the same sidebar; 1 at least."""
    start = layouts[page]
    run = 1
    while start.sidebar and page + run < len(layouts):
        other = layouts[page + run]
        if not other.sidebar or abs((other.gutter or 0) - (start.gutter or 0)) > 20:
            break
        run += 1
    return run


def rows_of(words: list[Word]) -> list[Row]:
    """Words joined to rows, from top to bottom."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda w: (w.base, w.left)):
        near = next((r for r in rows[-3:] if abs(r.base - word.base) < 0.3 * word.size), None)
        if near:
            near.words.append(word)
        else:
            rows.append(Row([word]))
    for row in rows:
        row.words.sort(key=lambda w: w.left)
    return rows


def _text(words: list[Word]) -> str:
    out = ""
    for before, word in zip([None, *words], words, strict=False):
        gap = word.left - before.right if before else 0.0
        size = max(word.size, 1.0)
        tab = before and gap > TAB * size and not _BULLET.match(before.text + " ")
        out += ("\t" if tab else " " if before and (word.spaced or gap > 0.1 * size) else "") + word.text
    return out.strip()


def _line(row: Row, page: int) -> Line:
    text = row.text
    stripped = _PRIVATE_USE.sub("", _BULLET.sub("", text, count=1), count=1)
    words = [w for w in row.words if w.text.strip()] or row.words
    letters = sum(len(w.text) for w in words)
    bold = sum(len(w.text) for w in words if "b" in w.style) / max(letters, 1)
    item = stripped != text and bool(stripped)
    return Line(
        stripped if item else text,
        page,
        0,
        round(median(w.size for w in words), 1),
        round(bold, 2),
        _lead(words[1:] if item and len(words[0].text) == 1 else words),
        False,
        item,
    )


def _lead(words: list[Word]) -> str:
    """The styled beginning of a row that goes on in another style."""
    style = words[0].style if words else ""
    end = next((n for n, w in enumerate(words) if w.style != style), len(words))
    return _text(words[:end]) if style and end < len(words) else ""


# ---------------------------------------------------------------- gutters


def _gutter(words: list[Word], known: float | None) -> tuple[float, float, float] | None:
    """The best gutter: its x, and the baselines between which it stands free. None without one."""
    if len(words) < 12:
        return None
    if known is not None and (same := _continued(words, known)):
        return same
    left, right = min(w.left for w in words), max(w.right for w in words)
    best: tuple[float, tuple[float, float, float]] | None = None
    x = left + 0.15 * (right - left)
    while x < left + 0.85 * (right - left):
        for top, bottom in _free(words, x):
            found = _judge(words, x, top, bottom)
            if found and (best is None or found[0] > best[0]):
                best = found
        x += _STEP
    return best[1] if best else None


def _continued(words: list[Word], x: float) -> tuple[float, float, float] | None:
    """The gutter of the page before, where it is free from this page's first line on."""
    spans = _free(words, x)
    if not spans or spans[0][0] >= min(w.base for w in words):
        return None
    inside = [w for w in words if w.base < spans[0][1]]
    right = sum(w.left > x for w in inside)
    return (x, *spans[0]) if 0 < right < len(inside) else None


def _free(words: list[Word], x: float) -> list[tuple[float, float]]:
    """Intervals of height in which no word crosses or touches the line at `x`."""
    bases = sorted(w.base for w in words if w.left - 2 < x < w.right + 2)
    top, bottom = min(w.base for w in words) - 1, max(w.base for w in words) + 1
    edges = [top, *bases, bottom]
    whole = bottom - top
    return [(a, b) for a, b in pairwise(edges) if b - a > 0.18 * whole]


def _judge(
    words: list[Word], x: float, top: float, bottom: float
) -> tuple[float, tuple[float, float, float]] | None:
    inside = [w for w in words if top < w.base < bottom]
    left, right = [w for w in inside if w.right <= x], [w for w in inside if w.left >= x]
    if len(left) < _FEWEST_ROWS or len(right) < _FEWEST_ROWS:
        return None
    width = min(w.left for w in right) - max(w.right for w in left)
    if width < _NARROWEST:
        return None
    sides = rows_of(left), rows_of(right)
    if min(len(s) for s in sides) < _FEWEST_ROWS:
        return None
    # A section's heading that hangs beside its text stands on the baseline of its first line.
    if not all(_has_heading(s) for s in sides) and not all(_runs(s) for s in sides):
        return None
    if _labels(*sides) or _labels(*reversed(sides)):
        return None
    middle = (min(w.left for w in right) + max(w.right for w in left)) / 2
    return (bottom - top) * (1 + min(width, 60.0) / 200), (middle, top, bottom)


def _has_heading(rows: list[Row]) -> bool:
    return any(part_of(_BULLET.sub("", r.text), CV_PARTS | JOB_PARTS) for r in rows)


def _labels(rows: list[Row], others: list[Row]) -> bool:
    """Whether `rows` are headings that stand beside what they head, and little else."""
    heads = [r for r in rows if part_of(r.text, CV_PARTS | JOB_PARTS)]
    beside = sum(any(abs(o.base - r.base) < 2 for o in others) for r in rows)
    return len(heads) >= 0.5 * len(rows) and beside >= 0.8 * len(rows)


def _runs(rows: list[Row]) -> bool:
    """Whether these are lines of running text that fill their column."""
    if len(rows) < 8:
        return False
    width = _width([w for r in rows for w in r.words])
    full = sum(r.words[-1].right - r.words[0].left > 0.7 * width for r in rows)
    return full >= 0.55 * len(rows) and median(len(r.text) for r in rows) >= 25


def _width(words: list[Word]) -> float:
    return max(w.right for w in words) - min(w.left for w in words) if words else 1.0
