"""The model a run begins with: where it lies, its tokenizer, its shape, its weights.

A base is a catalogue name, a GGUF file (dequantised: the very weights that are served), a folder of a
Hugging Face model, or "owner/name" on the hub. Does not: attach adapters (`model`).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from mulakat import catalogue
from mulakat.errors import CatalogueError
from mulakat.lab.config import ModelPlan
from mulakat.lab.extras import need
from mulakat.lab.faults import LabError
from mulakat.settings import Settings


@dataclass(frozen=True, slots=True)
class Base:
    """Where a base model lies. `path` is a GGUF file or a folder; "" and a repository for the hub."""

    name: str
    path: Path | None
    repository: str = ""
    revision: str = "main"
    licence: str = ""
    served_chat: str = ""

    @property
    def gguf(self) -> bool:
        return self.path is not None and self.path.suffix == ".gguf"

    @property
    def where(self) -> dict[str, Any]:
        """The arguments by which transformers finds it."""
        if self.gguf and self.path:
            return {"pretrained_model_name_or_path": str(self.path.parent), "gguf_file": self.path.name}
        if self.path:
            return {"pretrained_model_name_or_path": str(self.path)}
        return {"pretrained_model_name_or_path": self.repository, "revision": self.revision}


def find(plan: ModelPlan, settings: Settings) -> Base:
    """Where a base model lies; asks no network.

    Raises CatalogueError for a model of the catalogue that is not here, LabError for a path that is not.
    """
    known = catalogue.load_catalogue()
    if plan.base in known:
        entry = known[plan.base]
        path = catalogue.locate(plan.base, settings)
        return Base(plan.base, path, licence=entry.licence, served_chat=entry.chat)
    path = Path(plan.base).expanduser()
    if path.suffix == ".gguf":
        return Base(path.stem, catalogue.locate(str(path), settings))
    if path.is_dir():
        if not (path / "config.json").is_file():
            raise LabError(
                f"The folder {path} holds no model: config.json is missing.", "Name another folder."
            )
        return Base(path.name, path)
    if plan.base.count("/") == 1 and not plan.base.startswith((".", "/")):
        return Base(plan.base, None, plan.base, plan.revision)
    raise LabError(
        f"There is no model '{plan.base}'.",
        f"Name a folder, a GGUF file, owner/name on the hub, or one of: {', '.join(_llms(known))}.",
    )


def _llms(known: dict[str, catalogue.Entry]) -> list[str]:
    return [name for name, entry in known.items() if entry.kind == "llm"]


def shape(plan: ModelPlan, settings: Settings) -> Any:
    """The model's configuration without its weights: a shipped shape, else the base's own.

    Raises LabError when neither is to be had.
    """
    transformers = need("transformers")
    if plan.shape:
        return _shipped(plan.shape)
    try:
        found = find(plan, settings)
        with quiet():
            return transformers.AutoConfig.from_pretrained(**found.where)
    except (CatalogueError, OSError, ValueError) as error:
        raise unreachable(plan.base, error) from None


def shapes() -> list[str]:
    """The names of the shipped shapes."""
    folder = files("mulakat.lab").joinpath("shapes")
    return sorted(f.name.removesuffix(".json") for f in folder.iterdir() if f.name.endswith(".json"))


def _shipped(name: str) -> Any:
    if name not in shapes():
        raise LabError(f"No shape is called '{name}'.", f"There are: {', '.join(shapes())}.")
    raw = json.loads(files("mulakat.lab").joinpath(f"shapes/{name}.json").read_text("utf-8"))
    return need("transformers").AutoConfig.for_model(raw.pop("model_type"), **raw)


def tokenizer(base: Base) -> Any:
    """The base's tokenizer. Raises LabError when it is out of reach or gives no character offsets."""
    transformers = need("transformers")
    try:
        with quiet():
            found = transformers.AutoTokenizer.from_pretrained(**base.where)
    except (OSError, ValueError) as error:
        raise unreachable(base.name, error) from None
    if not found.is_fast:
        raise LabError(
            f"The tokenizer of '{base.name}' gives no offsets.", "Use a model with a fast tokenizer."
        )
    return found


def weights(base: Base, dtype: str, quantization: Any = None) -> Any:
    """The model itself, on the CPU or as the quantisation wants it. Raises LabError when out of reach."""
    transformers, torch = need("transformers"), need("torch")
    extra: dict[str, Any] = {"quantization_config": quantization} if quantization else {}
    if (
        quantization and torch.cuda.is_available()
    ):  # each process holds the whole 4-bit model on its own GPU
        extra["device_map"] = {"": int(os.environ.get("LOCAL_RANK", "0"))}
    try:
        with quiet():
            model = transformers.AutoModelForCausalLM.from_pretrained(
                **base.where, dtype=getattr(torch, dtype), **extra
            )
    except (OSError, ValueError) as error:
        raise unreachable(base.name, error) from None
    return _dequantised(model.to(getattr(torch, dtype))) if base.gguf else model


def _dequantised(model: Any) -> Any:
    """A model out of a GGUF has plain weights once it is loaded; transformers still takes it for
    quantised."""
    model.is_quantized = False
    model.hf_quantizer = None
    for name in ("quantization_method", "is_loaded_in_4bit", "is_loaded_in_8bit"):
        if hasattr(model, name):
            delattr(model, name)
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    return model


def unreachable(name: str, error: Exception) -> LabError:
    """One sentence for what the hub, a folder or a broken file answered."""
    told = str(error).strip().splitlines()[0][:220] if str(error).strip() else type(error).__name__
    if isinstance(error, CatalogueError):
        return LabError(error.message, error.fix)
    return LabError(
        f"The model '{name}' could not be read: {told.rstrip('.')}.",
        "Check the name and the connection, or give the path of a folder or GGUF file.",
    )


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silences what transformers and gguf say while they load; what they raise is raised."""
    logging = need("transformers").utils.logging
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
