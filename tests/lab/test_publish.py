"""What is published computes what was trained: PEFT, LoRA GGUF, merged GGUFs, on llama.cpp itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mulakat import catalogue
from mulakat.lab.config import ModelPlan
from mulakat.lab.faults import LabError, PublishError
from mulakat.lab.publish import publish
from mulakat.settings import Settings

from .conftest import config_text, make_tiny

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def run(tiny: Path, talks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run whose adapter says something: the model is another one with it."""
    from mulakat.lab.config import read_text
    from mulakat.lab.curves import read, write_curves
    from mulakat.lab.train.run import train

    runs = tmp_path_factory.mktemp("runs")
    text = config_text(
        tiny, talks, runs, train__max_steps=30, train__learning_rate=0.03, publish={"name": "trial-adapter"}
    )
    folder = train(read_text(text, "x"), Settings()).folder
    write_curves(read(folder), folder / "curves")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    return Settings(models=tmp_path / "models")  # type: ignore[call-arg]


def test_every_form_is_published_checked_and_found(run: Path, place: Settings) -> None:
    made = publish(run, place, merged=("f16", "q8_0", "q4_1"))
    by_name = {c.what: c for c in made.checks}
    assert set(by_name) == {
        "peft", "tensors of the LoRA GGUF", "lora on the base in float32",
        "f16 merged", "q8_0 merged", "q4_1 merged",
    }  # fmt: skip
    assert all(c.passed for c in made.checks)
    for close in ("peft", "lora on the base in float32", "f16 merged"):
        assert by_name[close].greatest < 0.02
        assert by_name[close].same_top == 6
    assert catalogue.adapter("trial-adapter", place) == made.registered
    names = {p.name for p in made.folder.iterdir()}
    assert {
        "peft",
        "trial-adapter.gguf",
        "trial-adapter-q8_0.gguf",
        "README.md",
        "card.json",
        "curves.svg",
    } <= names


def test_the_check_would_see_a_missing_adapter(run: Path, place: Settings, tmp_path: Path) -> None:
    """The base alone must not pass for the trained model."""
    from mulakat.lab.publish import check
    from mulakat.lab.publish.hf_gguf import write_model
    from mulakat.lab.train import base as bases
    from mulakat.lab.train.record import load_run
    from mulakat.llm.chat_format import CHATML

    config, _ = load_run(run)
    found = bases.find(config.model, place)
    tokenizer = bases.tokenizer(found)
    texts = check.prompts(CHATML)
    wanted = check.source(found, run / "adapter", tokenizer, texts, full=False)
    bare = tmp_path / "bare.gguf"
    write_model(bases.weights(found, "float32"), tokenizer, bare, "bare")
    assert not check.compare("lora", wanted, check.llama_logprobs(bare, None, texts)).passed


def test_a_lora_on_few_bits_may_move_what_the_base_moves_and_no_more() -> None:
    from mulakat.lab.publish import check

    def bare(greatest: float, mean: float) -> check.Check:
        return check.Check("base", greatest, mean, 6, 6, check.COARSE)

    assert check.as_served(bare(0.27, 0.08)) == (pytest.approx(0.675), 0.15)
    assert check.as_served(bare(0.01, 0.001)) == (0.30, 0.15)
    off = [{1: -0.1, 2: -2.5}]
    found = check.compare("lora on x.gguf", off, [{1: -0.8, 2: -2.5}], check.as_served(bare(0.27, 0.08)))
    assert not found.passed
    assert check.compare("lora on x.gguf", off, [{1: -0.4, 2: -2.5}], (0.405, 0.4)).passed


@pytest.mark.models
def test_probabilities_are_told_where_half_a_letter_is_likeliest(real_models: Path) -> None:
    """The embedded model goes on with single bytes of a sign; whole ones must not be waited for."""
    from mulakat.lab.publish import check
    from mulakat.lab.train import base as bases

    base = bases.find(ModelPlan(base="smollm2-135m-instruct"), Settings())
    assert base.path is not None
    (signs, plain) = check.llama_logprobs(base.path, None, ["😀" * 8, "The capital of France is"])
    tokenizer = bases.tokenizer(base)
    assert tokenizer.decode([max(plain, key=lambda t: plain[t])]) == " Paris"
    assert len(signs) == 100


def test_the_card_says_how_it_was_made(run: Path, place: Settings, tiny: Path) -> None:
    made = publish(run, place)
    card = json.loads((made.folder / "card.json").read_text("utf-8"))
    assert card["training"]["train"]["max_steps"] == 30
    assert card["data"]["splits"]["train"]["conversations"] > 40
    assert card["data"]["sources"][0]["licence"] == "Apache-2.0"
    assert (
        card["files"]["trial-adapter.gguf"]["bytes"] == (made.folder / "trial-adapter.gguf").stat().st_size
    )
    assert card["run"]["config_hash"]
    told = (made.folder / "card.json").read_text("utf-8") + (made.folder / "README.md").read_text("utf-8")
    told += (made.folder / "peft/adapter_config.json").read_text("utf-8")
    assert str(run) not in told
    assert str(tiny) not in told  # where things lay on the maker's machine is nobody's business
    text = (made.folder / "README.md").read_text("utf-8")
    assert "It was not evaluated yet" in text
    assert "8,192 trainable parameters" in text
    assert "lora on the base in float32" in text


