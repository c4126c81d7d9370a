"""What happens beside the steps: the log, the bar, the early end, the last look.

Needs transformers; imported only by `run`. Does not: touch weights.
"""

from __future__ import annotations

import json
import math
import os
import time
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from transformers import TrainerCallback

from mulakat.lab.faults import TrainingStopped

KEPT = (
    "loss",
    "eval_loss",
    "eval_perplexity",
    "learning_rate",
    "grad_norm",
    "epoch",
    "mean_token_accuracy",
)


class RunLog(TrainerCallback):
    """Writes log.jsonl: one line a report, with tokens a second and memory. Trimmed when a run resumes."""

    def __init__(self, path: Path, trainer: Any = None) -> None:
        self.path, self.trainer = path, trainer
        self._at, self._items, self._tokens = time.monotonic(), 0, 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        if state.is_world_process_zero:
            trim(self.path, state.global_step)
        self._at = time.monotonic()

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **more: Any) -> None:
        norm = (logs or {}).get("grad_norm")
        if norm is not None and not math.isfinite(float(norm)):
            raise TrainingStopped(
                f"The gradient norm is {norm} at step {state.global_step}; nothing was saved after it.",
                "Lower train.learning_rate and resume: the last good checkpoint stands.",
            )
        if not state.is_world_process_zero or not logs or not ({"loss", "eval_loss"} & set(logs)):
            return
        line = {"step": state.global_step, **{k: logs[k] for k in KEPT if k in logs}}
        if "loss" in logs:
            line |= self._speed(logs)
        line["memory_bytes"] = psutil.Process(os.getpid()).memory_info().rss
        with self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")

    def _speed(self, logs: dict[str, Any]) -> dict[str, float]:
        now, items = time.monotonic(), self.trainer.items if self.trainer else 0
        tokens = int(logs.get("num_tokens", 0))
        seconds = max(1e-6, now - self._at)
        found = {
            "tokens_per_second": round((tokens - self._tokens) / seconds, 1),
            "target_tokens_per_second": round((items - self._items) / seconds, 1),
        }
        self._at, self._items, self._tokens = now, items, tokens
        return found

    def on_evaluate(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        self._at = time.monotonic()  # validation is no training time

    def on_save(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        self._at = time.monotonic()


def trim(path: Path, step: int) -> None:
    """Drop what was logged after a checkpoint: those steps come again. A line cut in half goes too."""
    if not path.is_file():
        return
    kept = []
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            if json.loads(line)["step"] <= step:
                kept.append(line)
        except (ValueError, KeyError, TypeError):
            continue
    draft = path.with_suffix(".part")
    draft.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    draft.replace(path)


class Patience(TrainerCallback):
    """Ends the run when validation has not improved `patience` times in a row. 0: never.

    Reads the state's own history, so that a resumed run knows what was before.
    """

    def __init__(self, patience: int) -> None:
        self.patience = patience

    def on_evaluate(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        losses = [e["eval_loss"] for e in state.log_history if "eval_loss" in e]
        if self.patience and stale(losses) >= self.patience:
            control.should_training_stop = True


def stale(losses: list[float]) -> int:
    """How many measurements lie behind the lowest one."""
    return len(losses) - 1 - losses.index(min(losses)) if losses else 0


class LastLook(TrainerCallback):
    """Validates and saves at the last step, whatever the intervals are."""

    def __init__(self, validates: bool) -> None:
        self.validates = validates

    def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        if state.global_step >= state.max_steps:
            control.should_evaluate = self.validates
            control.should_save = True


class Bar(TrainerCallback):
    """A bar with the time left and the latest losses; silent where nobody watches."""

    def __init__(self, console: Console | None = None) -> None:
        told = console or Console(stderr=True)
        self._bar = Progress(
            TextColumn("training"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            TextColumn("{task.fields[told]}"), console=told, disable=not told.is_terminal,
        )  # fmt: skip
        self._told: dict[str, str] = {}

    def on_train_begin(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        self._task = self._bar.add_task("training", total=state.max_steps, told="")
        self._bar.update(self._task, completed=state.global_step)
        self._bar.start()

    def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        self._bar.update(self._task, completed=state.global_step)

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **more: Any) -> None:
        for key, name in (("loss", "loss"), ("eval_loss", "validation")):
            if logs and key in logs:
                self._told[name] = f"{name} {float(logs[key]):.3f}"
        if hasattr(self, "_task"):
            self._bar.update(self._task, told="  ".join(self._told.values()))

    def on_train_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        self._bar.stop()
