"""A DataPlan -> train.jsonl, valid.jsonl, test.jsonl, removed.jsonl and the card, written whole or not at
all.

Does not: overwrite data that another plan made in the same folder.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mulakat.lab.config import DataPlan, SourcePlan
from mulakat.lab.data import own
from mulakat.lab.data.card import card_of, write_card
from mulakat.lab.data.files import read_source
from mulakat.lab.data.filters import guess_language, judge
from mulakat.lab.data.forms import to_row
from mulakat.lab.data.near import Likeness
from mulakat.lab.data.rows import SPLITS, Removal, Row, read_rows, write_rows
from mulakat.lab.data.split import split
from mulakat.lab.faults import DataError

STRUCTURE = {
    "broken UTF-8", "not JSON", "not CSV", "missing field", "wrong role", "empty turn", "no answer",
    "no speakers", "wrong given",
}  # fmt: skip
"""Reasons that say a file is not what it was taken for; too many of them stop the build."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """Where the data lie and what the card says."""

    folder: Path
    card: dict[str, Any]

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"

    def rows(self, name: str) -> list[Row]:
        return read_rows(self.path(name))


def build(plan: DataPlan, folder: Path, say: Say = lambda _: None) -> Built:
    """Read, filter, deduplicate, split and write.

    Raises DataError when a source cannot be read, has no licence, is mostly broken, or nothing is left.
    """
    _licensed(plan)
    _may_write(folder, plan)
    rows, removed = _collect(plan, say)
    say(f"{len(rows)} conversations; looking for near duplicates")
    rows, twice = without_duplicates(rows, plan.near_duplicate)
    say(f"{len(rows)} are left; splitting")
    kept, near = split(rows, plan)
    removed += twice + near
    if not any(r.split == "train" for r in kept):
        raise DataError(
            f"Nothing is left to train on: {_told(removed)}.", "Loosen the filters, or give other sources."
        )
    card = card_of(plan, kept, removed, plan_hash(plan))
    _write(folder, kept, removed, card)
    return Built(folder, card)


def load_built(folder: Path) -> Built:
    """Data that were built before. Raises DataError when they are not there."""
    try:
        return Built(folder, json.loads((folder / "card.json").read_text("utf-8")))
    except (OSError, ValueError):
        raise DataError(
            f"There are no whole data in {folder}.", "Build them with `mulakat lab data build CONFIG`."
        ) from None


def plan_hash(plan: DataPlan) -> str:
    """A plan's fingerprint: the same plan, the same first 16 hex digits."""
    return hashlib.sha256(plan.model_dump_json(exclude={"out"}).encode()).hexdigest()[:16]


def _licensed(plan: DataPlan) -> None:
    without = [s.label for s in plan.sources if not s.licence]
    if without and not plan.allow_unlicensed:
        raise DataError(
            f"No licence is named for: {', '.join(without)}.",
            "Name it ('licence'), or set data.allow_unlicensed for a model that stays with you.",
        )


def _may_write(folder: Path, plan: DataPlan) -> None:
    try:
        old = json.loads((folder / "card.json").read_text("utf-8"))
    except (OSError, ValueError):
        return
    if old.get("plan") != plan_hash(plan):
        raise DataError(
            f"The folder {folder} holds data of another plan.",
            "Remove it, or give this run another 'name' or 'data.out'.",
        )


def _collect(plan: DataPlan, say: Say) -> tuple[list[Row], list[Removal]]:
    rows: list[Row] = []
    removed: list[Removal] = []
    for source in plan.sources:
        mine: list[Row] = []
        bad: list[Removal] = []
        for found in conversations(source):
            if isinstance(found, Removal):
                bad.append(found)
                continue
            row = found if found.language else replace(found, language=guess_language(found.spoken))
            if removal := judge(row, plan):
                bad.append(removal)
            else:
                mine.append(row)
        _mostly_whole(source, len(mine), bad, plan)
        say(f"{source.label}: {len(mine)} conversations, {len(bad)} removed")
        rows += mine
        removed += bad
    return rows, removed


def conversations(source: SourcePlan) -> Iterator[Row | Removal]:
    """The conversations of one source, in its own order."""
    makers = {"dialogues": own.dialogues, "packs": own.packs, "wording": own.wording}
    if source.kind in makers:
        yield from makers[source.kind](source)
        return
    for found in read_source(source):
        yield found if isinstance(found, Removal) else to_row(source, *found)


def _mostly_whole(source: SourcePlan, good: int, bad: list[Removal], plan: DataPlan) -> None:
    broken = [r for r in bad if r.reason in STRUCTURE]
    if not good + len(bad):
        raise DataError(f"The source {source.label} holds no rows.", "Check its path and split.")
    if len(broken) > plan.max_bad_share * (good + len(bad)):
        shown = "".join(f"\n  - {r}" for r in broken[:8])
        raise DataError(
            f"{len(broken)} of {good + len(bad)} rows of {source.label} cannot be read:{shown}\n",
            "Correct them, name the right 'form' and 'columns', or raise data.max_bad_share.",
        )


def without_duplicates(rows: list[Row], threshold: float) -> tuple[list[Row], list[Removal]]:
    """The first of each family of near duplicates, and the rest with the row each is like."""
    known = Likeness(threshold)
    kept, removed = [], []
    for number, row in enumerate(rows):
        found = known.near(row.spoken)
        if found:
            first, likeness = found[0]
            why = f"{likeness:.2f} like {rows[first].place}"
            removed.append(Removal(row.source, row.line, "near duplicate", why, row.spoken[:200]))
        else:
            known.add(number, row.spoken)
            kept.append(row)
    return kept, removed


def _told(removed: list[Removal]) -> str:
    counts: dict[str, int] = {}
    for one in removed:
        counts[one.reason] = counts.get(one.reason, 0) + 1
    return ", ".join(f"{n} {reason}" for reason, n in sorted(counts.items())) or "the sources are empty"


def _write(folder: Path, rows: list[Row], removed: list[Removal], card: dict[str, Any]) -> None:
    """All files into a folder beside it, which then takes its place."""
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name in SPLITS:
        write_rows(draft / f"{name}.jsonl", [r for r in rows if r.split == name])
    write_rows(draft / "removed.jsonl", removed)
    card["files"] = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(draft.glob("*.jsonl"))
    }
    write_card(draft, card)
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
