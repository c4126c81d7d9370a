"""A scripted candidate from YAML. The format stands in docs/scenarios.md.

Does not: answer what was asked; a scripted candidate says its lines in turn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from mulakat.errors import ScenarioError
from mulakat.messages import Kind, Language, Level

Expectation = Literal[
    "ok",
    "short",
    "gibberish",
    "off_topic",
    "hostile",
    "injection",
    "asks_for_answer",
    "protected",
    "wrong_language",
    "repeated",
    "silent",
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
MAX_BYTES = 1_000_000


class Line(BaseModel):
    """One answer; `expects` and `names` are a careful reader's marks, used only for measuring."""

    model_config = ConfigDict(extra="forbid")

    say: Annotated[str, StringConstraints(max_length=20_000)]
    expects: Expectation | None = None
    names: list[str] = Field(default_factory=list)


class Scenario(BaseModel):
    model_config = ConfigDict(extra="forbid")

    language: Language
    field: Text
    role: Text
    level: Level = "mid"
    kind: Kind = "mixed"
    about: str = ""
    turns: list[Line] = Field(min_length=1, max_length=200)
    name: str = ""

    def line(self, turn: int) -> Line:
        """The candidate's answer to the turn counted from 0; past the end it begins again."""
        return self.turns[turn % len(self.turns)]


def read_scenario(path: Path) -> Scenario:
    """A scenario from a file. Raises ScenarioError naming every fault."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ScenarioError(f"The scenario {path.name} is larger than 1 MB.", "Shorten it.")
        scenario = Scenario.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise ScenarioError(
            f"The scenario {path} cannot be read: {error.strerror}.", "Check the path."
        ) from None
    except UnicodeDecodeError:
        raise ScenarioError(f"The scenario {path.name} is not UTF-8 text.", "Save it as UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise ScenarioError(
            f"The scenario {path.name}{line} is no valid YAML.", "Correct that line."
        ) from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(p) for p in e['loc']) or 'file'}: {e['msg']}" for e in error.errors()[:8]
        )
        raise ScenarioError(
            f"The scenario {path.name} is wrong: {faults}.", "The format is in docs/scenarios.md."
        ) from None
    except (ValueError, RecursionError):  # PyYAML's own, for dates that are none and for deep nesting
        raise ScenarioError(
            f"The scenario {path.name} holds a value that YAML cannot read.", "Put the text in quotes."
        ) from None
    return scenario.model_copy(update={"name": path.stem})
