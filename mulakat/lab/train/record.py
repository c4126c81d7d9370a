"""What a run folder says of itself: config, meta, state; and whether it may be gone on with.

    runs/<name>/config.yaml   the config with everything filled in
    runs/<name>/meta.json     code revision, versions, seeds, hashes, parameters, times, how it ended
    runs/<name>/log.jsonl     losses; runs/<name>/checkpoints/, adapter/ (or model/), curves/, data/

Does not: train.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from mulakat import __version__
from mulakat.lab.config import RunConfig
from mulakat.lab.faults import CheckpointError, LabError

PACKAGES = (
    "torch",
    "transformers",
    "trl",
    "peft",
    "accelerate",
    "datasets",
    "bitsandbytes",
    "xllamacpp",
    "gguf",
)
NEUTRAL = {"runs", "about", "publish"}
"""Keys that may change when a run is gone on with."""


def config_hash(config: RunConfig) -> str:
    """The fingerprint of everything that shapes the weights."""
    return hashlib.sha256(config.model_dump_json(exclude=NEUTRAL).encode()).hexdigest()[:16]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def revision() -> str:
    """The code's git revision, with "+changes" when files differ from it; "" outside a checkout."""
    try:
        head = _git("rev-parse", "HEAD")
        return head + ("+changes" if _git("status", "--porcelain", "--", "mulakat") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*words: str) -> str:
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def versions() -> dict[str, str]:
    found = {"mulakat": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def read_meta(folder: Path) -> dict[str, Any]:
    """A run's meta.json; {} when there is none."""
    try:
        found = json.loads((folder / "meta.json").read_text("utf-8"))
        return dict(found)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CheckpointError(
            f"{folder / 'meta.json'} cannot be read: {error}.", "Restore it, or begin anew."
        ) from None


def write_meta(folder: Path, **facts: Any) -> dict[str, Any]:
    """Add facts to meta.json; it is replaced as a whole."""
    meta = read_meta(folder) | facts
    draft = folder / "meta.part"
    draft.write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", "utf-8")
    draft.replace(folder / "meta.json")
    return meta


def begin(config: RunConfig, facts: dict[str, Any]) -> dict[str, Any]:
    """Open the run folder, or go on with it.

    Raises LabError when it holds a run of another config: nothing is overwritten.
    """
    folder = config.folder
    meta = read_meta(folder)
    if meta and meta.get("config_hash") != config_hash(config):
        raise LabError(
            f"The folder {folder} holds a run of another config.",
            "Give this one another 'name', or remove that folder.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(config.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    (folder / "config.yaml").write_text(text, "utf-8")
    if meta:
        return write_meta(folder, resumed=[*meta.get("resumed", []), now()])
    return write_meta(
        folder,
        name=config.name,
        config_hash=config_hash(config),
        code=revision(),
        versions=versions(),
        machine=f"{platform.machine()}, {platform.system()}",
        seed=config.train.seed,
        begun=now(),
        **facts,
    )


def load_run(folder: Path) -> tuple[RunConfig, dict[str, Any]]:
    """A run's config and meta. Raises LabError when the folder holds no run."""
    try:
        raw = yaml.safe_load((folder / "config.yaml").read_text("utf-8"))
        config = RunConfig.model_validate(raw)
    except (OSError, ValueError, yaml.YAMLError):
        raise LabError(
            f"The folder {folder} holds no run.", "Name a folder under runs/, or train one."
        ) from None
    return config.model_copy(update={"runs": folder.parent}), read_meta(folder)
