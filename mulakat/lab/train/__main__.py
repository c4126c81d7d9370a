"""`accelerate launch --config_file F -m mulakat.lab.train CONFIG`: one process of a run."""

from __future__ import annotations

import sys
from pathlib import Path

from mulakat.errors import MulakatError
from mulakat.lab.config import load_config
from mulakat.lab.train.run import main_process, train
from mulakat.settings import load


def main() -> None:
    """Train what the one argument names."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m mulakat.lab.train CONFIG.yaml")
    say = print if main_process() else lambda _: None
    try:
        train(load_config(Path(sys.argv[1])), load(), say)
    except MulakatError as error:
        sys.stderr.write(f"mulakat: {error}\n")
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
