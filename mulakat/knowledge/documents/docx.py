"""A Word file's text as lines. Runs inside the worker process only.

Tables are read row by row, or cell by cell when they only make columns. Macros and embedded files are
never opened; that they are there is noted. Does not: lay out pages: a page ends where Word noted that one
did when the file was saved.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from mulakat.knowledge.documents.model import Line, Note
from mulakat.knowledge.documents.parsed import QUOTED, Limits, Parsed, Refused

_MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_RATIO = 200
_BODY_SIZE = 11.0
_TINY = 2.0
_WHITE = frozenset(["FFFFFF", "FEFEFE", "FDFDFD"])
_BULLET = re.compile(r"^(?:[•●▪■◦‣⁃∙·○➢➤►✓✔*\uf0b7\uf0a7]|[-–—](?=\s))\s*")


def parse(data: bytes, limits: Limits) -> Parsed:
    """The lines of a DOCX or DOCM. Raises Refused: damaged, bomb, pages, empty, kind."""
    cleaned, notes = _inspected(data, limits)
    try:
        document = docx.Document(io.BytesIO(cleaned))
    except Exception:  # python-docx passes on whatever its libraries raise
        raise Refused("damaged") from None
    reader = _Reader()
    for section in document.sections[:1]:
        reader.blocks(section.header.iter_inner_content(), notes)
    reader.blocks(document.iter_inner_content(), notes)
    if reader.page > limits.pages:
        raise Refused("pages", str(reader.page))
    if reader.unseen:
        notes.append(Note("hidden_text", 0, " ".join(reader.unseen)[:QUOTED]))
    if any(part.partname.startswith("/word/media/") for part in document.part.package.iter_parts()):
        notes.append(Note("pictures", 1))
    if not reader.lines:
        raise Refused("empty")
    return Parsed(reader.lines, reader.page, notes)


def _inspected(data: bytes, limits: Limits) -> tuple[bytes, list[Note]]:
    """The file without its macros, and notes on what it carried. Nothing is unpacked before its size is
    known; a size that lies is met by the limit on memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            files = packed.infolist()
            if "word/document.xml" not in packed.namelist():
                raise Refused("kind")
            total = sum(f.file_size for f in files)
            if total > limits.unpacked or any(
                f.file_size > 5_000_000 and f.file_size > _RATIO * max(f.compress_size, 1) for f in files
            ):
                raise Refused("bomb")
            notes = _carried([f.filename for f in files])
            types = packed.read(_TYPES)
            return (_without_macros(packed) if _MACRO in types else data), notes
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused("damaged") from None


def _carried(names: list[str]) -> list[Note]:
    notes = [Note("macros")] if any(n.lower().endswith("vbaproject.bin") for n in names) else []
    embedded = sum("/embeddings/" in n for n in names)
    return notes + ([Note("attachments", 0, str(embedded))] if embedded else [])


