"""What was good, what was missing, a better outline, and what to practise: codes and literal quotes.

Each remark rests on a sentence of the candidate's or on the absence of one; the outline holds nothing but
the candidate's own words and the pack's points. Does not: word anything (`words.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from mulakat.assessment.evidence import Evidence, Quote, clipped, quote_of
from mulakat.assessment.measures import told_stems
from mulakat.assessment.question import Asked
from mulakat.assessment.result import Exercise, OutlineLine, QuestionResult, Remark
from mulakat.assessment.weigh import Measures, Said
from mulakat.messages import Turn

LONGEST = 220
"""Characters of a quote in a report."""

SHOWS = 0.5
"""Probability from which a sentence is said to be a part of STAR."""

MET, MISSED = 0.3, 0.12
"""Shares of a point's stems from which it counts as met, and under which as missed."""

DULL = 0.25
"""Worth under which a sentence is no evidence of anything good."""

_KINDS: tuple[tuple[str, Callable[[Said], float]], ...] = (
    ("figure", lambda s: float(s.figures)),
    ("own_part", lambda s: s.marks.of("action") if s.own == "i" else 0.0),
    ("result", lambda s: s.marks.of("result") if s.marks.of("result") >= SHOWS else 0.0),
    ("reason", lambda s: float(s.reasons)),
    ("situation", lambda s: s.marks.of("situation") if s.marks.of("situation") >= SHOWS else 0.0),
    ("task", lambda s: s.marks.of("task") if s.marks.of("task") >= SHOWS else 0.0),
    ("named", lambda s: float(s.names)),
    ("concrete", lambda s: 1.0),
)


def quoted(turns: Sequence[Turn], said: Said) -> Quote:
    return clipped(quote_of(turns, said.turn, said.start, said.end), LONGEST)


def evidence(turns: Sequence[Turn], said: Sequence[Said]) -> tuple[Evidence, ...]:
    """The best sentence of each kind, best first; a score rests on at least one."""
    found: list[Evidence] = []
    for kind, strength in _KINDS:
        best = max(said, key=lambda s: (strength(s) * s.worth, -s.turn, -s.start))
        weight = strength(best) * best.worth
        if weight > 0 and (best.worth >= DULL or kind == "concrete"):
            found.append(Evidence(kind, quoted(turns, best), round(weight, 4)))
    if not found:
        found.append(Evidence("concrete", quoted(turns, said[0]), 0.0))
    return tuple(found)


