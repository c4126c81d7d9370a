"""The order of training rows: the same for the same seed and epoch, however many processes share it.

With grouping, rows of like length make up one optimizer step, and the steps come in random order; so little
is padded. Needs torch; imported only by the trainer.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from torch.utils.data import Sampler

NOISE = 32
"""Tokens by which lengths are blurred, so that the same rows do not always meet."""


def order(lengths: Sequence[int], group: int, seed: int, epoch: int, by_length: bool) -> list[int]:
    """Row numbers for one epoch. `group` is the effective batch: rows of one optimizer step.

    Every step is whole, so that several processes share it evenly; the few rows that would be left over are
    drawn anew for each epoch.
    """
    rng = random.Random(f"{seed}:{epoch}")
    rows = list(range(len(lengths)))
    rng.shuffle(rows)
    rows = rows[: whole(len(rows), group)]
    if not by_length:
        return rows
    rows.sort(key=lambda n: lengths[n] + rng.random() * NOISE)
    groups = [rows[i : i + group] for i in range(0, len(rows), group)]
    rng.shuffle(groups)
    return [n for one in groups for n in one]


def whole(rows: int, group: int) -> int:
    """How many of the rows make up whole steps; all of them when there is not even one step."""
    return rows - rows % group if rows >= group else rows


class EpochSampler(Sampler[int]):
    """Hands out `order`; accelerate tells it the epoch."""

    def __init__(self, lengths: Sequence[int], group: int, seed: int, by_length: bool) -> None:
        self._lengths, self._group, self._seed, self._by_length = lengths, group, seed, by_length
        self.epoch = 0

    def set_epoch(self, epoch: int) -> None:
        self.epoch = epoch

    def __iter__(self) -> Iterator[int]:
        return iter(order(self._lengths, self._group, self._seed, self.epoch, self._by_length))

    def __len__(self) -> int:
        return whole(len(self._lengths), self._group)
