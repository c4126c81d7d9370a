"""Whether this machine and this build can do what a config asks. Tries small things, loads nothing large.

Does not: measure speed.
"""

from __future__ import annotations

import functools
from typing import Any

from mulakat.catalogue.disk import human
from mulakat.errors import MissingExtra
from mulakat.lab.config import RunConfig
from mulakat.lab.extras import need
from mulakat.lab.preflight.report import Finding


def look(config: RunConfig) -> list[Finding]:
    """Device, precision, quantisation, optimizer."""
    torch = need("torch")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    name = torch.cuda.get_device_name() if device == "cuda" else f"{torch.get_num_threads()} threads"
    found = [Finding("ok", "device", f"{device}, {name}.")]
    if config.train.precision == "fp16" and device == "cpu":
        found.append(
            Finding("refuse", "precision", "A CPU has no fp16 training.", "Set train.precision to bf16.")
        )
    if config.train.precision == "bf16" and device == "cuda" and not torch.cuda.is_bf16_supported():
        found.append(
            Finding(
                "refuse", "precision", "This GPU has no bf16.", "Set train.precision to fp16 or float32."
            )
        )
    if config.adapter.method == "qlora":
        found.append(_tried("quantisation", "NF4", _nf4, device, "Set adapter.method to lora."))
    if "8bit" in config.train.optimizer:
        fix = "Set train.optimizer to adamw_torch."
        found.append(_tried("optimizer", config.train.optimizer, _adam_8bit, device, fix))
    return found


def _tried(topic: str, what: str, attempt: Any, device: str, fix: str) -> Finding:
    """Do it once on a small tensor: only that tells whether a build can."""
    try:
        attempt(device)
    except MissingExtra as error:
        return Finding("refuse", topic, f"{what}: {error.message}", fix)
    except Exception as error:  # native code fails in ways of its own
        told = str(error).strip().splitlines()[0][:160] if str(error).strip() else type(error).__name__
        return Finding("refuse", topic, f"{what} does not work in this build on {device}: {told}.", fix)
    return Finding("ok", topic, f"{what} works on {device}.")


@functools.lru_cache(maxsize=4)
def _nf4(device: str) -> None:
    torch, functional = need("torch"), need("bitsandbytes.functional")
    weight = torch.randn(128, 128, device=device)
    packed, state = functional.quantize_4bit(weight, quant_type="nf4", compress_statistics=True)
    back = functional.dequantize_4bit(packed, state)
    if float((back - weight).abs().mean()) > 0.2:
        raise ValueError("what comes back is not what went in")


@functools.lru_cache(maxsize=4)
def _adam_8bit(device: str) -> None:
    torch, optim = need("torch"), need("bitsandbytes.optim")
    weight = torch.nn.Parameter(torch.ones(4096, device=device))
    optimizer = optim.AdamW8bit([weight], lr=0.1)
    weight.sum().backward()
    optimizer.step()
    if not bool((weight < 1).all()):
        raise ValueError("a step changes nothing")


def available() -> tuple[int, str]:
    """Bytes a run may take, and of what."""
    torch = need("torch")
    if torch.cuda.is_available():
        return int(torch.cuda.mem_get_info()[0]), "GPU memory"
    return int(need("psutil").virtual_memory().available), "memory"


def room(wanted: int, have: tuple[int, str] | None = None) -> Finding:
    """Whether an estimate fits into what is free."""
    free, what = have or available()
    told = f"about {human(wanted)} of {human(free)} free {what}."
    if wanted > free:
        return Finding(
            "refuse", "memory", f"The run needs {told}",
            "Lower train.batch_size or train.max_length, set gradient_checkpointing, or use qlora.",
        )  # fmt: skip
    level = "note" if wanted > 0.85 * free else "ok"
    return Finding(level, "memory", f"The run needs {told}")  # type: ignore[arg-type]
