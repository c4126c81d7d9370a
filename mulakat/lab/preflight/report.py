"""What a preflight found. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `refuse` stops the run, `note` is worth knowing, `ok` was looked at and is in order."""

    level: Literal["ok", "note", "refuse"]
    topic: str
    told: str
    fix: str = ""

    def line(self) -> str:
        return f"{self.level:6}  {self.topic}: {self.told} {self.fix}".rstrip()


@dataclass
class Report:
    findings: list[Finding] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> list[Finding]:
        return [f for f in self.findings if f.level == "refuse"]

    def text(self) -> str:
        return "\n".join(f.line() for f in self.findings)

    def sentence(self) -> str:
        """All refusals in one message."""
        lines = "".join(f"\n  - {f.topic}: {f.told} {f.fix}".rstrip() for f in self.refused)
        return f"The run would not do what it says:{lines}\n"
