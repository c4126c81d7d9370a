"""TRL's SFTTrainer with what it lacks: sealed checkpoints, a fixed order, an honest validation loss, and an
end at the first NaN.

Needs torch and trl; imported only by `run`. Does not: read configs or data.
"""

from __future__ import annotations

import contextlib
import errno
import math
import shutil
from pathlib import Path
from typing import Any

import torch
from trl import SFTTrainer

from mulakat.catalogue.disk import free, human
from mulakat.errors import DiskFull
from mulakat.lab.faults import TrainingStopped
from mulakat.lab.train import checkpoint, scored
from mulakat.lab.train.sampler import EpochSampler

_FULL = (
    "No space left",
    "File too large",
    "os error 28",
    "os error 27",
    "write failed",
    "failed writing",
    "enforce fail",
)


class LabTrainer(SFTTrainer):
    """`keep` checkpoints stay, and the best; `group` rows make up one optimizer step."""

    def __init__(self, *args: Any, keep: int, group: int, by_length: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self._keep, self._group, self._by_length = keep, group, by_length
        self._staging: Path | None = None
        self._nll, self._scored = 0.0, 0
        self.items = 0
        """Tokens that bore loss in all optimizer steps so far, over all processes."""
        self._counted = -1

    # ------------------------------------------------------------ order

    def _get_train_sampler(self, train_dataset: Any = None) -> Any:
        data = self.train_dataset if train_dataset is None else train_dataset
        lengths = [len(ids) for ids in data["input_ids"]]
        self.epoch_sampler = EpochSampler(lengths, self._group, self.args.seed, self._by_length)
        return self.epoch_sampler

    # ------------------------------------------------------------ loss

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        found = (
            super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
            if return_outputs or not scored.wanted(self.args.device)
            else self._scored_loss(model, inputs, num_items_in_batch)
        )
        loss = found[0] if return_outputs else found
        if self.model.training:
            self._must_be_finite(loss, "training loss")
            if num_items_in_batch is not None and self._counted != self.state.global_step:
                self._counted = self.state.global_step
                self.items += int(num_items_in_batch)
        else:
            count = int((inputs["labels"][..., 1:] != -100).sum())
            self._nll += float(loss.detach()) * count
            self._scored += count
        return found

    def _scored_loss(self, model: Any, inputs: Any, num_items_in_batch: Any) -> Any:
        """The same loss as TRL's, with its metrics, computed where it falls only."""
        head = self.accelerator.unwrap_model(model).get_output_embeddings()
        made = scored.score(model, head, inputs)
        mode = "train" if self.model.training else "eval"
        accuracy = made.right / made.count if made.count else 0.0
        self._metrics[mode]["mean_token_accuracy"].append(accuracy)
        if mode == "train":
            tokens = (
                inputs["attention_mask"].sum()
                if "attention_mask" in inputs
                else inputs["input_ids"].numel()
            )
            local = torch.as_tensor(tokens, device=self.args.device)
            self._total_train_tokens += int(self.accelerator.gather_for_metrics(local).sum())
        self._metrics[mode]["num_tokens"] = [self._total_train_tokens]
        if num_items_in_batch is None:
            return made.nll / max(1, made.count)
        # The count is that of all processes, and DDP takes the mean of their gradients.
        shared = self.accelerator.num_processes if self.args.average_tokens_across_devices else 1
        return made.nll / torch.as_tensor(num_items_in_batch).clamp(min=1) * shared

    def _must_be_finite(self, value: Any, what: str) -> None:
        if math.isfinite(float(value.detach() if isinstance(value, torch.Tensor) else value)):
            return
        good = checkpoint.last(Path(self.args.output_dir))[0]
        told = f"The last good checkpoint is {good.path.name}." if good else "There is no checkpoint yet."
        raise TrainingStopped(
            f"The {what} is {float(value)} at step {self.state.global_step + 1}. {told}",
            "Lower train.learning_rate, use bf16 or float32 instead of fp16, or look at the rows of that "
            "step.",
        )

    def evaluation_loop(self, *args: Any, **more: Any) -> Any:
        """Validation loss as the mean over tokens; the trainer's own is a mean of means over batches."""
        self._nll, self._scored = 0.0, 0
        found = super().evaluation_loop(*args, **more)
        sums = torch.tensor([self._nll, float(self._scored)], dtype=torch.float64, device=self.args.device)
        if self.args.device.type == "mps":
            sums = sums.float()
        nll, scored = self.accelerator.reduce(sums, "sum").tolist()
        loss = nll / max(1.0, scored)
        prefix = more.get("metric_key_prefix", "eval")
        found.metrics[f"{prefix}_loss"] = loss
        found.metrics[f"{prefix}_perplexity"] = math.exp(min(loss, 50.0))
        self._must_be_finite(loss, "validation loss")
        return found

    # ------------------------------------------------------------ checkpoints

    def create_model_card(self, *args: Any, **more: Any) -> None:
        """The card is written when the adapter is published, and says more."""

    def _get_output_dir(self, trial: Any) -> str:
        return str(self._staging) if self._staging else str(super()._get_output_dir(trial))

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        """As the trainer saves, but into a folder beside; it gets its name when all of it is on the
        disk."""
        for name, weight in self.model.named_parameters():
            if weight.requires_grad and not bool(torch.isfinite(weight).all()):
                raise TrainingStopped(
                    f"{name} holds NaN at step {self.state.global_step}; no checkpoint was written.",
                    "Lower train.learning_rate and resume: the last good checkpoint stands.",
                )
        place = Path(self.args.output_dir)
        self._staging = place / ".new"
        try:
            if self.accelerator.is_main_process:
                shutil.rmtree(self._staging, ignore_errors=True)
                self._staging.mkdir(parents=True)
                self._require_room(place)
            self.accelerator.wait_for_everyone()
            super()._save_checkpoint(model, trial)
            self.accelerator.wait_for_everyone()
            if self.accelerator.is_main_process:
                draft = self._staging / f"checkpoint-{self.state.global_step}"
                checkpoint.seal(draft, self.state.global_step, self._valid_loss())
                checkpoint.place(draft, place / draft.name)
                checkpoint.rotate(place, self._keep)
        except Exception as error:
            if not _is_full(error):
                raise
            raise self._full(place) from None
        finally:
            with contextlib.suppress(OSError):
                if self.accelerator.is_main_process:
                    shutil.rmtree(place / ".new", ignore_errors=True)
            self._staging = None

    def _require_room(self, place: Path) -> None:
        old = checkpoint.folders(place)
        size = sum(p.stat().st_size for p in old[-1][1].rglob("*") if p.is_file()) if old else 0
        weights = sum(p.numel() for p in self.model.parameters() if p.requires_grad)
        if free(place) < max(size, weights * 8):
            raise self._full(place)

    def _full(self, place: Path) -> DiskFull:
        good = checkpoint.last(place)[0]
        told = f"{good.path.name} is whole" if good else "there is no checkpoint yet"
        return DiskFull(
            f"The disk is full: the checkpoint of step {self.state.global_step} could not be written, "
            f"{human(free(place))} are free in {place}; {told}.",
            "Free some space and run the same command: training goes on from the last whole checkpoint.",
        )

    def _valid_loss(self) -> float | None:
        """The validation loss measured at this very step."""
        for entry in reversed(self.state.log_history):
            if "eval_loss" in entry and entry.get("step") == self.state.global_step:
                return float(entry["eval_loss"])
        return None


def _is_full(error: Exception) -> bool:
    if isinstance(error, DiskFull):
        return True
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    return any(sign in str(error) for sign in _FULL)
