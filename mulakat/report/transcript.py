"""An interview as it was held, and its two plain forms: JSON for machines, text for everybody.

Does not: make the PDF (`pdf`), or look anything up; whoever calls brings every fact along.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from mulakat.errors import ReportError
from mulakat.messages import Language, Setup, Turn
from mulakat.report import dates
from mulakat.report.lines import clean, clean_lines
from mulakat.report.words import WORDS, Words

SCHEMA = 1
"""Version of the JSON form. A later version may add keys; it raises this when it changes one."""

_TURN_KEYS = ("speaker", "text", "at", "when", "move")
_VERSION_KEYS = tuple(WORDS["en"].versions)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What goes on paper.

    field_name   the field in words, in the language of the interview
    started      ISO 8601 with offset; `ended` likewise, None while the interview is unfinished
    zone         IANA name of the candidate's time zone, e.g. "Europe/Istanbul"; "" when unknown
    elapsed_s    seconds of talk, pauses left out
    versions     program, model, adapter, engine, voice, packs, seed; keys may be missing or more
    interviewer  the name that the interviewer goes by; "" for none
    """

    setup: Setup
    field_name: str
    started: str
    ended: str | None = None
    zone: str = ""
    elapsed_s: float = 0.0
    turns: tuple[Turn, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    interviewer: str = ""
    id: str = ""

    @property
    def answers(self) -> int:
        """How many times the candidate said something."""
        return sum(turn.speaker == "candidate" and bool(turn.text.strip()) for turn in self.turns)


def as_json(transcript: Transcript) -> dict[str, Any]:
    """The transcript as plain values in a stable order of keys; `turns` are the talk.

    A turn is `{speaker, text, at, when, move}`: `at` in seconds since the interview began, `when`
    ISO 8601. The agenda's question ids stay in the store.
    """
    return {
        "schema": SCHEMA,
        "id": transcript.id,
        "setup": dataclasses.asdict(transcript.setup),
        "field_name": transcript.field_name,
        "interviewer": transcript.interviewer,
        "started": transcript.started,
        "ended": transcript.ended,
        "zone": transcript.zone,
        "elapsed_s": transcript.elapsed_s,
        "turns": [{key: getattr(turn, key) for key in _TURN_KEYS} for turn in transcript.turns],
        "versions": {key: transcript.versions[key] for key in ordered_versions(transcript.versions)},
    }


def from_json(data: object) -> Transcript:
    """The inverse of `as_json`. Unknown keys are passed over.

    Raises ReportError when `data` is not a transcript, or one of a newer schema.
    """
    if not isinstance(data, dict) or not isinstance(data.get("schema"), int):
        raise ReportError(
            "This file is not a Mülakat transcript.", "Give the transcript.json of a finished interview."
        )
    if data["schema"] > SCHEMA:
        raise ReportError(
            f"This transcript was written by a newer version (schema {data['schema']}, here {SCHEMA}).",
            "Upgrade Mülakat to read it.",
        )
    try:
        return TypeAdapter(Transcript).validate_python(data)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise ReportError(
            f"This transcript cannot be read: {faults}.", "Correct these places, or export it again."
        ) from None


def as_text(transcript: Transcript, language: Language) -> str:
    """The transcript as plain text with labels in `language`; ends with a line feed.

    Raises ReportError for a time that cannot be read.
    """
    words = words_of(language)
    lines = [clean(transcript.setup.role), f"{words.kicker} · {clean(transcript.field_name)}", ""]
    lines += [f"{label}: {clean(value)}" for label, value in facts(transcript, language)]
    lines.append("")
    for turn in transcript.turns:
        said = clean_lines(turn.text) or [words.nothing_said]
        lines += [f"[{dates.stamp(turn.at)}] {words.speakers[turn.speaker]}", *said, ""]
    if not transcript.answers:
        lines += [words.empty, ""]
    lines += [f"{clean(label)}: {clean(value)}" for label, value in version_rows(transcript, words)]
    return "\n".join([*lines, "", words.practice, ""])


def facts(transcript: Transcript, language: Language) -> list[tuple[str, str]]:
    """Label and value of everything that heads a transcript, in the order in which it is read."""
    words, setup = words_of(language), transcript.setup
    begun, ended = (
        dates.moment(when, transcript.zone, language) if when else words.unfinished
        for when in (transcript.started, transcript.ended)
    )
    rows = [
        (words.begun, begun),
        (words.ended, ended),
        (words.duration, dates.duration(transcript.elapsed_s, language)),
        (words.answers, str(transcript.answers)),
        (words.level, words.levels[setup.level]),
        (words.kind, words.kinds[setup.kind]),
        (words.mode, words.modes[setup.mode]),
        (words.language, words.languages[setup.language]),
        (words.interviewer, transcript.interviewer),
    ]
    return [(label, value) for label, value in rows if value]


def version_rows(transcript: Transcript, words: Words) -> list[tuple[str, str]]:
    """Label and value of every version that is known; a key without a label stands as it is."""
    known = transcript.versions
    return [(words.versions.get(key, key), known[key]) for key in ordered_versions(known) if known[key]]


def ordered_versions(versions: dict[str, str]) -> list[str]:
    """The keys that every transcript has, in their order, then any others by name."""
    known = [key for key in _VERSION_KEYS if key in versions]
    return known + sorted(set(versions) - set(known))


def words_of(language: Language) -> Words:
    """The labels of a language. Raises ReportError for one that has none."""
    if language not in WORDS:
        raise ReportError(
            f"There are no labels in the language {str(language)[:20]!r}.",
            f"Choose one of: {', '.join(get_args(Language))}.",
        )
    return WORDS[language]