def _without_macros(packed: zipfile.ZipFile) -> bytes:
    """python-docx opens plain documents only; the text is the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as clean:
        for entry in packed.infolist():
            body = packed.read(entry)
            clean.writestr(
                entry.filename, body.replace(_MACRO, _PLAIN) if entry.filename == _TYPES else body
            )
    return out.getvalue()


class _Reader:
    """Walks paragraphs and tables in order and collects lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.unseen: list[str] = []
        self.page = 1

    def blocks(self, blocks: Iterator[Paragraph | Table], notes: list[Note]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block, notes)

    def _table(self, table: Table, notes: list[Note]) -> None:
        rows = [_distinct(row.cells) for row in table.rows]
        columns_only = any(len(c.paragraphs) > 4 for r in rows if len(r) > 1 for c in r) and len(rows) <= 3
        for row in rows:
            if columns_only or any(c.tables for c in row) or len(row) == 1:
                for cell in row:
                    self.blocks(cell.iter_inner_content(), notes)
            else:
                self._row(row)

    def _row(self, cells: list[_Cell]) -> None:
        """The first lines of all cells on one line, what follows in each cell after it."""
        parts = [[t for p in c.paragraphs for t in self._texts(p)] for c in cells]
        first = [p[0] for p in parts if p]
        if not first:
            return
        self._add("\t".join(first), _BODY_SIZE, 0.0)
        for part in parts:
            for text in part[1:]:
                self._add(text, _BODY_SIZE, 0.0)

    def _paragraph(self, paragraph: Paragraph) -> None:
        runs = [r for r in paragraph.runs if r.text and not _hidden(r)]
        style = paragraph.style.name.lower() if paragraph.style and paragraph.style.name else ""
        heading = style.startswith(("heading", "title", "başlık", "konu başlığı"))
        size = max((_size(r, paragraph) for r in runs if r.text.strip()), default=_BODY_SIZE)
        letters = sum(len(r.text.strip()) for r in runs)
        bold = sum(len(r.text.strip()) for r in runs if _bold(r)) / max(letters, 1)
        item = "list" in style or "liste" in style or paragraph._p.find(f".//{qn('w:numPr')}") is not None
        lead = "".join(r.text for r in _leading(runs)).strip()
        for n, text in enumerate(self._texts(paragraph)):
            self._add(text, size, bold, lead if n == 0 and lead != text else "", heading, item)
        for box in paragraph._p.iter(qn("w:txbxContent")):
            # Word writes a text box twice, the second time for old programs.
            if not any(a.tag.endswith("}Fallback") for a in box.iterancestors()):
                for inner in box.iterchildren(qn("w:p")):
                    self._paragraph(Paragraph(inner, paragraph._parent))

    def _texts(self, paragraph: Paragraph) -> list[str]:
        """A paragraph's visible text, cut at its line breaks; counts the pages that end in it."""
        text = ""
        for part in paragraph.iter_inner_content():
            for run in [part] if isinstance(part, Run) else part.runs:
                self.page += len(run._r.findall(qn("w:lastRenderedPageBreak")))
                self.page += sum(b.get(qn("w:type")) == "page" for b in run._r.findall(qn("w:br")))
                if _hidden(run):
                    self.unseen += [run.text.strip()] if run.text.strip() else []
                else:
                    text += run.text
        return [t.strip() for t in re.split(r"[\n\f]", text) if t.strip()]

    def _add(
        self, text: str, size: float, bold: float, lead: str = "", heading: bool = False, item: bool = False
    ) -> None:
        stripped = _BULLET.sub("", text, count=1)
        item = item or (stripped != text and bool(stripped))
        text = re.sub(r"[ \u00a0]+", " ", re.sub(r" *\t[\t ]*", "\t", stripped if item else text)).strip()
        self.lines.append(Line(text, self.page, 0, size, round(bold, 2), lead, heading, item, True))


def _distinct(cells: Any) -> list[_Cell]:
    """A row's cells; a cell that spans columns is listed once for each of them."""
    seen: list[_Cell] = []
    for cell in cells:
        if not any(cell._tc is other._tc for other in seen):
            seen.append(cell)
    return seen


def _leading(runs: list[Run]) -> list[Run]:
    """The bold runs a paragraph begins with, when others follow."""
    end = next((n for n, r in enumerate(runs) if not _bold(r)), len(runs))
    return runs[:end] if end < len(runs) else []


def _bold(run: Run) -> bool:
    if run.bold is not None:
        return run.bold
    return bool(run.style and run.style.font and run.style.font.bold)


def _size(run: Run, paragraph: Paragraph) -> float:
    own = run.font.size
    style: Any = paragraph.style
    while own is None and style is not None:
        own = style.font.size
        style = style.base_style
    return float(own.pt) if own is not None else _BODY_SIZE


def _hidden(run: Run) -> bool:
    """Marked as hidden, too small to be read, or white without a colour behind it."""
    font = run.font
    if font.hidden or (font.size is not None and font.size.pt <= _TINY):
        return True
    colour = str(font.color.rgb) if font.color is not None and font.color.rgb is not None else ""
    return colour.upper() in _WHITE and not _shaded(run)


def _shaded(run: Run) -> bool:
    for element in [run._r, *run._r.iterancestors()]:
        for properties in element:
            if properties.tag in (qn("w:rPr"), qn("w:pPr"), qn("w:tcPr"), qn("w:tblPr")):
                shade = properties.find(qn("w:shd"))
                if shade is not None and (shade.get(qn("w:fill")) or "auto").upper() not in {
                    "AUTO",
                    *_WHITE,
                }:
                    return True
    return False
