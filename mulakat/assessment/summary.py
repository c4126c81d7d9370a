"""Five sentences about an interview, as codes and values: how much was weighed, what is strongest, what
it rests on, what was missing most, what to do next.

Does not: word them (`words.py`), or say anything that is not in the results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mulakat.assessment.result import CompetencyResult, QuestionResult, SummaryLine


def summarise(
    questions: Sequence[QuestionResult], competencies: Sequence[CompetencyResult]
) -> tuple[SummaryLine, ...]:
    """The five sentences, in order."""
    return (
        _how_much(questions),
        _strongest(competencies),
        _rests_on(questions),
        _missing(questions),
        _next(questions, competencies),
    )


def _how_much(questions: Sequence[QuestionResult]) -> SummaryLine:
    scored = sum(q.score is not None for q in questions)
    words = sum(q.measures.words for q in questions)
    code = "nothing_asked" if not questions else "nothing_scored" if not scored else "weighed"
    return SummaryLine(code, {"questions": len(questions), "scored": scored, "words": words})


def _strongest(competencies: Sequence[CompetencyResult]) -> SummaryLine:
    scored = [c for c in competencies if c.score]
    if not scored:
        return SummaryLine("no_strongest")
    best = max(scored, key=lambda c: c.score.value if c.score else 0.0)
    assert best.score is not None
    code = "strongest" if len(scored) > 1 else "only_one"
    values: dict[str, str | int | float] = {"competency": best.id, "score": best.score.value}
    return SummaryLine(code, {**values, "low": best.score.low, "high": best.score.high})


def _rests_on(questions: Sequence[QuestionResult]) -> SummaryLine:
    found = [e for q in questions for e in q.evidence]
    if not found:
        return SummaryLine("no_evidence")
    best = max(found, key=lambda e: (e.weight, -e.quote.turn, -e.quote.start))
    return SummaryLine(f"rests_{best.kind}", {}, best.quote)


def _missing(questions: Sequence[QuestionResult]) -> SummaryLine:
    counts = Counter(r.code for q in questions for r in q.missing)
    if not counts:
        return SummaryLine("nothing_missing" if any(q.score for q in questions) else "missing_answers")
    code = min(counts, key=lambda c: (-counts[c], c))
    return SummaryLine(f"most_{code}", {"times": counts[code], "questions": len(questions)})


def _next(questions: Sequence[QuestionResult], competencies: Sequence[CompetencyResult]) -> SummaryLine:
    open_ones = [c for c in competencies if c.insufficient]
    scored = [c for c in competencies if c.score]
    if open_ones and questions:
        return SummaryLine("next_open", {"competency": open_ones[0].id, "open": len(open_ones)})
    if len(scored) > 1:
        worst = min(scored, key=lambda c: c.score.value if c.score else 0.0)
        return SummaryLine("next_weakest", {"competency": worst.id})
    return SummaryLine("next_more")
