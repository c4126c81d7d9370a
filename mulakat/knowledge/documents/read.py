"""From a file's bytes to a `Document`, by way of a worker process that may die without harm.

Does not: keep the file. Nothing is written to the disk on the way.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import unicodedata
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from mulakat.errors import (
    DocumentDamaged,
    DocumentError,
    DocumentForeign,
    DocumentKind,
    DocumentLocked,
    DocumentTooLarge,
    DocumentWithoutText,
)
from mulakat.knowledge.documents.language import language_of
from mulakat.knowledge.documents.model import Document, Line, Note, numbered
from mulakat.knowledge.documents.orders import orders_in
from mulakat.knowledge.documents.parsed import Limits

LIMITS = Limits()
_OUT_OF_MEMORY = (b"MemoryError", b"bad_alloc", b"Cannot allocate memory", b"failed to map segment")
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"


def read_document(data: bytes, name: str, *, document_id: str = "", limits: Limits = LIMITS) -> Document:
    """The text of a PDF, DOCX or text file, with what was noted about it. Blocks; call it in a thread.

    `name` is the file's name as the user knows it; `document_id` names the document in sources (by
    default the beginning of its hash). Raises a DocumentError with one sentence and a fix.
    """
    shown = _shown(name)
    if len(data) > limits.size:
        raise _refusal("size", f"{len(data) / 1e6:.0f}", shown, limits)
    kind = _kind(data, shown, limits)
    answer = _parse(kind, data, shown, limits)
    lines = numbered([Line(**line) for line in answer["lines"]])
    text = "\n".join(line.text for line in lines)
    if not any(c.isalnum() for c in text):
        raise _refusal("empty", "", shown, limits)
    language = language_of(text)
    if language is None:
        raise _refusal("foreign", "", shown, limits)
    notes = [Note(**note) for note in answer["notes"]] + orders_in(lines)
    if answer.get("cut"):
        notes.append(Note("cut", lines[-1].page))
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        document_id or digest[:12], shown, kind, language, answer["pages"], lines, tuple(notes), digest
    )


def read_text(text: str, name: str, *, document_id: str = "", limits: Limits = LIMITS) -> Document:
    """The same for pasted text."""
    return read_document(text.encode("utf-8", "replace"), name, document_id=document_id, limits=limits)


def _kind(data: bytes, name: str, limits: Limits) -> str:
    """By the first bytes; a file's name proves nothing."""
    if _PDF in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return "docx"
    if data.startswith(_OLE):
        # Word wraps an encrypted DOCX in the container of its old format.
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise _refusal("locked" if locked else "old_word", "", name, limits)
    return "text"


def _parse(kind: str, data: bytes, name: str, limits: Limits) -> dict[str, Any]:
    """What the worker says. A worker that was killed, or ran out of time or memory, is a refusal too."""
    order = json.dumps({"format": kind, "limits": asdict(limits)}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mulakat.knowledge.documents.worker"],
            input=order + data,
            capture_output=True,
            timeout=limits.seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refusal("costly", "", name, limits) from None
    if done.returncode:
        # Any limit may strike inside a library, which then ends in its own way.
        costly = done.returncode < 0 or any(sign in done.stderr for sign in _OUT_OF_MEMORY)
        raise _refusal("costly" if costly else "damaged", "", name, limits)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise _refusal(answer["refused"], answer["detail"], name, limits)
    return answer


def _environment() -> dict[str, str]:
    """Without the user's settings and keys; numpy's threads would only reserve memory."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k in ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT", "TESSDATA_PREFIX")
    }
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def _shown(name: str) -> str:
    base = PurePath(name.replace("\\", "/")).name
    clean = "".join(c for c in base if unicodedata.category(c)[0] != "C").strip()
    return clean[:80] or "document"


def _refusal(reason: str, detail: str, name: str, limits: Limits) -> DocumentError:
    kind, sentence, fix = _REFUSALS[reason]
    values = {
        "name": name,
        "detail": detail,
        "pages": limits.pages,
        "size": f"{limits.size / 1e6:.0f}",
        "seconds": f"{limits.seconds:.0f}",
    }
    return kind(sentence.format(**values), fix.format(**values))


_REFUSALS: dict[str, tuple[type[DocumentError], str, str]] = {
    "size": (
        DocumentTooLarge,
        "{name} has {detail} MB, and {size} MB are read at most.",
        "Save it with smaller pictures, or hand in its text.",
    ),
    "pages": (
        DocumentTooLarge,
        "{name} has {detail} pages, and {pages} are read at most.",
        "Hand in the pages that matter.",
    ),
    "bomb": (
        DocumentTooLarge,
        "{name} would unpack to far more than a document holds.",
        "Open it, save it anew as PDF, and hand that in.",
    ),
    "costly": (
        DocumentTooLarge,
        "{name} could not be read within {seconds} seconds and the memory allowed for it.",
        "Print it to a new PDF, or hand in its text.",
    ),
    "locked": (
        DocumentLocked,
        "{name} is protected by a password.",
        "Save a copy without the password, and hand that in.",
    ),
    "damaged": (
        DocumentDamaged,
        "{name} is damaged and cannot be opened.",
        "Export it anew from the program that made it.",
    ),
    "scan": (
        DocumentWithoutText,
        "{name} is a picture without text.",
        "Install tesseract so that it can be recognised, or hand in a version with text.",
    ),
    "empty": (DocumentWithoutText, "{name} holds no text.", "Hand in a version with text."),
    "kind": (
        DocumentKind,
        "{name} is neither PDF nor DOCX nor plain text.",
        "Save it as PDF, and hand that in.",
    ),
    "old_word": (
        DocumentKind,
        "{name} is in Word's old format.",
        "Save it as DOCX or PDF, and hand that in.",
    ),
    "foreign": (
        DocumentForeign,
        "{name} is in neither Turkish nor English.",
        "Hand in a Turkish or English version; the interview can also go on without it.",
    ),
}
