"""Brings a database of any older version to this one's tables.

Does not: go back to an older version.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from mulakat.errors import StoreError, StoreNewer
from mulakat.store.engine import is_sqlite, writing
from mulakat.store.place import Place
from mulakat.store.tables import metadata

_LOCK = 0x6D756C616B6174  # "mulakat": the number of PostgreSQL's advisory lock


def migrate(engine: Engine, place: Place, target: str = "head") -> None:
    """Upgrades to revision `target` in one transaction, while other starting processes wait.

    Raises StoreNewer for a database whose revision is not known here, and StoreError for one in which
    another program keeps tables of the same names; neither is changed.
    """
    with writing(engine).begin() as connection:
        if not is_sqlite(engine):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        current = revision(connection)
        if current and current not in _known(script):
            raise _newer(current, place)
        if not current:
            _refuse_strangers(connection, place)
        if current != (script.get_current_head() if target == "head" else target):
            command.upgrade(config, target)


def revision(connection: Connection) -> str:
    """The database's revision; "" for an empty one."""
    return ",".join(MigrationContext.configure(connection).get_current_heads())


def revisions() -> list[str]:
    """Every revision that this version knows, oldest first."""
    return list(reversed(_known(ScriptDirectory.from_config(_config(None)))))


def _config(connection: Connection | None) -> Config:
    config = Config()
    # Alembic reads the path as a template in which % has a meaning.
    folder = str(Path(__file__).with_name("migrations")).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.attributes["connection"] = connection
    return config


def _known(script: ScriptDirectory) -> list[str]:
    return [step.revision for step in script.walk_revisions()]


def _refuse_strangers(connection: Connection, place: Place) -> None:
    theirs = set(metadata.tables) & set(inspect(connection).get_table_names())
    if theirs:
        raise StoreError(
            f"The database {place.name} holds tables of another program: {', '.join(sorted(theirs))}.",
            f"Set {_elsewhere(place)}.",
        )


def _elsewhere(place: Place) -> str:
    return "MULAKAT_DATA to another folder" if place.file else "MULAKAT_DATABASE to another database"


def _newer(current: str, place: Place) -> StoreNewer:
    return StoreNewer(
        f"The database {place.name} was written by a newer version of Mülakat (its tables are of "
        f"revision {current}).",
        f"Upgrade Mülakat, or set {_elsewhere(place)}.",
    )
