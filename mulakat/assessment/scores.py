"""A transcript -> scores a question and a competency, with intervals, evidence and advice.

The same transcript always gets the same assessment, whatever model worded the questions. Does not: read
documents, call a model (`judge.py` may add one's voice afterwards), or put anything into words.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from mulakat.assessment import advice, summary
from mulakat.assessment.embedded import Reader
from mulakat.assessment.evidence import Quote
from mulakat.assessment.heads import head
from mulakat.assessment.measures import covered, passes, told_stems
from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.question import Asked
from mulakat.assessment.reading import Subject, read
from mulakat.assessment.result import (
    Assessment,
    CompetencyResult,
    Insufficient,
    QuestionResult,
    Reason,
    Score,
)
from mulakat.assessment.weigh import (
    ENOUGH,
    ON_SUBJECT,
    Heard,
    Measures,
    Said,
    hear,
    index,
    measure,
    on_scale,
    sufficiency,
)
from mulakat.messages import Language, Turn

SPREAD = 0.5
"""Standard deviation of a score around the mean of its written level, on the gold answers for
development (benchmarks/mind.py); what one answer cannot tell about the next."""

EIGHTY = 1.2816
"""Two-sided 80 % of a normal distribution, in standard deviations."""

BRIEF = 25
"""Words under which an answer that ends with "next question, please" was given up."""

_NO_QUESTION = ("close", "farewell")


def assess(
    turns: Sequence[Turn],
    asked: Mapping[str, Asked],
    language: Language,
    known: Plausibility,
    reader: Reader | None = None,
) -> Assessment:
    """Weighs an interview.

    turns   the whole transcript; interviewer turns carry the id of the question they belong to
    asked   the main questions by that id; turns about others are left out
    known   the letter model of the language (`Plausibility(library.sentences(language), language)`)
    reader  marks the sentences; the shipped n-gram head without one (`embedded.EmbeddedHead`)
    """
    answers = answers_by_question(turns, asked)
    heard = {i: hear(turns, places, language, reader) for i, places in answers.items()}
    questions = tuple(_question(turns, asked[i], answers[i], heard[i], known) for i in answers)
    competencies = _competencies(questions, asked)
    return Assessment(
        language=language,
        questions=questions,
        competencies=competencies,
        summary=summary.summarise(questions, competencies),
        exercises=advice.exercises(questions),
        attempts=_attempts(heard, turns, answers, language),
        versions={**_versions(language), "reader": type(reader or head(language)).__name__},
    )


def answers_by_question(turns: Sequence[Turn], asked: Mapping[str, Asked]) -> dict[str, tuple[int, ...]]:
    """Question id -> the candidate's turns on it, in the order in which the questions came up."""
    found: dict[str, list[int]] = {}
    current = ""
    for place, turn in enumerate(turns):
        if turn.speaker == "interviewer":
            current = "" if turn.move in _NO_QUESTION else turn.question_id or current
            if current in asked:
                found.setdefault(current, [])
        elif current in asked:
            found[current].append(place)
    return {i: tuple(places) for i, places in found.items()}


def _attempts(
    heard: Mapping[str, Heard],
    turns: Sequence[Turn],
    answers: Mapping[str, tuple[int, ...]],
    language: Language,
) -> tuple[Quote, ...]:
    """Attempts anywhere in the interview, also where no question was open."""
    placed = {p for places in answers.values() for p in places}
    others = [p for p, t in enumerate(turns) if t.speaker == "candidate" and p not in placed]
    found = [q for h in (*heard.values(), hear(turns, others, language)) for q in h.attempts]
    return tuple(sorted(found, key=lambda q: (q.turn, q.start)))


def _question(
    turns: Sequence[Turn], asked: Asked, places: tuple[int, ...], heard: Heard, known: Plausibility
) -> QuestionResult:
    said = usable(turns, places, heard, asked, known)
    found = measure(said, asked)
    why = _why_not(turns, places, heard, said, found, asked, known)
    told = told_stems([s.neutral for s in said], asked.language)
    met = covered(told, asked.point_stems)
    good, missing = ((), ()) if not said else advice.remarks(turns, said, found, asked, met)
    return QuestionResult(
        id=asked.id,
        text=asked.text,
        competency=asked.competency,
        turns=places,
        score=None if why else _score(said, found, asked),
        insufficient=Insufficient(why, found.words) if why else None,
        measures=found,
        evidence=() if why else advice.evidence(turns, said),
        good=() if why else good,
        missing=missing,
        outline=advice.outline(turns, said, asked, met),
        points={code: tuple(points) for code, points in asked.points_by.items()},
        covered=met,
    )


def usable(
    turns: Sequence[Turn], places: Sequence[int], heard: Heard, asked: Asked, known: Plausibility
) -> tuple[Said, ...]:
    """What counts: the sentences of turns that can be read as an answer at all."""
    bad = {p for p in places if _unfit(turns, p, heard, asked, known)}
    return tuple(s for s in heard.said if s.turn not in bad)


