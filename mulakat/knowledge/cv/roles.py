"""The jobs of a CV: title, employer, place, period and what is told of each.

Does not: judge the jobs, or complete what the CV leaves out.
"""

from __future__ import annotations

from mulakat.knowledge.cv.dates import find_period, find_year
from mulakat.knowledge.cv.entries import Entry, by_commas, column_names, entries_of, segments, without
from mulakat.knowledge.cv.lexicon import fold, words
from mulakat.knowledge.cv.model import Fact, Period, Role
from mulakat.knowledge.documents.model import Document, Line
from mulakat.messages import LANGUAGES
from mulakat.text.grammar import grammar


def roles_of(document: Document, lines: list[Line]) -> list[Role]:
    """The jobs in a part about work, in the CV's order."""
    names = next((c for line in lines[:3] if (c := column_names(line))), None)
    lines = [line for line in lines if column_names(line) is None]
    if names:
        tabled = [line for line in lines if len(line.text.split("\t")) == len(names)]
        if tabled:
            return _from_table(document, lines, tabled, names)
    dated = any(find_period(line.text) for line in lines)
    anchor = _has_period if dated else _has_title
    return [role for entry in entries_of(lines, anchor) if (role := _role(document, entry))]


def _has_period(line: Line) -> bool:
    return not line.item and find_period(line.text) is not None


def _has_title(line: Line) -> bool:
    return not line.item and words().titles.count(line.text) > 0 and len(line.text.split()) < 10


def _from_table(document: Document, lines: list[Line], rows: list[Line], names: list[str]) -> list[Role]:
    roles: list[Role] = []
    told = [line for line in lines if line not in rows]
    for row in rows:
        cells = dict(zip(names, (c.strip() for c in row.text.split("\t")), strict=True))
        found = find_period(cells.get("dates", "")) or find_year(cells.get("dates", ""))
        title, employer = cells.get("title", ""), cells.get("employer", "")
        if title or employer:
            points = tuple(Fact(t.text, document.source(t)) for t in told) if len(rows) == 1 else ()
            roles.append(
                Role(title, employer, "", found[0] if found else None, points, document.source(row))
            )
    return roles


def _role(document: Document, entry: Entry) -> Role | None:
    if not entry.header:
        return None
    period, parts = _taken(entry.header)
    title, employer, place = tell_apart(parts)
    if not title and not employer:
        return None
    points = _points(document, entry.points)
    return Role(title, employer, place, period, points, document.source(entry.header[0], entry.header[-1]))


def _taken(header: list[Line]) -> tuple[Period | None, list[str]]:
    """The period of a header and its other pieces."""
    period: Period | None = None
    parts: list[str] = []
    for line in header:
        text = line.text
        found = find_period(text) if period is None else None
        if found:
            period, text = found[0], without(text, found[1], found[2])
        parts += segments(line, text)
    if period is None:
        for n, part in enumerate(parts):
            if single := find_year(part):
                period = single[0]
                parts[n] = without(part, single[1], single[2])
                break
    return period, [p for p in parts if p]


def tell_apart(parts: list[str]) -> tuple[str, str, str]:
    """Which pieces of a job's header are the title, the employer and the place."""
    pieces = [p for part in parts for p in _split(part)]
    if not pieces:
        return "", "", ""
    scores = [_title_score(p, n) for n, p in enumerate(pieces)]
    best = max(range(len(pieces)), key=lambda n: scores[n])
    rest = [p for n, p in enumerate(pieces) if n != best]
    places = [p for p in rest if is_place(p)]
    firms = [p for p in rest if p not in places]
    if scores[best] <= 0 and not firms:
        return "", pieces[best], " ".join(places)
    firm = max(firms, key=lambda p: (words().employers.count(p) > 0, -firms.index(p)), default="")
    if not firm and places:
        firm = places.pop(0)
    left = [p for p in firms if p != firm and len(p.split()) <= 3]
    return pieces[best], firm, (places or left or [""])[0]


def _split(part: str) -> list[str]:
    """A piece at its commas, when that parts a title from a firm or a firm from a place."""
    pieces = by_commas(part)
    if len(pieces) == 1:
        return _at_word(pieces[0])
    titled = [words().titles.count(p) > 0 for p in pieces]
    if len(pieces) == 2 and all(titled) and not words().employers.count(pieces[1]):
        return [part]
    return pieces


def _at_word(piece: str) -> list[str]:
    """ "Nurse at St. Mary" is two pieces."""
    for mark in (" at ", " @ "):
        left, found, right = piece.partition(mark)
        if found and words().titles.count(left):
            return [left.strip(), right.strip()]
    return [piece]


def _title_score(piece: str, position: int) -> float:
    held = words().titles.count(piece)
    score = 2.0 * min(held, 2) - 1.5 * min(words().employers.count(piece), 2) - 0.1 * position
    if is_place(piece):
        score -= 3.0
    return score - (1.0 if len(piece.split()) > 6 else 0.0)


def is_place(piece: str) -> bool:
    """Whether a piece is a known town or country, or a region's letters ("OR", "UK")."""
    known = {fold(p) for language in LANGUAGES for p in grammar(language)["places"]}
    parts = [fold(p) for p in piece.replace("/", " ").split()]
    return bool(parts) and (all(p.strip(".") in known for p in parts) or piece in _REGIONS)


_REGIONS = frozenset(
    [
        "UK",
        "USA",
        "US",
        "EU",
        "UAE",
        "remote",
        "Remote",
        "hybrid",
        "Hybrid",
        "uzaktan",
        "Uzaktan",
        "hibrit",
        "Hibrit",
    ]
) | frozenset(
    [
        "CA",
        "NY",
        "TX",
        "FL",
        "WA",
        "OR",
        "IL",
        "MA",
        "PA",
        "OH",
        "GA",
        "NC",
        "NJ",
        "VA",
        "CO",
        "AZ",
        "MI",
        "MN",
    ]
)


def _points(document: Document, lines: list[Line]) -> tuple[Fact, ...]:
    """Points with their wrapped lines joined."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.item and (line.text[:1].islower() or not _closed(groups[-1][-1])):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(
        Fact(" ".join(line.text for line in g), document.source(g[0], g[-1])) for g in groups if g[0].text
    )


def _closed(line: Line) -> bool:
    return line.text.rstrip().endswith((".", "!", "?", ";", ":"))
