"""Useful tokens a second: our preset against stock TRL, on the same model, data, effective batch and
precision.

Useful tokens are those that bear the assistant's loss. Each row runs in a process of its own, so that its
peak memory is its own. With an NVIDIA GPU, QLoRA rows are added; with MULAKAT_UNSLOTH (a Python with
Unsloth), Unsloth's. Prints a table; judges nothing.

    python -m benchmarks.lab_throughput [--base MODEL] [--steps 12] [--batch 8]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT, machine, out, table
from mulakat.lab.config import RunConfig, load_config
from mulakat.settings import load

ROWS = {
    "stock": "stock TRL: random order, gradient checkpointing, loss on all tokens",
    "stock-assistant": "stock TRL, loss on the assistant's tokens",
    "stock-kept": "the same, without gradient checkpointing",
    "grouped": "the same, like lengths together",
    "preset": "our preset: the same, and the head sees only positions with loss",
    "packed": "our preset with packing",
}
GPU_ROWS = {"stock-qlora": "stock TRL, QLoRA", "preset-qlora": "our preset, QLoRA"}
UNSLOTH = """
import json, sys, time
from unsloth import FastLanguageModel
from trl import SFTConfig, SFTTrainer
from datasets import Dataset
import torch
given = json.load(open(sys.argv[1]))
model, tokenizer = FastLanguageModel.from_pretrained(
    given["base"], max_seq_length=given["max_length"], load_in_4bit=True
)
model = FastLanguageModel.get_peft_model(model, r=16, lora_alpha=32, target_modules=given["targets"])
data = Dataset.from_dict({"input_ids": given["input_ids"], "labels": given["labels"]})
args = SFTConfig(
    "/tmp/unsloth", max_steps=given["steps"] + 2, per_device_train_batch_size=given["batch"], bf16=True,
    report_to="none", save_strategy="no", logging_steps=1, dataset_kwargs={"skip_prepare_dataset": True},
)
trainer = SFTTrainer(model=model, args=args, train_dataset=data, processing_class=tokenizer)
began = time.perf_counter()
trainer.train()
useful = sum(x != -100 for row in given["labels"] for x in row) / len(given["labels"])
seconds = time.perf_counter() - began
useful *= given["batch"] * (given["steps"] + 2)
print(json.dumps({"useful": useful / seconds, "all": 0, "memory": torch.cuda.max_memory_allocated(),
"loss": 0}))
"""


def config_of(given: argparse.Namespace, row: str, folder: str) -> RunConfig:
    """The preset with the row's differences."""
    changes: dict[str, Any] = {
        "name": row,
        "runs": folder,
        "data.out": given.data,
        "train.max_steps": given.steps + 2,
        "train.batch_size": given.batch,
        "train.warmup_steps": 1,
        "train.log_every": 1,
        "train.save_every": 10_000,
        "train.eval_every": 10_000,
        "train.too_long": "drop",
    }
    if given.base:
        changes |= {"model.base": given.base, "model.shape": "", "model.template": "replace"}
    if row.startswith("stock"):
        changes |= {"train.group_by_length": False, "train.gradient_checkpointing": row != "stock-kept"}
    if row == "stock":
        changes["train.loss"] = "all"
    if row == "packed":
        changes |= {"train.group_by_length": False, "train.packing": True}
    if row.endswith("qlora"):
        changes["adapter.method"] = "qlora"
    return load_config("interviewer-135m", **changes)


def measure(given: argparse.Namespace, row: str) -> dict[str, float]:
    """One row in this process: useful and all tokens a second after two steps of warming, peak bytes,
    loss."""
    import torch
    from transformers import TrainerCallback

    from mulakat.lab.data import load_built
    from mulakat.lab.train import base as bases
    from mulakat.lab.train import scored
    from mulakat.lab.train.encode import Encoder
    from mulakat.lab.train.setup import make_trainer
    from mulakat.llm.chat_format import FORMATS

    if row not in ("preset", "packed", "preset-qlora"):
        scored.wanted = lambda device: False  # TRL's own loss
    with tempfile.TemporaryDirectory() as folder:
        config = config_of(given, row, folder)
        data = load_built(config.data_folder)
        found = bases.find(config.model, load())
        tokenizer = bases.tokenizer(found)
        chat = FORMATS[config.model.chat]
        rows = (
            Encoder(tokenizer, chat, config.train.max_length, config.train.loss)
            .all(data.rows("train"))
            .rows
        )
        useful = Encoder(tokenizer, chat, config.train.max_length).all(data.rows("train")).rows
        share = sum(r.targets for r in useful) / sum(r.targets for r in rows)
        trainer = make_trainer(config, found, tokenizer, {"train": rows, "valid": []})
        trainer.save_model = trainer._save_checkpoint = lambda *a, **k: None
        marks: list[tuple[float, int, float]] = []

        class Clock(TrainerCallback):  # type: ignore[misc]
            def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
                marks.append((time.perf_counter(), trainer.items, trainer._total_train_tokens))

        trainer.add_callback(Clock())
        trainer.train()
    seconds = marks[-1][0] - marks[1][0]
    cuda = torch.cuda.is_available()
    return {
        "useful": share * (marks[-1][1] - marks[1][1]) / seconds,
        "all": (marks[-1][2] - marks[1][2]) / seconds,
        "memory": float(torch.cuda.max_memory_allocated() if cuda else peak()),
        "loss": float(trainer.state.log_history[-2].get("loss", float("nan"))),
    }