def remarks(
    turns: Sequence[Turn], said: Sequence[Said], m: Measures, asked: Asked, met: Sequence[float]
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """What was good and what was missing, weightiest first, at most four each."""
    proof = {e.kind: e.quote for e in evidence(turns, said)}
    good = [Remark(code, proof[kind]) for code, kind, holds in _good(m) if holds and kind in proof]
    points = tuple(n for n, share in enumerate(met) if share >= MET)
    if points:
        good.append(Remark("points_met", _speaks_of(turns, said, asked, points[0]), points))
    missed = tuple(n for n, share in enumerate(met) if share < MISSED)
    missing = [Remark(code) for code, holds in _missing(m, asked) if holds]
    worst = max(said, key=lambda s: (s.stock, -s.marks.quality))
    if worst.stock and m.stock > 0.15:
        missing.insert(0, Remark("stock", quoted(turns, worst)))
    if missed:
        missing.append(Remark("points_missed", None, missed))
    return tuple(good[:4]), tuple(missing[:4])


def _good(m: Measures) -> list[tuple[str, str, bool]]:
    return [
        ("figures", "figure", m.figures > 0.6),
        ("result", "result", m.result > 0.7),
        ("own_part", "own_part", m.own > 0.6 and m.action > 0.6),
        ("reasons", "reason", m.reasons > 0.6),
        ("setting", "situation", m.situation > 0.7),
        ("concrete", "concrete", m.substance > 0.6),
    ]


def _missing(m: Measures, asked: Asked) -> list[tuple[str, bool]]:
    told = asked.behavioural
    return [
        ("no_result", m.result < SHOWS),
        ("no_figures", m.figures == 0),
        ("we_only", m.own < 0.4 and m.words > 12),
        ("no_action", m.action < SHOWS),
        ("no_setting", told and max(m.situation, m.task) < SHOWS),
        ("no_reasons", m.reasons == 0),
        ("few_figures", 0 < m.figures < 0.5),
        ("hedged", m.hedges > 0.8),
        ("short", m.words < 35),
    ]


def _speaks_of(turns: Sequence[Turn], said: Sequence[Said], asked: Asked, point: int) -> Quote | None:
    """The sentence that shares most with a point of the pack; a question back tells nothing of it."""
    wanted = asked.point_stems[point]
    telling = [s for s in said if s.worth >= DULL and not quoted(turns, s).text.endswith("?")]

    def shared(s: Said) -> int:
        return len(told_stems([s.neutral], asked.language) & wanted)

    best = max(telling, key=lambda s: (shared(s), s.worth), default=None)
    return quoted(turns, best) if best and shared(best) else None


def outline(
    turns: Sequence[Turn], said: Sequence[Said], asked: Asked, met: Sequence[float]
) -> tuple[OutlineLine, ...]:
    """A better answer's steps, filled with the candidate's own sentences where there are any.

    Behavioural questions follow STAR, others the pack's points.
    """
    if asked.behavioural:
        return _by_parts(turns, said)
    return tuple(
        OutlineLine("point", _speaks_of(turns, said, asked, n) if said and met[n] >= MISSED else None, n)
        for n in range(len(asked.points))
    )


def _by_parts(turns: Sequence[Turn], said: Sequence[Said]) -> tuple[OutlineLine, ...]:
    """One sentence a part; no sentence stands twice, and the likeliest pairing goes first."""
    lines: dict[str, Said] = {}
    pairs = [
        (s.marks.of(part) * (0.5 + s.worth / 2), part, s)
        for part in ("situation", "task", "action", "result", "reflection")
        for s in said
        if s.marks.of(part) >= SHOWS and s.worth >= DULL
    ]
    for _, part, sentence in sorted(pairs, key=lambda p: (-p[0], p[1], p[2].turn, p[2].start)):
        if part not in lines and sentence not in lines.values():
            lines[part] = sentence
    return tuple(
        OutlineLine(part, quoted(turns, lines[part]) if part in lines else None)
        for part in ("situation", "task", "action", "result", "reflection")
    )


_PRACTICE = {
    "no_result": "results",
    "no_figures": "figures",
    "few_figures": "figures",
    "we_only": "own_part",
    "no_action": "steps",
    "no_setting": "setting",
    "no_reasons": "reasons",
    "stock": "plain_words",
    "hedged": "stand_by",
    "short": "two_minutes",
    "points_missed": "points",
}
_SPARE = ("two_minutes", "results", "reasons", "challenge", "figures")


def exercises(questions: Sequence[QuestionResult]) -> tuple[Exercise, ...]:
    """Three different exercises, the most needed first, each on a question where it was needed."""
    needed: Counter[str] = Counter()
    where: dict[str, QuestionResult] = {}
    for question in questions:
        codes = {_PRACTICE[r.code] for r in question.missing}
        if question.insufficient:
            codes.add("answer_it")
        for code in sorted(codes):
            needed[code] += 2 if code == "answer_it" else 1
            if code not in where or _value(question) < _value(where[code]):
                where[code] = question
    order = sorted(needed, key=lambda c: (-needed[c], c))
    found = [Exercise(code, where[code].id) for code in order[:3]]
    weakest = min(questions, key=_value, default=None)
    for code in _SPARE:
        if len(found) < 3 and weakest is not None and code not in {e.code for e in found}:
            found.append(Exercise(code, weakest.id))
    return tuple(found)


def _value(question: QuestionResult) -> float:
    return question.score.value if question.score else 0.0
