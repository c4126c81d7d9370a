"""The report as a PDF: `Report` and transcript as one page model, typeset by `templates/assessment.typ`.

The model reaches the template as JSON in a string and is never part of its markup, so whatever the
candidate typed comes out as it stands. Does not: block wisely (callers on an event loop use a
thread), touch the network, or word anything.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from mulakat.report import dates
from mulakat.report.assessment_model import Cited, Report, labels_of
from mulakat.report.lines import clean, leads_right_to_left
from mulakat.report.pdf import head_of, told, typeset
from mulakat.report.transcript import Transcript, facts, version_rows, words_of

_TEMPLATE = Path(__file__).parent / "templates" / "assessment.typ"
_LABELS = (
    "summary",
    "profile",
    "profile_note",
    "no_score",
    "questions",
    "good",
    "missing",
    "outline",
    "outline_bare",
    "rests_on",
    "rests_also",
    "parts_label",
    "source",
    "exercises",
    "attempts",
    "transcript",
    "reproduce",
    "reproduce_lead",
    "times",
    "kicker",
)


def render_report(report: Report, transcript: Transcript) -> bytes:
    """The PDF in the report's language; the same report and transcript give the same bytes.

    Safe to call from several threads. Raises ReportError.
    """
    data = json.dumps(page_model(report, transcript), ensure_ascii=False)
    return typeset(_TEMPLATE, "report", data, transcript)


def page_model(report: Report, transcript: Transcript) -> dict[str, Any]:
    """Everything that stands on the pages, in reading order, fit for paper. Raises ReportError."""
    language = report.language
    labels, words = labels_of(language), words_of(language)
    role = clean(transcript.setup.role)
    shown = _printable(dataclasses.asdict(report), len(transcript.turns))
    for task in shown["exercises"]:
        task["on"] = labels.practise_on.format(number=task["number"])
    return {
        **shown,
        "labels": {**{n: getattr(labels, n) for n in _LABELS}, "nothing_said": words.nothing_said},
        "role": role,
        "head": head_of(role),
        "field": clean(transcript.field_name),
        "begun": clean(dates.day(transcript.started, transcript.zone, language)),
        "facts": [[label, clean(value)] for label, value in facts(transcript, language)],
        "turns": [told(turn, words) for turn in transcript.turns],
        "versions": reproduction(report, transcript),
    }


def reproduction(report: Report, transcript: Transcript) -> list[list[str]]:
    """Label and value of all that is needed to make the report again: how it was held, then weighed."""
    words = words_of(report.language)
    when = transcript.ended or transcript.started
    rows = [(words.ended, dates.moment(when, transcript.zone, report.language))]
    rows += [*version_rows(transcript, words), *report.versions]
    return [[clean(label), clean(value)] for label, value in rows]


_QUOTE = {field.name for field in dataclasses.fields(Cited)}


def _printable(value: Any, turns: int) -> Any:
    """Texts cleaned for paper. A quote without its turn in this transcript would lead nowhere: no quote."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [_printable(v, turns) for v in value if not _is_lost(v, turns)]
    if isinstance(value, dict):
        made = {k: None if _is_lost(v, turns) else _printable(v, turns) for k, v in value.items()}
        return {**made, "rtl": leads_right_to_left(str(made["text"]))} if made.keys() == _QUOTE else made
    return value


def _is_lost(value: Any, turns: int) -> bool:
    return isinstance(value, dict) and value.keys() == _QUOTE and not 0 <= value["turn"] < turns
