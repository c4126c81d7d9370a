"""What a candidate takes along or sends on: the report as JSON, and a package of PDF, JSON and README.

There is no sound in it. Does not: send anything, or store it.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from typing import Any

from mulakat.assessment.result import Assessment
from mulakat.messages import Language
from mulakat.report import dates
from mulakat.report.assessment_model import Places, labels_of, report_of
from mulakat.report.assessment_pdf import render_report, reproduction
from mulakat.report.transcript import Transcript, as_json

SCHEMA = 1
"""Version of the JSON form. A later version may add keys; it raises this when it changes one."""


def report_json(
    assessment: Assessment, transcript: Transcript, language: Language, places: Places | None = None
) -> dict[str, Any]:
    """Everything as plain values: the report in words, what it was worded from, and the transcript.

    Quotes count the transcript's turns from 0 and characters of their text. Raises ReportError.
    """
    report = report_of(assessment, language, places)
    return {
        "schema": SCHEMA,
        "statement": report.statement,
        "report": _plain(dataclasses.asdict(report)),
        "assessment": assessment.as_dict(),
        "transcript": as_json(transcript),
        "reproduce": [list(row) for row in reproduction(report, transcript)],
    }


def package(
    assessment: Assessment, transcript: Transcript, language: Language, places: Places | None = None
) -> bytes:
    """A ZIP of the three files; the same report gives the same bytes. Raises ReportError."""
    report = report_of(assessment, language, places)
    name = f"mulakat-{transcript.started[:10]}"
    pdf, data = f"{name}.pdf", f"{name}.json"
    readme = labels_of(language).share_readme.format(pdf=pdf, json=data, statement=report.statement)
    plain = report_json(assessment, transcript, language, places)
    whole = json.dumps(plain, ensure_ascii=False, indent=2)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for file, content in (
            ("README.txt", readme.encode()),
            (pdf, render_report(report, transcript)),
            (data, (whole + "\n").encode("utf-8", "replace")),
        ):
            made.writestr(_entry(f"{name}/{file}", transcript), content)
    return held.getvalue()


def _entry(path: str, transcript: Transcript) -> zipfile.ZipInfo:
    """A file of the package, dated as the interview; ZIP knows no year before 1980."""
    when = dates.parsed(transcript.ended or transcript.started)
    entry = zipfile.ZipInfo(path, max(when.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value
