"""A CV's lines sorted into its parts, by known headings and by what headings look like in this CV.

Does not: read what stands in a part.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from statistics import median

from mulakat.knowledge.documents.model import Line
from mulakat.knowledge.headings import CV_PARTS, part_of

BIGGER = 1.1
"""How much larger than the body a heading is, when it is larger at all."""

_Look = tuple[int, bool, bool]


@dataclass(slots=True)
class Section:
    """A part of the CV. `heading` is None for what stands above the first heading."""

    part: str
    heading: Line | None
    lines: list[Line]


def sections_of(lines: tuple[Line, ...], parts: frozenset[str] = CV_PARTS) -> list[Section]:
    """The parts in their order. The first one, "head", holds what stands above all headings."""
    body = median([line.size for line in lines if line.size] or [0.0])
    looks = Counter(_look(line) for line in lines if part_of(line.text, parts))
    usual = looks.most_common(1)[0][0] if looks else None
    found = [Section("head", None, [])]
    for line in lines:
        head, part, rest = _opened(line, parts, usual, body)
        if head:
            found.append(Section(part, line, []))
            if rest:
                found[-1].lines.append(replace(line, text=rest, lead="", bold=0.0))
        else:
            found[-1].lines.append(line)
    return found


def _opened(line: Line, parts: frozenset[str], usual: _Look | None, body: float) -> tuple[bool, str, str]:
    """Whether a line opens a part, which, and what of the part stands on the same line."""
    known = part_of(line.text, parts)
    if known:
        return _credible(line, usual, body), known[0], ""
    first, tab, rest = line.text.partition("\t")
    known = part_of(first, parts) if tab else None
    if known and not line.item:
        return True, known[0], rest
    first, colon, rest = line.text.partition(":")
    known = part_of(first, parts) if colon and rest.strip() else None
    if known and first.isupper() and len(first) > 3:
        return True, known[0], rest.strip()
    if _unknown_heading(line, usual, body):
        return True, "other", ""
    return False, "", ""


def _look(line: Line) -> _Look:
    return round(line.size), line.bold > 0.6, line.text.isupper()


def _credible(line: Line, usual: _Look | None, body: float) -> bool:
    """A known word is no heading where it looks less like one than the others do."""
    if line.heading or usual is None or _look(line) == usual or line.size >= BIGGER * body:
        return True
    return not line.item and (line.bold > 0.6 or not usual[1]) and (line.text.isupper() or not usual[2])


def _unknown_heading(line: Line, usual: _Look | None, body: float) -> bool:
    """Looks just as the known headings do, and these look like nothing else in the CV."""
    if usual is None or line.item or _look(line) != usual or any(c.isdigit() for c in line.text):
        return False
    distinct = usual[2] or (body > 0 and usual[0] >= BIGGER * body + 0.5) or line.heading
    return distinct and len(line.text.split()) <= 5 and "\t" not in line.text and len(line.text) > 2
