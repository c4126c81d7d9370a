"""Whose CV it is, and what they call themselves.

Does not: keep addresses, telephone numbers or pictures.
"""

from __future__ import annotations

import re

from mulakat.knowledge.cv.entries import by_commas, segments
from mulakat.knowledge.cv.lexicon import fold, words
from mulakat.knowledge.cv.model import Fact
from mulakat.knowledge.documents.model import Document, Line
from mulakat.knowledge.headings import CV_PARTS, part_of

FIRST = 60
"""Lines that are looked at: with a sidebar the name stands behind it."""

_WORD = re.compile(r"^[^\W\d_]+(?:['’.\-][^\W\d_]*)*\.?$")
_LABEL = re.compile(r"^(?:full name|name|ad[ıi]? soyad[ıi]?|isim|adı)\s*[:\t]\s*(.+)$", re.IGNORECASE)
_MAIL = re.compile(r"([\w.+-]+)@[\w-]+\.[\w.]+")


def name_of(document: Document) -> Fact | None:
    """The name, as it stands; None when no line looks like one."""
    lines = [line for line in document.lines[:FIRST] if line.page == document.lines[0].page]
    mail = _MAIL.search(document.text)
    letters = re.sub(r"[^a-z]", "", fold(mail[1])) if mail else ""
    largest = max((line.size for line in lines), default=0.0)
    best: tuple[float, Fact] | None = None
    for n, line in enumerate(lines):
        for text in _candidates(line):
            score = _score(text, line, n, largest, letters)
            if score > 0 and (best is None or score > best[0]):
                best = score, Fact(text, document.source(line))
    return best[1] if best else None


def title_of(document: Document, name: Fact | None) -> Fact | None:
    """What stands beside or below the name and reads like a job's title."""
    if name is None:
        return None
    at = next((n for n, line in enumerate(document.lines) if document.source(line) == name.source), 0)
    for line in document.lines[at : at + 4]:
        for text in segments(line):
            if text != name.text and words().titles.count(text) and len(text.split()) <= 6:
                return Fact(text, document.source(line))
    return None


def _candidates(line: Line) -> list[str]:
    labelled = _LABEL.match(line.text)
    if labelled:
        return [labelled[1].strip()]
    pieces = segments(line)
    return [p for piece in pieces for p in ([piece, *by_commas(piece)[:1]] if "," in piece else [piece])]


def _score(text: str, line: Line, position: int, largest: float, letters: str) -> float:
    """More is likelier; 0 and less is no name."""
    parts = text.split()
    if not 2 <= len(parts) <= 5 or not all(_WORD.match(p) for p in parts):
        return 0.0
    if not all(
        p[0].isupper() or fold(p) in ("de", "da", "van", "von", "bin", "al", "el", "ibn") for p in parts
    ):
        return 0.0
    folded = [fold(p) for p in parts]
    if part_of(text, CV_PARTS) or any(w.strip(".") in words().not_names for w in folded) or line.item:
        return 0.0
    score = 3.0 - 0.08 * min(position, 30)
    if largest:
        score += 6.0 * (line.size / largest) ** 3
    if letters:
        score += 1.5 * sum(len(w) > 2 and w.strip(".") in letters for w in folded)
    score -= (
        2.5 * words().titles.count(text)
        + 2.0 * words().schools.count(text)
        + 1.0 * words().employers.count(text)
    )
    return score - (3.0 if any(w in words().tongues for w in folded) else 0.0)
