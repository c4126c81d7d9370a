"""The report as one HTML page without scripts or addresses: tables, and turns to be read.

Does not: measure anything.
"""

from __future__ import annotations

import html
import random
from collections.abc import Mapping, Sequence
from typing import Any

from mulakat.lab.evaluate.report import Section, reading, sections
from mulakat.lab.page import page

BAD, GOOD = 16, 10
"""Turns of each kind that are shown; all of them stand in evaluation.json."""
Samples = Sequence[Mapping[str, Any]]


def whole_page(found: Mapping[str, Any]) -> str:
    """The page of a report's data."""
    parts = [_paragraphs(reading(found))]
    parts += [f"<h2>{html.escape(s.title)}</h2>{table(s)}" for s in sections(found)]
    bad, good = examples(found["samples"], found["plan"]["seed"])
    if bad:
        parts.append("<h2>Turns with something against them</h2>" + _turns(bad, found["samples"]))
    if good:
        parts.append("<h2>Turns with nothing against them</h2>" + _turns(good, found["samples"]))
    names = ", ".join(i["name"] for i in found["interviewers"])
    lead = f"{found['base']['name']} against {names or 'nothing'}; {found['when'][:10]}."
    return page(f"Evaluation of {found['name']}", lead, "\n".join(parts))


def _paragraphs(sentences: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(s)}</p>" for s in sentences)


def table(section: Section) -> str:
    """A section's table as HTML."""
    head = "".join(f"<th>{html.escape(c)}</th>" for c in section.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>"
        for line in section.lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def examples(samples: Samples, seed: int) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """(bad turns, good turns) of the last interviewer that was served: seeded draws, each in its dialogue's
    order."""
    if not samples:
        return [], []
    last = samples[-1]["interviewer"]
    mine = [s for s in samples if s["interviewer"] == last]
    rng = random.Random(seed)
    bad = [s for s in mine if not s["marks"]["clean"]]
    good = [s for s in mine if s["marks"]["clean"]]
    return (
        [mine[i] for i in sorted(mine.index(s) for s in rng.sample(bad, min(BAD, len(bad))))],
        [mine[i] for i in sorted(mine.index(s) for s in rng.sample(good, min(GOOD, len(good))))],
    )


def _turns(chosen: Samples, samples: Samples) -> str:
    beside: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for one in samples:
        beside.setdefault((one["place"], one["turn"]), []).append(one)
    return "".join(_turn(one, beside[one["place"], one["turn"]]) for one in chosen)


def _turn(one: Mapping[str, Any], all_of_it: Samples) -> str:
    marks = {"again": "said before", "doubled": "two articles"}
    against = ", ".join([*one["faults"], *(told for mark, told in marks.items() if one["marks"][mark])])
    facts = (one["language"], one["group"], one["field"], f"turn {one['turn']}")
    where = ", ".join(fact for fact in facts if fact)
    rows = [("candidate", one["answer"] or "(nothing yet)"), ("to be worded", one["directive"])]
    rows.append(("data", one["reference"]))
    for other in all_of_it:
        faults = f" [{', '.join(other['faults'])}]" if other["faults"] else ""
        rows.append((other["interviewer"], other["text"] + faults))
        if other["spoken"] != other["text"]:
            rows.append((f"{other['interviewer']}, spoken ({other['by']})", other["spoken"]))
    lines = "".join(f"<tr><th>{html.escape(k)}</th><td>{html.escape(v)}</td></tr>" for k, v in rows)
    told = f"{where}{': ' + against if against else ''}"
    return f'<p class="lead">{html.escape(told)}</p><table><tbody>{lines}</tbody></table>'
