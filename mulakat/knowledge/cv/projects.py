"""Projects: a name and what is told of it.

Does not: tell large projects from small ones.
"""

from __future__ import annotations

import re

from mulakat.knowledge.cv.dates import find_period
from mulakat.knowledge.cv.entries import is_prose, without
from mulakat.knowledge.cv.model import Project
from mulakat.knowledge.documents.model import Document, Line

LONGEST = 9
"""Words a project's name has at most."""

_NAMED = re.compile(r"^(.{2,70}?)\s*(?::\s+|\t+|\s+[|–—−]\s+|\s+-\s+|\.\s+(?=[^\W\d_]))(.+)$")
_BRACKET = re.compile(r"^(.{2,60}?)\s*\((.{8,})\)\.?$")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")


def projects_of(document: Document, lines: list[Line]) -> list[Project]:
    """The projects of a part, in its order."""
    found: list[tuple[str, list[str], Line, Line]] = []
    for line in lines:
        name, text = _parted(line)
        if name:
            found.append((name, [text] if text else [], line, line))
        elif found:
            before = found[-1]
            found[-1] = (before[0], [*before[1], line.text], before[2], line)
    return [Project(n, " ".join(t), document.source(a, b)) for n, t, a, b in found]


def _parted(line: Line) -> tuple[str, str]:
    """Name and text of a line that begins a project; "" for the name of one that goes on."""
    text = _NUMBER.sub("", line.text)
    period = find_period(text)
    if period:
        text = without(text, period[1], period[2])
    lead = line.lead.strip(" .:–—-|\t")
    if lead and text.startswith(lead) and len(lead.split()) <= LONGEST:
        return lead, text[len(lead) :].strip(" .:–—-|\t,")
    match = _BRACKET.match(text) or _NAMED.match(text)
    if match and len(match[1].split()) <= LONGEST - 2 and match[1][:1].isupper():
        return match[1].strip(), match[2].strip()
    if (
        not is_prose(line)
        and not line.text[:1].islower()
        and len(text.split()) <= LONGEST
        and (line.bold > 0.5 or not line.item)
    ):
        return text.strip(), ""
    return "", ""
