"""Documents that tests hand in, made when they are needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pypdf
import typst
from docx.document import Document as Word

CV_TEXT = """\
Nadia Brook
Data Engineer
nadia@example.org

Experience
Data Engineer, Tidal Freight Ltd, Hull\tMarch 2020 - Present
- Rebuilt the shipment feed, which now runs in 4 minutes instead of 50.
- Introduced data contracts with three partner ports.

Projects
Harbour Clock: predicts berth times from tide tables.

Education
BSc Mathematics, University of Hull\t2014 - 2017

Skills
Python, SQL, Airflow, dbt
"""


def pdf(markup: str) -> bytes:
    """A PDF of typst markup on one A4 page or more."""
    made = typst.compile(f'#set page(paper: "a4")\n{markup}'.encode())
    assert isinstance(made, bytes)
    return made


def pdf_of(text: str) -> bytes:
    return pdf(
        "\n".join(f'#text({line!r}.replace("\\t", "    ")) \\' for line in text.splitlines()).replace(
            "'", '"'
        )
    )


def changed(data: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    """A PDF with something added."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank(pages: int) -> bytes:
    def add(writer: pypdf.PdfWriter) -> None:
        for _ in range(pages - 1):
            writer.add_blank_page(200, 200)

    return changed(pdf("One page"), add)


def word(fill: Callable[[Word], object]) -> bytes:
    made = docx.Document()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rezipped(
    data: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None
) -> bytes:
    """A DOCX whose files went through `change`, with more files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, body in (extra or {}).items():
            new.writestr(name, body)
    return out.getvalue()