def test_the_published_peft_folder_carries_the_served_template(run: Path, place: Settings) -> None:
    import transformers

    from mulakat.lab.preflight.words import TALK
    from mulakat.llm.chat_format import render

    made = publish(run, place)
    tokenizer = transformers.AutoTokenizer.from_pretrained(made.folder / "peft")
    messages = [{"role": m.role, "content": m.content} for m in TALK]
    assert tokenizer.apply_chat_template(messages, tokenize=False) == render(TALK, reply=False)


def test_a_broken_adapter_is_refused_and_the_old_one_stays(
    run: Path, place: Settings, tmp_path: Path
) -> None:
    import shutil

    copy = tmp_path / "trial"
    shutil.copytree(run, copy, ignore=shutil.ignore_patterns("published"))
    made = publish(copy, place)
    before = made.registered.read_bytes() if made.registered else b""
    weights = copy / "adapter/adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(PublishError, match="cannot be read"):
        publish(copy, place)
    assert made.registered is not None
    assert made.registered.read_bytes() == before
    assert (copy / "published/README.md").is_file()


def test_what_differs_from_its_source_is_not_registered(
    run: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows in the wrong rotary order load and speak, and are another model."""
    from mulakat.lab.publish import names

    monkeypatch.setattr(names, "permute", lambda weight, heads: weight[::-1])
    with pytest.raises(PublishError, match="differs from what was trained"):
        publish(run, place, merged=("f16",))
    assert not (place.models_dir / "adapters").exists()


def test_large_models_are_checked_by_their_tensors(
    run: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No weight of the base is loaded; a merged model is refused with what to do."""
    import importlib

    module = importlib.import_module("mulakat.lab.publish.publish")
    monkeypatch.setattr(module, "LARGE", 1000)
    monkeypatch.setattr(module.bases, "weights", lambda *a: pytest.fail("the base was loaded"))
    made = publish(run, place)
    assert [c.what for c in made.checks] == ["tensors of the PEFT folder", "tensors of the LoRA GGUF"]
    assert all(c.passed for c in made.checks)
    with pytest.raises(PublishError, match="A merged GGUF needs a base"):
        publish(run, place, merged=("f16",))


def test_an_unfinished_run_is_not_published(run: Path, place: Settings, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "half"
    shutil.copytree(run, copy, ignore=shutil.ignore_patterns("published", "checkpoints"))
    meta = json.loads((copy / "meta.json").read_text("utf-8"))
    del meta["finished"]
    (copy / "meta.json").write_text(json.dumps(meta), "utf-8")
    with pytest.raises(PublishError, match="is not finished"):
        publish(copy, place)
    with pytest.raises(LabError, match="holds no run"):
        publish(tmp_path / "nowhere", place)


def test_qwen_models_keep_their_row_order_and_biases(talks: Path, tmp_path: Path, place: Settings) -> None:
    from mulakat.lab.config import read_text
    from mulakat.lab.train.run import train

    folder = tmp_path / "qwen"
    folder.mkdir()
    make_tiny(folder, "qwen2")
    config = read_text(
        config_text(folder, talks, tmp_path / "runs", train__max_steps=8, train__learning_rate=0.03), "x"
    )
    train(config, Settings())
    made = publish(config.folder, place, merged=("f16",))
    assert all(c.passed for c in made.checks)
    assert {c.what for c in made.checks} >= {"lora on the base in float32", "f16 merged"}


def test_a_full_run_becomes_a_whole_model(make_config: Any, place: Settings) -> None:
    from mulakat.lab.train.run import train

    config = make_config(adapter__method="full", train__max_steps=8, train__learning_rate=0.003)
    train(config, Settings())
    made = publish(config.folder, place)
    assert made.registered is None
    assert {p.name for p in made.files} >= {"model", "trial-f16.gguf"}
    assert all(c.passed for c in made.checks)


def test_permutation_is_undone_by_its_inverse() -> None:
    from mulakat.lab.publish.names import permute

    weight = np.arange(24.0).reshape(12, 2)
    there = permute(weight, 3)
    assert sorted(there[:, 0]) == sorted(weight[:, 0])
    assert (there[:4, 0] == [0, 4, 2, 6]).all()  # head 0: rows 0,1 and 2,3 interleaved


@pytest.mark.parametrize("name", ["model.layers.0.mlp.gate.weight", "model.vision.weight"])
def test_weights_without_a_place_are_refused(name: str) -> None:
    from mulakat.lab.publish.names import tensor_name

    with pytest.raises(PublishError, match="has no place in GGUF"):
        tensor_name(name)
