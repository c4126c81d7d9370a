"""What `mulakat report` does: lists and exports interviews that lie in the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mulakat.errors import ReportError
from mulakat.interview.packs.library import load as load_packs
from mulakat.messages import Language
from mulakat.report.pdf import render_pdf
from mulakat.report.transcript import as_json, as_text
from mulakat.room.record import not_in_an_exam, told_transcript
from mulakat.settings import Settings
from mulakat.store import Record, Store, open_store


def listed(settings: Settings) -> list[dict[str, Any]]:
    """Id, time, role and state of every interview, newest first."""
    with open_store(settings.database_url) as store:
        return [
            {"id": r.id, "when": r.created, "role": r.setup.role, "state": r.state} for r in store.list()
        ]


def export(settings: Settings, interview_id: str, to: Path | None, language: Language | None) -> Path:
    """Write one interview in the form that the file's ending names; PDF when there is none.

    Raises UnknownInterview, ExamRunning, or ReportError for another ending or a folder that cannot be
    written.
    """
    with open_store(settings.database_url) as store:
        record = named(store, interview_id)
        not_in_an_exam(record)
        told = told_transcript(record, store.events(record.id), load_packs(settings.packs))
    path = to or Path(f"mulakat-{told.started[:10]}.pdf")
    shown = language or record.setup.page_language
    if path.suffix == ".pdf":
        return written(path, render_pdf(told, shown))
    if path.suffix == ".json":
        return written(path, (json.dumps(as_json(told), ensure_ascii=False, indent=2) + "\n").encode())
    if path.suffix == ".txt":
        return written(path, as_text(told, shown).encode())
    raise ReportError(f"The ending {path.suffix!r} is not known.", "Use .pdf, .json or .txt.")


def named(store: Store, interview_id: str) -> Record:
    """The interview of that id; "last" is the newest. Raises UnknownInterview, or ReportError for none."""
    if interview_id != "last":
        return store.get(interview_id)
    newest = store.list(limit=1)
    if not newest:
        raise ReportError("There is no interview yet.", "Hold one with `make run`.")
    return newest[0]


def written(path: Path, content: bytes) -> Path:
    """The path, after the file was written. Raises ReportError when it cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ReportError(f"{path} cannot be written: {error.strerror}.", "Choose another --out.") from None
    return path
