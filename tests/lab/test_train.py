"""Training on the tiny model: resuming, cut checkpoints, NaN, full disks, early ends, several processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mulakat.lab.config import RunConfig
from mulakat.lab.faults import CheckpointError, LabError, TrainingStopped
from mulakat.settings import Settings

from .conftest import config_text

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(600)

DRIVER = """
import os, signal, sys
from pathlib import Path
from mulakat.lab.config import load_config
from mulakat.lab.train import checkpoint, watch
from mulakat.settings import Settings
how, step = sys.argv[2], int(sys.argv[3])
if how == "between":
    old = watch.RunLog.on_log
    def dies(self, args, state, control, **more):
        old(self, args, state, control, **more)
        if state.global_step == step:
            os.kill(os.getpid(), signal.SIGKILL)
    watch.RunLog.on_log = dies
if how == "sealing":
    real = checkpoint.seal
    def dies(folder, at, loss):
        if at == step:
            os.kill(os.getpid(), signal.SIGKILL)
        real(folder, at, loss)
    checkpoint.seal = dies
if how == "small-disk":
    import resource
    from mulakat.lab.train.trainer import LabTrainer
    real = LabTrainer._save_checkpoint
    def small(self, model, trial):
        size = 10_000 if self.state.global_step == step else resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            real(self, model, trial)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    LabTrainer._save_checkpoint = small
from mulakat.errors import MulakatError
from mulakat.lab.train.run import train
try:
    train(load_config(Path(sys.argv[1])), Settings(), print)
except MulakatError as error:
    print(f"{type(error).__name__}: {error}")
    sys.exit(2)
