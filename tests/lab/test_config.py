"""The YAML of a run: every fault at once, with its line and the nearest right name; presets and their
sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from mulakat.lab.config import load_config, preset_names, read_text
from mulakat.lab.faults import ConfigFaults, LabError
from mulakat.settings import Settings

BROKEN = """\
name: trial
preset: interviewer-135m
model:
  base: smollm2-135m-instruct
  caht: chatml
adapter:
  method: loraa
  ranks: 8
train:
  learning_rate: fast
  max_steps: 5
  warmup_steps: 10
data:
  sources:
    - { kind: jsonl, licence: Apache-2.0 }
    - { kind: hub, name: guanaco, colums: {} }
trian: {}
"""


def test_all_faults_are_told_at_once_with_lines_and_near_names() -> None:
    with pytest.raises(ConfigFaults) as caught:
        read_text(BROKEN, "trial.yaml")
    text = "\n".join(caught.value.faults)
    assert "line 5: 'model.caht' is no known key; did you mean 'chat'?" in text
    assert "line 7: 'adapter.method' is 'loraa'" in text
    assert "did you mean 'lora'?" in text
    assert "line 8: 'adapter.ranks' is no known key; did you mean 'rank'?" in text
    assert "line 10: 'train.learning_rate'" in text
    assert "line 15: 'data.sources.0': a source of kind 'jsonl' needs 'path'" in text
    assert "'data.sources.1.colums' is no known key; did you mean 'columns'?" in text
    assert "line 17: 'trian' is no known key; did you mean 'train'?" in text
    assert len(caught.value.faults) == 7


def test_rules_between_keys_are_told() -> None:
    with pytest.raises(ConfigFaults, match=r"warmup_steps \(10\) must be below max_steps \(5\)"):
        load_config("interviewer-135m", **{"train.max_steps": 5, "train.warmup_steps": 10})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: a\nname: b\n", "line 2: the key 'name' stands twice"),
        ("name: [\n", "line 2"),
        ("- 1\n", "must hold keys and values"),
        ("name: x\n", "'model' is missing"),
    ],
)
def test_broken_yaml_names_its_line(text: str, told: str) -> None:
    with pytest.raises(ConfigFaults) as caught:
        read_text(text, "x.yaml")
    assert told in str(caught.value)


def test_scientific_numbers_are_numbers() -> None:
    config = read_text("preset: interviewer-135m\ntrain: { learning_rate: 2e-4 }\n", "x")
    assert config.train.learning_rate == 0.0002


def test_unknown_presets_name_the_nearest() -> None:
    with pytest.raises(LabError, match="Did you mean 'interviewer-135m'"):
        load_config("interviwer-135m")


def test_files_that_cannot_be_read_are_faults(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="cannot be read"):
        load_config(tmp_path / "none.yaml")
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"name: \xe7\n")
    with pytest.raises(LabError, match="not UTF-8"):
        load_config(path)


def test_system_a_is_followed_to_the_letter() -> None:
    config = load_config("llama3-8b-qlora")
    plan = config.train
    assert (plan.max_steps, plan.learning_rate, plan.batch_size, plan.gradient_accumulation) == (
        800,
        2e-4,
        8,
        2,
    )
    assert (plan.warmup_steps, plan.weight_decay, plan.scheduler, plan.optimizer) == (
        10,
        0.01,
        "linear",
        "adamw_8bit",
    )
    assert (config.adapter.method, config.adapter.rank, len(config.adapter.target_modules)) == (
        "qlora",
        16,
        7,
    )


def test_system_b_is_followed_to_the_letter() -> None:
    config = load_config("qwen2.5-coder-1.5b-deep")
    plan, adapter = config.train, config.adapter
    assert (plan.learning_rate, plan.weight_decay, plan.epochs, plan.max_length) == (2e-5, 0.1, 3, 1024)
    assert (plan.batch_size, plan.gradient_accumulation, plan.patience) == (4, 4, 3)
    assert (adapter.rank, adapter.alpha, adapter.dropout) == (16, 32, 0.1)
    assert load_config("qwen2.5-coder-1.5b-diverse").data.sources[0].name.endswith("Diverse-5K")


COUNTS = {
    "interviewer-135m": (4_884_480, 139_399_488),
    "llama3-8b-bf16": (41_943_040, 8_072_204_288),
    "llama3-8b-qlora": (41_943_040, 8_072_204_288),
    "llama3-8b-qlora-qv": (6_815_744, 8_037_076_992),
    "qwen2.5-coder-1.5b-deep": (18_464_768, 1_562_179_072),
    "qwen2.5-coder-1.5b-diverse": (18_464_768, 1_562_179_072),
}


def test_every_preset_has_its_count() -> None:
    assert set(COUNTS) == set(preset_names())


@pytest.mark.parametrize(("name", "wanted"), COUNTS.items())
def test_trainable_parameters_are_counted_without_weights(name: str, wanted: tuple[int, int]) -> None:
    from mulakat.lab.train.base import shape
    from mulakat.lab.train.count import count

    config = load_config(name)
    counts = count(shape(config.model, Settings()), config.adapter)
    assert (counts.trainable, counts.total) == wanted
    if name == "llama3-8b-qlora":
        assert round(counts.share, 2) == 0.52


def test_the_shipped_shape_is_that_of_the_base(real_models: Path) -> None:
    """Counted on the real file's own configuration, the figure is the same."""
    from mulakat.lab.train.base import shape
    from mulakat.lab.train.count import count

    config = load_config("interviewer-135m", **{"model.shape": ""})
    assert count(shape(config.model, Settings()), config.adapter).trainable == 4_884_480


test_the_shipped_shape_is_that_of_the_base = pytest.mark.models(test_the_shipped_shape_is_that_of_the_base)
