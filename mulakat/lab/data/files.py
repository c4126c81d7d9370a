"""JSONL, CSV, Parquet and hub data sets -> raw rows with their line numbers; bad lines become removals.

Does not: know what a conversation is (`forms`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from mulakat.lab.config import SourcePlan
from mulakat.lab.data.rows import Removal
from mulakat.lab.extras import need
from mulakat.lab.faults import DataError

Raw = tuple[int, dict[str, Any]]
MAX_LINE = 50_000_000
"""Bytes of one line: beyond it a file is no JSONL or CSV."""


def read_source(plan: SourcePlan) -> Iterator[Raw | Removal]:
    """Raw rows of a source, in its own order, at most `limit` of them.

    Raises DataError when the source as a whole cannot be read.
    """
    found = _hub(plan) if plan.kind == "hub" else _paths(plan)
    return islice(found, plan.limit or None)


def _paths(plan: SourcePlan) -> Iterator[Raw | Removal]:
    path = plan.path
    if path is None or not path.exists():
        raise DataError(f"The source {path} does not exist.", "Correct 'path', or fetch the data set.")
    readers = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
    files = sorted(path.glob(f"*.{plan.kind}")) if path.is_dir() else [path]
    if not files:
        raise DataError(f"The folder {path} holds no .{plan.kind} file.", "Correct 'path' or 'kind'.")
    for file in files:
        yield from readers[plan.kind](file)


def _lines(path: Path) -> Iterator[tuple[int, str | Removal]]:
    """The lines of a text file; one that is not UTF-8 becomes a removal."""
    try:
        with path.open("rb") as raw:
            for number, line in enumerate(iter(lambda: raw.readline(MAX_LINE), b""), 1):
                try:
                    yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    shown = line[max(0, error.start - 20) : error.end + 20].decode(
                        "utf-8", "backslashreplace"
                    )
                    yield (
                        number,
                        Removal(str(path), number, "broken UTF-8", f"byte {error.start + 1}", shown),
                    )
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.", "Check the file.") from None


def _jsonl(path: Path) -> Iterator[Raw | Removal]:
    for number, line in _lines(path):
        if isinstance(line, Removal):
            yield line
        elif line.strip():
            yield _json_line(path, number, line)


def _json_line(path: Path, number: int, line: str) -> Raw | Removal:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Removal(str(path), number, "not JSON", str(error)[:120], line[:200])
    if not isinstance(data, dict):
        return Removal(str(path), number, "not JSON", "the line is no object", line[:200])
    return number, data


def _csv(path: Path) -> Iterator[Raw | Removal]:
    """Rows with the line on which each ends; quoted fields may hold line breaks."""
    broken: list[Removal] = []

    def text() -> Iterator[str]:
        for _, line in _lines(path):
            if isinstance(line, Removal):
                broken.append(line)
            else:
                yield line

    csv.field_size_limit(MAX_LINE)
    reader = csv.DictReader(text(), restkey="")
    try:
        for row in reader:
            yield from broken
            broken.clear()
            if None in row.values() or "" in row:
                yield Removal(
                    str(path), reader.line_num, "missing field", "columns and header differ", str(row)[:200]
                )
            else:
                yield reader.line_num, dict(row)
    except csv.Error as error:
        yield Removal(str(path), reader.line_num, "not CSV", str(error))
    yield from broken


def _parquet(path: Path) -> Iterator[Raw | Removal]:
    parquet = need("pyarrow.parquet")
    try:
        table = parquet.ParquetFile(path)
        number = 0
        for batch in table.iter_batches(batch_size=512):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except (OSError, ValueError) as error:  # pyarrow's own errors derive from these
        raise DataError(f"{path} is no readable Parquet file: {error}.", "Fetch it anew.") from None


def _hub(plan: SourcePlan) -> Iterator[Raw | Removal]:
    """Rows of a data set on the hub, through `datasets` and its cache."""
    datasets = need("datasets")
    try:
        found = datasets.load_dataset(plan.name, split=plan.split, revision=plan.revision)
    except Exception as error:  # the library raises whatever its many parts raise
        raise _out_of_reach(plan.name, error) from None
    for number, row in enumerate(found, 1):
        yield number, dict(row)


def _out_of_reach(name: str, error: Exception) -> DataError:
    told = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    gone = any(s in told for s in ("NotFound", "doesn't exist", "404", "Invalid", "split"))
    if gone and "ConnectionError" not in told and "Couldn't reach" not in told:
        return DataError(
            f"The data set '{name}' was not found on the hub ({told}).",
            "Check its name, split and revision.",
        )
    return DataError(
        f"The data set '{name}' could not be fetched ({told}).",
        "Check the connection, or fetch it elsewhere and name the file: kind: parquet, path: FILE.",
    )


def csv_text(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV, for exports."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
