"""The embedded model, loaded once for all tests that need it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def gguf(real_models: Path) -> Path:
    return next((real_models / "smollm2-135m-instruct").glob("*.gguf"))


@pytest.fixture(scope="session")
def adapter() -> Path:
    return Path(str(files("mulakat.interview").joinpath("adapters/interviewer-135m.gguf")))
