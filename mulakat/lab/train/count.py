"""How many parameters a run trains, and how much memory it will take, before any weight is loaded.

Parameters are counted on PyTorch's meta device, from the configuration alone. Memory is an estimate, with
its parts, in bytes. Does not: measure.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

from mulakat.lab.config import AdapterPlan, RunConfig
from mulakat.lab.extras import need
from mulakat.lab.faults import LabError


@dataclass(frozen=True, slots=True)
class Counts:
    """`total` includes the adapter; `share` of trainable parameters in percent.

    `linear` counts weights of linear layers, `inputs` the input features of the adapted ones, all layers
    together.
    """

    trainable: int
    total: int
    modules: int
    linear: int
    inputs: int = 0

    @property
    def share(self) -> float:
        return 100 * self.trainable / self.total


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes on one device (or the machine), by what takes them."""

    weights: int
    adapter: int
    gradients: int
    optimizer: int
    activations: int

    @property
    def total(self) -> int:
        return self.weights + self.adapter + self.gradients + self.optimizer + self.activations


def lora_config(plan: AdapterPlan) -> Any:
    """The adapter as PEFT wants it."""
    targets = plan.target_modules if isinstance(plan.target_modules, str) else list(plan.target_modules)
    return need("peft").LoraConfig(
        r=plan.rank,
        lora_alpha=plan.alpha,
        lora_dropout=plan.dropout,
        target_modules=targets,
        task_type="CAUSAL_LM",
    )


def on_meta(config: Any) -> Any:
    """The model without storage: every tensor has a shape and no bytes."""
    torch, transformers = need("torch"), need("transformers")
    with torch.device("meta"):
        model = transformers.AutoModelForCausalLM.from_config(config)
    model.tie_weights()
    return model


def count(config: Any, plan: AdapterPlan) -> Counts:
    """Trainable and total parameters of a model of this shape.

    Raises LabError, naming the nearest module, when the target modules match nothing.
    """
    torch = need("torch")
    model = on_meta(config)
    names = [n for n, m in model.named_modules() if isinstance(m, torch.nn.Linear)]
    linear = sum(m.weight.numel() for m in model.modules() if isinstance(m, torch.nn.Linear))
    if plan.method == "full":
        total = _numel(model)
        return Counts(total, total, len(names), linear)
    matched(names, plan)
    with torch.device("meta"):
        model = need("peft").get_peft_model(model, lora_config(plan))
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    adapted = [m for n, m in model.named_modules() if n.endswith("lora_A.default")]
    inputs = sum(m.in_features for m in adapted)
    return Counts(trainable, _numel(model), len(adapted), linear, inputs)


def _numel(model: Any) -> int:
    """Parameters, tied ones once."""
    return sum({id(p): p.numel() for p in model.parameters()}.values())


def matched(names: list[str], plan: AdapterPlan) -> None:
    """Raises LabError when a target module is the end of no linear layer's name."""
    if isinstance(plan.target_modules, str):
        return
    last = sorted({n.split(".")[-1] for n in names})
    for target in plan.target_modules:
        if not any(n == target or n.endswith(f".{target}") for n in names):
            near = difflib.get_close_matches(target, last, 1, 0.3)
            hint = f"Did you mean '{near[0]}'? " if near else ""
            raise LabError(
                f"The target module '{target}' matches nothing in this model.",
                f"{hint}It has: {', '.join(last)}.",
            )


def memory(run: RunConfig, config: Any, counts: Counts) -> Memory:
    """An estimate of what a training step takes at its peak.

    Weights by their precision (NF4 with double quantisation: 4.127 bits a weight of a linear layer, after
    Dettmers et al. 2023, the rest in 16 bits); gradients and adapter in 32 bits; Adam's two moments in 32
    or 8 bits. Activations a token and layer: about 34 bytes for each hidden feature (Korthikanti et al.
    2022, without attention maps) and the input of each adapted layer once more in 32 bits (PEFT casts it);
    with gradient checkpointing one layer of them and one value a layer. And the logits of the positions
    that bear loss, at most a quarter of them at once. Python and torch themselves (about 0.6 GB) are left
    out.
    """
    train, adapter = run.train, run.adapter
    wide = 4 if train.precision == "float32" else 2
    frozen = counts.total - counts.trainable
    shards = run.launch.processes if run.launch.kind == "fsdp2" else 1
    if adapter.method == "full":
        weights, adapters = 0, counts.trainable * 4
    elif adapter.method == "qlora":
        inner = min(frozen, counts.linear)
        weights, adapters = int(inner * 4.127 / 8) + (frozen - inner) * 2, counts.trainable * 4
    else:
        weights, adapters = frozen * wide, counts.trainable * 4
    moments = 2 if "8bit" in train.optimizer else 8
    tokens = train.batch_size * train.max_length
    layers = config.num_hidden_layers
    one_layer = tokens * (config.hidden_size * 34 * wide // 2 + counts.inputs * 4 // layers)
    kept = (
        tokens * config.hidden_size * wide * layers + one_layer
        if train.gradient_checkpointing
        else (one_layer * layers)
    )
    logits = tokens * config.vocab_size * 4 // 4
    return Memory(
        weights // shards,
        adapters // shards,
        counts.trainable * 4 // shards,
        counts.trainable * moments // shards,
        kept + logits,
    )