def _without(text: str, place: int, heard: Heard) -> str:
    """A turn's text without the attempts in it."""
    for quote in sorted(heard.attempts, key=lambda q: -q.start):
        if quote.turn == place:
            text = text[: quote.start] + text[quote.end :]
    return text.strip()


def _unfit(
    turns: Sequence[Turn], place: int, heard: Heard, asked: Asked, known: Plausibility
) -> Reason | None:
    """Why a turn cannot count at all; None when it can. An answer told again counts once."""
    text = _without(turns[place].text, place, heard)
    earlier = [t.text for t in turns[:place] if t.speaker == "candidate"]
    reading = read(text, Subject(asked.language, asked.subject_stems, known), earlier)
    if reading.silent:
        return "silent"
    if reading.gibberish:
        return "gibberish"
    if reading.wrong_language:
        return "other_language"
    if reading.repeated:
        return "repeated"
    return "asks" if reading.asks_answer or reading.asks_repeat else None


def _why_not(
    turns: Sequence[Turn],
    places: Sequence[int],
    heard: Heard,
    said: Sequence[Said],
    found: Measures,
    asked: Asked,
    known: Plausibility,
) -> Reason | None:
    """Why these answers get no number; None when they get one."""
    if not places:
        return "unanswered"
    if said and found.words < BRIEF and passes(said[-1].neutral, asked.language):
        return "unanswered"
    if said and sufficiency(found) >= ENOUGH:
        return None
    if not said:
        left = [p for p in places if _without(turns[p].text, p, heard)]
        if heard.attempts and not left:
            return "attempt_only"
        faults = [f for p in left if (f := _unfit(turns, p, heard, asked, known))]
        return faults[0] if faults else "thin" if left else "silent"
    return "off_subject" if min(found.topicality, found.public) < ON_SUBJECT else "thin"


def _score(said: Sequence[Said], found: Measures, asked: Asked) -> Score:
    """The score, with the part of the interval that the sentences themselves give (jackknife)."""
    value = on_scale(index(found))
    width = EIGHTY * math.hypot(SPREAD, _jackknife(said, asked))
    return _bounded(value, width)


def _jackknife(said: Sequence[Said], asked: Asked) -> float:
    """Standard error of the score when one sentence at a time is left out.

    Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 11.
    """
    n = len(said)
    if n < 2:
        return 1.0
    rest = [on_scale(index(measure([*said[:k], *said[k + 1 :]], asked))) for k in range(n)]
    mean = sum(rest) / n
    return math.sqrt((n - 1) / n * sum((r - mean) ** 2 for r in rest))


def _bounded(value: float, width: float) -> Score:
    return Score(round(value, 2), round(max(value - width, 1.0), 2), round(min(value + width, 5.0), 2))


def _competencies(
    questions: Sequence[QuestionResult], asked: Mapping[str, Asked]
) -> tuple[CompetencyResult, ...]:
    order = dict.fromkeys(q.competency for q in questions)
    return tuple(_competency(c, [q for q in questions if q.competency == c], asked) for c in order)


def _competency(
    name: str, questions: Sequence[QuestionResult], asked: Mapping[str, Asked]
) -> CompetencyResult:
    scores = [q.score for q in questions if q.score]
    evidence = [e for q in questions for e in q.evidence]
    return CompetencyResult(
        id=name,
        names=asked[questions[0].id].names,
        score=_mean(scores) if scores else None,
        insufficient=None if scores else _first_reason(questions),
        questions=tuple(q.id for q in questions),
        scored=len(scores),
        evidence=tuple(sorted(evidence, key=lambda e: -e.weight)[:6]),
    )


def _mean(scores: Sequence[Score]) -> Score:
    """Mean of independent scores; its interval narrows with their number, and not below their spread."""
    n = len(scores)
    value = sum(s.value for s in scores) / n
    width = math.sqrt(sum(((s.high - s.low) / 2) ** 2 for s in scores)) / n
    apart = EIGHTY * math.sqrt(sum((s.value - value) ** 2 for s in scores) / max(n - 1, 1) / n)
    return _bounded(value, max(width, apart))


def _first_reason(questions: Sequence[QuestionResult]) -> Insufficient:
    """The reason of the question on which most was said."""
    given = [q.insufficient for q in questions if q.insufficient]
    return max(given, key=lambda i: i.words)


@lru_cache(maxsize=4)
def _versions(language: Language) -> dict[str, str]:
    """Hashes of everything that scores: this package's code and data."""
    rubric = hashlib.sha256()
    room = files("mulakat.assessment")
    parts = [*room.iterdir(), *room.joinpath("data").iterdir()]
    for part in sorted(parts, key=lambda p: p.name):
        if part.name.endswith((".py", ".yaml", ".txt")) or part.name.startswith(f"head_{language}"):
            rubric.update(part.name.encode() + b"\0" + part.read_bytes())
    origin = head(language).origin
    return {
        "rubric_sha256": rubric.hexdigest(),
        "head_data_sha256": str(origin["data_sha256"]),
        "head": str(origin["made_by"]),
    }
