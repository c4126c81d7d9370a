"""What a company's own papers say that an interviewer could ask about: values, aims, what it offers, rules.

Every statement is a literal piece with its place. Does not: read pay, benefits or house rules, judge a
company, or choose what is asked.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from statistics import median
from typing import Any, Literal

import yaml

from mulakat.knowledge.documents.model import Document, Line, Source
from mulakat.knowledge.documents.orders import gives_orders
from mulakat.knowledge.job import statements
from mulakat.knowledge.passages import is_heading
from mulakat.knowledge.terms import folded
from mulakat.text.fold import plain

About = Literal["value", "offering", "aim", "rule"]
ABOUTS: tuple[About, ...] = ("value", "offering", "aim", "rule")

SHORTEST, LONGEST = 4, 16
"""Words of a sentence that can be said back; names may be shorter."""

NAME = 5
"""Words of a name at most."""

MOST = 400
"""Statements taken from one document; a longer handbook is read on for none."""

_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)])\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NAMED = re.compile(r"^(?P<name>[^:–—(,;.]{2,60}?)\s*(?::|\s[–—-]\s|\(|,|\.\s)")
_BROKEN = re.compile(r"\w- [a-zçğıöşü]")
_SMALL = frozenset(["and", "ve", "the", "our"])
_EDGES = " \t.,;:–—-•*"


@dataclass(frozen=True, slots=True)
class Statement:
    """A literal piece of a company's papers. `key` names it in corrections, whatever else is handed in."""

    text: str
    about: About
    source: Source

    @property
    def key(self) -> str:
        where = f"{self.source.document} {self.source.page}.{self.source.line} {self.text}"
        return f"company.{zlib.crc32(where.encode()):08x}"


def read_company(document: Document) -> tuple[Statement, ...]:
    """The statements of one document, in its order, each text once. Orders to machines are left out."""
    found: dict[str, Statement] = {}
    for part, lines in _sections(document):
        for first, last, text, item in _pieces(lines):
            for said, about in _said(part, text, first, item):
                source = document.source(first, last)
                found.setdefault(folded(said), Statement(said, about, source))
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def nearest_first(
    told: Sequence[Statement], places: Iterable[Sequence[tuple[Source, int]]]
) -> tuple[Statement, ...]:
    """The statements, those first that stand in the passages which searches found; else in their order.

    `places` is one ranking of passages a search, each with the page it ends on; better ranks and more
    searches count for more.
    """
    scores: dict[str, float] = {}
    for ranking in places:
        for rank, (source, last_page) in enumerate(ranking, 1):
            for one in told:
                if _inside(one.source, source, last_page):
                    scores[one.key] = scores.get(one.key, 0.0) + 1.0 / rank
    return tuple(sorted(told, key=lambda s: -scores.get(s.key, 0.0)))


def _inside(one: Source, passage: Source, last_page: int) -> bool:
    if one.document != passage.document:
        return False
    if one.page == passage.page:
        return one.line >= passage.line and (one.line <= passage.last or last_page > passage.page)
    return passage.page < one.page < last_page


def _sections(document: Document) -> Iterator[tuple[str, list[Line]]]:
    """Runs of lines with the part they stand in: an `About`, "none" for what is not asked, "" for others.

    What stands before the first heading, or below the title alone, is taken for what the company says of
    itself. A smaller heading below one of values or offerings belongs to it, and names one of them.
    """
    body = median([line.size for line in document.lines if line.size] or [0.0])
    part, size, run = "aim", 0.0, list[Line]()
    for n, line in enumerate(document.lines):
        named = part_named(line.text)
        if named or is_heading(line, body):
            yield part, run
            below = not named and 0 < line.size < size - 0.3 and part in ("value", "offering", "none")
            title = "aim" if n == 0 else ""
            part, size = (part, size) if below else (named or title, line.size)
            run = [line] if below and part != "none" else []
        else:
            run.append(line)
    yield part, run


@lru_cache(maxsize=8192)
def part_named(text: str) -> str:
    """The part that a line opens when it is one of the known headings, else ""."""
    if len(text) > 60 or text.rstrip().endswith((".", ",", ";")):
        return ""
    key = _key(_NUMBER.sub("", text.strip()))
    return _lexicon().headings.get(key, "") if key else ""


def _pieces(lines: Sequence[Line]) -> Iterator[tuple[Line, Line, str, bool]]:
    """First line, last line and text of each sentence; whether it is a whole item of a list."""
    paragraphs: list[list[Line]] = []
    for line in lines:
        if not paragraphs or line.item or line.begins:
            paragraphs.append([])
        paragraphs[-1].append(line)
    for paragraph in paragraphs:
        listed = paragraph[0].item or bool(paragraph[0].lead) or len(paragraph) == 1
        for n, (first, last, text) in enumerate(statements(paragraph)):
            yield first, last, text, listed and n == 0


def _said(part: str, text: str, line: Line, item: bool) -> Iterator[tuple[str, About]]:
    """What is taken from a sentence, and as what."""
    if part == "none" or (part in ("", "aim") and not _sentence(text)):
        return
    low = _low(text)
    if not part and not _meets("norm", low):
        return
    if _BROKEN.search(text) or _meets("beside", low) or _meets("private", low) or gives_orders(text):
        return
    if part == "offering":
        name = _name(text, line) if item else ""
        if name:
            yield name, "offering"
        return
    whole, leans = text.strip(_EDGES), _meets("leans", low)
    if part == "value" and item:
        words = len(text.split())
        if words <= LONGEST and not leans and (words <= NAME or _ends(text)):
            yield whole, "value"
        elif name := _name(text, line):
            yield name, "value"
    elif _sentence(text) and not leans:
        if part == "value" and (_meets("own", low) or _meets("norm", low)):
            yield whole, "value"
        elif part == "aim" and _meets("own", low):
            yield whole, "aim"
        elif _meets("norm", low):
            yield whole, "rule"


def _sentence(text: str) -> bool:
    """Whether it is a whole sentence that can be said back."""
    return SHORTEST <= len(text.split()) <= LONGEST and _ends(text) and not text[:1].islower()


def _low(text: str) -> str:
    """Lower case without marks, as the patterns want it; places need not stay."""
    return plain(text, "tr").replace("ı", "i")


def _ends(text: str) -> bool:
    return text.rstrip().endswith((".", "!"))


def _name(text: str, line: Line) -> str:
    """The name that an item of a list begins with: set in another letter, or standing before a sign."""
    found = _NAMED.match(text)
    name = line.lead or (found["name"] if found else text)
    name = name.strip(_EDGES)
    fits = 0 < len(name.split()) <= NAME and (name[0].isupper() or name[0].isdigit())
    return name if fits and name in text else ""


def _meets(what: str, low: str) -> bool:
    return bool(_lexicon().patterns[what].search(low))


def _key(text: str) -> str:
    return " ".join(w for w in _LETTERS.findall(_low(text)) if w not in _SMALL)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    headings: dict[str, str]
    patterns: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    raw: dict[str, Any] = yaml.safe_load(
        files("mulakat.knowledge").joinpath("data/company.yaml").read_text("utf-8")
    )
    headings = {
        _key(phrase): part
        for part, languages in raw["headings"].items()
        for phrases in languages.values()
        for phrase in phrases
    }
    patterns = {
        name: re.compile("|".join(f"(?:{p})" for p in raw[name]))
        for name in ("norm", "own", "beside", "private", "leans")
    }
    return _Lexicon(headings, patterns)
