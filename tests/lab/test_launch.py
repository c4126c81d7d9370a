"""Several processes: the shipped accelerate configurations, and which command a machine is given."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from mulakat.lab.config import load_config
from mulakat.lab.faults import LabError
from mulakat.lab.train import launch


@pytest.fixture
def gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)


@pytest.mark.parametrize("name", ["ddp", "fsdp2"])
def test_shipped_configurations_are_known_to_accelerate(name: str) -> None:
    from accelerate.commands.config.config_args import load_config_from_file
    from accelerate.commands.launch import launch_command_parser

    found: Any = load_config_from_file(str(files("mulakat.lab").joinpath(f"accelerate/{name}.yaml")))
    assert found.distributed_type.value == {"ddp": "MULTI_GPU", "fsdp2": "FSDP"}[name]
    options = launch_command_parser()._option_string_actions
    if name == "fsdp2":
        assert found.fsdp_config["fsdp_version"] == 2
        assert not [key for key in found.fsdp_config if f"--{key}" not in options]


@pytest.mark.parametrize(
    ("preset", "kind", "name"),
    [("llama3-8b-qlora", "ddp", "ddp.yaml"), ("llama3-8b-bf16", "fsdp2", "fsdp2.yaml")],
)
def test_gpus_are_launched_by_accelerate(
    gpus: None, preset: str, kind: str, name: str, tmp_path: Path
) -> None:
    config = load_config(preset, launch={"kind": kind, "processes": 8, "machines": 2})
    told = launch.command(config, tmp_path / "x.yaml", rank=1, address="10.0.0.1", port=1234)
    text = " ".join(told)
    assert told[told.index("--config_file") + 1].endswith(name)
    for part in ("--num_processes 8", "--num_machines 2", "--machine_rank 1", "--main_process_ip 10.0.0.1"):
        assert part in text
    assert told[-3:] == ["-m", "mulakat.lab.train", str(tmp_path / "x.yaml")]


def test_qlora_with_fsdp2_is_never_launched(gpus: None, tmp_path: Path) -> None:
    config = load_config("llama3-8b-qlora", launch={"kind": "fsdp2", "processes": 4})
    with pytest.raises(LabError, match="QLoRA does not go with FSDP2"):
        launch.command(config, tmp_path / "x.yaml")


def test_fsdp2_without_gpus_and_single_runs_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(LabError, match="this machine has none"):
        launch.command(load_config("llama3-8b-bf16"), tmp_path / "x.yaml")
    with pytest.raises(LabError, match="of one process"):
        launch.command(load_config("interviewer-135m"), tmp_path / "x.yaml")
