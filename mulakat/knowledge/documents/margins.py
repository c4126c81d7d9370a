"""Page numbers and what is repeated at the top or bottom of every page, taken out of the text.

What is repeated stays where it stands first: it may be the name of whoever wrote it. Does not: touch
anything that stands on one page only, but a lone number at its edge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from mulakat.knowledge.documents.model import Line

EDGE = 2
"""Lines at a page's top and at its bottom that can belong to its margin."""

FEWEST = 3
"""Pages on which a line has to stand to count as repeated."""

_NUMBER = re.compile(
    r"^\W*(?:(?:page|p\.|sayfa|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|-|–)\s*\d{1,4})?\W*$", re.IGNORECASE
)


def without_margins(lines: list[Line]) -> list[Line]:
    """The lines without page numbers, running heads and feet; all of them if nothing else is left."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    repeated = _repeated(pages.values())
    gone: set[int] = set()
    kept: set[str] = set()
    for page in pages.values():
        for edge in (page, page[::-1]):
            for line in edge[:EDGE]:
                key = _key(line)
                if not (_NUMBER.match(line.text) and len(pages) > 1) and key not in repeated:
                    break
                if key in repeated and key not in kept:
                    kept.add(key)
                else:
                    gone.add(id(line))
    return [line for line in lines if id(line) not in gone] or lines


def _repeated(pages: Iterable[list[Line]]) -> set[str]:
    """Texts that stand at the edge of at least half of the pages, whatever number they hold."""
    every = list(pages)
    counts = Counter(
        key for page in every for key in {_key(line) for line in (*page[:EDGE], *page[-EDGE:])} if key
    )
    return {key for key, count in counts.items() if count >= FEWEST and 2 * count >= len(every)}


def _key(line: Line) -> str:
    return re.sub(r"[\W\d]+", " ", line.text).strip().lower()
