"""An assessment in words, ready for the page and for paper: plain frozen values, in reading order.

Everything is worded here once, so that page, PDF and JSON say the same. Does not: judge, lay out, or
say anything that the assessment does not hold; quotes stay literal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mulakat.assessment import words
from mulakat.assessment.advice import SHOWS
from mulakat.assessment.evidence import Evidence, Quote
from mulakat.assessment.result import (
    Assessment,
    CompetencyResult,
    Exercise,
    JudgedQuestion,
    QuestionResult,
    Score,
)
from mulakat.errors import ReportError
from mulakat.messages import Language, Place
from mulakat.report import dates
from mulakat.report.assessment_words import LABELS, Labels


@dataclass(frozen=True, slots=True)
class Cited:
    """The candidate's own words. `turn` counts the transcript's turns from 0; `start` and `end` count
    characters (code points) of that turn's text; `at` is seconds, `stamp` the same as mm:ss."""

    turn: int
    start: int
    end: int
    text: str
    at: float
    stamp: str


@dataclass(frozen=True, slots=True)
class ReportSentence:
    """A sentence of the report, and the words it rests on."""

    text: str
    quote: Cited | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A score from 1 to 5 and its 80 % interval; `text` is the three as the language writes them."""

    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A quote and what it shows, each in a word or two."""

    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    quote: Cited


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One part of STAR: how surely it is there, 0 to 1, and whether the report says that it is."""

    id: str
    label: str
    share: float
    found: bool


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What a calibrated judge model said of a question; `note` tells why it said nothing."""

    score: int | None
    comments: tuple[ReportSentence, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ReportedQuestion:
    """One main question. Exactly one of `score` and `insufficient` (a sentence, else "") is set.

    `sources` says where in the documents that were handed in the question comes from; () for a pack's.
    """

    id: str
    number: int
    text: str
    competency: str
    sources: tuple[str, ...]
    turns: tuple[int, ...]
    score: Marked | None
    insufficient: str
    good: tuple[ReportSentence, ...]
    missing: tuple[ReportSentence, ...]
    outline: tuple[ReportSentence, ...]
    evidence: tuple[Proof, ...]
    parts: tuple[StoryPart, ...]
    judged: SecondOpinion | None


@dataclass(frozen=True, slots=True)
class ReportedCompetency:
    """One competency; `questions` are the numbers of its questions, `scored` how many got a number."""

    id: str
    name: str
    score: Marked | None
    insufficient: str
    questions: tuple[int, ...]
    scored: int


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise and the question to do it on."""

    text: str
    number: int
    question: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report in `language`; quotes and questions stay in `spoken`.

    notes      what stands on every report, and that attempts were seen
    attempts   text in answers that was meant for the assessment
    judge      the judge model and its calibration in a sentence, "" without one
    versions   label and value of what scored
    """

    language: Language
    spoken: Language
    statement: str
    notes: tuple[str, ...]
    summary: tuple[ReportSentence, ...]
    competencies: tuple[ReportedCompetency, ...]
    questions: tuple[ReportedQuestion, ...]
    exercises: tuple[Task, ...]
    attempts: tuple[Cited, ...]
    judge: str
    versions: tuple[tuple[str, str], ...]


Places = Mapping[str, Sequence[Place]]
"""Where in handed-in documents what a question names stands, by the question's id."""


def report_of(assessment: Assessment, language: Language, places: Places | None = None) -> Report:
    """The report in a language. Raises ReportError for a language without words."""
    labels = labels_of(language)
    numbers = {q.id: n for n, q in enumerate(assessment.questions, 1)}
    names = {c.id: c.names[language] for c in assessment.competencies}
    judged = {j.question: j for j in assessment.judged.questions} if assessment.judged else {}
    return Report(
        language=language,
        spoken=assessment.language,
        statement=labels.statement,
        notes=words.notes(assessment, language)[1:],  # the first is what `statement` says
        summary=tuple(_sentence(line) for line in words.summary(assessment, language)),
        competencies=tuple(_competency(c, numbers, language) for c in assessment.competencies),
        questions=tuple(
            question_of(q, n, names[q.competency], language, judged.get(q.id), (places or {}).get(q.id, ()))
            for n, q in enumerate(assessment.questions, 1)
        ),
        exercises=tuple(_task(e, assessment.questions, numbers, language) for e in assessment.exercises),
        attempts=tuple(cited(q) for q in assessment.attempts),
        judge=_judge(assessment, labels, language),
        versions=tuple(
            (labels.versions.get(k, k), labels.readers.get(v, v) if k == "reader" else v)
            for k, v in assessment.versions.items()
        ),
    )


def labels_of(language: Language) -> Labels:
    """The labels of a language. Raises ReportError for one that has none."""
    if language not in LABELS:
        raise ReportError(
            f"There is no report in the language {str(language)[:20]!r}.",
            f"Choose one of: {', '.join(LABELS)}.",
        )
    return LABELS[language]


def question_of(
    result: QuestionResult,
    number: int,
    competency: str,
    language: Language,
    judged: JudgedQuestion | None = None,
    places: Sequence[Place] = (),
) -> ReportedQuestion:
    """One question in words; `number` counts from 1, `competency` is its name."""
    good = (words.remark(r, result, "good", language) for r in result.good)
    missing = (words.remark(r, result, "missing", language) for r in result.missing)
    return ReportedQuestion(
        id=result.id,
        number=number,
        text=result.text,
        competency=competency,
        sources=tuple(dict.fromkeys(_source(place, labels_of(language)) for place in places)),
        turns=result.turns,
        score=marked(result.score, language) if result.score else None,
        insufficient=words.insufficient(result.insufficient, language) if result.insufficient else "",
        good=_gathered(good),
        missing=_gathered(missing),
        outline=tuple(map(_sentence, words.outline(result, language))),
        evidence=_proofs(result.evidence, language),
        parts=_parts(result, language),
        judged=_opinion(judged, language) if judged else None,
    )


def _source(place: Place, labels: Labels) -> str:
    """A place in words; a page of 0 is the candidate's own correction."""
    if place.page == 0:
        return labels.own_words
    wording = labels.lines if place.last > place.line else labels.line
    return wording.format(name=place.name, page=place.page, line=place.line, last=place.last)


def marked(score: Score, language: Language) -> Marked:
    """A score in numbers and as text."""
    figures = {k: words.number(getattr(score, k), language) for k in ("value", "low", "high")}
    return Marked(score.value, score.low, score.high, labels_of(language).score.format(**figures))


def cited(quote: Quote) -> Cited:
    return Cited(quote.turn, quote.start, quote.end, quote.text, quote.at, dates.stamp(quote.at))


def _sentence(line: words.Line) -> ReportSentence:
    return ReportSentence(line.text, cited(line.quote) if line.quote else None)


def _gathered(lines: Iterable[words.Line]) -> tuple[ReportSentence, ...]:
    """The sentences; those that rest on the same words become one, so that no quote stands twice."""
    found: list[ReportSentence] = []
    for line in lines:
        given = _sentence(line)
        same = next((n for n, s in enumerate(found) if s.quote and s.quote == given.quote), None)
        if same is None:
            found.append(given)
        else:
            found[same] = ReportSentence(f"{found[same].text} {given.text}", given.quote)
    return tuple(found)


def _proofs(evidence: Sequence[Evidence], language: Language) -> tuple[Proof, ...]:
    """What a score rests on, every quote once with all that it shows."""
    known = labels_of(language).kinds
    kinds: dict[Quote, list[str]] = {}
    for one in evidence:
        kinds.setdefault(one.quote, []).append(one.kind)
    return tuple(
        Proof(tuple(shown), tuple(known.get(k, k) for k in shown), cited(quote))
        for quote, shown in kinds.items()
    )


def _parts(result: QuestionResult, language: Language) -> tuple[StoryPart, ...]:
    """The parts of STAR, for answers that could be weighed."""
    if result.score is None:
        return ()
    shares = result.measures.as_dict()
    return tuple(
        StoryPart(part, label, round(shares[part], 2), shares[part] >= SHOWS)
        for part, label in labels_of(language).parts.items()
    )


def _competency(
    result: CompetencyResult, numbers: dict[str, int], language: Language
) -> ReportedCompetency:
    return ReportedCompetency(
        id=result.id,
        name=result.names[language],
        score=marked(result.score, language) if result.score else None,
        insufficient=words.insufficient(result.insufficient, language) if result.insufficient else "",
        questions=tuple(numbers[q] for q in result.questions),
        scored=result.scored,
    )


def _task(
    exercise: Exercise, questions: Sequence[QuestionResult], numbers: dict[str, int], language: Language
) -> Task:
    text = next(q.text for q in questions if q.id == exercise.question)
    return Task(words.exercise(exercise, language), numbers[exercise.question], text)


def _judge(assessment: Assessment, labels: Labels, language: Language) -> str:
    judged = assessment.judged
    if judged is None:
        return ""
    kappa = f"{judged.kappa:.2f}".replace(".", "," if language == "tr" else ".")
    return labels.judge.format(model=judged.model, kappa=kappa)


def _opinion(judged: JudgedQuestion, language: Language) -> SecondOpinion:
    labels = labels_of(language)
    notes = {"unparsable": labels.judge_unparsable, "failed": labels.judge_failed}
    comments = tuple(ReportSentence(c.text, cited(c.quote)) for c in judged.comments)
    return SecondOpinion(judged.score, comments, notes.get(judged.status, ""))
