"""`mulakat lab ...`: what it prints, what a machine reads, how faults end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mulakat.errors import MissingExtra
from mulakat.lab import extras
from mulakat.lab.cli import lab
from mulakat.lab.faults import ConfigFaults

from .conftest import DIALOGUES, config_text

runner = CliRunner()


@pytest.fixture
def config(tiny: Path, talks: Path, tmp_path: Path) -> Path:
    path = tmp_path / "trial.yaml"
    path.write_text(config_text(tiny, talks, tmp_path / "runs", train__max_steps=4), "utf-8")
    return path


@pytest.mark.timeout(300)
def test_one_command_makes_evaluates_and_registers(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MULAKAT_MODELS", str(tmp_path / "models"))
    source = {"kind": "dialogues", "path": str(DIALOGUES), "licence": "Apache-2.0", "scope": "targets"}
    data = {
        "sources": [source | {"limit": 80}],
        "split": {"valid": 0.2, "test": 0.1, "valid_topics": ["finance"]},
    }
    path = tmp_path / "mine.yaml"
    text = config_text(
        tiny, DIALOGUES, tmp_path / "runs", data=data, train__max_steps=4, train__too_long="drop"
    )
    path.write_text(text, "utf-8")
    asked = ["make", str(path), "--evaluate", "3", "--to", str(tmp_path / "here")]
    done = runner.invoke(lab, asked, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert "serve it: mulakat serve --interviewer trial" in done.stdout
    assert (tmp_path / "here/trial.gguf").is_file()
    card = json.loads((tmp_path / "here/trial.json").read_text("utf-8"))
    assert set(card["evaluation"]["served"]) == {"en"}
    assert (tmp_path / "runs/trial/curves").is_dir()


def test_presets_print_their_parameters() -> None:
    found = json.loads(runner.invoke(lab, ["presets", "--json"]).stdout)
    by_name = {p["name"]: p for p in found}
    assert by_name["llama3-8b-qlora"]["trainable"] == 41_943_040
    assert "41,943,040" in runner.invoke(lab, ["presets"], env={"COLUMNS": "160"}).stdout
    assert "preset: llama3-8b-qlora" in runner.invoke(lab, ["presets", "llama3-8b-bf16"]).stdout


def test_the_whole_way_by_commands(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MULAKAT_MODELS", str(tmp_path / "models"))
    built = runner.invoke(lab, ["data", "build", str(config)])
    assert built.exit_code == 0, built.output
    assert "train: 51 conversations" in built.stdout
    looked = runner.invoke(lab, ["preflight", str(config), "--json"])
    assert looked.exit_code == 0
    assert json.loads(looked.stdout)["parameters"]["trainable"] == 8192
    trained = runner.invoke(lab, ["train", str(config)])
    assert trained.exit_code == 0, trained.output
    folder = tmp_path / "runs/trial"
    again = runner.invoke(lab, ["train", str(config)])
    assert "is finished already" in again.stdout
    drawn = runner.invoke(lab, ["curves", str(folder), "--json", "--language", "tr"])
    assert json.loads(drawn.stdout)["verdict"] in (
        "still falling",
        "flat",
        "overfitting",
        "one measurement",
    )
    given = runner.invoke(lab, ["publish", str(folder), "--json"])
    assert given.exit_code == 0, given.output
    assert json.loads(given.stdout)["registered"].endswith("models/adapters/trial.gguf")


def test_a_refused_run_ends_with_status_1(config: Path) -> None:
    done = runner.invoke(lab, ["preflight", str(config), "--set", "train.precision=fp16"])
    assert done.exit_code == 1
    assert "refuse" in done.stdout


def test_faults_of_a_config_are_raised_for_the_command_line_to_print(config: Path) -> None:
    done = runner.invoke(lab, ["train", str(config), "--set", "train.stepps=3"])
    assert isinstance(done.exception, ConfigFaults)
    assert "'train.stepps' is no known key" in str(done.exception)


def test_launch_prints_the_command_for_each_machine(
    config: Path, tiny: Path, talks: Path, tmp_path: Path
) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(
        config_text(tiny, talks, tmp_path / "runs", launch={"kind": "ddp", "processes": 4, "machines": 2}),
        "utf-8",
    )
    told = runner.invoke(
        lab, ["launch", str(path), "--print", "--rank", "1", "--address", "10.0.0.1"]
    ).stdout
    line = " ".join(told.split())
    assert "mulakat.lab.train" in line
    assert "10.0.0.1" in line
    assert ("--nproc_per_node 2" in line) or ("--num_processes 4" in line)


def test_a_missing_extra_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"needs the package 'no_such_package'.*mulakat\[lab\]"):
        extras.need("no_such_package.part")
