"""The interviewer's own words, by cue and language, from the YAML files beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.messages import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """acknowledge: statements by cue; ask: questions by cue or aspect; farewell: statements."""

    acknowledge: dict[str, tuple[str, ...]]
    ask: dict[str, tuple[str, ...]]
    farewell: tuple[str, ...]


@lru_cache(maxsize=4)
def wording(language: Language) -> Wording:
    """All wordings of a language."""
    raw = yaml.safe_load(files(__name__).joinpath(f"{language}.yaml").read_text("utf-8"))
    return Wording(
        acknowledge={cue: tuple(lines) for cue, lines in raw["acknowledge"].items()},
        ask={cue: tuple(lines) for cue, lines in raw["ask"].items()},
        farewell=tuple(raw["farewell"]),
    )
