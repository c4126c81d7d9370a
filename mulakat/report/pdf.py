"""The transcript as a PDF: a page model of plain values, typeset by `templates/transcript.typ`.

The model reaches the template as JSON in a string and is never part of its markup, so whatever the
candidate typed comes out as it stands. Does not: block wisely (callers on an event loop use a
thread), touch the network, or let a template read any file outside its folder.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from mulakat.errors import ReportError
from mulakat.messages import Language, Turn
from mulakat.report import dates
from mulakat.report.lines import clean, clean_lines, leads_right_to_left
from mulakat.report.transcript import Transcript, facts, version_rows, words_of
from mulakat.report.words import Words

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "templates" / "transcript.typ"
_LABELS = ("kicker", "stamps", "nothing_said", "empty", "made_with", "practice")
_HEAD_LENGTH = 100
"""Characters of the role among which the template finds those that fit the running head's one line."""

_OWN_SCRIPTS = re.compile("[\u0020-\u052f\u1e00-\u20c0\u2100-\u215f\u2190-\u22ff\n]*")
"""Latin, Greek, Cyrillic and signs: what the fonts that travel with the program can write."""


def render_pdf(transcript: Transcript, language: Language) -> bytes:
    """The PDF with labels in `language`; the same transcript gives the same bytes.

    Scripts that our fonts lack are written with the machine's own fonts, or left blank where it
    has none. Safe to call from several threads. Raises ReportError.
    """
    data = json.dumps(page_model(transcript, language), ensure_ascii=False)
    return typeset(_TEMPLATE, "transcript", data, transcript)


def typeset(template: Path, name: str, data: str, transcript: Transcript) -> bytes:
    """The PDF that a template makes of `data`, which it finds under `name`; dated as the interview.

    Raises ReportError.
    """
    try:
        return typst.compile(
            template,
            root=template.parent,
            font_paths=_fonts(not _OWN_SCRIPTS.fullmatch(data)),
            sys_inputs={name: data},
            timestamp=_made(transcript),
        )
    except (RuntimeError, OSError) as error:
        raise ReportError(
            f"The PDF could not be typeset: {str(error)[:200].rstrip('.')}.",
            "Nothing is lost: take the transcript as text or JSON. To mend the PDF, install Mülakat again.",
        ) from error


def page_model(transcript: Transcript, language: Language) -> dict[str, Any]:
    """Everything that stands on the pages, as strings in reading order. Raises ReportError."""
    words = words_of(language)
    role = clean(transcript.setup.role)
    return {
        "language": language,
        "spoken": transcript.setup.language,
        "labels": {label: getattr(words, label) for label in _LABELS},
        "role": role,
        "head": head_of(role),
        "field": clean(transcript.field_name),
        "begun": clean(dates.day(transcript.started, transcript.zone, language)),
        "facts": [[label, clean(value)] for label, value in facts(transcript, language)],
        "turns": [told(turn, words) for turn in transcript.turns],
        "empty": not transcript.answers,
        "versions": [[clean(label), clean(value)] for label, value in version_rows(transcript, words)],
    }


def head_of(role: str) -> str:
    """The beginning of the role, for the running head."""
    return role[:_HEAD_LENGTH]


def told(turn: Turn, words: Words) -> dict[str, Any]:
    """A turn as the templates set it."""
    return {
        "candidate": turn.speaker == "candidate",
        "speaker": words.speakers[turn.speaker],
        "at": dates.stamp(turn.at),
        "lines": [{"text": line, "rtl": leads_right_to_left(line)} for line in clean_lines(turn.text)],
    }


@cache
def _fonts(with_system: bool) -> typst.Fonts:
    """Our fonts first, then typst's own. Searching the machine's takes up to a second, once."""
    return typst.Fonts(include_system_fonts=with_system, font_paths=[_HERE / "fonts"])


def _made(transcript: Transcript) -> int:
    """The PDF's date in seconds since 1970: the interview's own, so that two exports are the same."""
    return max(0, int(dates.parsed(transcript.ended or transcript.started).timestamp()))
