"""What an evaluation is of: the run's folder, its base, the interviewers, all as files that can be served.

A run need not be trained to its end, nor at all: its data and adapters by name will do. Does not: serve.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mulakat import catalogue
from mulakat.lab.config import ModelPlan, RunConfig
from mulakat.lab.data import Built, load_built
from mulakat.lab.extras import need
from mulakat.lab.faults import EvaluationError
from mulakat.lab.publish import lora_gguf
from mulakat.lab.publish.hf_gguf import write_model
from mulakat.lab.train import base as bases
from mulakat.lab.train.record import load_run
from mulakat.llm.chat_format import CHATML, FORMATS, ChatFormat
from mulakat.messages import LANGUAGES, Language
from mulakat.settings import Settings

EMBEDDED = "smollm2-135m-instruct"
"""The one base that is too small to word whole questions (`room.services` has the same rule)."""
LARGE = 6_000_000_000
"""Bytes of a base's files beyond which it is neither converted nor scored on a CPU."""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """An adapter. `source` is what it was given as, a GGUF file or a PEFT folder; `gguf` can be served."""

    name: str
    source: Path
    gguf: Path


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything an evaluation reads. `served`: the base as GGUF, or None when there is none."""

    name: str
    folder: Path
    data: Built
    base: bases.Base
    served: Path | None
    chat: ChatFormat
    max_length: int
    interviewers: tuple[Interviewer, ...]
    free: frozenset[Language]

    @property
    def size(self) -> int:
        """Bytes of the base's weights; 0 when they are not on this machine."""
        return size_of(self.base)


def size_of(base: bases.Base) -> int:
    if base.path is None:
        return 0
    files = [base.path] if base.path.is_file() else base.path.glob("*.safetensors")
    return sum(p.stat().st_size for p in files)


def find(folder: Path, adapters: Sequence[str], base: str, settings: Settings, scratch: Path) -> Subject:
    """The subject of an evaluation; what must be converted goes to `scratch`.

    Raises LabError, DataError or CatalogueError for what is not there, EvaluationError for what cannot be
    served.
    """
    if not folder.is_dir():
        raise EvaluationError(f"There is no run at {folder}.", "Name a folder under runs/, or train one.")
    config = load_run(folder)[0] if (folder / "config.yaml").is_file() else None
    data = load_built((config.data.out if config else None) or folder / "data")
    plan = _model(config, base, settings)
    found = bases.find(plan, settings)
    entry = catalogue.load_catalogue().get(found.name)
    languages = entry.languages if entry else LANGUAGES
    return Subject(
        name=(config.publish.name or config.name) if config else folder.name,
        folder=folder,
        data=data,
        base=found,
        served=_served(found, scratch),
        chat=FORMATS.get(found.served_chat or plan.chat, CHATML),
        max_length=config.train.max_length if config else 1024,
        interviewers=_interviewers(folder, config, adapters, plan, settings, scratch),
        free=frozenset(code for code in LANGUAGES if code in languages or "mul" in languages),
    )


def _model(config: RunConfig | None, base: str, settings: Settings) -> ModelPlan:
    plan = config.model if config else ModelPlan(base=settings.model)
    return plan.model_copy(update={"base": base, "shape": ""}) if base and base != plan.base else plan


def _served(base: bases.Base, scratch: Path) -> Path | None:
    """The base as GGUF: as it is, or a small folder converted."""
    if base.gguf or base.path is None:
        return base.path
    if size_of(base) > LARGE:
        return None
    out = scratch / "base-f32.gguf"
    write_model(bases.weights(base, "float32"), bases.tokenizer(base), out, base.name)
    return out


def _interviewers(
    folder: Path,
    config: RunConfig | None,
    adapters: Sequence[str],
    plan: ModelPlan,
    settings: Settings,
    scratch: Path,
) -> tuple[Interviewer, ...]:
    own = folder / "adapter"
    given = list(adapters)
    if not given:
        if not own.is_dir():
            raise EvaluationError(
                f"{folder} has no trained adapter to hold against its base.",
                "Train it, or name one with --adapter (`--adapter none` for the base alone).",
            )
        given = [str(own)]
    found: list[Interviewer] = []
    for one in given:
        path = Path(one).expanduser()
        name = path.stem
        if path.is_dir():
            if path == own and config:
                name = config.publish.name or config.name
            gguf = Path(tempfile.mkdtemp(dir=scratch)) / "adapter.gguf"
            lora_gguf.write_lora(path, _shape(plan, settings), gguf, name, "unknown")
            found.append(Interviewer(_free_name(name, found), path, gguf))
        elif there := catalogue.adapter(one, settings):
            found.append(Interviewer(_free_name(there.stem, found), there, there))
    return tuple(found)


def _shape(plan: ModelPlan, settings: Settings) -> Any:
    need("transformers")
    return bases.shape(plan, settings)


def _free_name(name: str, found: Sequence[Interviewer]) -> str:
    """A name that no column has yet."""
    taken = {i.name for i in found} | {"base", "data"}
    number = 2
    wanted = name
    while wanted in taken:
        wanted, number = f"{name}-{number}", number + 1
    return wanted
