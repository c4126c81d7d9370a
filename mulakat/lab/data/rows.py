"""One conversation, and one that was turned away. Plain values and their JSON lines.

Does not: judge them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mulakat.lab.faults import DataError
from mulakat.llm.chat_format import Message, Role

SPLITS = ("train", "valid", "test")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. `given`: the end of an assistant's text that is not the model's to word, so bears no
    loss."""

    role: Role
    content: str
    given: str = ""

    @property
    def message(self) -> Message:
        return Message(self.role, self.content)


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation and where it came from. `line` counts from 1; `split` "" leaves it to the
    builder."""

    turns: tuple[Turn, ...]
    source: str
    line: int
    conversation: str = ""
    topic: str = ""
    language: str = ""
    licence: str = ""
    split: str = ""
    scope: str = "all"

    @property
    def place(self) -> str:
        return f"{self.source}, line {self.line}"

    @property
    def spoken(self) -> str:
        """What was said by user and assistant: the text that likeness is measured on."""
        return "\n".join(t.content for t in self.turns if t.role != "system")

    @property
    def targets(self) -> list[str]:
        return [t.content for t in self.turns if t.role == "assistant"]

    def moved(self, split: str) -> Row:
        return replace(self, split=split)


@dataclass(frozen=True, slots=True)
class Removal:
    """A row that was turned away: where it stood, a reason out of a short list, and what exactly."""

    source: str
    line: int
    reason: str
    detail: str = ""
    text: str = ""

    def __str__(self) -> str:
        return f"{self.source}, line {self.line}: {self.reason}{f' ({self.detail})' if self.detail else ''}"


def as_json(row: Row) -> dict[str, Any]:
    messages = [
        {"role": t.role, "content": t.content, **({"given": t.given} if t.given else {})} for t in row.turns
    ]
    rest = {
        k: getattr(row, k)
        for k in ("source", "line", "conversation", "topic", "language", "licence", "split")
    }
    return {"messages": messages, **rest}


def of_json(data: dict[str, Any]) -> Row:
    turns = tuple(Turn(m["role"], m["content"], m.get("given", "")) for m in data["messages"])
    return Row(
        turns, **{k: v for k, v in data.items() if k in Row.__dataclass_fields__ and k not in ("turns",)}
    )


def read_rows(path: Path) -> list[Row]:
    """The rows of a built split. Raises DataError naming the line that cannot be read."""
    rows = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    rows.append(of_json(json.loads(line)))
                except (ValueError, KeyError, TypeError) as error:
                    raise DataError(
                        f"{path}, line {number} cannot be read: {error}.",
                        "Build the data anew with `mulakat lab data build`.",
                    ) from None
    except OSError as error:
        raise DataError(
            f"There are no data at {path}: {error.strerror}.", "Build them with `mulakat lab data build`."
        ) from None
    except UnicodeDecodeError:
        raise DataError(
            f"{path} is no longer UTF-8.", "Build the data anew with `mulakat lab data build`."
        ) from None
    return rows


def write_rows(path: Path, rows: Iterable[Row] | Sequence[Removal]) -> None:
    """Write JSON lines; the file appears whole or not at all."""
    draft = path.with_name(path.name + ".part")
    with draft.open("w", encoding="utf-8") as out:
        for row in rows:
            data = as_json(row) if isinstance(row, Row) else {k: getattr(row, k) for k in Removal.__slots__}
            out.write(json.dumps(data, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
