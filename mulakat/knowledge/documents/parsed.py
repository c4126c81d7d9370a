"""What a parser hands over inside the worker process, and how it says that it cannot.

Does not: know the errors a user sees; `read` turns a refusal's reason into one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mulakat.knowledge.documents.model import Line, Note


@dataclass(slots=True)
class Parsed:
    lines: list[Line] = field(default_factory=list)
    pages: int = 1
    notes: list[Note] = field(default_factory=list)


class Refused(Exception):
    """A document that cannot be read. `reason` is one of those `read` knows; `detail` a figure or name."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    size      bytes of the file
    unpacked  bytes that a DOCX may unpack to
    pages     pages of a PDF, or page breaks of a DOCX
    letters   letters of text; what comes later is left out and noted
    seconds   of wall clock; the processor's time is limited to the same
    memory    bytes of address space of the worker process
    """

    size: int = 25_000_000
    unpacked: int = 150_000_000
    pages: int = 300
    letters: int = 3_000_000
    seconds: float = 90.0
    memory: int = 2_000_000_000


QUOTED = 200
"""Letters that a note quotes."""
