"""log.jsonl, trainer_state.json and CSV -> curves by step.

Does not: smooth, or fill gaps.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mulakat.lab.faults import CurvesError

Points = list[tuple[int, float]]
NAMES = {
    "train": ("loss", "train_loss"),
    "valid": ("eval_loss", "valid_loss", "val_loss", "validation_loss"),
    "learning_rate": ("learning_rate", "lr"),
    "grad_norm": ("grad_norm",),
    "tokens": ("tokens_per_second",),
    "targets": ("target_tokens_per_second",),
    "epoch": ("epoch",),
}  # fmt: skip


@dataclass(frozen=True)
class Curves:
    """(step, value) by curve, in order of steps. Losses are nats a token; tokens and targets a second."""

    name: str
    train: Points = field(default_factory=list)
    valid: Points = field(default_factory=list)
    learning_rate: Points = field(default_factory=list)
    grad_norm: Points = field(default_factory=list)
    tokens: Points = field(default_factory=list)
    targets: Points = field(default_factory=list)
    epoch: Points = field(default_factory=list)

    @property
    def perplexity(self) -> Points:
        """exp of the validation loss: perplexity on text that was not trained on."""
        return [(step, math.exp(min(loss, 50.0))) for step, loss in self.valid]


def read(path: Path) -> Curves:
    """The curves of a run folder, a trainer_state.json, a JSONL or a CSV.

    Raises CurvesError when the file cannot be read or holds no loss.
    """
    source = path
    if path.is_dir():
        found = [path / n for n in ("log.jsonl", "trainer_state.json") if (path / n).is_file()]
        if not found:
            raise CurvesError(
                f"The folder {path} holds no log.", "Name a run, a trainer_state.json or a CSV."
            )
        source = found[0]
    try:
        curves = _curves(path.name if path.is_dir() else path.stem, list(_entries(source)))
    except OSError as error:
        raise CurvesError(f"{source} cannot be read: {error.strerror}.", "Check the path.") from None
    except (ValueError, csv.Error, KeyError, TypeError, AttributeError) as error:
        raise CurvesError(f"{source} is no log of a training: {error}.", _FORMS) from None
    if not curves.train and not curves.valid:
        raise CurvesError(f"{source} holds no loss.", _FORMS)
    return curves


_FORMS = "A CSV needs a column 'step' and 'loss' or 'eval_loss'; JSON needs 'log_history'."


def _entries(path: Path) -> Iterable[dict[str, Any]]:
    text = path.read_text("utf-8")
    if path.suffix == ".csv":
        yield from csv.DictReader(text.splitlines())
    elif path.suffix == ".jsonl":
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
    else:
        raw = json.loads(text)
        yield from raw["log_history"] if isinstance(raw, dict) else raw


def _curves(name: str, entries: list[dict[str, Any]]) -> Curves:
    points: dict[str, dict[int, float]] = {curve: {} for curve in NAMES}
    for entry in entries:
        step = _number(entry.get("step"))
        if step is None:
            continue
        for curve, columns in NAMES.items():
            for column in columns:
                value = _number(entry.get(column))
                # The trainer's last line sums a run up under train_loss; it is no point of the curve.
                if value is not None and not (column == "train_loss" and "train_runtime" in entry):
                    points[curve][int(step)] = value
    return Curves(name, **{curve: sorted(found.items()) for curve, found in points.items()})


def _number(value: Any) -> float | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    number = float(value)
    return number if math.isfinite(number) else None
