"""A CV beside a job: what it covers, what is thin, what is missing, each with its places.

A demand is covered when the CV shows its use (in a job, a project, a degree), thin when it is only
listed, named once in passing, or too short in years, and missing when nothing in the CV meets it. The
same two documents always give the same findings. Does not: sum up to a verdict on a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mulakat.knowledge.cv.lexicon import words
from mulakat.knowledge.cv.model import CV, Fact
from mulakat.knowledge.job import Demand, Job
from mulakat.knowledge.terms import Term, folded, stems, terms_in
from mulakat.llm.embedding import Embedder
from mulakat.messages import Language

State = Literal["covered", "thin", "missing"]
Why = Literal["used", "listed", "alike", "years", "fewer_years", "degree", "spoken", "nothing"]

ALIKE, NEAR = 0.62, 0.48
"""Cosine of a demand and a line of the CV from which on they speak of the same, or of near things."""

SHARED, SOME = 0.6, 0.34
"""Share of a demand's stems that one line of the CV holds."""

EVIDENCE = 3
"""Places given for one finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One demand and what the CV has for it. `evidence` is literal, best first."""

    demand: Demand
    state: State
    why: Why
    evidence: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    fact: Fact
    shown: bool  # in a job, project or degree, not just in a list


def match(cv: CV, job: Job, embedder: Embedder | None = None) -> tuple[Finding, ...]:
    """A finding for every demand that is no duty, in the job's order.

    `embedder` finds near meanings when it knows both documents' language; without it words decide.
    """
    demands = [d for d in job.demands if d.need != "duty"]
    pieces = _pieces(cv)
    near = _nearness(demands, pieces, cv, job, embedder)
    return tuple(_judge(d, cv, pieces, row, job.language) for d, row in zip(demands, near, strict=True))


def _pieces(cv: CV) -> list[_Piece]:
    made = [_Piece(p, True) for role in cv.roles for p in role.points]
    made += [_Piece(Fact(f"{p.name}: {p.text}" if p.text else p.name, p.source), True) for p in cv.projects]
    made += [
        _Piece(Fact(", ".join(x for x in (r.title, r.employer) if x), r.source), True) for r in cv.roles
    ]
    made += [
        _Piece(Fact(", ".join(x for x in (e.degree, e.school) if x), e.source), True) for e in cv.education
    ]
    made += [_Piece(Fact(s.name, s.source), False) for s in cv.skills]
    return made + [_Piece(Fact(f"{t.name} {t.level}".strip(), t.source), False) for t in cv.languages]


def _nearness(
    demands: Sequence[Demand], pieces: Sequence[_Piece], cv: CV, job: Job, embedder: Embedder | None
) -> list[list[float]]:
    """Cosines, shape (demands, pieces); zeros without an embedder that knows the language."""
    if not embedder or cv.language != job.language or job.language not in embedder.languages:
        return [[0.0] * len(pieces) for _ in demands]
    if not demands or not pieces or embedder.name.startswith("hashed"):
        return [[0.0] * len(pieces) for _ in demands]
    rows = embedder.embed([d.text for d in demands]) @ embedder.embed([p.fact.text for p in pieces]).T
    return [[float(x) for x in row] for row in np.asarray(rows)]


def _judge(demand: Demand, cv: CV, pieces: list[_Piece], near: list[float], language: Language) -> Finding:
    if demand.about == "language":
        return _spoken(demand, cv)
    if demand.about == "education":
        return _studied(demand, cv, language)
    met = _met(demand, pieces)
    if demand.about == "years" and demand.years:
        return _long_enough(demand, cv, met)
    asked = [t for t in demand.terms if not t.key.startswith("languages:")]
    if met:
        kept = tuple(p.fact for p in met[:EVIDENCE])
        whole = len({t.key for t in asked} & _keys(met)) >= max(1, _wanted(demand, asked))
        if any(p.shown for p in met) and whole:
            return Finding(demand, "covered", "used", kept)
        return Finding(demand, "thin", "listed", kept)
    return _alike(demand, pieces, near, language, bool([t for t in asked if t.known]))


def _wanted(demand: Demand, asked: Sequence[Term]) -> int:
    """How many of the terms have to be met: one when they are alternatives, else half of them."""
    low = f" {folded(demand.text)} "
    alternative = any(f" {w} " in low for w in ("or", "veya", "ya da")) or "/" in demand.text
    return 1 if alternative else (len(asked) + 1) // 2


