"""A Hugging Face folder (Llama or Qwen2 kind, byte-level BPE) -> a GGUF model in f32, with its tokenizer.

For small models that were trained here; large ones exist as GGUF already. Does not: quantise
(`merged_gguf`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mulakat.lab.extras import need
from mulakat.lab.faults import PublishError
from mulakat.lab.publish.names import architecture, as_float32, reordered, tensor_name


def write_model(model: Any, tokenizer: Any, out: Path, name: str, template: str = "") -> None:
    """Write a loaded model (torch) and its tokenizer as GGUF.

    Raises PublishError when the tokenizer is of a kind that llama.cpp would read otherwise.
    """
    gguf = need("gguf")
    config = model.config
    draft = out.with_suffix(".part")
    writer = gguf.GGUFWriter(str(draft), architecture(config.model_type))
    writer.add_name(name)
    _shape(writer, config)
    _tokens(writer, tokenizer, config.vocab_size)
    if template:
        writer.add_chat_template(template)
    for key, tensor in model.state_dict().items():
        if key == "lm_head.weight" and config.tie_word_embeddings:
            continue
        module = key.split(".")[-2]
        writer.add_tensor(tensor_name(key), reordered(as_float32(tensor), module, config))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    draft.replace(out)


def _shape(writer: Any, config: Any) -> None:
    heads = config.num_attention_heads
    rope = getattr(config, "rope_parameters", None) or {}
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_rope_dimension_count(getattr(config, "head_dim", None) or config.hidden_size // heads)
    writer.add_rope_freq_base(float(rope.get("rope_theta", getattr(config, "rope_theta", 10000.0))))
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)
    writer.add_file_type(0)


def _tokens(writer: Any, tokenizer: Any, size: int) -> None:
    gguf = need("gguf")
    raw = json.loads(tokenizer.backend_tokenizer.to_str())
    if raw["model"]["type"] != "BPE":
        raise PublishError(
            f"Tokenizers of the kind {raw['model']['type']} are not converted here.",
            "Convert the base with llama.cpp's convert_hf_to_gguf.py and name that file as model.base.",
        )
    special = {t["id"]: t["special"] for t in raw["added_tokens"]}
    by_id = {i: t for t, i in tokenizer.get_vocab().items()}
    tokens = [by_id.get(i, f"[PAD{i}]") for i in range(size)]
    kinds = [
        gguf.TokenType.UNUSED if i not in by_id
        else gguf.TokenType.CONTROL if special.get(i)
        else gguf.TokenType.USER_DEFINED if i in special
        else gguf.TokenType.NORMAL
        for i in range(size)
    ]  # fmt: skip
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre_tokenizer(raw))
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in raw["model"]["merges"]])
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)
    for add, number in (
        (writer.add_bos_token_id, tokenizer.bos_token_id),
        (writer.add_eos_token_id, tokenizer.eos_token_id),
        (writer.add_pad_token_id, tokenizer.pad_token_id),
    ):
        if number is not None:
            add(number)


def pre_tokenizer(raw: dict[str, Any]) -> str:
    """llama.cpp's name for how a tokenizer cuts words. Raises PublishError for unknown ways."""
    told = json.dumps(raw.get("pre_tokenizer"))
    if '"ByteLevel"' not in told:
        raise PublishError(
            "This tokenizer is not byte-level; llama.cpp would read it otherwise.",
            "Convert the base with llama.cpp's convert_hf_to_gguf.py and name that file as model.base.",
        )
    if "{1,3}" in told:
        return "llama-bpe"
    if '"Split"' in told:
        return "qwen2"
    return "smollm" if '"Digits"' in told else "gpt-2"
