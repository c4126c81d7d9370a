"""Plain text and Markdown as lines. Runs inside the worker process only.

Does not: render Markdown; its marks are taken off.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from mulakat.knowledge.documents.model import Line
from mulakat.knowledge.documents.parsed import Limits, Parsed, Refused

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^\s*(?:[-*+•●▪◦‣·]|\d{1,2}[.)])\s+")
_MARKS = re.compile(r"(?<!\w)(\*\*|__)(.+?)\1(?!\w)")
_LINK = re.compile(r"\[([^\]]{1,200})\]\([^)]{0,300}\)")
_TABS = re.compile(r"\t+| {4,}")


def parse(data: bytes, limits: Limits) -> Parsed:
    """The lines of a text. Raises Refused: kind (not a text), empty."""
    lines = [_line(raw) for raw in decode(data).splitlines()]
    kept = [
        replace(line, begins=line.item or not before or not before.text)
        for before, line in zip([None, *lines], lines, strict=False)
        if line.text
    ]
    if not kept:
        raise Refused("empty")
    return Parsed(kept)


def decode(data: bytes) -> str:
    """Text from UTF-8, UTF-16 with its mark, or Windows' Turkish letters; NFC."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise Refused("kind")
    else:
        encodings = ["utf-8-sig", "cp1254"]
    for encoding in encodings:
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refused("kind")


def _line(raw: str) -> Line:
    heading = _HEADING.match(raw.strip())
    text = heading[1] if heading else raw
    item = bool(_ITEM.match(text)) and not heading
    text = _LINK.sub(r"\1", _ITEM.sub("", text, count=1) if item else text)
    lead = _MARKS.match(text.strip())
    text = _MARKS.sub(r"\2", text)
    text = "\t".join(" ".join(part.split()) for part in _TABS.split(text.strip()))
    return Line(text, 1, 0, 0.0, 1.0 if heading else 0.0, lead[2] if lead else "", bool(heading), item)