"""


def drive(path: Path, how: str = "whole", step: int = 0) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.run(
        [sys.executable, "-c", DRIVER, str(path), how, str(step)],
        capture_output=True, text=True, cwd=ROOT, env=env, check=False,
    )  # fmt: skip


def losses(folder: Path) -> dict[tuple[str, int], float]:
    """Training and validation losses by step, from the log."""
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text("utf-8").splitlines()]
    return {(k, e["step"]): e[k] for e in lines for k in ("loss", "eval_loss") if k in e}


def written(tiny: Path, talks: Path, tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / f"{changes.get('name', 'trial')}.yaml"
    path.write_text(config_text(tiny, talks, tmp_path / "runs", **changes), "utf-8")
    return path


def test_a_killed_run_resumes_to_the_same_curve(tiny: Path, talks: Path, tmp_path: Path) -> None:
    more = {"train__batch_size": 8, "adapter__dropout": 0.2}  # two epochs, and chance in every step
    whole = written(tiny, talks, tmp_path, name="whole", **more)
    assert drive(whole).returncode == 0
    cut = written(tiny, talks, tmp_path, name="cut", **more)
    assert drive(cut, "between", 7).returncode == -signal.SIGKILL
    assert drive(cut, "sealing", 8).returncode == -signal.SIGKILL
    checkpoints = tmp_path / "runs/cut/checkpoints"
    assert sorted(p.name for p in checkpoints.iterdir()) == [".new", "checkpoint-4"]
    done = drive(cut)
    assert done.returncode == 0, done.stderr
    assert "Going on from checkpoint-4" in done.stdout
    one, other = losses(tmp_path / "runs/whole"), losses(tmp_path / "runs/cut")
    assert one.keys() == other.keys()
    assert max(abs(one[k] - other[k]) for k in one) < 1e-5
    assert len({round(v, 4) for v in one.values()}) > 8  # a curve, not a line
    assert ".new" not in {p.name for p in checkpoints.iterdir()}


def test_a_checkpoint_cut_in_half_is_left_aside(tiny: Path, talks: Path, tmp_path: Path) -> None:
    path = written(tiny, talks, tmp_path)
    assert drive(path, "between", 11).returncode == -signal.SIGKILL
    broken = tmp_path / "runs/trial/checkpoints/checkpoint-8/adapter_model.safetensors"
    broken.write_bytes(broken.read_bytes()[: broken.stat().st_size // 2])
    done = drive(path)
    assert done.returncode == 0, done.stderr
    assert "Left aside: checkpoint-8: adapter_model.safetensors has" in done.stdout
    assert "Going on from checkpoint-4" in done.stdout
    names = {p.name for p in (tmp_path / "runs/trial/checkpoints").iterdir()}
    assert {"checkpoint-8", "checkpoint-8.damaged", "checkpoint-12"} <= names


def test_a_full_disk_stops_the_run_and_keeps_the_last_checkpoint(
    tiny: Path, talks: Path, tmp_path: Path
) -> None:
    path = written(tiny, talks, tmp_path)
    done = drive(path, "small-disk", 8)
    assert done.returncode == 2, done.stderr
    assert "DiskFull: The disk is full: the checkpoint of step 8 could not be written" in done.stdout
    assert "checkpoint-4 is whole" in done.stdout
    assert [p.name for p in (tmp_path / "runs/trial/checkpoints").iterdir()] == ["checkpoint-4"]
    assert drive(path).returncode == 0
    assert (tmp_path / "runs/trial/adapter/adapter_model.safetensors").is_file()


def test_nan_ends_the_run_and_touches_no_checkpoint(
    make_config: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from mulakat.lab.train import checkpoint
    from mulakat.lab.train.run import train
    from mulakat.lab.train.trainer import LabTrainer

    real = LabTrainer._scored_loss

    def sometimes(self: Any, model: Any, *args: Any) -> Any:
        loss = real(self, model, *args)
        return loss * torch.nan if model.training and self.state.global_step == 5 else loss

    monkeypatch.setattr(LabTrainer, "_scored_loss", sometimes)
    config: RunConfig = make_config()
    with pytest.raises(TrainingStopped, match=r"training loss is nan at step 6.*checkpoint-4"):
        train(config, settings)
    assert checkpoint.fault(config.folder / "checkpoints/checkpoint-4") == ""


def test_loss_and_gradients_are_those_of_trl(make_config: Any, settings: Settings) -> None:
    """Leaving out the positions without loss changes no figure."""
    import torch
    from trl import SFTTrainer

    from mulakat.lab.data import build
    from mulakat.lab.train import base as bases
    from mulakat.lab.train.encode import Encoder
    from mulakat.lab.train.setup import make_trainer
    from mulakat.llm.chat_format import FORMATS

    config: RunConfig = make_config()
    found = bases.find(config.model, settings)
    tokenizer = bases.tokenizer(found)
    rows = Encoder(tokenizer, FORMATS["chatml"], 256).all(
        build(config.data, config.data_folder).rows("train")
    )
    trainer = make_trainer(config, found, tokenizer, {"train": rows.rows, "valid": []})
    trainer.create_optimizer()
    inputs = trainer._prepare_inputs(next(iter(trainer.get_train_dataloader())))
    count = (inputs["labels"][:, 1:] != -100).sum()
    trainer.model.train()
    told = []
    for loss_of in (SFTTrainer.compute_loss, type(trainer).compute_loss):
        trainer.model.zero_grad()
        loss = loss_of(trainer, trainer.model, dict(inputs), num_items_in_batch=count)
        loss.backward()
        grads = [p.grad.clone() for p in trainer.model.parameters() if p.grad is not None]
        told.append((float(loss), grads, trainer._metrics["train"]["mean_token_accuracy"].pop()))
    (ours, mine, right), (theirs, other, also) = told[1], told[0]
    assert ours == pytest.approx(theirs, abs=1e-5)
    assert right == pytest.approx(also)
    assert len(mine) == len(other) > 0
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(mine, other, strict=True))
    assert any(float(a.abs().max()) > 1e-4 for a in mine)


def test_patience_ends_a_run_that_learns_nothing_more(make_config: Any, settings: Settings) -> None:
    from mulakat.lab.train.run import train

    config = make_config(
        train__learning_rate=1e-9, train__max_steps=40, train__eval_every=1, train__save_every=1,
        train__patience=3, train__scheduler="constant", train__warmup_steps=0, adapter__rank=1,
    )  # fmt: skip
    made = train(config, settings)
    meta = json.loads((config.folder / "meta.json").read_text("utf-8"))
    assert meta["steps"] < 40 == meta["planned_steps"]
    assert made.valid_loss == min(v for (k, _), v in losses(config.folder).items() if k == "eval_loss")


def test_another_config_does_not_overwrite_a_run(make_config: Any, settings: Settings) -> None:
    from mulakat.lab.train.run import train

    train(make_config(train__max_steps=4), settings)
    with pytest.raises(LabError, match="another config"):
        train(make_config(train__max_steps=5), settings)


def test_packing_does_not_let_conversations_see_each_other(
    make_config: Any, settings: Settings, tmp_path: Path
) -> None:
    """The loss of packed rows is that of the same rows apart."""
    from mulakat.lab.data import build
    from mulakat.lab.train import base
    from mulakat.lab.train.run import _encode
    from mulakat.lab.train.setup import make_trainer

    found = {}
    for packing in (False, True):
        config = make_config(
            name=f"pack-{packing}".lower(),
            train__packing=packing,
            train__group_by_length=False,
            train__max_length=400,
        )
        data = build(config.data, config.data_folder)
        where = base.find(config.model, settings)
        tokenizer = base.tokenizer(where)
        rows = {name: _encode(config, tokenizer, data, name) for name in ("train", "valid")}
        rows = {"train": rows["train"], "valid": rows["train"][:24]}
        trainer = make_trainer(config, where, tokenizer, rows)
        if packing:  # look at the very rows, packed
            packed = trainer._prepare_dataset(
                trainer.eval_dataset, tokenizer, trainer.args, True, None, "eval"
            )
            assert len(packed) < 24
            found[packing] = trainer.evaluate(packed)["eval_loss"]
        else:
            found[packing] = trainer.evaluate()["eval_loss"]
    assert found[True] == pytest.approx(found[False], abs=2e-4)


def test_two_processes_learn_what_one_does(tiny: Path, talks: Path, tmp_path: Path) -> None:
    from mulakat.lab.config import load_config
    from mulakat.lab.train.launch import command

    one = written(tiny, talks, tmp_path, name="one", train__batch_size=8)
    two = written(
        tiny, talks, tmp_path, name="two", train__batch_size=4, launch={"kind": "ddp", "processes": 2}
    )
    assert drive(one).returncode == 0
    done = subprocess.run(
        command(load_config(two), two, port=29611), capture_output=True, text=True, cwd=ROOT, check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    alone, shared = losses(tmp_path / "runs/one"), losses(tmp_path / "runs/two")
    assert alone.keys() == shared.keys()
    assert max(abs(alone[k] - shared[k]) for k in alone) < 1e-4  # 1e-3 was asked for


def test_tensorboard_is_told(make_config: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from mulakat.lab.train.run import train

    pytest.importorskip("tensorboard", reason="tensorboard is not installed")
    monkeypatch.delenv("TENSORBOARD_LOGGING_DIR", raising=False)
    config = make_config(train__max_steps=4, train__report_to=["tensorboard"])
    train(config, settings)
    (events,) = (config.folder / "tensorboard").rglob("events.out.tfevents*")
    assert b"train/loss" in events.read_bytes()


def test_a_run_without_checkpoints_has_no_best(tmp_path: Path) -> None:
    from mulakat.lab.train.checkpoint import best

    with pytest.raises(CheckpointError, match="no whole checkpoint"):
        best(tmp_path)


@pytest.mark.parametrize("method", ["full", "lora"])
def test_every_method_leaves_what_can_be_loaded(method: str, make_config: Any, settings: Settings) -> None:
    import transformers

    from mulakat.lab.train.run import train

    made = train(make_config(adapter__method=method, train__max_steps=4), settings)
    assert made.result.name == ("model" if method == "full" else "adapter")
    if method == "full":
        assert transformers.AutoModelForCausalLM.from_pretrained(made.result).num_parameters() > 100_000
    else:
        assert (made.result / "adapter_model.safetensors").is_file()


@pytest.mark.models
def test_the_embedded_gguf_can_be_trained_on(
    real_models: Path, make_config: Any, settings: Settings
) -> None:
    """transformers takes a dequantised GGUF for a quantised model and refuses it, unless told."""
    from mulakat.lab.train.run import train

    config = make_config(
        model={"base": "smollm2-135m-instruct"},
        adapter__rank=2,
        train__precision="bf16",
        train__max_steps=2,
        train__batch_size=1,
        train__warmup_steps=1,
        train__eval_every=2,
        train__eval_rows=1,
        train__save_every=2,
    )
    made = train(config, settings)
    assert losses(config.folder)[("eval_loss", 2)] < 5
    assert (made.result / "adapter_model.safetensors").stat().st_size > 1000


def test_qlora_trains_with_nf4_and_8_bit_adam(make_config: Any, settings: Settings) -> None:
    pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed")
    from mulakat.lab.train.run import train

    config = make_config(
        adapter__method="qlora", train__optimizer="adamw_8bit", train__max_steps=8, train__precision="bf16"
    )
    train(config, settings)
    found = losses(config.folder)
    assert found[("loss", 8)] < found[("loss", 1)]
