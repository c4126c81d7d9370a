"""What the benchmarks share: percentiles, tables, the machine's description, candidates."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mulakat import __version__
from mulakat.demo.scenario import Scenario, read_scenario

ROOT = Path(__file__).resolve().parents[1]
out = Console(width=110)

GOOD = ("cooperative", "specialist", "rambling", "nonnative")
"""Candidates whose answers are as long as people's are; bad ones would flatter the figures."""


def p(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile; `share` from 0 to 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")


def machine() -> str:
    """Processor, cores, memory, system and versions, in one line."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Mülakat {__version__}"
    )


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    made = Table(*columns, title=title, title_justify="left")
    for row in rows:
        made.add_row(*row)
    out.print(made)


def candidates(language: str) -> list[Scenario]:
    """The scripted candidates of a language that answer at a person's length."""
    folder = ROOT / "tests" / "scenarios"
    return [read_scenario(folder / f"{language}-{kind}.yaml") for kind in GOOD]
