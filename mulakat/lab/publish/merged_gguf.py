"""A base GGUF and an adapter -> one GGUF with the adapter in its weights, in f16 or quantised.

Computed in float32 and numpy, tensor by tensor, so that memory stays small. Does not: load a model.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mulakat.lab.extras import need
from mulakat.lab.publish.lora_gguf import gguf_tensors, read_adapter
from mulakat.lab.publish.names import Array

SKIPPED = (
    "GGUF.",
    "general.architecture",
    "general.file_type",
    "general.quantization_version",
    "general.name",
)
WIDE = ("token_embd.weight", "output.weight")
"""Kept in at least eight bits: every token passes through them."""


def deltas(folder: Path, shape: Any) -> dict[str, tuple[Array, Array]]:
    """(B scaled, A) by weight name; their product is what the adapter adds."""
    config, tensors = read_adapter(folder)
    scale = float(config["lora_alpha"]) / float(config["r"])
    ready = gguf_tensors(tensors, shape)
    names = {n.removesuffix(".lora_a") for n in ready if n.endswith(".lora_a")}
    return {n: (ready[f"{n}.lora_b"] * scale, ready[f"{n}.lora_a"]) for n in sorted(names)}


def write_merged(base: Path, folder: Path | None, shape: Any, out: Path, kind: str, name: str) -> int:
    """Write the merged model; how many weights the adapter changed. `folder` None: only another type.

    `kind` is f32, f16, q8_0, q5_1, q4_1 or q4_0.
    """
    gguf = need("gguf")
    reader = gguf.GGUFReader(str(base))
    change = deltas(folder, shape) if folder else {}
    draft = out.with_suffix(".part")
    architecture = reader.fields["general.architecture"].contents()
    writer = gguf.GGUFWriter(str(draft), architecture)
    _copy_fields(reader, writer)
    writer.add_name(name)
    writer.add_file_type(int(getattr(gguf.LlamaFileType, _FILE_TYPES[kind])))
    changed = 0
    for tensor in reader.tensors:
        data, quantised = _tensor(tensor, change, kind)
        changed += tensor.name in change
        writer.add_tensor(tensor.name, data, raw_dtype=quantised)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    draft.replace(out)
    return changed


_FILE_TYPES = {
    "f32": "ALL_F32", "f16": "MOSTLY_F16", "q8_0": "MOSTLY_Q8_0", "q5_1": "MOSTLY_Q5_1", 
    "q4_1": "MOSTLY_Q4_1", "q4_0": "MOSTLY_Q4_0",
}  # fmt: skip


def _copy_fields(reader: Any, writer: Any) -> None:
    gguf = need("gguf")
    for key, found in reader.fields.items():
        if key.startswith(SKIPPED):
            continue
        kind = found.types[0]
        inner = found.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(key, found.contents(), kind, inner)


def _tensor(tensor: Any, change: dict[str, tuple[Array, Array]], kind: str) -> tuple[Array, Any]:
    gguf = need("gguf")
    weight = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
    if tensor.name in change:
        left, right = change[tensor.name]
        weight = weight + left @ right
    target = _target(tensor.name, weight, kind)
    if target is None:
        return weight.astype(np.float32 if weight.ndim < 2 or kind == "f32" else np.float16), None
    return gguf.quants.quantize(weight, target), target


def _target(name: str, weight: Array, kind: str) -> Any:
    """The quantised type of a weight; None for floats: vectors, rows that are no multiple of 32, f16."""
    if kind in ("f16", "f32") or weight.ndim < 2 or weight.shape[-1] % 32:
        return None
    types = need("gguf").GGMLQuantizationType
    return types.Q8_0 if name in WIDE else getattr(types, kind.upper())


def tensors(path: Path) -> Iterator[tuple[str, Array]]:
    """Every weight of a GGUF as float32."""
    gguf = need("gguf")
    for tensor in gguf.GGUFReader(str(path)).tensors:
        yield tensor.name, gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
