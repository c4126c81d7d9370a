"""SHA-256 of what words and asks: model, adapter, prompt, packs. Stands on a report's last page.

Does not: read a model's file, which may be gigabytes; the catalogue's own hash, to which every fetched
file was held, stands for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from mulakat import catalogue
from mulakat.interview.packs.library import Library
from mulakat.settings import Settings

_PROMPT = ("prompt.py", "phrasing.py", "wording/en.yaml", "wording/tr.yaml")


def hashes(settings: Settings, library: Library, adapter: Path | None = None) -> dict[str, str]:
    """Of `model_sha256`, `adapter_sha256`, `prompt_sha256`, `packs_sha256`; "" for what has none."""
    return {
        "model_sha256": _model(settings) if settings.engine == "local" else "",
        "adapter_sha256": digest([adapter.read_bytes()]) if adapter else "",
        "prompt_sha256": _prompt(),
        "packs_sha256": digest(p.model_dump_json().encode() for _, p in sorted(library.packs.items())),
    }


def digest(parts: Iterable[bytes]) -> str:
    """SHA-256 over parts, each with its length, so that no two lists of parts meet."""
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def _model(settings: Settings) -> str:
    entry = catalogue.load_catalogue().get(settings.model)
    return next((f.sha256 for f in entry.files if f.gguf), "") if entry else ""


@lru_cache(maxsize=1)
def _prompt() -> str:
    room = files("mulakat.interview")
    return digest(room.joinpath(name).read_bytes() for name in _PROMPT)
