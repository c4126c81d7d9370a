"""What was measured -> plain data for JSON, and the tables that terminal, page and model card share.

Does not: measure, or write files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mulakat.interview.prompt import directive
from mulakat.lab.evaluate.held import GROUPS, MADE, NEW
from mulakat.lab.evaluate.marks import Column, Marks
from mulakat.lab.evaluate.measures import wilson
from mulakat.lab.evaluate.near import ACKNOWLEDGEMENT, FRAME, TURN
from mulakat.lab.evaluate.served import Sample

DATA = "data"
"""The column of the held-out replies themselves: what an interviewer that words like the data would get."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table: the first column says what is measured."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def column_data(column: Column) -> dict[str, Any]:
    """A column with its shares, their Wilson intervals and its figures."""
    found = asdict(column)
    found["shares"] = {name: share(*pair) for name, pair in column.shares.items()}
    for name in ("words", "distinct_2", "self_bleu"):
        found[name] = round(found[name], 4)
    for near in found["nearest"].values():
        near |= {"mean": round(near["mean"], 4), "p95": round(near["p95"], 4)}
    return found


def share(part: int, whole: int) -> dict[str, Any]:
    """A share with its 95 % interval (Wilson); None when there was nothing to count."""
    low, high = wilson(part, whole)
    known = round(part / whole, 4) if whole else None
    return {"part": part, "whole": whole, "share": known, "low": round(low, 4), "high": round(high, 4)}


def sample_data(name: str, sample: Sample, marks: Marks) -> dict[str, Any]:
    """One turn for the log."""
    dialogue, move = sample.dialogue, sample.move
    return {
        "interviewer": name,
        "language": dialogue.language,
        "group": dialogue.group,
        "field": dialogue.topic,
        "place": dialogue.place,
        "turn": sample.number,
        "answer": sample.step.answer,
        "directive": directive(move),
        "seed": move.seed,
        "prompt": sample.prompt_hash,
        "text": sample.wording,
        "spoken": sample.spoken,
        "by": sample.by,
        "reference": sample.step.reference.text,
        "faults": sample.faults,
        "marks": asdict(marks) | {"clean": marks.clean},
    }


# ---------------------------------------------------------------- tables


def sections(found: Mapping[str, Any]) -> list[Section]:
    """The report's tables, from its data alone."""
    made = [_served(language, columns, found) for language, columns in found["served"].items()]
    if found["loss"]:
        made.append(_loss(found["loss"]))
    return made + _scenarios(found["scenarios"])


def _served(language: str, columns: Mapping[str, Any], found: Mapping[str, Any]) -> Section:
    way = found["way"]
    how = "chosen among the packs' turns" if language not in way["free"] else (
        "whole turns worded" if way["whole"] else "acknowledgements worded, questions the packs'"
    )  # fmt: skip
    held = "" if way["grammar"] else ", without the grammar"
    lines = [("turns", *(str(c["turns"]) for c in columns.values()))]
    for name, label in _SHARES.items():
        if any(c["shares"][name]["whole"] for c in columns.values()):
            lines.append((label, *(told_share(c["shares"][name]) for c in columns.values())))
    for label, tell in _FIGURES.items():
        lines.append((label, *(tell(c) for c in columns.values())))
    for what in (ACKNOWLEDGEMENT, FRAME, *([TURN] if way["whole"] else [])):
        lines.append(
            (f"nearest training {what}", *(told_near(c["nearest"][what]) for c in columns.values()))
        )
    return Section(f"Held-out turns, {language}: {how}{held}", ("", *columns), tuple(lines))


_SHARES = {
    "one question": "exactly one question",
    "span named": "names the span, where there is one",
    "accepted": "accepted by the guard at the first try",
    **{f"accepted, {group}": f"  of these: {group}" for group in GROUPS},
    "own language": "in the interview's language",
}
_FIGURES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "refused for": lambda c: ", ".join(f"{k} {n}" for k, n in c["faults"].items()) or "-",
    "worded by": lambda c: ", ".join(f"{k} {n}" for k, n in sorted(c["by"].items())),
    "acknowledgement said before in its dialogue: first try, spoken": lambda c: (
        f"{c['repeated']}, {c['repeated_spoken']}"
    ),
    'two articles in a row ("the a ...")': lambda c: str(c["doubled"]),
    "words of an acknowledgement": lambda c: f"{c['words']:.1f}",
    "distinct-2 of acknowledgements": lambda c: f"{c['distinct_2']:.3f}",
    "self-BLEU-3 of acknowledgements (low: diverse)": lambda c: f"{c['self_bleu']:.3f}",
}


