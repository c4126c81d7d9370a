"""Runs every benchmark, one after the other. `make bench`."""

from __future__ import annotations

from benchmarks import latency, load, overhead, pdf, size


def main() -> None:
    for script in (latency, overhead, load, pdf, size):
        script.main()


if __name__ == "__main__":
    main()
