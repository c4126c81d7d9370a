"""YAML -> RunConfig; every fault at once, with its line and the nearest right name.

A file may say `preset: NAME` and only what differs. Does not: read data or weights.
"""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Hashable
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from mulakat.lab.config.schema import RunConfig
from mulakat.lab.faults import ConfigFaults, LabError

MAX_BYTES = 1_000_000
Where = tuple[int | str, ...]


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice; the plain loader lets the last one win in silence.

    Reads `2e-4` as a number, as people mean it (YAML 1.1 wants `2.0e-4`).
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if name in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{name}' stands twice", key.start_mark
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {k: list(v) for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()}
_NUMBER = re.compile(r"^[-+]?\d+(?:\.\d*)?[eE][-+]?\d+$")
for _first in "-+0123456789":
    _Loader.yaml_implicit_resolvers.setdefault(_first, []).insert(0, ("tag:yaml.org,2002:float", _NUMBER))


def preset_names() -> list[str]:
    """The shipped presets, by name."""
    folder = files("mulakat.lab").joinpath("presets")
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


def preset_text(name: str) -> str:
    """A shipped preset's YAML. Raises LabError with the nearest name."""
    if name not in preset_names():
        near = difflib.get_close_matches(name, preset_names(), 1, 0.3)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(preset_names())}."
        raise LabError(f"There is no preset '{name}'.", hint)
    return files("mulakat.lab").joinpath(f"presets/{name}.yaml").read_text("utf-8")


def load_config(given: str | Path, **changes: Any) -> RunConfig:
    """A run from a YAML file or from a preset's name; `changes` are dotted keys, e.g. `train.max_steps`.

    Raises ConfigFaults, or LabError when there is neither file nor preset.
    """
    path = Path(given)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return read_text(_text(path), str(path), changes)
    return read_text(preset_text(str(given)), f"preset {given}", changes)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LabError(f"{path} is larger than 1 MB.", "A config holds settings, not data.")
        return path.read_text("utf-8")
    except OSError as error:
        raise LabError(f"The config {path} cannot be read: {error.strerror}.", "Check the path.") from None
    except UnicodeDecodeError as error:
        raise LabError(
            f"The config {path} is not UTF-8 (byte {error.start}).", "Save it as UTF-8."
        ) from None


def read_text(text: str, origin: str, changes: dict[str, Any] | None = None) -> RunConfig:
    """A run from YAML text. Raises ConfigFaults naming every fault."""
    raw, lines = _parse(text, origin)
    while "preset" in raw:
        base, _ = _parse(preset_text(str(raw.pop("preset"))), origin)
        raw = _merged(base, raw)
    for dotted, value in (changes or {}).items():
        if value is not None:
            raw = _merged(raw, _nested(dotted.split("."), value))
    try:
        return RunConfig.model_validate(raw)
    except ValidationError as error:
        found = sorted(
            ((lines.get(_where(e["loc"]), 0), _worded(e)) for e in _own(error.errors())),
            key=lambda f: f[0] or 10**9,
        )
        raise ConfigFaults(origin, [f"line {n}: {w}" if n else w for n, w in found]) from None


def _parse(text: str, origin: str) -> tuple[dict[str, Any], dict[Where, int]]:
    try:
        node = yaml.compose(text, Loader=_Loader)
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that also refuses doubled keys
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise ConfigFaults(origin, [f"{where}{getattr(error, 'problem', None) or error}"]) from None
    except RecursionError:
        raise ConfigFaults(origin, ["it is nested too deeply"]) from None
    if not isinstance(raw, dict):
        raise ConfigFaults(origin, ["the file must hold keys and values"])
    lines: dict[Where, int] = {}
    if node is not None:
        _number(node, (), lines)
    return raw, lines


def _number(node: yaml.Node, where: Where, lines: dict[Where, int]) -> None:
    """Notes on which line each key stands."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at = (*where, str(key.value))
            lines[at] = key.start_mark.line + 1
            _number(value, at, lines)
    elif isinstance(node, yaml.SequenceNode):
        for n, value in enumerate(node.value):
            lines[(*where, n)] = value.start_mark.line + 1
            _number(value, (*where, n), lines)


def _nested(keys: list[str], value: Any) -> dict[str, Any]:
    for key in reversed(keys):
        value = {key: value}
    return dict(value)


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`over` laid upon `base`, key by key; lists are replaced as a whole."""
    both = dict(base)
    for key, value in over.items():
        old = both.get(key)
        both[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both


def _own(errors: list[Any]) -> list[Any]:
    """The faults without their echoes: a list whose items are faulty also counts as too short."""
    places = [e["loc"] for e in errors]
    echoes = [any(p != loc and p[: len(loc)] == loc for p in places) for loc in places]
    return [e for e, echo in zip(errors, echoes, strict=True) if not (echo and e["type"] == "too_short")]


def _where(loc: Where) -> Where:
    """The place as it stands in the file: pydantic adds the names of union members."""
    return tuple(p for p in loc if isinstance(p, int) or "[" not in p)


def _worded(error: Any) -> str:
    where = ".".join(str(p) for p in _where(error["loc"])) or "the file"
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), _fields(error["loc"][:-1]), 1, 0.4)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        return f"'{where}' is no known key{hint}"
    if error["type"] == "missing":
        return f"'{where}' is missing"
    if error["type"] == "literal_error":
        allowed = [a.strip("' ") for a in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        near = difflib.get_close_matches(str(error["input"]), allowed, 1, 0.4)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        return f"'{where}' is {error['input']!r}, which is none of {', '.join(allowed)}{hint}"
    told = error["msg"].removeprefix("Value error, ")
    shown = "" if isinstance(error["input"], dict | BaseModel) else f" (it is {error['input']!r})"
    return f"'{where}': {told}{shown}"


def _fields(loc: Where) -> list[str]:
    """The keys that are known at a place."""
    at: Any = RunConfig
    for part in loc:
        if isinstance(part, str) and isinstance(at, type) and issubclass(at, BaseModel):
            field = at.model_fields.get(part)
            at = _model(field.annotation) if field else None
    if isinstance(at, type) and issubclass(at, BaseModel):
        return [*at.model_fields, *(["preset"] if at is RunConfig else [])]
    return []


def _model(annotation: Any) -> Any:
    """The model inside an annotation such as tuple[SourcePlan, ...] or X | None."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation
    for inner in typing.get_args(annotation):
        if isinstance(found := _model(inner), type) and issubclass(found, BaseModel):
            return found
    return None
