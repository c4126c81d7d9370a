"""Loss and perplexity of held-out replies, for the base and for each adapter on it.

Through the training model in float32: llama.cpp's server tells no probabilities of given words. An adapter
is read from the very GGUF that is served and added to the weights, or loaded as a PEFT folder. Does not:
train, or say how good an interviewer is: a reply that is likelier than before may still be a dull one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mulakat.lab.data.rows import Row
from mulakat.lab.evaluate.held import group_of
from mulakat.lab.extras import need
from mulakat.lab.faults import EvaluationError
from mulakat.lab.publish.names import ARCHITECTURES, MODULES, Array
from mulakat.lab.train import base as bases
from mulakat.lab.train.encode import IGNORED, Encoded, Encoder
from mulakat.llm.chat_format import ChatFormat

_WEIGHT = re.compile(r"blk\.(\d+)\.(\w+)\.weight$")
_MODULE = {short: long for long, short in MODULES.items()}


@dataclass(frozen=True, slots=True)
class Loss:
    """Summed negative log-likelihood (nats) of `tokens` tokens that bear loss, in `rows` sequences."""

    nll: float = 0.0
    tokens: int = 0
    rows: int = 0

    def __add__(self, other: Loss) -> Loss:
        return Loss(self.nll + other.nll, self.tokens + other.tokens, self.rows + other.rows)

    @property
    def mean(self) -> float:
        return self.nll / self.tokens if self.tokens else math.nan

    @property
    def perplexity(self) -> float:
        """exp of the mean over tokens."""
        return math.exp(min(self.mean, 50.0)) if self.tokens else math.nan

    def data(self) -> dict[str, Any]:
        known = bool(self.tokens)
        return {
            "loss": round(self.mean, 4) if known else None,
            "perplexity": round(self.perplexity, 3) if known else None,
            "tokens": self.tokens,
            "sequences": self.rows,
        }


Losses = dict[str, Loss]
"""By part: "all", "<language>", and "<language>, <group>"."""


def measure(
    base: bases.Base,
    adapters: dict[str, Path],
    rows: Sequence[Row],
    fields: set[str],
    chat: ChatFormat,
    max_length: int,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Losses]:
    """Loss of the base (named "base") and of each adapter, over the same sequences; `fields` are
    training's.

    Raises MissingExtra without torch, EvaluationError when an adapter does not fit the base.
    """
    torch = need("torch")
    tokenizer = bases.tokenizer(base)
    encoder = Encoder(tokenizer, chat, max_length)
    coded = [(_parts(row, fields), one) for row in rows for one in encoder.all([row]).rows if one.targets]
    threads = torch.get_num_threads()
    # Threads wait for each other by spinning: beside other programs two are slower than one (`llm.local`).
    torch.set_num_threads(max(1, threads // 2))
    try:
        model = bases.weights(base, "float32")
        model.eval()
        say(f"base: loss of {len(coded)} sequences")
        found = {"base": _losses(model, coded)}
        for name, path in adapters.items():
            say(f"{name}: loss of {len(coded)} sequences")
            with _with_adapter(model, path) as tuned:
                found[name] = _losses(tuned, coded)
    finally:
        torch.set_num_threads(threads)
    return found


def _parts(row: Row, fields: set[str]) -> tuple[str, ...]:
    language = row.language or "unknown"
    return "all", language, f"{language}, {group_of(row, fields)}"


def _losses(model: Any, coded: Sequence[tuple[tuple[str, ...], Encoded]]) -> Losses:
    found: Losses = {}
    for parts, one in coded:
        loss = loss_of(model, one)
        for part in parts:
            found[part] = found.get(part, Loss()) + loss
    return found


def loss_of(model: Any, one: Encoded) -> Loss:
    """The loss of one sequence. Logits are made only where a token bears loss."""
    torch = need("torch")
    at = [n for n, label in enumerate(one.labels[1:]) if label != IGNORED]
    wanted = torch.tensor([one.labels[n + 1] for n in at])
    ids = torch.tensor([one.input_ids])
    with torch.inference_mode():
        logits = model(input_ids=ids, use_cache=False, logits_to_keep=torch.tensor(at)).logits[0].float()
        nll = torch.nn.functional.cross_entropy(logits, wanted, reduction="sum")
    return Loss(float(nll), len(at), 1)


# ---------------------------------------------------------------- adapters


@contextmanager
def _with_adapter(model: Any, path: Path) -> Iterator[Any]:
    """The model with an adapter on it; without it again afterwards, bit for bit."""
    if path.is_dir():
        tuned = need("peft").PeftModel.from_pretrained(model, str(path))
        tuned.eval()
        yield tuned
        tuned.unload()
        return
    torch = need("torch")
    changes = {name: torch.from_numpy(left @ right) for name, left, right in deltas(path, model.config)}
    weights = dict(model.named_parameters())
    wrong = [n for n, change in changes.items() if n not in weights or weights[n].shape != change.shape]
    if wrong:
        raise EvaluationError(
            f"The adapter {path.name} does not fit the base: it changes {wrong[0]}.",
            "Name the base it was made for with --base.",
        )
    kept = {name: weights[name].detach().clone() for name in changes}
    with torch.no_grad():
        for name, change in changes.items():
            weights[name] += change
    try:
        yield model
    finally:
        with torch.no_grad():
            for name, before in kept.items():
                weights[name].copy_(before)


def deltas(path: Path, config: Any) -> Iterator[tuple[str, Array, Array]]:
    """(weight by Hugging Face's name, B scaled, A) for each weight that a LoRA GGUF changes.

    Raises EvaluationError when the file is no LoRA of a kind that is known here.
    """
    gguf = need("gguf")
    try:
        reader = gguf.GGUFReader(str(path))
        alpha = float(reader.fields["adapter.lora.alpha"].contents())
        tensors = {
            t.name: gguf.quants.dequantize(t.data, t.tensor_type).astype(np.float32) for t in reader.tensors
        }
    except (OSError, ValueError, KeyError) as error:
        raise EvaluationError(f"{path} is no LoRA in GGUF: {error}.", "Publish the run again.") from None
    if config.model_type not in ARCHITECTURES:
        raise EvaluationError(
            f"Adapters for models of the kind '{config.model_type}' are not read here.",
            "Give the PEFT folder with --adapter instead.",
        )
    for name in sorted(n.removesuffix(".lora_a") for n in tensors if n.endswith(".lora_a")):
        match = _WEIGHT.match(name)
        if match is None or match[2] not in _MODULE:
            raise EvaluationError(f"The tensor '{name}' of {path.name} has no place.", "Publish it again.")
        right, left = tensors[f"{name}.lora_a"], tensors[f"{name}.lora_b"]
        module = _MODULE[match[2]]
        if config.model_type == "llama" and match[2] in ("attn_q", "attn_k"):
            heads = config.num_attention_heads if match[2] == "attn_q" else config.num_key_value_heads
            left = unpermute(left, heads)
        yield f"model.layers.{match[1]}.{module}.weight", left * (alpha / right.shape[0]), right


def unpermute(weight: Array, heads: int) -> Array:
    """Rows of a q or k projection from llama.cpp's interleaved rotary order to the half-split one."""
    half = weight.shape[0] // heads // 2
    return weight.reshape(heads, half, 2, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)
