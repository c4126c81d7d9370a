import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
from safetensors.numpy import save_file

from mulakat import catalogue
from mulakat.catalogue.convert_minilm import convert
from mulakat.catalogue.entry import Conversion, FileSpec
from mulakat.errors import ModelCorrupt
from mulakat.settings import Settings, load

from .conftest import small

REFERENCE = json.loads(Path(__file__).with_name("minilm_reference.json").read_text(encoding="utf-8"))
VOCABULARY = ["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "work", "##ing", "ş"]
CONFIG = {
    "hidden_size": 4,
    "intermediate_size": 8,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": 16,
    "num_attention_heads": 2,
    "num_hidden_layers": 1,
}


def tiny(folder: Path, **extra: np.ndarray[Any, Any]) -> Path:
    """A BERT of one layer in its publisher's form, filled with counted numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    layer = "encoder.layer.0"
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), 4),
        "embeddings.position_embeddings.weight": (16, 4),
        "embeddings.token_type_embeddings.weight": (2, 4),
        "embeddings.LayerNorm.weight": (4,),
        "embeddings.LayerNorm.bias": (4,),
        "pooler.dense.weight": (4, 4),
        f"{layer}.attention.self.query.weight": (4, 4),
        f"{layer}.attention.self.query.bias": (4,),
        f"{layer}.attention.self.key.weight": (4, 4),
        f"{layer}.attention.self.key.bias": (4,),
        f"{layer}.attention.self.value.weight": (4, 4),
        f"{layer}.attention.self.value.bias": (4,),
        f"{layer}.attention.output.dense.weight": (4, 4),
        f"{layer}.attention.output.dense.bias": (4,),
        f"{layer}.attention.output.LayerNorm.weight": (4,),
        f"{layer}.attention.output.LayerNorm.bias": (4,),
        f"{layer}.intermediate.dense.weight": (8, 4),
        f"{layer}.intermediate.dense.bias": (8,),
        f"{layer}.output.dense.weight": (4, 8),
        f"{layer}.output.dense.bias": (4,),
        f"{layer}.output.LayerNorm.weight": (4,),
        f"{layer}.output.LayerNorm.bias": (4,),
    }
    weights = {
        name: np.arange(math.prod(shape), dtype=np.float32).reshape(shape) + i
        for i, (name, shape) in enumerate(shapes.items())
    }
    save_file(
        weights | {"embeddings.position_ids": np.zeros((1, 16), np.int64)} | extra,
        folder / "model.safetensors",
    )
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    return folder


def test_header_tokens_and_tensors(tmp_path: Path) -> None:
    target = tmp_path / "tiny.gguf"
    convert(tiny(tmp_path / "source"), target)
    assert target.read_bytes()[:4] == b"GGUF"
    reader = gguf.GGUFReader(target)
    value = {name: field.contents() for name, field in reader.fields.items()}
    assert value["general.architecture"] == "bert"
    assert value["bert.embedding_length"] == 4
    assert value["bert.pooling_type"] == gguf.PoolingType.MEAN
    assert value["bert.attention.causal"] is False
    assert value["tokenizer.ggml.tokens"][6:] == ["▁work", "ing", "▁ş"]
    assert value["tokenizer.ggml.bos_token_id"] == 3
    tensors = {t.name: t for t in reader.tensors}
    assert len(tensors) == 21  # all but the pooler
    assert tensors["token_embd.weight"].tensor_type == gguf.GGMLQuantizationType.F16
    assert tensors["position_embd.weight"].tensor_type == gguf.GGMLQuantizationType.F32
    words = np.arange(len(VOCABULARY) * 4).reshape(-1, 4)
    assert np.array_equal(tensors["token_embd.weight"].data, words)
    assert np.array_equal(tensors["blk.0.ffn_down.weight"].data, np.arange(32).reshape(4, 8) + 18)


def test_another_model_is_refused(tmp_path: Path) -> None:
    source = tiny(tmp_path / "source", **{"decoder.layer.0.weight": np.zeros((2, 2), np.float32)})
    with pytest.raises(ModelCorrupt, match=r"decoder\.layer\.0"):
        convert(source, tmp_path / "x.gguf")


@pytest.mark.parametrize(
    ("name", "data"),
    [("config.json", b"{}"), ("config.json", b"no"), ("vocab.txt", b"a\n"), ("vocab.txt", b"\xff")],
)
def test_broken_parts_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    source = tiny(tmp_path / "source")
    (source / name).write_bytes(data)
    with pytest.raises(ModelCorrupt, match="all-MiniLM-L6-v2"):
        convert(source, tmp_path / "x.gguf")


def test_broken_weights_are_refused(tmp_path: Path) -> None:
    source = tiny(tmp_path / "source")
    (source / "model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0not json")
    with pytest.raises(ModelCorrupt):
        convert(source, tmp_path / "x.gguf")


def test_fetch_converts_once_and_keeps_only_the_result(
    tmp_path: Path, settings: Settings, shelve: Any
) -> None:
    source = tiny(tmp_path / "source")
    names = ("model.safetensors", "vocab.txt", "config.json")
    files = tuple(FileSpec(n, (source / n).stat().st_size) for n in names)
    shelve(small(files=files, convert=Conversion("minilm", "tiny.gguf", 5000)))
    path = catalogue.fetch("small", settings, source=source)
    assert [p.name for p in path.parent.iterdir()] == ["tiny.gguf"]
    assert catalogue.verify("small", settings).verdict == "ok"
    again = tmp_path / "given.gguf"
    again.write_bytes(path.read_bytes())
    assert catalogue.fetch("small", settings, source=again).read_bytes() == again.read_bytes()


@pytest.fixture(scope="module")
def embed() -> Callable[[str], np.ndarray[Any, Any]]:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(catalogue.fetch("all-minilm-l6-v2", load()))
    params.embedding = True
    params.n_ctx = 512
    params.cpuparams.n_threads = 1
    params.verbosity = -1
    server = xllamacpp.Server(params)

    def run(text: str) -> np.ndarray[Any, Any]:
        answer = server.handle_embeddings({"input": text, "model": "m"})
        answer = json.loads(answer) if isinstance(answer, str | bytes) else answer
        vector = np.array(answer["data"][0]["embedding"])
        return vector / np.linalg.norm(vector)

    return run


@pytest.mark.models
def test_real_model_agrees_with_its_publishers_own_code(
    embed: Callable[[str], np.ndarray[Any, Any]],
) -> None:
    for sentence, reference in zip(REFERENCE["sentences"], REFERENCE["embeddings"], strict=True):
        assert float(embed(sentence) @ np.array(reference)) > 0.999


@pytest.mark.models
def test_real_model_tells_a_paraphrase_from_another_subject(
    embed: Callable[[str], np.ndarray[Any, Any]],
) -> None:
    said, again, other = map(embed, REFERENCE["sentences"])
    assert float(said @ again) > 0.8
    assert float(said @ other) < 0.2
    assert float(embed(REFERENCE["sentences"][0]) @ said) > 0.99