def peak() -> int:
    """The most memory this process has held, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def unsloth(given: argparse.Namespace) -> dict[str, float] | None:
    """Unsloth's row, in the environment that MULAKAT_UNSLOTH names; None when there is none."""
    python = os.environ.get("MULAKAT_UNSLOTH")
    if not python:
        return None
    from mulakat.lab.data import load_built
    from mulakat.lab.train import base as bases
    from mulakat.lab.train.encode import Encoder
    from mulakat.llm.chat_format import FORMATS

    with tempfile.TemporaryDirectory() as folder:
        config = config_of(given, "preset-qlora", folder)
        data = load_built(config.data_folder)
        tokenizer = bases.tokenizer(bases.find(config.model, load()))
        rows = (
            Encoder(tokenizer, FORMATS[config.model.chat], config.train.max_length)
            .all(data.rows("train"))
            .rows
        )
        job = Path(folder) / "job.json"
        job.write_text(
            json.dumps(
                {"base": config.model.base, "max_length": config.train.max_length, "steps": given.steps,
                 "batch": given.batch, "targets": list(config.adapter.target_modules),
                 "input_ids": [r.input_ids for r in rows], "labels": [r.labels for r in rows]}
            )
        )  # fmt: skip
        done = subprocess.run(
            [python, "-c", UNSLOTH, str(job)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        out.print(f"Unsloth failed: {done.stderr[-300:]}", markup=False)
        return None
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="", help="a model other than the preset's")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rows", default="", help="only these rows, by comma")
    parser.add_argument("--limit", type=int, default=900, help="seconds after which a row is given up")
    parser.add_argument("--row", default="", help=argparse.SUPPRESS)
    parser.add_argument("--data", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.row:
        sys.stdout.write(json.dumps(measure(given, given.row)) + "\n")
        return
    import torch

    from mulakat.lab.data import build

    rows = ROWS | (GPU_ROWS if torch.cuda.is_available() else {})
    wanted = [r for r in rows if not given.rows or r in given.rows.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        given.data = str(Path(folder) / "data")
        config = config_of(given, "preset", folder)
        build(config.data, config.data_folder)
        found = {}
        for row in wanted:
            if told := _apart(given, row):
                found[row] = told
                out.print(f"{row}: {told['useful']:.1f} useful tokens/s, {told['memory'] / 1e9:.2f} GB")
        if torch.cuda.is_available() and (fast := unsloth(given)):
            found["unsloth"] = fast
    _print(found, rows | {"unsloth": "Unsloth, QLoRA, in an environment of its own"}, given)


def _apart(given: argparse.Namespace, row: str) -> dict[str, float] | None:
    """One row in a process of its own; None, and a line that says why, when it fails or takes too long."""
    command = [sys.executable, "-m", "benchmarks.lab_throughput", "--row", row, "--base", given.base]
    command += ["--steps", str(given.steps), "--batch", str(given.batch), "--data", given.data]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=given.limit
        )
    except subprocess.TimeoutExpired:
        out.print(f"{row}: not done after {given.limit} s")
        return None
    if done.returncode:
        out.print(f"{row}: failed: {done.stderr[-800:]}", markup=False)
        return None
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _print(found: dict[str, dict[str, float]], names: dict[str, str], given: argparse.Namespace) -> None:
    if not found:
        raise SystemExit("No row was measured.")
    first = found.get("stock", next(iter(found.values())))["useful"]
    lines = [
        [
            names[row],
            f"{f['useful']:.0f}",
            f"{f['useful'] / first:.2f} x",
            f"{f['all']:.0f}",
            f"{f['memory'] / 1e9:.2f} GB",
        ]
        for row, f in found.items()
    ]
    title = f"Training, {given.steps} steps of {given.batch}, bf16, LoRA rank 16"
    table(title, ["", "useful tokens/s", "of stock", "all tokens/s", "peak memory"], lines)
    out.print(machine())


if __name__ == "__main__":
    main()
