"""Lines of a part cut into entries (one job, one course of study) by the line each of them is known by.

Does not: know what the entries are about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from mulakat.knowledge.cv.lexicon import fold, words
from mulakat.knowledge.documents.model import Line

PROSE = 9
"""Words from which on a line without a bullet is a sentence and no header."""

_STRONG = re.compile(r"\t+|\s+[|•·‖]\s+|\s+[–—−]\s+|\s+-\s+|\s*\|\s*")
_SEPARATORS = " \t,;:|·•–—−-("
_FIRM_END = re.compile(r"(?:\b(?:ltd|inc|co|corp|sti|tic|san|as|a\.s|s\.a|llc|pvt|jr|sr|b\.v)\.|\))\s*$")


@dataclass(slots=True)
class Entry:
    """The lines that say what an entry is, and those that tell of it."""

    header: list[Line] = field(default_factory=list)
    points: list[Line] = field(default_factory=list)


def entries_of(lines: list[Line], is_anchor: Callable[[Line], bool]) -> list[Entry]:
    """Entries by their anchors: the first one's distance from the top is that of all others."""
    runs = _runs(lines)
    entries: list[Entry] = []
    for header, points in runs:
        anchors = [n for n, line in enumerate(header) if is_anchor(line)]
        if not anchors:
            if entries and not any(_stands_out(line) for line in header):
                entries[-1].points += header
            else:
                entries.append(Entry(header))
        else:
            entries += _cut(header, anchors)
        if entries:
            entries[-1].points += points
    return entries


def _cut(header: list[Line], anchors: list[int]) -> list[Entry]:
    above = anchors[0]
    starts = [0]
    for before, anchor in pairwise(anchors):
        starts.append(max(anchor - above, before + 1))
    ends = [*starts[1:], len(header)]
    return [Entry(header[a:b]) for a, b in zip(starts, ends, strict=True)]


def _runs(lines: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Headers and the points below them, in turns."""
    runs: list[tuple[list[Line], list[Line]]] = []
    widest = max((len(line.text) for line in lines), default=0)
    before: Line | None = None
    for line in lines:
        told = line.item or is_prose(line) or (before is not None and _goes_on(before, line, runs, widest))
        if told and runs:
            runs[-1][1].append(line)
        elif not runs or runs[-1][1]:
            runs.append(([line], []))
        else:
            runs[-1][0].append(line)
        before = line
    return runs


def is_prose(line: Line) -> bool:
    """A sentence without a bullet: long, or closed by a full stop that is not an abbreviation's."""
    if line.bold > 0.5 or line.lead or "\t" in line.text or has_year(line.text):
        return False
    count = len(line.text.split())
    closed = line.text.rstrip().endswith((".", ";")) and not _FIRM_END.search(fold(line.text))
    return (closed and count >= 3) or count >= PROSE + 3


def _goes_on(before: Line, line: Line, runs: list[tuple[list[Line], list[Line]]], widest: int) -> bool:
    """Whether a line is the rest of the point above it."""
    if not runs or not runs[-1][1] or line.bold > 0.5 or line.lead or "\t" in line.text:
        return False
    if line.text[:1].islower():
        return True
    open_end = not before.text.rstrip().endswith((".", "!", "?", ";"))
    return (
        open_end
        and len(before.text) >= 0.8 * widest
        and len(before.text.split()) >= 8
        and not has_year(line.text)
    )


def _stands_out(line: Line) -> bool:
    return line.bold > 0.6 or bool(line.lead) or line.heading


def has_year(text: str) -> bool:
    return bool(re.search(r"\b(?:19[5-9]\d|20[0-4]\d)\b", text))


def without(text: str, start: int, end: int) -> str:
    """The text without a piece, and without the separators that the piece leaves dangling."""
    return "\t".join(
        p for p in (text[:start].rstrip(_SEPARATORS), text[end:].lstrip(" \t,;:|·•–—−-)").rstrip()) if p
    )


def segments(line: Line, text: str | None = None) -> list[str]:
    """A header's pieces: at tabs, bars and dashes, at the end of its styled beginning, then at commas."""
    whole = line.text if text is None else text
    lead = line.lead.rstrip(" ,:–—-|")
    parts: list[str] = []
    if lead and whole.startswith(lead) and "\t" not in lead and len(lead) < len(whole):
        parts.append(lead)
        whole = whole[len(lead) :].lstrip(_SEPARATORS)
    parts += _STRONG.split(whole)
    return [s for s in (p.strip(" \t,;:|·•–—−") for p in parts) if s]


def by_commas(text: str) -> list[str]:
    """The pieces between commas; a comma before a firm's form ("Finch, Inc.") parts nothing."""
    out: list[str] = []
    for piece in (p.strip() for p in text.split(",")):
        if out and fold(piece).strip(".") in {"inc", "ltd", "llc", "gmbh", "co", "plc"}:
            out[-1] = f"{out[-1]}, {piece}"
        elif piece:
            out.append(piece)
    return out


def column_names(line: Line) -> list[str] | None:
    """The columns a table's first row names ("dates", "title", ...); None for any other line."""
    cells = [fold(c.strip()) for c in line.text.split("\t")]
    names = [words().columns.get(c, "") for c in cells]
    known = [n for n in names if n]
    return names if len(cells) > 1 and len(known) >= max(2, len(cells) - 1) else None
