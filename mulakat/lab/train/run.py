"""One training run from beginning to end: data, model, trainer, checkpoints, the adapter that is kept.

The same code runs alone and under `accelerate launch`. Running it again goes on from the last whole
checkpoint. Does not: publish, or draw curves.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from mulakat.lab.config import RunConfig
from mulakat.lab.data import Built, build, load_built
from mulakat.lab.data.build import plan_hash
from mulakat.lab.extras import need
from mulakat.lab.faults import DataError, PreflightRefused
from mulakat.lab.preflight import Report, preflight
from mulakat.lab.train import base as bases
from mulakat.lab.train import checkpoint, record
from mulakat.lab.train.encode import Encoded, Encoder
from mulakat.lab.train.setup import make_trainer
from mulakat.llm.chat_format import FORMATS
from mulakat.settings import Settings

Say = Callable[[str], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trained:
    """Where the result lies. `valid_loss` is that of the step that was kept."""

    folder: Path
    result: Path
    step: int
    valid_loss: float | None


def main_process() -> bool:
    """Whether this process is the first, or the only one."""
    return int(os.environ.get("RANK", "0")) == 0


def data_of(config: RunConfig, say: Say = lambda _: None) -> Built:
    """The run's data: those that were built for this plan, else built now."""
    with contextlib.suppress(DataError):
        made = load_built(config.data_folder)
        if made.card.get("plan") == plan_hash(config.data):
            return made
    return build(config.data, config.data_folder, say)


def train(
    config: RunConfig, settings: Settings, say: Say = lambda _: None, console: Console | None = None
) -> Trained:
    """Run, or go on with, a training.

    Raises PreflightRefused with every reason, TrainingStopped, DiskFull, LabError.
    """
    for package in ("torch", "transformers", "trl", "peft", "datasets", "accelerate"):
        need(package)
    done = record.read_meta(config.folder)
    if done.get("finished") and done.get("config_hash") == record.config_hash(config):
        say(f"{config.folder} is finished already.")
        return _result(config, done)
    _environment(config)
    data = data_of(config, say) if main_process() else _wait_for_data(config)
    found = bases.find(config.model, settings)
    tokenizer = bases.tokenizer(found)
    encoded = {name: _encode(config, tokenizer, data, name) for name in ("train", "valid")}
    if main_process():
        report = preflight(config, settings, data)
        say(report.text())
        if report.refused:
            raise PreflightRefused(report.sentence(), "Correct the config and run it again.")
        _begin(config, found, data, report, encoded)
    checkpoints = config.folder / "checkpoints"
    checkpoints.mkdir(parents=True, exist_ok=True)
    resume = _resume(checkpoints, say)
    trainer = make_trainer(config, found, tokenizer, encoded, console)
    trainer.train(resume_from_checkpoint=str(resume) if resume else None)
    return _finish(config, trainer, tokenizer)


def _environment(config: RunConfig) -> None:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TENSORBOARD_LOGGING_DIR", str(config.folder / "tensorboard"))
    if config.train.threads:
        need("torch").set_num_threads(config.train.threads)


def _wait_for_data(config: RunConfig) -> Built:
    """The other processes take what the first has built."""
    import time

    for _ in range(1800):
        with contextlib.suppress(DataError):
            made = load_built(config.data_folder)
            if made.card.get("plan") == plan_hash(config.data):
                return made
        time.sleep(1)
    raise DataError(f"No data appeared in {config.data_folder}.", "See what the first process says.")


def _encode(config: RunConfig, tokenizer: Any, data: Built, name: str) -> list[Encoded]:
    encoder = Encoder(tokenizer, FORMATS[config.model.chat], config.train.max_length, config.train.loss)
    rows = encoder.all(data.rows(name)).rows
    if name == "valid":
        rows = rows[:: max(1, len(rows) // config.train.eval_rows)] if config.train.eval_rows else rows
        rows = rows[: config.train.eval_rows or None]
        rows = sorted(rows, key=lambda r: len(r.input_ids))  # like lengths together: less padding
    return rows


def _begin(
    config: RunConfig, found: bases.Base, data: Built, report: Report, encoded: dict[str, list[Encoded]]
) -> None:
    facts = {
        "base": {
            "name": found.name,
            "path": found.path.name if found.path else found.repository,
            "revision": found.revision,
            "licence": found.licence,
        },
        "parameters": report.parameters,
        "memory_estimate": report.memory,
        "data": {"plan": data.card["plan"], "files": data.card["files"]},
        "sequences": {k: len(v) for k, v in encoded.items()},
        "target_tokens": {k: sum(r.targets for r in v) for k, v in encoded.items()},
        "preflight": [f.line() for f in report.findings],
    }
    record.begin(config, facts)


def _resume(checkpoints: Path, say: Say) -> Path | None:
    found, wrong = checkpoint.last(checkpoints)
    for line in wrong:
        say(f"Left aside: {line}.")
    if found:
        say(f"Going on from {found.path.name}.")
    return found.path if found else None


def _finish(config: RunConfig, trainer: Any, tokenizer: Any) -> Trained:
    """Keep the best checkpoint's weights as the run's result."""
    trainer.accelerator.wait_for_everyone()
    checkpoints = config.folder / "checkpoints"
    best = checkpoint.best(checkpoints)
    if main_process():
        result = config.folder / ("model" if config.adapter.method == "full" else "adapter")
        draft = result.with_name(f".{result.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        for path in best.path.iterdir():
            if path.name.startswith(
                ("adapter_", "model", "config", "generation_config", "tokenizer", "special")
            ):
                shutil.copy2(path, draft / path.name)
        tokenizer.save_pretrained(draft)
        shutil.rmtree(result, ignore_errors=True)
        draft.rename(result)
        (config.folder / "trainer_state.json").write_text(
            json.dumps({"log_history": trainer.state.log_history}, indent=1), "utf-8"
        )
        meta = record.write_meta(
            config.folder,
            finished=record.now(),
            steps=trainer.state.global_step,
            planned_steps=trainer.state.max_steps,
            kept_step=best.step,
            valid_loss=best.valid_loss,
        )
        return _result(config, meta)
    return Trained(config.folder, config.folder, best.step, best.valid_loss)


def _result(config: RunConfig, meta: dict[str, Any]) -> Trained:
    name = "model" if config.adapter.method == "full" else "adapter"
    return Trained(config.folder, config.folder / name, meta["kept_step"], meta["valid_loss"])