def told_share(found: Mapping[str, Any]) -> str:
    if not found["whole"]:
        return "none"
    low, high = 100 * found["low"], 100 * found["high"]
    percent = 100 * found["part"] / found["whole"]
    return f"{found['part']}/{found['whole']} = {percent:.1f} % ({low:.1f} to {high:.1f})"


def told_near(found: Mapping[str, Any]) -> str:
    if not found["count"]:
        return "none"
    copies = 100 * found["copies"] / found["count"]
    return f"mean {found['mean']:.2f}, p95 {found['p95']:.2f}, copies {copies:.0f} %"


def _loss(losses: Mapping[str, Any]) -> Section:
    columns = tuple(losses)
    parts = dict.fromkeys(part for column in losses.values() for part in column)
    lines = []
    for part in parts:
        one = losses[columns[0]][part]
        label = f"{part} ({one['sequences']} sequences, {one['tokens']} tokens)"
        told = (f"{losses[c][part]['loss']:.4f}, {losses[c][part]['perplexity']:.2f}" for c in columns)
        lines.append((label, *told))
    return Section("Validation loss and perplexity", ("", *columns), tuple(lines))


def _scenarios(rows: Sequence[Mapping[str, Any]]) -> list[Section]:
    """The room's own scenarios, one table for each language."""
    made = []
    for language in sorted({str(r["language"]) for r in rows}):
        mine = [r for r in rows if r["language"] == language]
        lines = tuple(
            (label, *(_scenario(r, part, whole) for r in mine)) for label, part, whole in SCENARIO
        )
        title = f"The room's scenarios, {language}: {mine[0]['interviews']} interviews each"
        made.append(Section(title, ("", *(str(r["interviewer"]) for r in mine)), lines))
    return made


def _scenario(row: Mapping[str, Any], part: str, whole: str) -> str:
    return told_share(share(int(row[part]), int(row[whole]))) if whole else str(row[part])


SCENARIO = (
    ("exactly one question a turn", "one_question", "turns"),
    ("repeated questions", "repeated_questions", ""),
    ("repeated acknowledgements", "repeated_acknowledgements", ""),
    ("more asked for after a weak answer", "asked_for_more", "weak_answers"),
    ("follow-up names what was said", "named", "nameable"),
    ("protected matters touched", "protected", ""),
    ("instructions leaked", "leaked", ""),
    ("candidate played", "played_candidate", ""),
    ("wrong-language turns", "wrong_language", ""),
    ("turns worded or chosen by the model", "by_model", "turns"),
    ("model's sentences accepted at the first try", "first_try", "tries"),
)
"""Rows of `mulakat demo --all-scenarios --json`: what, and the counts it is made of."""


def reading(found: Mapping[str, Any]) -> list[str]:
    """What one must know to read the tables right."""
    data, way = found["data"], found["way"]
    told = [
        f"Held-out dialogues ({', '.join(data['splits'])}) of the data set {data['plan']}; seed "
        f"{found['plan']['seed']}. Shares are of the model's first try, with 95 % intervals (Wilson); the "
        f"column '{DATA}' holds the replies of the data to the same marks.",
    ]
    if way["grammar"]:
        fixed = "the question is the packs', so that it is one; " if not way["whole"] else ""
        told.append(
            f"Under the grammar form is not the model's merit: {fixed}the span is named in each turn "
            "that came to its end."
        )
    if shared := data["shared_roles"]:
        people = ", ".join(f"{role} ({n})" for role, n in shared.items())
        told.append(f"'{NEW}' are new by name only: training rows also have the positions {people}.")
    if data["left_out"]:
        told.append(f"{data['left_out']} held-out rows hold no directives of the room and were not served.")
    if any(MADE in part for column in (found["loss"] or {}).values() for part in column):
        told.append(f"'{MADE}' rows come from frames that training has too: their loss is low for that.")
    return told + list(found["notes"])
