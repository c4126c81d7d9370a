"""The made CVs in Word's styles. Does not: know which of them are held out."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

Person = dict[str, Any]


def build(person: Person) -> bytes:
    """The person's CV as a DOCX file."""
    made = docx.Document()
    _BUILDERS[person["template"]](made, person)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _w_styles(doc: Document, d: Person) -> None:
    """Word's own heading styles and bullets."""
    doc.add_heading(d["name"], 0)
    doc.add_paragraph(d["title"])
    doc.add_paragraph(" | ".join(d["contact"]))
    heads = d["headings"]
    for key in ("private", "summary"):
        if d[key]:
            doc.add_heading(heads[key], 1)
            for line in d[key] if key == "private" else [d[key]]:
                doc.add_paragraph(line)
    doc.add_heading(heads["roles"], 1)
    for title, employer, place, start, end, points in d["roles"]:
        doc.add_paragraph().add_run(title).bold = True
        doc.add_paragraph(f"{employer} | {place} | {start} – {end}")
        for point in points:
            doc.add_paragraph(point, style="List Bullet")
    _projects(doc, d)
    doc.add_heading(heads["education"], 1)
    for degree, school, start, end in d["education"]:
        doc.add_paragraph(f"{degree}, {school}, {start}–{end}")
    doc.add_heading(heads["skills"], 1)
    for _, skills in d["skills"]:
        for skill in skills:
            doc.add_paragraph(skill, style="List Bullet")
    doc.add_heading(heads["languages"], 1)
    doc.add_paragraph(", ".join(f"{name} ({level})" for name, level in d["languages"]))


def _projects(doc: Document, d: Person) -> None:
    if d["projects"]:
        doc.add_heading(d["headings"]["projects"], 1)
    for name, text in d["projects"]:
        paragraph = doc.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f": {text}")


def _w_tables(doc: Document, d: Person) -> None:
    """Every part a table with lines, labels in capitals."""
    first = doc.add_paragraph()
    run = first.add_run(d["name"])
    run.bold, run.font.size = True, Pt(20)
    doc.add_paragraph(d["title"])
    doc.add_paragraph(", ".join(d["contact"]))
    heads = d["headings"]
    _label(doc, heads["private"])
    _grid(doc, [[part.strip() for part in line.split(":", 1)] for line in d["private"]])
    _label(doc, heads["summary"])
    doc.add_paragraph(d["summary"])
    _label(doc, heads["roles"])
    _grid(doc, [[f"{r[3]} – {r[4]}", f"{r[0]}\n{r[1]}, {r[2]}\n" + "\n".join(r[5])] for r in d["roles"]])
    _label(doc, heads["education"])
    _grid(doc, [[f"{e[2]} – {e[3]}", f"{e[0]}, {e[1]}"] for e in d["education"]])
    if d["projects"]:
        _label(doc, heads["projects"])
        _grid(doc, [list(p) for p in d["projects"]])
    _label(doc, heads["skills"])
    doc.add_paragraph("; ".join(d["skills"][0][1]))
    _label(doc, heads["languages"])
    _grid(doc, [list(x) for x in d["languages"]])


def _label(doc: Document, text: str) -> None:
    run = doc.add_paragraph().add_run(text.upper().replace("I", "I"))
    run.bold = True


def _grid(doc: Document, rows: list[list[str]]) -> None:
    table = doc.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _w_layout(doc: Document, d: Person) -> None:
    """Two columns made of one table without lines."""
    table = doc.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.width, right.width = Cm(5.5), Cm(11.5)
    heads = d["headings"]

    def put(cell: Any, text: str, size: int = 11, bold: bool = False) -> None:
        run = cell.add_paragraph().add_run(text)
        run.font.size, run.bold = Pt(size), bold

    put(left, d["name"], 20, True)
    put(left, d["title"])
    for contact in d["contact"]:
        put(left, contact)
    put(left, heads["skills"], 14, True)
    for skill in d["skills"][0][1]:
        put(left, f"• {skill}")
    put(left, heads["languages"], 14, True)
    for name, level in d["languages"]:
        put(left, f"{name}: {level}")
    put(right, heads["summary"], 14, True)
    put(right, d["summary"])
    put(right, heads["roles"], 14, True)
    for title, employer, place, start, end, points in d["roles"]:
        put(right, f"{title} – {employer}, {place}", bold=True)
        put(right, f"{start} to {end}")
        for point in points:
            put(right, f"• {point}")
    put(right, heads["education"], 14, True)
    for degree, school, start, end in d["education"]:
        put(right, f"{degree} ({start} – {end})", bold=True)
        put(right, school)


def _w_tabs(doc: Document, d: Person) -> None:
    """Bold capitals for headings, dates behind a tab stop, no styles at all."""

    def line(left: str, right: str = "", bold: bool = False) -> None:
        paragraph = doc.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(left).bold = bold
        if right:
            paragraph.add_run(f"\t{right}")

    turkish = d["lang"] == "tr"

    def head(text: str) -> None:
        line((text.replace("i", "İ") if turkish else text).upper(), bold=True)

    heads = d["headings"]
    line(d["name"], bold=True)
    line(f"{d['title']} • {' • '.join(d['contact'])}")
    head(heads["summary"])
    line(d["summary"])
    head(heads["roles"])
    for title, employer, place, start, end, points in d["roles"]:
        line(employer, place, bold=True)
        line(title, f"{start} - {end}")
        for point in points:
            line(f"- {point}")
    if d["projects"]:
        head(heads["projects"])
    for name, text in d["projects"]:
        line(f"{name} ({text.rstrip('.')})")
    head(heads["education"])
    for degree, school, start, end in d["education"]:
        line(school, f"{start} - {end}", bold=True)
        line(degree)
    head(heads["skills"])
    line(" | ".join(d["skills"][0][1]))
    head(heads["languages"])
    line(" | ".join(f"{name} {level}" for name, level in d["languages"]))


_BUILDERS = {"w_styles": _w_styles, "w_tables": _w_tables, "w_layout": _w_layout, "w_tabs": _w_tabs}
