"""How well CVs are read: precision, recall and F1 a field, over all people of a half.

A field counts as found when its folded letters are the gold's (a role needs title and employer, an
education degree and school). Does not: forgive near misses beyond case, marks and spacing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mulakat.knowledge.cv import CV, Period, read_cv
from mulakat.knowledge.cv.lexicon import fold
from mulakat.knowledge.documents.read import read_document

from . import make

FIELDS = ("name", "roles", "dates", "skills", "education", "projects", "languages")
TODAY = date(2026, 6, 1)


@dataclass
class Score:
    found: int = 0
    given: int = 0
    wanted: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.found / (self.given + self.wanted) if self.given + self.wanted else 1.0


def key(text: str) -> str:
    return re.sub(r"[^a-z0-9+#]+", " ", fold(text)).strip()


def measure(half: make.Half) -> dict[str, Score]:
    """The scores of a half by field; the scan is left out, since it holds no text."""
    scores: dict[str, Score] = defaultdict(Score)
    for person in make.people(half):
        if person["template"] == "d_scan":
            continue
        name, data = make.document(person)
        cv = read_cv(read_document(data, name), TODAY)
        for what, (given, wanted) in pairs(cv, make.gold(person)).items():
            score = scores[what]
            hits = given & wanted
            score.found += len(hits)
            score.given += len(given)
            score.wanted += len(wanted)
            score.misses += [f"{person['id']} -{x}" for x in sorted(wanted - hits)]
            score.misses += [f"{person['id']} +{x}" for x in sorted(given - hits)]
    return scores


def pairs(cv: CV, gold: dict[str, Any]) -> dict[str, tuple[set[str], set[str]]]:
    """What was read and what is there, as sets of keys, by field."""
    roles = {f"{key(r['title'])} @ {key(r['employer'])}" for r in gold["roles"]}
    dates = {f"{key(r['title'])} {years(r['start'])}-{years(r['end'])}" for r in gold["roles"]}
    return {
        "name": ({key(cv.name.text)} if cv.name else set(), {key(gold["name"])}),
        "roles": ({f"{key(r.title)} @ {key(r.employer)}" for r in cv.roles}, roles),
        "dates": ({f"{key(r.title)} {span(r.period)}" for r in cv.roles}, dates),
        "skills": ({key(s.name) for s in cv.skills}, {key(s) for s in gold["skills"]}),
        "education": (
            {f"{key(e.degree)} @ {key(e.school)}" for e in cv.education},
            {f"{key(e['degree'])} @ {key(e['school'])}" for e in gold["education"]},
        ),
        "projects": ({key(p.name) for p in cv.projects}, {key(p) for p in gold["projects"]}),
        "languages": ({key(t.name) for t in cv.languages}, {key(t) for t in gold["languages"]}),
    }


def years(text: str) -> str:
    found = re.search(r"(?:19|20)\d\d", text)
    return found[0] if found else "now"


def span(period: Period | None) -> str:
    if period is None:
        return "?"
    start = str(period.start.year) if period.start else "?"
    return f"{start}-{period.end.year if period.end else 'now'}"


def table(half: make.Half, scores: dict[str, Score], misses: bool = False) -> str:
    lines = [f"| {half} | found | read | gold | F1 |", "| --- | --- | --- | --- | --- |"]
    for what in FIELDS:
        s = scores[what]
        lines.append(f"| {what} | {s.found} | {s.given} | {s.wanted} | {s.f1:.3f} |")
        lines += [f"    {m}" for m in s.misses] if misses else []
    return "\n".join(lines)
