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
from mulakat.store import open_store


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
        if interview_id == "last":
            newest = store.list(limit=1)
            if not newest:
                raise ReportError("There is no interview yet.", "Hold one with `make run`.")
            interview_id = newest[0].id
        record = store.get(interview_id)
        not_in_an_exam(record)
        told = told_transcript(record, store.events(record.id), load_packs(settings.packs))
    path = to or Path(f"mulakat-{told.started[:10]}.pdf")
    shown = language or record.setup.page_language
    try:
        if path.suffix == ".pdf":
            path.write_bytes(render_pdf(told, shown))
        elif path.suffix == ".json":
            path.write_text(json.dumps(as_json(told), ensure_ascii=False, indent=2) + "\n", "utf-8")
        elif path.suffix == ".txt":
            path.write_text(as_text(told, shown), "utf-8")
        else:
            raise ReportError(f"The ending {path.suffix!r} is not known.", "Use .pdf, .json or .txt.")
    except OSError as error:
        raise ReportError(f"{path} cannot be written: {error.strerror}.", "Choose another --out.") from None
    return path
