"""The codes of an assessment as sentences, in Turkish or English, whatever the interview's language.

Templates only: slots take literal quotes, figures, and names from the packs. Which of several wordings is
used follows from the code and what fills it, so the same assessment always reads the same. Does not:
add anything that the assessment does not hold.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from mulakat.assessment.evidence import Quote, clipped
from mulakat.assessment.result import (
    Assessment,
    CompetencyResult,
    Exercise,
    Insufficient,
    OutlineLine,
    QuestionResult,
    Remark,
    SummaryLine,
)
from mulakat.messages import Language
from mulakat.text.fold import capital

SHORT = 160
"""Characters of a quote inside a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence for a report, and the quote it rests on."""

    text: str
    quote: Quote | None = None


@lru_cache(maxsize=4)
def _words(language: Language) -> dict[str, dict[str, list[str]]]:
    path = files("mulakat.assessment").joinpath(f"data/words_{language}.yaml")
    return yaml.safe_load(path.read_text("utf-8"))  # type: ignore[no-any-return]


def _say(language: Language, part: str, code: str, **values: Any) -> str:
    known = _words(language)[part]
    alone = values.get("questions", values.get("times")) == 1
    choices = known.get(f"{code}_one", known[code]) if alone else known[code]
    key = zlib.crc32(repr((code, sorted(values.items()))).encode())
    return choices[key % len(choices)].format(**values)


def number(value: float, language: Language) -> str:
    """One decimal, with the language's own sign."""
    text = f"{value:.1f}"
    return text.replace(".", ",") if language == "tr" else text


def _quoted(quote: Quote | None) -> str:
    """A quote fit to stand inside a sentence: literal, without marks at its end; "…" where it was cut."""
    if quote is None:
        return ""
    text = clipped(quote, SHORT).text
    cut = "…" if len(text) < len(quote.text) else ""
    return text.replace('"', "'").replace("“", "'").replace("”", "'").rstrip(" .!?…,;:") + cut


def _points(numbers: tuple[int, ...], question: QuestionResult, language: Language) -> str:
    """The pack's points by number. The lists of two languages need not match; then all are said."""
    points, told = question.points[language], len(question.covered)
    chosen = [points[n] for n in numbers] if len(points) == told else list(points)
    return "; ".join(chosen)


def remark(given: Remark, question: QuestionResult, part: str, language: Language) -> Line:
    """A remark of `question.good` (part "good") or `question.missing` (part "missing")."""
    points = _points(given.points, question, language)
    return Line(_say(language, part, given.code, points=points), given.quote)


def insufficient(given: Insufficient, language: Language) -> str:
    """Why there is no number."""
    return _say(language, "insufficient", given.reason)


def outline(question: QuestionResult, language: Language) -> tuple[Line, ...]:
    """The steps of a better answer to a question, in order."""
    return tuple(_step(line, question, language) for line in question.outline)


def _step(line: OutlineLine, question: QuestionResult, language: Language) -> Line:
    numbers = () if line.point is None else (line.point,)
    points = _points(numbers, question, language)
    if line.quote is None:
        return Line(_say(language, "prompt", line.part, points=points))
    text = _say(language, "outline", line.part, points=points, quote=_quoted(line.quote))
    return Line(capital(text, language), line.quote)


def exercise(given: Exercise, language: Language) -> str:
    """What to do; the question to do it on is `given.question`."""
    return _say(language, "exercises", given.code, question=given.question)


def summary(assessment: Assessment, language: Language) -> tuple[Line, ...]:
    """The five sentences."""
    names = {c.id: c for c in assessment.competencies}
    return tuple(_summed(line, names, language) for line in assessment.summary)


def _summed(line: SummaryLine, names: Mapping[str, CompetencyResult], language: Language) -> Line:
    values: dict[str, Any] = {
        k: number(v, language) if isinstance(v, float) else v for k, v in line.values.items()
    }
    if "competency" in values:
        values["competency"] = names[str(values["competency"])].names[language]
    if line.quote:
        values["quote"] = _quoted(line.quote)
    return Line(_say(language, "summary", line.code, **values), line.quote)


def notes(assessment: Assessment, language: Language) -> tuple[str, ...]:
    """What every report says, and that attempts were seen, if there were any."""
    said = [_say(language, "notes", "practice")]
    if assessment.attempts:
        said.append(_say(language, "notes", "attempts", times=len(assessment.attempts)))
    return tuple(said)
