"""The loss of causal language modelling, computed where it falls and nowhere else.

In a dialogue one token in seven bears loss. The head (hidden states -> vocabulary) and the softmax over it
are the largest single product of a small model; TRL leaves out the positions without loss on devices with
Triton only, and elsewhere computes all of them. Here a hook hands the head the positions that bear loss.
Gradients are the same: the others were multiplied by zero. Needs torch; imported only by the trainer.
Does not: divide by anything; the caller knows how many tokens the whole step has.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from mulakat.lab.train.encode import IGNORED


@dataclass(frozen=True, slots=True)
class Scored:
    """Summed negative log-likelihood (a tensor with gradient), and how many tokens bore loss and were
    likeliest."""

    nll: torch.Tensor
    count: int
    right: int


def wanted(device: torch.device) -> bool:
    """Whether TRL would compute every position here."""
    return device.type not in ("cuda", "xpu")


def score(model: Any, head: torch.nn.Module, inputs: dict[str, Any]) -> Scored:
    """One forward pass. `head` is the model's output embedding, however deep it is wrapped.

    inputs  input_ids and labels, shape (batch, length); attention_mask or position_ids beside them
    """
    labels = inputs["labels"]
    falls = torch.zeros_like(labels, dtype=torch.bool)
    falls[:, :-1] = labels[:, 1:] != IGNORED
    targets = labels[:, 1:][falls[:, :-1]]
    with _only(head, falls):
        logits = model(**{k: v for k, v in inputs.items() if k != "labels"}, use_cache=False).logits[0]
    nll = torch.nn.functional.cross_entropy(logits.float(), targets, reduction="sum")
    return Scored(nll, len(targets), int((logits.detach().argmax(-1) == targets).sum()))


@contextlib.contextmanager
def _only(head: torch.nn.Module, falls: torch.Tensor) -> Iterator[None]:
    """While it lasts, the head sees hidden states of shape (1, positions that bear loss, width)."""

    def select(_: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        return (given[0][falls.to(given[0].device)].unsqueeze(0), *given[1:])

    hook = head.register_forward_pre_hook(select)
    try:
        yield
    finally:
        hook.remove()
