"""What the small model reads: raw English from Python's own library, interviews from this project.

The raw text is the documentation that lies in every Python installation (PSF licence), read and not
shipped. Does not: tokenize.
"""

from __future__ import annotations

import ast
import json
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mulakat.interview.packs.library import load
from mulakat.lab.config import SourcePlan
from mulakat.lab.data import Row
from mulakat.lab.data.own import dialogues
from mulakat.lab.faults import DataError

ROOT = Path(__file__).resolve().parents[3]
HELD_TOPICS = ("finance", "hr")
PARTS = ("situation", "task", "action", "result", "reflection", "none")


def raw(limit: int = 2_500_000) -> list[str]:
    """Documentation of the standard library, a text a piece, at most `limit` characters in all."""
    found: list[str] = []
    total = 0
    for text in _documentation():
        if total >= limit:
            break
        found.append(text)
        total += len(text)
    return found


def _documentation() -> Iterator[str]:
    from pydoc_data import topics

    yield from (text.strip() for _, text in sorted(topics.topics.items()) if len(text) > 200)
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        try:
            tree = ast.parse(path.read_text("utf-8"))
        except (OSError, SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node) or ""
                if len(text) > 200:
                    yield text


def domain() -> tuple[list[str], list[str]]:
    """(training, held-out) texts about interviews: questions, good answers, what candidates say."""
    train: list[str] = []
    held: list[str] = []
    for pack in load().packs.values():
        into = held if pack.id in HELD_TOPICS else train
        for question in (q for c in pack.competencies for q in c.questions):
            lines = [question.text.en, *question.good_answer.en, *(f.text.en for f in question.follow_ups)]
            into.append("\n".join(lines))
    for topic, labelled_lines in _star().items():
        (held if topic in HELD_TOPICS else train).append("\n".join(line["text"] for line in labelled_lines))
    return train, held


def instructions() -> tuple[list[Row], list[Row]]:
    """(training, held-out) dialogues, English."""
    plan = SourcePlan(kind="dialogues", path=_there(ROOT / "data" / "dialogues"), licence="Apache-2.0")
    rows = [r for r in dialogues(plan) if isinstance(r, Row) and r.language == "en"]
    held = [r for r in rows if r.topic in HELD_TOPICS]
    return [r for r in rows if r.topic not in HELD_TOPICS], held


def labelled() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(training, held-out) sentences with the part of an account they are; held out by topic."""
    train: list[tuple[str, int]] = []
    held: list[tuple[str, int]] = []
    for topic, lines in _star().items():
        into = held if topic in HELD_TOPICS else train
        into += [(x["text"], PARTS.index(x["star"][0])) for x in lines if len(x["star"]) == 1]
    return train, held


def _star() -> dict[str, list[dict[str, Any]]]:
    folder = _there(ROOT / "data" / "star")
    return {
        path.stem.removeprefix("en-"): [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in sorted(folder.glob("en-*.jsonl"))
    }


def _there(folder: Path) -> Path:
    if not folder.is_dir():
        raise DataError(f"{folder.name} is not here: this run needs a checkout.", "Clone the repository.")
    return folder
