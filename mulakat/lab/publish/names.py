"""Names and row orders of weights: Hugging Face's and llama.cpp's.

Does not: read or write files.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from mulakat.lab.faults import PublishError

Array = npt.NDArray[Any]
MODULES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
}  # fmt: skip
WHOLE = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
ARCHITECTURES = {"llama", "qwen2"}
_LAYER = re.compile(r"layers\.(\d+)\.(.+)\.(weight|bias)$")
_LORA = re.compile(r"layers\.(\d+)\.(.+?)\.lora_([AB])\.(?:default\.)?weight$")


def architecture(model_type: str) -> str:
    """llama.cpp's name for a kind of model. Raises PublishError for kinds that are not converted here."""
    if model_type not in ARCHITECTURES:
        raise PublishError(
            f"Models of the kind '{model_type}' are not converted to GGUF here.",
            "Use llama.cpp's convert_lora_to_gguf.py, or serve the PEFT folder with vLLM.",
        )
    return model_type


def tensor_name(name: str) -> str:
    """A weight's name in GGUF. Raises PublishError when it has none."""
    if name in WHOLE:
        return WHOLE[name]
    match = _LAYER.search(name)
    if match is None or match.group(2) not in MODULES:
        raise PublishError(f"The weight '{name}' has no place in GGUF.", "Train the linear layers only.")
    return f"blk.{match.group(1)}.{MODULES[match.group(2)]}.{match.group(3)}"


def lora_name(name: str) -> tuple[str, str, str]:
    """(weight in GGUF, "lora_a" or "lora_b", module) of an adapter's tensor."""
    match = _LORA.search(name)
    if match is None or match.group(2) not in MODULES:
        raise PublishError(
            f"The adapter's tensor '{name}' has no place in GGUF.", "Train the linear layers only."
        )
    return (
        f"blk.{match.group(1)}.{MODULES[match.group(2)]}.weight",
        f"lora_{match.group(3).lower()}",
        match.group(2).split(".")[-1],
    )


def permute(weight: Array, heads: int) -> Array:
    """Rows of a q or k projection from the half-split rotary order to llama.cpp's interleaved one."""
    return (
        weight.reshape(heads, 2, weight.shape[0] // heads // 2, *weight.shape[1:])
        .swapaxes(1, 2)
        .reshape(weight.shape)
    )


def reordered(weight: Array, module: str, config: Any) -> Array:
    """A weight (or the B side of an adapter) in llama.cpp's row order for this architecture."""
    if config.model_type == "llama" and module in ("q_proj", "k_proj"):
        return permute(
            weight, config.num_attention_heads if module == "q_proj" else config.num_key_value_heads
        )
    return weight


def as_float32(tensor: Any) -> Array:
    """A torch tensor of any float type as a numpy array."""
    found: Array = tensor.detach().float().cpu().numpy()
    return np.ascontiguousarray(found)
