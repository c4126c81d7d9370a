"""The process that parses: one document in on stdin, lines out on stdout, then it ends.

It limits its own memory, time and files before it looks at the first byte. Does not: see the database,
the models or the network; `read` starts it and judges what it says.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from mulakat.knowledge.documents.parsed import Limits, Parsed, Refused


def main() -> None:
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**order["limits"])
    _confine(limits)
    data = sys.stdin.buffer.read(limits.size + 1)
    try:
        answer = _answer(_parse(order["format"], data, limits), limits)
    except Refused as refused:
        answer = {"refused": refused.reason, "detail": refused.detail}
    except (MemoryError, RecursionError):
        answer = {"refused": "costly", "detail": ""}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def _parse(kind: str, data: bytes, limits: Limits) -> Parsed:
    if kind == "pdf":
        from mulakat.knowledge.documents import pdf

        return pdf.parse(data, limits)
    if kind == "docx":
        from mulakat.knowledge.documents import docx

        return docx.parse(data, limits)
    from mulakat.knowledge.documents import plain

    return plain.parse(data, limits)


def _answer(parsed: Parsed, limits: Limits) -> dict[str, Any]:
    kept: list[dict[str, Any]] = []
    letters = 0
    for line in parsed.lines:
        letters += len(line.text)
        if letters > limits.letters:
            return {**_packed(parsed, kept), "cut": True}
        kept.append(asdict(line))
    return _packed(parsed, kept)


def _packed(parsed: Parsed, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {"lines": lines, "pages": parsed.pages, "notes": [asdict(note) for note in parsed.notes]}


def _confine(limits: Limits) -> None:
    """Limits of the kernel; Windows has none of them, there the parent's clock is all."""
    try:
        import resource
    except ImportError:
        return
    seconds = int(limits.seconds) + 1
    wanted = (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 1 << 20),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in wanted:
        _, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (value, hard))
        except (ValueError, OSError):
            continue  # macOS refuses some of them


if __name__ == "__main__":
    main()
