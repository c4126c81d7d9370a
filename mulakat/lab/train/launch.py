"""Several processes: the `accelerate launch` command of a run, with the shipped configuration for its kind.

Does not: start other machines; each machine runs the command it is given, with its own rank.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

from mulakat.lab.config import RunConfig
from mulakat.lab.extras import need
from mulakat.lab.faults import LabError, TrainingStopped
from mulakat.lab.preflight.checks import launch as check_launch


def shipped(config: RunConfig) -> str:
    """The name of the accelerate configuration that fits a run on this machine; "" for CPU processes.

    Raises LabError when the run is of one process, or cannot be launched so.
    """
    if config.launch.kind == "single":
        raise LabError(
            "This run is of one process.", "Set launch.kind to ddp or fsdp2, or use `mulakat lab train`."
        )
    finding = check_launch(config)
    if finding.level == "refuse":
        raise LabError(finding.told, finding.fix)
    gpus = need("torch").cuda.is_available()
    if config.launch.kind == "fsdp2" and not gpus:
        raise LabError(
            "FSDP2 needs GPUs, and this machine has none.", "Use launch.kind ddp to try two CPU processes."
        )
    return config.launch.kind if gpus else ""


def command(
    config: RunConfig, path: Path, rank: int = 0, address: str = "", port: int = 29500
) -> list[str]:
    """The command for one machine. `rank` counts machines from 0; `address` is that of machine 0.

    On a CPU it is torch's own launcher with gloo: accelerate's wants an MPI for that.
    """
    name, plan = shipped(config), config.launch
    if not name:
        each = str(plan.processes // plan.machines)
        parts = [
            sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", each,
            "--nnodes", str(plan.machines), "--node_rank", str(rank),
            "--master_addr", address or "127.0.0.1", "--master_port", str(port),
        ]  # fmt: skip
        return [*parts, "-m", "mulakat.lab.train", str(path)]
    with as_file(files("mulakat.lab").joinpath(f"accelerate/{name}.yaml")) as shipped_file:
        parts = [
            sys.executable, "-m", "accelerate.commands.launch", "--config_file", str(shipped_file),
            "--num_processes", str(plan.processes), "--num_machines", str(plan.machines),
            "--machine_rank", str(rank), "--main_process_port", str(port),
        ]  # fmt: skip
    if address:
        parts += ["--main_process_ip", address]
    return [*parts, "-m", "mulakat.lab.train", str(path)]


def launch(config: RunConfig, path: Path, rank: int = 0, address: str = "", port: int = 29500) -> None:
    """Run it here and wait. Raises TrainingStopped when a process fails; it has said why."""
    done = subprocess.run(command(config, path, rank, address, port), env=os.environ.copy(), check=False)
    if done.returncode:
        raise TrainingStopped(
            f"The launched run ended with status {done.returncode}.", "Read what its processes said above."
        )
