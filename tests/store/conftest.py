"""A store of each kind for every test: SQLite always, PostgreSQL when MULAKAT_TEST_POSTGRES is set."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from mulakat.store import Store, open_store

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'data' / 'mulakat.sqlite3'}"
    else:
        yield from _fresh_postgres()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    yield from _fresh_postgres()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'mulakat.sqlite3'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


def _fresh_postgres() -> Iterator[str]:
    server = os.environ.get("MULAKAT_TEST_POSTGRES")
    if not server:
        pytest.skip("MULAKAT_TEST_POSTGRES is not set; tools/postgres.sh start DIR prints a URL for it")
    name = f"mulakat_{uuid.uuid4().hex}"
    admin = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    _run(admin, f"CREATE DATABASE {name}")
    try:
        yield (
            make_url(server)
            .set(drivername="postgresql", database=name)
            .render_as_string(hide_password=False)
        )
    finally:
        _run(admin, f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


def _run(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(statement))
