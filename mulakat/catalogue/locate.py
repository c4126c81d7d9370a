"""From a name, or a path, to the file an engine can open.

Does not: fetch, or hash anything: a start must not wait. `shelf.verify` hashes.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from mulakat.catalogue.entry import find, load_catalogue
from mulakat.catalogue.shelf import look, magic_fault
from mulakat.errors import ModelCorrupt, ModelMissing
from mulakat.settings import Settings

_PACKAGED = "interview/adapters"


def locate(name_or_path: str, settings: Settings) -> Path:
    """The main file of a model, after a cheap check (size, first bytes).

    A path of a GGUF file is always accepted. For a model of several files it is the first; the others
    lie beside it. Raises ModelMissing, ModelCorrupt, or CatalogueError for an unknown name.
    """
    if name_or_path not in load_catalogue() and _is_path(name_or_path):
        return _given(name_or_path, "model")
    entry = find(name_or_path)
    seen = look(entry, settings)
    if seen.state == "absent":
        raise ModelMissing(
            f"The model '{entry.name}' is not on this machine.",
            f"Fetch it with `mulakat models fetch {entry.name}`.",
        )
    if seen.state == "damaged":
        raise ModelCorrupt(
            f"The model '{entry.name}' is damaged: {seen.note}.",
            f"Fetch it anew with `mulakat models fetch {entry.name} --force`.",
        )
    return seen.path


def adapter(name: str, settings: Settings) -> Path | None:
    """The LoRA file of an interviewer; None for "" and "none".

    Looked for among those that ship with the program, then in <models>/adapters; a path of a GGUF file
    is always accepted. Raises ModelMissing when it is nowhere, ModelCorrupt when it is no GGUF file.
    """
    if name in ("", "none"):
        return None
    if _is_path(name):
        return _given(name, "interviewer")
    shipped = Path(str(files("mulakat"))) / _PACKAGED / f"{name}.gguf"
    own = settings.models_dir / "adapters" / f"{name}.gguf"
    for path in (shipped, own):
        if path.is_file():
            return _whole(path)
    there = sorted(p.stem for folder in (shipped.parent, own.parent) for p in folder.glob("*.gguf"))
    raise ModelMissing(
        f"No interviewer is called '{name}'.",
        f"Set MULAKAT_INTERVIEWER to {' or '.join([*there, 'none'])}, or put its file at {own}.",
    )


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.endswith(".gguf")


def _given(text: str, what: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_file():
        raise ModelMissing(f"There is no {what} file at {path}.", "Correct the path, or give a name.")
    return _whole(path)


def _whole(path: Path) -> Path:
    if fault := magic_fault(path):
        raise ModelCorrupt(f"{path} cannot be used: {fault}.", "Give a whole GGUF file.")
    return path
