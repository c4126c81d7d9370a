"""A PEFT LoRA folder -> a llama.cpp LoRA file in f16; and what stands in one.

Does not: load a model.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from mulakat.lab.extras import need
from mulakat.lab.faults import PublishError
from mulakat.lab.publish.names import Array, architecture, as_float32, lora_name, reordered


def read_adapter(folder: Path) -> tuple[dict[str, Any], dict[str, Array]]:
    """(adapter_config.json, tensors in float32 by name).

    Raises PublishError when a file is missing or broken, or the adapter is of a kind GGUF cannot hold.
    """
    try:
        config = json.loads((folder / "adapter_config.json").read_text("utf-8"))
        tensors = need("safetensors.torch").load_file(folder / "adapter_model.safetensors")
    except Exception as error:  # safetensors raises a type of its own
        raise PublishError(f"The adapter in {folder} cannot be read: {error}.", "Train it again.") from None
    if config.get("use_dora") or config.get("use_rslora") or config.get("modules_to_save"):
        raise PublishError(
            "DoRA, rsLoRA and saved modules have no place in a LoRA GGUF.", "Publish it merged."
        )
    return config, {name: as_float32(t) for name, t in tensors.items()}


def gguf_tensors(tensors: dict[str, Array], shape: Any) -> dict[str, Array]:
    """An adapter's tensors under llama.cpp's names and in its row order, float32."""
    found = {}
    for name, tensor in sorted(tensors.items()):
        weight, side, module = lora_name(name)
        found[f"{weight}.{side}"] = reordered(tensor, module, shape) if side == "lora_b" else tensor
    return found


def write_lora(folder: Path, shape: Any, out: Path, name: str, licence: str) -> int:
    """Write the adapter; the number of its tensors. The file appears whole or not at all."""
    gguf = need("gguf")
    config, tensors = read_adapter(folder)
    draft = out.with_suffix(".part")
    writer = gguf.GGUFWriter(str(draft), architecture(shape.model_type))
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(config["lora_alpha"]))
    writer.add_name(name)
    writer.add_license(licence.lower())
    for target, tensor in gguf_tensors(tensors, shape).items():
        writer.add_tensor(target, tensor.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    draft.replace(out)
    return len(tensors)


def rounding(path: Path, folder: Path, shape: Any) -> float:
    """The greatest difference between a written file and its source, relative to each tensor's largest
    value."""
    gguf = need("gguf")
    wanted = gguf_tensors(read_adapter(folder)[1], shape)
    worst = 0.0
    seen = 0
    for tensor in gguf.GGUFReader(str(path)).tensors:
        source = wanted[tensor.name]
        there = np.asarray(tensor.data, dtype=np.float32).reshape(source.shape)
        worst = max(worst, float(np.abs(there - source).max() / max(1e-12, np.abs(source).max())))
        seen += 1
    if seen != len(wanted):
        raise PublishError(f"{path.name} holds {seen} of {len(wanted)} tensors.", "Publish the run again.")
    return worst
