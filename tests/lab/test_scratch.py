"""The story from nothing, in seconds: every stage runs, is measured, and leaves what can be loaded."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(600)


def test_blocks_and_batches_hold_every_token_once() -> None:
    import torch

    from mulakat.lab.scratch import loop

    rows = loop.blocks(list(range(100)), 10)
    assert rows.shape == (9, 11)
    batches = loop.block_batches(rows, 3, 1)
    seen = torch.cat([next(batches)[0] for _ in range(3)])
    assert sorted(seen[:, 0].tolist()) == list(range(0, 90, 10))


def test_measuring_is_exact_on_a_model_that_knows_nothing() -> None:
    import torch

    from mulakat.lab.scratch import body, loop

    model = body.make_model(1)
    torch.nn.init.zeros_(model.model.embed_tokens.weight)  # tied: all logits are 0
    ids = torch.randint(3, 4000, (2, 12))
    assert loop.measure(model, [(ids, ids)]) == pytest.approx(math.log(body.VOCABULARY), abs=1e-4)


def test_padding_is_not_read() -> None:
    import torch

    from mulakat.lab.scratch import body, loop

    model = body.make_model(1)
    short, long = ([5, 6, 7, 8], [5, 6, 7, 8]), ([9] * 20, [-100] * 20)
    alone = loop.measure(model, [loop.padded([short])])
    beside = loop.measure(model, [loop.padded([short, long])])
    assert alone == pytest.approx(beside, abs=2e-3)
    assert isinstance(loop.padded([short, long])[0], torch.Tensor)


def test_topics_are_held_out_of_every_stage() -> None:
    from mulakat.lab.scratch import texts

    train, held = texts.instructions()
    assert {r.topic for r in held} == set(texts.HELD_TOPICS)
    assert not {r.topic for r in train} & set(texts.HELD_TOPICS)
    seen, unseen = ({s for s, _ in part} for part in texts.labelled())
    assert len(seen) > 500
    assert len(unseen) > 100
    assert not seen & unseen


def test_the_whole_story_in_seconds(tmp_path: Path) -> None:
    import transformers

    from mulakat.lab.publish.check import compare, llama_logprobs, torch_logprobs
    from mulakat.lab.scratch import Plan, story

    found = story(Plan(minutes=0.15), tmp_path)
    stages = {s["stage"]: s for s in found["stages"]}
    assert list(stages) == ["tokenizer", "pre-training", "domain", "instructions", "classification"]
    assert stages["tokenizer"]["bytes_per_token"] > 2
    assert stages["pre-training"]["before"]["raw"] == pytest.approx(math.log(4096), abs=0.3)
    assert stages["pre-training"]["after"]["raw"] < stages["pre-training"]["before"]["raw"]
    assert 0 <= stages["classification"]["after"]["accuracy"] <= 1
    assert json.loads((tmp_path / "story.json").read_text("utf-8")) == json.loads(json.dumps(found))
    assert "A language model from nothing" in (tmp_path / "story.html").read_text("utf-8")
    model = transformers.AutoModelForCausalLM.from_pretrained(tmp_path / "model", dtype="float32")
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "model")
    texts = ["Tell me about a time when you", "What did the client say? İşler güzel."]
    wanted = torch_logprobs(model, tokenizer, texts)
    assert compare("f32", wanted, llama_logprobs(tmp_path / "model.gguf", None, texts)).passed
