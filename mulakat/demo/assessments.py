"""What `mulakat report --assessment` and `mulakat audit` do: weighing a stored interview, auditing that.

Does not: print. A model is called only for a second opinion (`judging`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mulakat.assessment.audit import AuditReport, run_audit
from mulakat.demo.judging import second_opinion
from mulakat.demo.past import named, written
from mulakat.errors import ReportError
from mulakat.interview.packs.library import load as load_packs
from mulakat.messages import LANGUAGES, Language
from mulakat.report.assessment_model import report_of
from mulakat.report.assessment_pdf import render_report
from mulakat.report.share import package, report_json
from mulakat.room.judging import with_opinion
from mulakat.room.reader import Reader
from mulakat.room.record import told_transcript
from mulakat.room.weighed import must_have_ended, places_of, weigh
from mulakat.settings import Settings
from mulakat.store import open_store


def export_assessment(
    settings: Settings, interview_id: str, to: Path | None, language: Language | None, judge: bool = False
) -> Path:
    """Write one interview's report as .pdf, .json or .zip (the package to share); PDF when `to` is None.
    `judge`: ask the configured model for its comments, where it has passed calibration; what it said
    stays with the interview.

    Raises UnknownInterview, InterviewError or ExamRunning before its end, or ReportError for another
    ending or a folder that cannot be written.
    """
    if to is not None and to.suffix not in (".pdf", ".json", ".zip"):
        raise ReportError(f"The ending {to.suffix!r} is not known.", "Use .pdf, .json or .zip.")
    library = load_packs(settings.packs)
    with open_store(settings.database_url) as store:
        record = named(store, interview_id)
        must_have_ended(record)
        events = store.events(record.id)
        found = weigh(record, events, library, Reader(library))
        if judge:
            second_opinion(settings, store, record, library, found)
            events = store.events(record.id)
    found = with_opinion(found, events)
    told = told_transcript(record, events, library)
    places = places_of(events)
    path = to or Path(f"mulakat-report-{told.started[:10]}.pdf")
    shown = language or record.setup.page_language
    if path.suffix == ".pdf":
        return written(path, render_report(report_of(found, shown, places), told))
    if path.suffix == ".zip":
        return written(path, package(found, told, shown, places))
    data = json.dumps(report_json(found, told, shown, places), ensure_ascii=False, indent=2) + "\n"
    return written(path, data.encode("utf-8", "replace"))


def audited(settings: Settings, languages: Sequence[Language] = LANGUAGES) -> AuditReport:
    """The fairness audit with the packs in use. Takes some seconds a language; raises PackError."""
    return run_audit(load_packs(settings.packs), languages)


def audit_lines(report: AuditReport) -> list[list[str]]:
    """A row a group: language, group, variants, largest difference, variants with other questions."""
    groups = dict.fromkeys((row.language, row.group) for row in report.rows)
    lines: list[list[str]] = []
    for language, group in groups:
        rows = [r for r in report.rows if (r.language, r.group) == (language, group)]
        largest = max(r.difference for r in rows)
        others = sum(r.questions > 0 for r in rows)
        lines.append([language, group, str(len(rows)), f"{largest:g}", str(others)])
    return lines


def audit_json(report: AuditReport) -> dict[str, Any]:
    """The audit as plain values."""
    return {"passed": report.passed, "largest": report.largest, "rows": [asdict(r) for r in report.rows]}
