"""What the weighing of an interview gives: the input of every report. Plain frozen values.

Remarks, exercises and summaries travel as codes with literal quotes and figures; `assessment.words` says
them in either language, so a report in Turkish about an English interview invents nothing. Does not:
hold the transcript; quotes point into it by turn and character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from mulakat.assessment.evidence import Evidence, ProvenClaim, Quote
from mulakat.assessment.weigh import Measures
from mulakat.messages import Language

Reason = Literal[
    "unanswered",
    "silent",
    "gibberish",
    "other_language",
    "asks",
    "repeated",
    "attempt_only",
    "off_subject",
    "thin",
]
"""Why there is no number."""


@dataclass(frozen=True, slots=True)
class Score:
    """1 to 5. `low` and `high` bound an interval that holds the score of eight in ten similar answers."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Insufficient:
    """No number, and why. `words` is how many words were there to go on."""

    reason: Reason
    words: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something good or missing. `code` is a key of `data/words_*.yaml`.

    quote    the candidate's words that it rests on; what is missing may have none
    points   numbers of the pack's points (0-based) that it is about
    """

    code: str
    quote: Quote | None = None
    points: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One step of a better answer: the candidate's own words for it, or None where they are missing.

    part    "situation", "task", "action", "result", "reflection", or "point" with the pack's `point`
    """

    part: str
    quote: Quote | None = None
    point: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One main question with its follow-ups. Exactly one of `score` and `insufficient` is set.

    turns    indices of the candidate's turns that answer it
    points   what a good answer contains, by language; `covered` the share of each that was met, 0 to 1,
             in the interview's language
    """

    id: str
    text: str
    competency: str
    turns: tuple[int, ...]
    score: Score | None
    insufficient: Insufficient | None
    measures: Measures
    evidence: tuple[Evidence, ...]
    good: tuple[Remark, ...]
    missing: tuple[Remark, ...]
    outline: tuple[OutlineLine, ...]
    points: Mapping[Language, tuple[str, ...]]
    covered: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CompetencyResult:
    """One competency. Exactly one of `score` and `insufficient` is set.

    questions   ids of its questions; `scored` is how many of them have a number
    """

    id: str
    names: Mapping[Language, str]
    score: Score | None
    insufficient: Insufficient | None
    questions: tuple[str, ...]
    scored: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to practise: a code of `data/words_*.yaml` and the question to practise it on."""

    code: str
    question: str


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One sentence of the summary: a code, what fills it, and perhaps a quote."""

    code: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """What a calibrated judge model adds beside the measured score; never instead of it.

    status   "scored", "unparsable" (its verdict could not be read) or "failed" (it gave none)
    """

    question: str
    status: Literal["scored", "unparsable", "failed"]
    score: int | None = None
    comments: tuple[ProvenClaim, ...] = ()
    dropped: int = 0  # comments whose quotes were not found


@dataclass(frozen=True, slots=True)
class Judged:
    """A judge model's part, with the calibration it passed."""

    model: str
    kappa: float
    questions: tuple[JudgedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything the report needs, except the transcript itself.

    attempts     text in answers that was meant for the assessment; set aside, reported
    versions     rubric and heads with hashes, so that a report can be made again
    """

    language: Language
    questions: tuple[QuestionResult, ...]
    competencies: tuple[CompetencyResult, ...]
    summary: tuple[SummaryLine, ...]
    exercises: tuple[Exercise, ...]
    attempts: tuple[Quote, ...]
    versions: Mapping[str, str]
    judged: Judged | None = None

    def as_dict(self) -> dict[str, Any]:
        """The whole as plain JSON values."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value
