"""What a read document is: lines with page and number, and notes on what was strange about it.

Does not: read anything, or know what a line means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from mulakat.messages import Language

NoteKind = Literal[
    "hidden_text", "instructions", "javascript", "attachments", "macros", "ocr", "pictures", "cut"
]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a reader sees it. Columns are apart, in reading order; wide gaps are a tab.

    page     from 1; a Word file counts its page breaks, a text file has one page
    number   from 1 on each page, in reading order
    size     height of the letters in points; 0 when unknown
    bold     share of its letters that are bold, 0 to 1
    lead     its bold or italic beginning, when another style follows; else ""
    heading  the file itself calls it a heading (Word's styles, Markdown's #)
    item     it begins with a bullet
    begins   a paragraph begins with it
    """

    text: str
    page: int
    number: int
    size: float = 0.0
    bold: float = 0.0
    lead: str = ""
    heading: bool = False
    item: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the document that its owner should see; `text` quotes at most 200 letters."""

    kind: NoteKind
    page: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: a document, a page, and the lines from `line` to `last`."""

    document: str
    page: int
    line: int
    last: int = 0

    def __post_init__(self) -> None:
        if not self.last:
            object.__setattr__(self, "last", self.line)


@dataclass(frozen=True, slots=True)
class Document:
    """A read document. `id` names it in sources; `format` is "pdf", "docx" or "text"."""

    id: str
    name: str
    format: str
    language: Language
    pages: int
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    sha256: str = ""
    _places: dict[tuple[int, int], int] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._places.update({(line.page, line.number): n for n, line in enumerate(self.lines)})

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def source(self, first: Line, last: Line | None = None) -> Source:
        """The source of one line, or of all from `first` to `last` on `first`'s page."""
        end = (
            last.number if last and last.page == first.page and last.number > first.number else first.number
        )
        return Source(self.id, first.page, first.number, end)

    def at(self, source: Source) -> str:
        """The text a source points to; "" when there is no such place."""
        start = self._places.get((source.page, source.line))
        end = self._places.get((source.page, source.last))
        if start is None or end is None or source.document != self.id:
            return ""
        return "\n".join(line.text for line in self.lines[start : end + 1])

    def offsets(self, source: Source) -> tuple[int, int]:
        """Where a source's lines begin and end in `text`; (0, 0) when there is no such place."""
        start = self._places.get((source.page, source.line))
        end = self._places.get((source.page, source.last))
        if start is None or end is None or source.document != self.id:
            return 0, 0
        begins = sum(len(line.text) + 1 for line in self.lines[:start])
        return begins, begins + len(self.at(source))


def packed(document: Document) -> dict[str, Any]:
    """The document as JSON holds it."""
    return {
        "id": document.id,
        "name": document.name,
        "format": document.format,
        "language": document.language,
        "pages": document.pages,
        "lines": [asdict(line) for line in document.lines],
        "notes": [asdict(note) for note in document.notes],
        "sha256": document.sha256,
    }


def unpacked(data: dict[str, Any]) -> Document:
    """The document from what `packed` made."""
    return Document(
        id=data["id"],
        name=data["name"],
        format=data["format"],
        language=data["language"],
        pages=data["pages"],
        lines=tuple(Line(**line) for line in data["lines"]),
        notes=tuple(Note(**note) for note in data["notes"]),
        sha256=data.get("sha256", ""),
    )


def numbered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines with their numbers counted anew on each page."""
    counts: dict[int, int] = {}
    out: list[Line] = []
    for line in lines:
        counts[line.page] = counts.get(line.page, 0) + 1
        out.append(replace(line, number=counts[line.page]))
    return tuple(out)
