"""The preflight refuses what would waste a run, and names the fix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mulakat.lab.config import ModelPlan, load_config
from mulakat.lab.data import Row, Turn, build
from mulakat.lab.faults import LabError, PreflightRefused
from mulakat.lab.preflight import Finding, preflight
from mulakat.lab.preflight.checks import launch, near
from mulakat.lab.preflight.machine import room
from mulakat.lab.preflight.words import JINJA, TALK, stop_token, stop_trained, template
from mulakat.llm.chat_format import CHATML, FORMATS, LLAMA3, render
from mulakat.settings import Settings


@pytest.fixture
def tokenizer(tiny: Path) -> Any:
    from mulakat.lab.train import base

    return base.tokenizer(base.find(ModelPlan(base=str(tiny)), Settings()))


def refusals(found: list[Finding]) -> dict[str, str]:
    return {f.topic: f"{f.told} {f.fix}" for f in found if f.level == "refuse"}


def test_a_sound_run_passes(make_config: Any, settings: Settings) -> None:
    config = make_config()
    report = preflight(config, settings, build(config.data, config.data_folder))
    assert report.refused == []
    assert {"parameters", "memory", "stop token", "template", "lengths", "overlap"} <= {
        f.topic for f in report.findings
    }
    assert report.parameters["trainable"] == 8192


def test_a_stop_mark_that_is_no_token_is_refused(tokenizer: Any) -> None:
    found = stop_token(tokenizer, LLAMA3)
    assert found.level == "refuse"
    assert "never stop" in found.told
    assert "chatml" in found.fix
    assert stop_token(tokenizer, CHATML).level == "ok"


def test_a_masked_stop_token_is_refused(tokenizer: Any) -> None:
    """As it happens when padding and stop token are the same and padding is masked by its number."""
    from mulakat.lab.train.encode import Encoded, Encoder

    row = Row((Turn("user", "Hello."), Turn("assistant", "I see. Why?")), "s", 1)
    (one,), _ = Encoder(tokenizer, CHATML, 64).windows(row)
    assert stop_trained(tokenizer, CHATML, [one], [row], "train").level == "ok"
    stop = tokenizer.convert_tokens_to_ids(CHATML.stop)
    masked = Encoded(one.input_ids, [-100 if i == stop else i for i in one.labels], "s", 1)
    found = stop_trained(tokenizer, CHATML, [masked], [row], "train")
    assert found.level == "refuse"
    assert "masked from the loss in 1 replies" in found.told


def test_a_template_that_reads_otherwise_is_refused(tokenizer: Any) -> None:
    tokenizer.chat_template = JINJA["chatml"].replace("<|im_end|>\\n", "<|im_end|>")
    found = template(tokenizer, CHATML, "check", "")
    assert found.level == "refuse"
    assert "reads otherwise from character" in found.told
    assert template(tokenizer, CHATML, "replace", "").level == "ok"


def test_a_model_served_in_another_format_is_refused(tokenizer: Any) -> None:
    assert template(tokenizer, CHATML, "check", "llama3").fix == "Set model.chat to llama3."


@pytest.mark.parametrize("name", ["chatml", "llama3"])
def test_the_template_we_publish_is_the_renderer(tokenizer: Any, name: str) -> None:
    tokenizer.chat_template = JINJA[name]
    messages = [{"role": m.role, "content": m.content} for m in TALK]
    for reply in (False, True):
        told = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=reply)
        assert told == render(TALK, FORMATS[name], reply=reply)


def test_targets_that_match_nothing_are_named(make_config: Any, settings: Settings) -> None:
    config = make_config(adapter__target_modules=["q_proj", "vv_proj"])
    told = refusals(preflight(config, settings).findings)["parameters"]
    assert "'vv_proj' matches nothing" in told
    assert "Did you mean 'v_proj'?" in told


def test_answers_that_would_be_cut_are_refused(make_config: Any, settings: Settings) -> None:
    config = make_config(train__max_length=64)
    data = build(config.data, config.data_folder)
    told = refusals(preflight(config, settings, data).findings)["lengths"]
    assert "answers would be cut at 64 tokens" in told
    assert "Set train.max_length to" in told
    dropped = make_config(train__max_length=64, train__too_long="drop", name="dropped")
    levels = [f.level for f in preflight(dropped, settings, data).findings if "dropped" in f.told]
    assert levels
    assert set(levels) == {"note"}


def test_validation_rows_that_stand_in_training_are_refused() -> None:
    rows = [
        Row((Turn("user", f"I built a parser for {n} maps at night"), Turn("assistant", "Why?")), "s", n)
        for n in range(9)
    ]
    found = near(rows, [rows[4]], 0.6)
    assert found.level == "refuse"
    assert "1 of 1 validation rows stand in training: s, line 4 is 1.00 like s, line 4" in found.told


def test_memory_that_does_not_suffice_is_refused_before_loading() -> None:
    assert room(10**9, (10**10, "memory")).level == "ok"
    assert room(9 * 10**9, (10**10, "memory")).level == "note"
    found = room(14 * 10**9, (12 * 10**9, "GPU memory"))
    assert found.level == "refuse"
    assert "14.0 GB of 12.0 GB free GPU memory" in found.told


def test_system_a_fits_where_it_was_served_from() -> None:
    """Llama-3-8B in NF4 takes 6 GB where 16-bit weights take 16, as was reported."""
    from mulakat.lab.train.base import shape
    from mulakat.lab.train.count import count, memory

    found = {}
    for name in ("llama3-8b-qlora", "llama3-8b-bf16"):
        config = load_config(name, launch={"kind": "single", "processes": 1})
        where = shape(config.model, Settings())
        found[name] = memory(config, where, count(where, config.adapter)).weights / 1e9
    assert found["llama3-8b-qlora"] == pytest.approx(5.5, abs=1)
    assert found["llama3-8b-bf16"] == pytest.approx(16.06, abs=0.1)


def test_the_estimate_is_near_what_was_measured() -> None:
    """4 x 763 tokens of the interviewer's preset took 4.6 GB beside Python and torch (5.2 GB in all)."""
    from mulakat.lab.train.base import shape
    from mulakat.lab.train.count import count, memory

    config = load_config("interviewer-135m", **{"train.batch_size": 4, "train.max_length": 763})
    where = shape(config.model, Settings())
    assert memory(config, where, count(where, config.adapter)).total / 1e9 == pytest.approx(4.6, rel=0.25)


