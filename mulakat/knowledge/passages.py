"""A document cut into passages: a few lines each, below one heading, with their place.

A passage that had to end inside a sentence shares its last line with the next one. Does not: cut inside a
line; a source is always whole lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from mulakat.knowledge.documents.model import Document, Line, Source
from mulakat.knowledge.terms import folded
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import lower_words
from mulakat.text.lexicon import function_words
from mulakat.text.stems import stem

SMALL, ENOUGH, MOST = 14, 30, 56
"""Words after which a passage ends with its paragraph, with its sentence, and at the latest."""

LEVELS = 2
"""Headings a passage is known by: its own and the one above that."""

_BIGGER = 1.12
_ENDS = (".", "!", "?", ":", ";")
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+(?=\S)")
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+\S")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines in a row. `heading` is what they stand below, "" when nothing.

    `source` is their place on the page where they begin; `last_page` is another one when they run over.
    """

    ordinal: int
    text: str
    heading: str
    source: Source
    last_page: int

    @property
    def whole(self) -> str:
        """What is embedded and indexed: the text with its headings, without their numbers."""
        named = [_NUMBER.sub("", part) for part in self.heading.split(" · ") if part]
        return ". ".join([*named, self.text])


def cut(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in its order."""
    body = median([line.size for line in document.lines if line.size] or [0.0])
    groups: list[tuple[str, list[Line]]] = []
    above: list[Line] = []
    heading, fresh = "", True
    for line in document.lines:
        if is_heading(line, body):
            # A heading stands below the ones that are set larger.
            above = [*(h for h in above if h.size > line.size + 0.3), line][-LEVELS:]
            heading, fresh = " · ".join(h.text.replace("\t", " ") for h in above), True
        elif fresh:
            groups.append((heading, [line]))
            fresh = False
        elif _full(groups[-1][1], line):
            groups.append((heading, [*_shared(groups[-1][1], line), line]))
        else:
            groups[-1][1].append(line)
    return tuple(_passage(document, n, head, lines) for n, (head, lines) in enumerate(groups))


def is_heading(line: Line, body: float) -> bool:
    """Called a heading by the file, or set like one: larger than the body or bold, short, no sentence."""
    if line.heading:
        return True
    short = (
        len(line.text.split()) <= 12 and not line.text.rstrip().endswith((".", ",", ";")) and not line.item
    )
    large = body > 0 and line.size >= _BIGGER * body
    return short and (large or line.bold > 0.9 or (bool(_NUMBERED.match(line.text)) and line.bold > 0.5))


def _full(lines: list[Line], following: Line) -> bool:
    count = sum(len(line.text.split()) for line in lines)
    closed = lines[-1].text.rstrip().endswith(_ENDS) or following.item
    if count + len(following.text.split()) > MOST or (count >= SMALL and following.begins):
        return True
    return count >= ENOUGH and closed


def _shared(lines: list[Line], following: Line) -> list[Line]:
    """The last line once more, when its sentence goes on."""
    goes_on = len(lines) > 1 and not following.begins and not lines[-1].text.rstrip().endswith(_ENDS)
    return lines[-1:] if goes_on else []


def _passage(document: Document, ordinal: int, heading: str, lines: list[Line]) -> Passage:
    text = " ".join(line.text.replace("\t", " ") for line in lines)
    first, last = lines[0], lines[-1]
    ends = [line.number for line in lines if line.page == first.page][-1]
    source = Source(document.id, first.page, first.number, ends)
    return Passage(ordinal, re.sub(r"(\w)- (?=[a-zçğıöşü])", r"\1", text), heading, source, last.page)


def search_stems(text: str, language: Language) -> list[str]:
    """The words of a text as the full-text index holds them: stemmed, without marks and function words."""
    skip = function_words(language)
    found = [
        w if w[0].isdigit() else stem(w, language) for w in lower_words(text, language) if w not in skip
    ]
    return [s for s in ("".join(c for c in folded(f) if c.isalnum()) for f in found) if len(s) > 1]


def query_stems(text: str, language: Language | None = None) -> list[str]:
    """The stems of a question, each once; in both languages when its own is not known."""
    languages = (language,) if language else LANGUAGES
    return list(dict.fromkeys(s for code in languages for s in search_stems(text, code)))
