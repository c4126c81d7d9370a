"""Where and what somebody studied.

Does not: rank schools or degrees.
"""

from __future__ import annotations

from mulakat.knowledge.cv.dates import find_period, find_year
from mulakat.knowledge.cv.entries import by_commas, column_names, entries_of, segments, without
from mulakat.knowledge.cv.lexicon import words
from mulakat.knowledge.cv.model import Period, Study
from mulakat.knowledge.cv.roles import is_place
from mulakat.knowledge.documents.model import Document, Line


def education_of(document: Document, lines: list[Line]) -> list[Study]:
    """The courses of study in a part about education, in the CV's order."""
    lines = [line for line in lines if column_names(line) is None]
    schooled = any(_is_school(line) for line in lines)
    anchor = _is_school if schooled else _is_dated
    found: list[Study] = []
    for entry in entries_of(lines, anchor):
        header = entry.header or entry.points
        period, parts = _parts(header)
        degree, school = _tell_apart(parts)
        if school or degree:
            found.append(Study(degree, school, period, document.source(header[0], header[-1])))
    return found


def _is_school(line: Line) -> bool:
    return words().schools.count(line.text) > 0


def _is_dated(line: Line) -> bool:
    return find_period(line.text) is not None or find_year(line.text) is not None


def _parts(header: list[Line]) -> tuple[Period | None, list[str]]:
    period: Period | None = None
    parts: list[str] = []
    for line in header:
        text = line.text
        found = (find_period(text) or find_year(text)) if period is None else None
        if found:
            period, text = found[0], without(text, found[1], found[2])
        parts += segments(line, text)
    return period, parts


def _tell_apart(parts: list[str]) -> tuple[str, str]:
    """Degree and school among the pieces of one entry."""
    pieces = [p for part in parts for p in (by_commas(part) if _mixed(part) else [part])]
    pieces = [p for p in pieces if any(c.isalpha() for c in p)]
    scores = [_school_score(p) for p in pieces]
    best = max(range(len(pieces)), key=lambda n: scores[n], default=-1)
    school = pieces[best] if best >= 0 and scores[best] > 0 else ""
    rest = [p for n, p in enumerate(pieces) if not (school and n == best) and not is_place(p)]
    if not school and len(rest) > 1:
        degrees = [p for p in rest if words().degrees.count(p)]
        others = [p for p in rest if p not in degrees]
        return (degrees or rest)[0], (others or [""])[0]
    degree = max(rest, key=lambda p: (words().degrees.count(p) > 0, -rest.index(p)), default="")
    return degree, school


def _mixed(part: str) -> bool:
    """Whether a piece holds a school and something else behind a comma."""
    return "," in part and (_school_score(part) > 0 or words().degrees.count(part) > 0)


def _school_score(piece: str) -> float:
    return 2.0 * min(words().schools.count(piece), 2) - min(words().degrees.count(piece), 2)