def test_qlora_with_fsdp2_is_refused_with_the_reason() -> None:
    config = load_config("llama3-8b-qlora", launch={"kind": "fsdp2", "processes": 4})
    found = launch(config)
    assert found.level == "refuse"
    assert "NF4" in found.told
    assert "ddp" in found.fix
    assert launch(load_config("llama3-8b-bf16")).level == "ok"


def test_what_a_build_cannot_do_is_refused(
    make_config: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mulakat.lab.preflight import machine

    def broken(device: str) -> None:
        raise RuntimeError("no kernel for this device")

    monkeypatch.setattr(machine, "_nf4", broken)
    config = make_config(adapter__method="qlora")
    told = refusals(preflight(config, settings).findings)["quantisation"]
    assert "NF4 does not work in this build on cpu: no kernel for this device" in told


def test_fp16_on_a_cpu_is_refused(make_config: Any, settings: Settings) -> None:
    assert (
        "no fp16"
        in refusals(preflight(make_config(train__precision="fp16"), settings).findings)["precision"]
    )


def test_trackers_that_are_not_installed_are_refused(
    make_config: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mulakat.lab.preflight import checks

    monkeypatch.setattr(checks, "there", lambda name: name != "wandb")
    config = make_config(train__report_to=["tensorboard", "wandb"])
    assert refusals(preflight(config, settings).findings) == {
        "trackers": "'wandb' is not installed. `pip install wandb`, or take it out of train.report_to."
    }


def test_all_refusals_stand_in_one_message(make_config: Any, settings: Settings) -> None:
    from mulakat.lab.train.run import train

    config = make_config(train__max_length=64, train__precision="fp16")
    with pytest.raises(PreflightRefused) as caught:
        train(config, settings)
    assert "precision" in caught.value.message
    assert "lengths" in caught.value.message
    assert not (config.folder / "checkpoints").exists()


def test_a_base_that_is_nowhere_is_a_sentence(settings: Settings, tmp_path: Path) -> None:
    from mulakat.lab.train import base

    with pytest.raises(LabError, match="There is no model 'nothing'"):
        base.find(ModelPlan(base="nothing"), settings)
    with pytest.raises(LabError, match=r"config.json is missing"):
        base.find(ModelPlan(base=str(tmp_path)), settings)
    with pytest.raises(LabError, match="No shape is called 'llama9'"):
        base.shape(ModelPlan(base="x/y", shape="llama9"), settings)
