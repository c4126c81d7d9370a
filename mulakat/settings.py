"""Settings from the environment (`MULAKAT_*`), built once by the caller and passed down.

Does not: read anything at import, or create folders (`prepare` does, when asked).
"""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from mulakat.errors import SettingsError


def _default_data() -> Path:
    return Path(platformdirs.user_data_dir("mulakat", appauthor=False))


class Settings(BaseSettings):
    """Every setting of the program; each is also an environment variable with the prefix MULAKAT_."""

    model_config = SettingsConfigDict(env_prefix="MULAKAT_", extra="ignore", frozen=True)

    data: Path = Field(default_factory=_default_data, description="where interviews and models live")
    models: Path | None = Field(None, description="where models live; <data>/models when unset")
    database: str = Field("", description="SQLAlchemy URL; SQLite in <data> when empty")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    open: bool = Field(True, description="open the page in a browser when the server is up")
    engine: str = Field("local", description="local, remote, fake or none")
    model: str = Field("smollm2-135m-instruct", description="catalogue name or path of a GGUF file")
    interviewer: str = Field("interviewer-135m", description="adapter by name; 'none' for the base")
    wording: str = Field(
        "auto",
        description="turn: the model words whole questions; acknowledgement: it does not; auto: by model",
    )
    remote_url: str = Field("", description="base URL of an OpenAI-compatible server, for engine=remote")
    remote_key: str = Field("", repr=False, description="its key, if it wants one")
    remote_model: str = ""
    remote_grammar: str = Field("", description="llama.cpp or vllm, when that server holds grammars")
    threads: int = Field(0, ge=0, description="threads of the local engine; 0: all cores")
    slots: int = Field(8, ge=1, le=64, description="interviews the local engine serves at once")
    queue: int = Field(32, ge=0, description="turns that may wait for a slot")
    reply_timeout: float = Field(
        30.0, gt=0, description="seconds after which a reply is worded by the pack"
    )
    hurry: float = Field(
        0.15,
        ge=0,
        description="seconds after which the pack says what a small model has not worded; 0: wait",
    )
    cloud_voices: bool = Field(False, description="offer voices that send text to a cloud service")
    packs: Path | None = Field(None, description="folder with question packs of one's own")
    max_interviews: int = Field(64, ge=1, description="interviews held live at once")

    @property
    def models_dir(self) -> Path:
        return self.models or self.data / "models"

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data / 'mulakat.sqlite3'}"


def load(**overrides: object) -> Settings:
    """The settings of this process.

    Raises SettingsError naming every wrong variable at once.
    """
    given = {k: v for k, v in overrides.items() if v is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "; ".join(
            f"MULAKAT_{str(e['loc'][0]).upper() if e['loc'] else '?'}: {e['msg']}" for e in error.errors()
        )
        raise SettingsError(
            f"Some settings are wrong: {faults}.", "Correct or unset these environment variables."
        ) from None
