"""The project's own sources: written dialogues, question packs, and the generator of a checkout.

Every user turn is rendered by `mulakat.interview.prompt`, the module that serves. Does not: filter or
split.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mulakat.interview.packs.library import load
from mulakat.interview.packs.schema import Pack
from mulakat.interview.phrasing import pack_turns
from mulakat.interview.prompt import system_message, user_message
from mulakat.lab.config import SourcePlan
from mulakat.lab.data.files import read_source
from mulakat.lab.data.rows import Removal, Row, Turn
from mulakat.lab.faults import DataError
from mulakat.messages import LANGUAGES, Language, Move, MoveName, Span, SpanKind

FIXED = {MoveName.OPENING, MoveName.MOVE_ON, MoveName.REPEAT, MoveName.CLOSE}
"""Moves whose question is spoken as it stands; so no loss falls on it."""
GENERATOR = Path("tools/wording/make_dialogues.py")


def dialogues(plan: SourcePlan) -> Iterator[Row | Removal]:
    """The hand-written dialogues of `data/dialogues`: one conversation each."""
    lines = SourcePlan(kind="jsonl", path=plan.path, limit=plan.limit)
    for found in read_source(lines):
        if isinstance(found, Removal):
            yield found
            continue
        number, raw = found
        try:
            turns = _dialogue(raw)
        except (KeyError, ValueError, TypeError) as error:
            yield Removal(
                plan.label, number, "missing field", f"{type(error).__name__}: {error}", str(raw)[:200]
            )
            continue
        name = f"{raw['language']}-{raw['field']}"
        yield Row(
            turns,
            f"{plan.label}/{name}",
            number,
            conversation=f"{name}-{number}",
            topic=raw["field"],
            language=raw["language"],
            licence=plan.licence,
            scope=plan.scope,
        )


def _dialogue(raw: dict[str, Any]) -> tuple[Turn, ...]:
    system = system_message(raw["role"], raw["language"])
    turns = [Turn("system", system.content)]
    for n, one in enumerate(raw["turns"], 1):
        move = _move(one)
        words = f"{one['acknowledgement']} {one['question']}".strip()
        if not one["question"].strip():
            raise ValueError(f"turn {n} asks nothing")
        turns.append(Turn("user", user_message(one["answer"], move).content))
        turns.append(Turn("assistant", words, one["question"] if move.fixed else ""))
    if len(turns) < 3:
        raise ValueError("it has no turns")
    return tuple(turns)


def _move(one: dict[str, Any]) -> Move:
    name = MoveName(one["move"])
    text = one.get("span")
    span = Span(text, SpanKind(one.get("span_kind") or "phrase"), 0, len(text)) if text else None
    fixed = name in FIXED or one["seed"] == one["question"]
    return Move(name, "", one["seed"], one.get("cue", ""), fixed, span)


def packs(plan: SourcePlan) -> Iterator[Row | Removal]:
    """Each question of the packs as an opening, in both languages."""
    number = 0
    for pack in load(plan.path).packs.values():
        for language in LANGUAGES:
            for row in _pack(pack, language, plan):
                number += 1
                if plan.limit and number > plan.limit:
                    return
                yield Row(
                    row,
                    plan.label,
                    number,
                    f"{pack.id}-{language}-{number}",
                    pack.id,
                    language,
                    plan.licence,
                )


def _pack(pack: Pack, language: Language, plan: SourcePlan) -> Iterator[tuple[Turn, ...]]:
    roles = pack.roles.in_(language)
    for n, question in enumerate(q for c in pack.competencies for q in c.questions):
        move = Move(MoveName.OPENING, question.id, question.text.in_(language), "opening", True)
        said = pack_turns(move, language, (), plan.seed + n)[0]
        yield (
            Turn("system", system_message(roles[n % len(roles)], language).content),
            Turn("user", user_message("", move).content),
            Turn("assistant", said.text, said.question),
        )


def wording(plan: SourcePlan) -> Iterator[Row | Removal]:
    """Dialogues that the checkout's generator makes; its held-out half is marked for validation."""
    root = Path(__file__).resolve().parents[3]
    if not (root / GENERATOR).is_file():
        raise DataError(
            f"The generator {GENERATOR} is not here: a source of kind 'wording' works in a checkout only.",
            "Clone the repository, or name the rows it made: kind: jsonl, path: FILE.",
        )
    with tempfile.TemporaryDirectory() as scratch:
        paths = {split: Path(scratch) / f"{split}.jsonl" for split in ("train", "valid")}
        _generate(root, plan, paths)
        for split, path in paths.items():
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                raw = json.loads(line)
                turns = tuple(Turn(m["role"], m["content"], m.get("given", "")) for m in raw["messages"])
                yield Row(
                    turns,
                    f"wording/{split}",
                    number,
                    "",
                    "",
                    raw["language"],
                    plan.licence,
                    split,
                    plan.scope,
                )


def _generate(root: Path, plan: SourcePlan, paths: dict[str, Path]) -> None:
    command = [sys.executable, str(root / GENERATOR), "--packs", str(root / "mulakat/interview/packs/data")]
    command += [
        "--rows",
        str(plan.rows),
        "--valid-rows",
        str(max(20, plan.rows // 20)),
        "--seed",
        str(plan.seed),
    ]
    command += ["--train", str(paths["train"]), "--valid", str(paths["valid"])]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DataError(f"The generator {GENERATOR} failed: {last}.", "Run it by hand to see why.")
