"""A PDF's text as lines. Runs inside the worker process only.

Scripts, attachments and forms are not run, opened or followed; that they are there is noted. Does not:
recognise letters in pictures (`ocr` does, when it is installed).
"""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as raw

from mulakat.knowledge.documents import ocr
from mulakat.knowledge.documents.layout import PageLayout, lay_out, lines_of
from mulakat.knowledge.documents.margins import without_margins
from mulakat.knowledge.documents.model import Note
from mulakat.knowledge.documents.parsed import QUOTED, Limits, Parsed, Refused
from mulakat.knowledge.documents.words import Word, hidden, open_pdf, words_of

_FEW_LETTERS = 25
"""A page with fewer letters is taken for a picture of one, if it holds a picture."""


def parse(data: bytes, limits: Limits) -> Parsed:
    """The lines of a PDF. Raises Refused: locked, damaged, pages, scan, empty."""
    try:
        document = open_pdf(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if "password" in str(error).lower() else "damaged") from None
    try:
        if len(document) > limits.pages:
            raise Refused("pages", str(len(document)))
        parsed = _read(document, data)
    except pypdfium2.PdfiumError:
        raise Refused("damaged") from None
    finally:
        document.close()
    return parsed


def _read(document: pypdfium2.PdfDocument, data: bytes) -> Parsed:
    notes = _active(document, data)
    layouts: list[PageLayout] = []
    pictures = 0
    for number in range(len(document)):
        page = document[number]
        words, unseen = _seen(page)
        if unseen:
            notes.append(Note("hidden_text", number + 1, " ".join(w.text for w in unseen)[:QUOTED]))
        if sum(len(w.text) for w in words) < _FEW_LETTERS and _has_picture(page):
            pictures += 1
            recognised = ocr.words_of(page) if ocr.available() else []
            if recognised:
                notes.append(Note("ocr", number + 1))
                words = recognised
        elif number == 0 and _has_picture(page):
            notes.append(Note("pictures", 1))
        layouts.append(lay_out(words, layouts[-1] if layouts else None))
        page.close()
    lines = without_margins(lines_of(layouts))
    if not lines:
        raise Refused("scan" if pictures else "empty")
    return Parsed(lines, len(document), notes)


def _seen(page: pypdfium2.PdfPage) -> tuple[list[Word], list[Word]]:
    words = words_of(page)
    unseen = {id(w) for w in hidden(page, words)}
    return [w for w in words if id(w) not in unseen], [w for w in words if id(w) in unseen]


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _active(document: pypdfium2.PdfDocument, data: bytes) -> list[Note]:
    """Notes on scripts and attached files."""
    attached = document.count_attachments()
    scripted = raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0 or _acts(data)
    notes = [Note("javascript")] if scripted else []
    return notes + ([Note("attachments", 0, str(attached))] if attached else [])


def _acts(data: bytes) -> bool:
    """Whether the document or its first pages name an action that is a script."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        holders: list[Any] = [reader.trailer["/Root"], *reader.pages[:10]]
        return any(_is_script(holder.get(key)) for holder in holders for key in ("/OpenAction", "/AA"))
    except Exception:  # what pypdf cannot follow was read by pdfium all the same
        return False


def _is_script(action: Any) -> bool:
    action = action.get_object() if hasattr(action, "get_object") else action
    if not isinstance(action, dict):
        return False
    if action.get("/S") == "/JavaScript" or "/JS" in action:
        return True
    return any(_is_script(value) for key, value in action.items() if key in _TRIGGERS)


_TRIGGERS = frozenset(["/O", "/C", "/WC", "/WS", "/DS", "/WP", "/DP", "/Next"])
