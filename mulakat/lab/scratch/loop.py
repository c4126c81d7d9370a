"""A training loop in plain sight, bound by time and not by steps; and the measuring beside it.

Does not: write checkpoints; these runs are minutes long. Needs torch.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

Batch = tuple[torch.Tensor, torch.Tensor]
"""Token ids and labels, each (rows, length); -100 bears no loss."""


@dataclass
class Course:
    """What a stage did. `losses` are (seconds, training loss in nats a token)."""

    steps: int = 0
    tokens: int = 0
    seconds: float = 0.0
    losses: list[tuple[float, float]] = field(default_factory=list)


def blocks(ids: Sequence[int], length: int) -> torch.Tensor:
    """A long text as rows of `length` + 1 tokens; what is left at the end is dropped."""
    count = (len(ids) - 1) // length
    rows = [ids[i * length : i * length + length + 1] for i in range(count)]
    return torch.tensor(rows)


def block_batches(rows: torch.Tensor, size: int, seed: int) -> Iterator[Batch]:
    """For ever; every row once before any comes again."""
    generator = torch.Generator().manual_seed(seed)
    while True:
        order = torch.randperm(len(rows), generator=generator)
        for i in range(0, max(1, len(rows) - size + 1), size):
            part = rows[order[i : i + size]]
            yield part, part


def padded(rows: Sequence[tuple[list[int], list[int]]]) -> Batch:
    """Rows of unlike lengths as one batch."""
    width = max(len(ids) for ids, _ in rows)
    ids = torch.tensor([r + [0] * (width - len(r)) for r, _ in rows])
    labels = torch.tensor([lab + [-100] * (width - len(lab)) for _, lab in rows])
    return ids, labels


def row_batches(rows: Sequence[tuple[list[int], list[int]]], size: int, seed: int) -> Iterator[Batch]:
    """For ever; rows of like length together."""
    rng = random.Random(seed)
    while True:
        order = sorted(rng.sample(list(rows), len(rows)), key=lambda r: len(r[0]))
        groups = [order[i : i + size] for i in range(0, len(order), size)]
        for group in rng.sample(groups, len(groups)):
            yield padded(group)


def loss_of(model: Any, batch: Batch) -> torch.Tensor:
    """Mean cross-entropy of the next token, in nats."""
    ids, labels = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(
            input_ids=ids, attention_mask=(torch.arange(ids.shape[1]) < _lengths(ids, labels))
        ).logits
    return torch.nn.functional.cross_entropy(
        logits[:, :-1].float().flatten(0, 1), labels[:, 1:].flatten(), ignore_index=-100
    )


def _lengths(ids: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Tokens of each row before its padding, as a column."""
    real = (ids != 0) | (labels != -100)
    return ids.shape[1] - real.flip(1).int().argmax(1, keepdim=True)


def train(
    model: Any, batches: Iterator[Batch], seconds: float, rate: float, loss: Callable[..., Any] = loss_of
) -> Course:
    """AdamW with warm-up and a cosine, over a span of time."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.05, betas=(0.9, 0.95))
    course, began = Course(), time.monotonic()
    model.train()
    while (spent := time.monotonic() - began) < seconds or not course.steps:
        share = min(1.0, spent / max(1e-9, seconds))
        warm = min(1.0, (course.steps + 1) / 20)
        for group in optimizer.param_groups:
            group["lr"] = rate * warm * (0.05 + 0.95 * (1 + math.cos(math.pi * share)) / 2)
        batch = next(batches)
        found = loss(model, batch)
        found.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        course.steps += 1
        course.tokens += batch[0].numel()
        course.losses.append((round(spent, 2), round(float(found.detach()), 4)))
    course.seconds = time.monotonic() - began
    return course


def measure(model: Any, batches: Sequence[Batch]) -> float:
    """Mean loss over all targets of the batches, in nats a token."""
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for batch in batches:
            targets = int((batch[1][:, 1:] != -100).sum())
            if targets:
                total += float(loss_of(model, batch)) * targets
                count += targets
    return total / max(1, count)
