"""From nothing, from every older version, and not from a newer one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, Text, inspect, text

from mulakat.errors import StoreError, StoreNewer
from mulakat.store import open_store
from mulakat.store.engine import make_engine
from mulakat.store.migrate import migrate, revisions
from mulakat.store.place import place_of
from mulakat.store.tables import SEARCH, metadata

from .helpers import SETUP, WHEN, begin, behind, say


def differences(url: str, wanted: MetaData) -> list[object]:
    with behind(url) as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            # The search's tables are each database's own and no part of the model.
            "include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(SEARCH),
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), wanted))


def upgrade(url: str, target: str) -> None:
    place = place_of(url)
    engine = make_engine(place, 5.0)
    migrate(engine, place, target)
    engine.dispose()


def write_as_0001_did(url: str) -> None:
    """One interview with two events, in the words of the first version's tables."""
    with behind(url) as connection:
        connection.execute(
            text(
                "INSERT INTO interviews "
                "(number, id, owner, token_hash, setup, created, state, last_seq, answers, elapsed_s) "
                "VALUES (1, 'old', 'me', 'hash', :setup, :when, 'running', 2, 1, 4.5)"
            ),
            {"setup": json.dumps(asdict(SETUP)), "when": WHEN},
        )
        for seq, kind in ((1, "started"), (2, "answer")):
            connection.execute(
                text(
                    "INSERT INTO events (interview, seq, kind, happened, data) VALUES (1, :s, :k, :w, :d)"
                ),
                {"s": seq, "k": kind, "w": WHEN, "d": '{"text": "eski", "at": 4.5}'},
            )


def test_from_blank_to_the_last_revision(url: str) -> None:
    with open_store(url) as store:
        assert store.schema_version() == revisions()[-1]
    with open_store(url) as store:
        assert store.schema_version() == revisions()[-1]


@pytest.mark.parametrize("revision", revisions())
def test_from_every_revision_nothing_is_lost(url: str, revision: str) -> None:
    upgrade(url, revisions()[0])
    write_as_0001_did(url)
    upgrade(url, revision)
    with open_store(url) as store:
        assert store.schema_version() == revisions()[-1]
        assert [(e.seq, e.kind, e.data["text"]) for e in store.events("old")] == [
            (1, "started", "eski"),
            (2, "answer", "eski"),
        ]
        line = store.summary("old")
        assert (line.record.setup, line.record.state, line.answers) == (SETUP, "running", 1)
        assert say(store, "old", "yeni") == 3


def test_migrated_tables_are_the_model_s(url: str) -> None:
    open_store(url).close()
    assert differences(url, metadata) == []


def test_the_comparison_sees_a_difference(url: str) -> None:
    open_store(url).close()
    other = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(other)
    other.tables["events"].append_column(Column("forgotten", Integer))
    other.tables["interviews"].append_column(Column("answers", Text), replace_existing=True)
    assert len(differences(url, other)) >= 2


def test_a_newer_database_is_left_as_it_is(url: str) -> None:
    with open_store(url) as store:
        begin(store)
    with behind(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreNewer, match="newer version") as caught:
        open_store(url)
    assert "Upgrade Mülakat" in caught.value.fix
    assert ("MULAKAT_DATA " if url.startswith("sqlite") else "MULAKAT_DATABASE ") in caught.value.fix
    with behind(url) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revisions()[-1]})
    with open_store(url) as store:
        assert store.get("first").id == "first"


def test_tables_of_another_program_are_left_alone(url: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    with behind(url) as connection:
        connection.execute(text("CREATE TABLE events (somebody TEXT)"))
    with pytest.raises(StoreError, match="tables of another program: events"):
        open_store(url)
    with behind(url) as connection:
        assert inspect(connection).get_table_names() == ["events"]
        assert [column["name"] for column in inspect(connection).get_columns("events")] == ["somebody"]


def test_a_migration_that_fails_leaves_nothing_half_done(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step's last statement fails; what it did before is undone, and a new start does it all."""
    from alembic import op

    execute = op.execute

    def cut_short(statement: str) -> None:
        execute(statement if "TRIGGER" not in statement else "CREATE NONSENSE")

    monkeypatch.setattr(op, "execute", cut_short)
    with pytest.raises(Exception, match="NONSENSE"):
        upgrade(url, revisions()[0])
    monkeypatch.undo()
    with behind(url) as connection:
        assert inspect(connection).get_table_names() == []
    with open_store(url) as store:
        begin(store)
        assert say(store, "first", "well") == 1