def _met(demand: Demand, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces that name what the demand names, those that show its use first."""
    wanted = {t.key for t in demand.terms if not t.key.startswith("languages:")}
    hits = [p for p in pieces if wanted & _keys([p])] if wanted else []
    return sorted(hits, key=lambda p: (not p.shown, -len(wanted & _keys([p]))))


def _keys(pieces: Sequence[_Piece]) -> set[str]:
    return {t.key for p in pieces for t in terms_in(p.fact.text)}


def _long_enough(demand: Demand, cv: CV, met: list[_Piece]) -> Finding:
    jobs = tuple(
        Fact(", ".join(x for x in (r.title, r.employer) if x), r.source) for r in cv.roles if r.period
    )
    evidence = tuple(p.fact for p in met[:EVIDENCE]) or jobs[:EVIDENCE]
    if cv.years is None or demand.years is None:
        return Finding(demand, "missing", "nothing")
    named = [t for t in demand.terms if t.known and not t.key.startswith("languages:")]
    if cv.years >= demand.years and (met or not named):
        return Finding(demand, "covered", "years", evidence)
    if cv.years >= 0.6 * demand.years:
        return Finding(demand, "thin", "fewer_years" if cv.years < demand.years else "years", evidence)
    return Finding(demand, "missing", "fewer_years", evidence if cv.years else ())


def _studied(demand: Demand, cv: CV, language: Language) -> Finding:
    if not cv.education:
        return Finding(demand, "missing", "nothing")
    wanted = {s for s in stems(demand.text, language) if not s.startswith(_ANY_DEGREE)}
    facts = [(len(wanted & stems(f"{e.degree} {e.school}", cv.language)), e) for e in cv.education]
    facts.sort(key=lambda pair: -pair[0])
    best, study = facts[0]
    evidence = (Fact(", ".join(x for x in (study.degree, study.school) if x), study.source),)
    graded = words().degrees.count(study.degree) > 0 or words().schools.count(study.school) > 0
    fits = best > 0 or not wanted
    return Finding(demand, "covered" if fits and graded else "thin", "degree", evidence)


_ANY_DEGREE = (
    *(
        "degree",
        "bachelor",
        "master",
        "graduat",
        "univers",
        "relat",
        "relev",
        "field",
        "similar",
        "equival",
    ),
    *("subject", "qualif", "disciplin", "faculti", "department", "least", "minimum", "program"),
    *("tercihen", "lisans", "mez", "ilgi", "bolum", "fakult", "derece", "alan", "yuksek", "duzey"),
)
"""Beginnings of stems that say "some degree" and not which."""


def _spoken(demand: Demand, cv: CV) -> Finding:
    wanted = {t.key for t in demand.terms if t.key.startswith("languages:")}
    met = [t for t in cv.languages if {x.key for x in terms_in(t.name)} & wanted]
    if not met:
        # Whoever writes a whole CV in a language need not list it.
        own = "languages:english" if cv.language == "en" else "languages:turkish"
        return Finding(
            demand, "thin" if own in wanted else "missing", "spoken" if own in wanted else "nothing"
        )
    evidence = tuple(Fact(f"{t.name} {t.level}".strip(), t.source) for t in met)
    weak = all(any(w in folded(t.level) for w in _WEAK) for t in met if t.level) and any(
        t.level for t in met
    )
    return Finding(demand, "thin" if weak else "covered", "spoken", evidence)


_WEAK = ("a1", "a2", "b1", "basic", "beginner", "elementary", "baslangic", "temel", "orta")


def _alike(
    demand: Demand, pieces: list[_Piece], near: list[float], language: Language, named: bool
) -> Finding:
    """Without a common name: near meanings, or many words in common."""
    wanted = stems(demand.text, language)
    scored = []
    for piece, cosine in zip(pieces, near, strict=True):
        shared = len(wanted & stems(piece.fact.text, language)) / len(wanted) if wanted else 0.0
        scored.append((max(cosine / ALIKE, shared / SHARED), cosine, shared, piece))
    scored.sort(key=lambda s: -s[0])
    good = [s for s in scored if s[1] >= NEAR or s[2] >= SOME][:EVIDENCE]
    if not good:
        return Finding(demand, "missing", "nothing")
    strong = good[0][3].shown and (good[0][1] >= ALIKE or good[0][2] >= SHARED) and not named
    return Finding(demand, "covered" if strong else "thin", "alike", tuple(s[3].fact for s in good))
