"""What can go wrong in the laboratory and be mended by its user.

MulakatError
└── LabError
    ├── ConfigFaults       a YAML file with all its faults at once
    ├── DataError          rows, sources and data sets
    ├── PreflightRefused   a run that would waste the machine's time
    ├── TrainingStopped    NaN loss, full disk; the last good checkpoint stands
    ├── CheckpointError    a checkpoint that is cut in half, or of another run
    ├── CurvesError        a log that cannot be read
    ├── EvaluationError    an interviewer that cannot be served or scored
    └── PublishError       an adapter that cannot be published, or differs from its source
"""

from __future__ import annotations

from mulakat.errors import MulakatError


class LabError(MulakatError):
    code = "lab"


class ConfigFaults(LabError):
    """`faults` holds one line for each."""

    code = "lab_config"

    def __init__(self, origin: str, faults: list[str]) -> None:
        lines = "".join(f"\n  - {fault}" for fault in faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{origin} has {count}:{lines}\n", "Correct these places.")
        self.faults = faults


class DataError(LabError):
    code = "lab_data"


class PreflightRefused(LabError):
    code = "lab_preflight"


class TrainingStopped(LabError):
    code = "lab_stopped"


class CheckpointError(LabError):
    code = "lab_checkpoint"


class CurvesError(LabError):
    code = "lab_curves"


class EvaluationError(LabError):
    code = "lab_evaluation"


class PublishError(LabError):
    code = "lab_publish"
