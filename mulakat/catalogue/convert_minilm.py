"""all-MiniLM-L6-v2 as its publisher ships it (safetensors, vocabulary, config) -> one GGUF file in f16.

The same engine then serves sentences and interviews, and no torch is needed. Written once, after the fetch.

Does not: convert any other model; it refuses a BERT whose tensors it does not know.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from mulakat.errors import MissingExtra, ModelCorrupt

_SPECIAL = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
_KEPT_IN_F32 = {"token_types.weight", "position_embd.weight"}  # llama.cpp adds these without a cast


def convert(source: Path, target: Path) -> None:
    """Reads model.safetensors, vocab.txt and config.json in `source`, writes the GGUF file `target`.

    Raises ModelCorrupt when the files are not this model, MissingExtra without the package `gguf`.
    """
    gguf, safetensors = _libraries()
    try:
        config = json.loads((source / "config.json").read_text(encoding="utf-8"))
        vocabulary = (source / "vocab.txt").read_text(encoding="utf-8").split("\n")
        vocabulary = vocabulary[:-1] if vocabulary[-1] == "" else vocabulary
        writer = gguf.GGUFWriter(str(target), "bert")
        _describe(gguf, writer, config)
        _tokenizer(gguf, writer, vocabulary)
        weights = safetensors.numpy.load_file(source / "model.safetensors")
        _tensors(gguf, writer, weights, config["num_hidden_layers"])
    except (KeyError, ValueError, TypeError, safetensors.SafetensorError) as error:
        raise ModelCorrupt(
            f"The files in {source} are not all-MiniLM-L6-v2: {error}.",
            "Fetch it anew with `mulakat models fetch all-minilm-l6-v2 --force`.",
        ) from error
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _libraries() -> tuple[Any, Any]:
    try:
        import gguf
        import safetensors.numpy
    except ImportError as error:
        raise MissingExtra(
            f"The package '{error.name}' is needed once, to prepare the embedding model.",
            "Install it with `pip install gguf safetensors`.",
        ) from error
    return gguf, safetensors


def _describe(gguf: Any, writer: Any, config: dict[str, Any]) -> None:
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)


def _tokenizer(gguf: Any, writer: Any, vocabulary: list[str]) -> None:
    spelled, types = zip(*(_token(gguf, word) for word in vocabulary), strict=True)
    place = {word: i for i, word in enumerate(vocabulary)}
    writer.add_tokenizer_model("bert")
    writer.add_token_list(spelled)
    writer.add_token_types(types)
    writer.add_token_type_count(2)
    writer.add_bos_token_id(place["[CLS]"])
    writer.add_eos_token_id(place["[SEP]"])
    writer.add_unk_token_id(place["[UNK]"])
    writer.add_sep_token_id(place["[SEP]"])
    writer.add_pad_token_id(place["[PAD]"])
    writer.add_mask_token_id(place["[MASK]"])


def _token(gguf: Any, word: str) -> tuple[str, int]:
    """WordPiece marks the inside of words with "##"; llama.cpp marks their beginning instead."""
    if word in _SPECIAL:
        return word, gguf.TokenType.CONTROL
    if word.startswith("[unused"):
        return word, gguf.TokenType.UNUSED
    if word.startswith("##"):
        return word[2:], gguf.TokenType.NORMAL
    return "\u2581" + word, gguf.TokenType.NORMAL


def _tensors(gguf: Any, writer: Any, weights: dict[str, Any], layers: int) -> None:
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.BERT, layers)
    for key, tensor in weights.items():
        if "position_ids" in key or key.startswith("pooler"):
            continue  # neither takes part in the mean of the tokens
        name = names.get_name(key, try_suffixes=(".weight", ".bias"))
        if name is None:
            raise ValueError(f"it holds a tensor '{key}'")
        small = tensor.ndim == 2 and "norm" not in name and name not in _KEPT_IN_F32
        writer.add_tensor(name, tensor.astype(np.float16 if small else np.float32))
