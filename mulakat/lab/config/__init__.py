"""What a run is: one YAML file, checked as a whole before anything happens.

Does not: touch data, weights or the network.
"""

from mulakat.lab.config.read import load_config, preset_names, preset_text, read_text
from mulakat.lab.config.schema import (
    AdapterPlan,
    DataPlan,
    LaunchPlan,
    ModelPlan,
    PublishPlan,
    RunConfig,
    SourcePlan,
    SplitPlan,
    TrainPlan,
)

__all__ = [
    "AdapterPlan",
    "DataPlan",
    "LaunchPlan",
    "ModelPlan",
    "PublishPlan",
    "RunConfig",
    "SourcePlan",
    "SplitPlan",
    "TrainPlan",
    "load_config",
    "preset_names",
    "preset_text",
    "read_text",
]
