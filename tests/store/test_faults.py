"""What a broken world says to the user, and that nothing is lost by it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from mulakat.errors import DiskFull, StoreError
from mulakat.store import Store, open_store
from mulakat.store.faults import explain
from mulakat.store.place import place_of

from .helpers import LONG, begin, behind, say, whole

NOBODY = 65534


@pytest.mark.parametrize(
    "content", [b"a letter to grandmother\n" * 400, b"SQLite format 3\x00" + b"\xff" * 8000]
)
def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "m.sqlite3"
    file.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{file}")
    assert str(file) in caught.value.message
    assert f'mv "{file}" "{file}.damaged"' in caught.value.fix
    assert file.read_bytes() == content


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite3"
    with open_store(f"sqlite:///{file}") as store:
        begin(store)
        for _ in range(50):
            say(store, "first", LONG)
    content = bytearray(file.read_bytes())
    content[40_000:-40_000] = b"\xa5" * (len(content) - 80_000)
    file.write_bytes(content)
    with pytest.raises(StoreError, match="damaged") as caught, open_store(f"sqlite:///{file}") as store:
        store.events("first")
    assert str(file) in caught.value.message
    shutil.move(file, f"{file}.damaged")
    with open_store(f"sqlite:///{file}") as store:
        assert store.list() == []


@pytest.mark.parametrize("first_statement", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_a_locked_file(sqlite_url: str, first_statement: str) -> None:
    with open_store(sqlite_url, patience=0.2) as store:
        begin(store)
        other = sqlite3.connect(place_of(sqlite_url).file or "")
        other.execute(first_statement)
        with pytest.raises(StoreError, match="Another program"):
            say(store, "first", LONG)
        with pytest.raises(StoreError, match="Another program"):
            open_store(sqlite_url, patience=0.2)
        assert whole(store) == 0
        other.close()
        assert say(store, "first", LONG) == 1


@pytest.mark.postgres
def test_a_locked_table(postgres_url: str) -> None:
    with open_store(postgres_url, patience=0.2) as store:
        begin(store)
        with behind(postgres_url) as other:
            other.execute(text("LOCK TABLE interviews IN ACCESS EXCLUSIVE MODE"))
            with pytest.raises(StoreError, match="Another program"):
                say(store, "first", LONG)
        assert say(store, "first", LONG) == 1


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user to whom nothing belongs; root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder(sqlite_url: str) -> Iterator[Path]:
    """A folder that everybody can reach. A store was opened before: root's modules are all loaded."""
    open_store(sqlite_url).close()
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def refused(url: str, deed: Callable[[Store], Any]) -> None:
    with without_rights(), pytest.raises(StoreError, match="cannot be written to") as caught:
        deed(open_store(url))
    assert "MULAKAT_DATA" in caught.value.fix


def test_a_folder_that_may_not_be_written_to(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    refused(f"sqlite:///{open_folder}/m.sqlite3", Store.list)
    refused(f"sqlite:///{open_folder}/deeper/m.sqlite3", Store.list)
    assert list(open_folder.iterdir()) == []


def test_a_file_that_may_not_be_written_to(open_folder: Path) -> None:
    url = f"sqlite:///{open_folder}/m.sqlite3"
    with open_store(url) as store:
        begin(store)
    (open_folder / "m.sqlite3").chmod(0o444)
    open_folder.chmod(0o555)
    refused(url, lambda store: say(store, "first", LONG))
    open_folder.chmod(0o755)
    (open_folder / "m.sqlite3").chmod(0o600)
    with open_store(url) as store:
        assert say(store, "first", LONG) == 1


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="directory") as caught:
        open_store(f"sqlite:///{tmp_path}")
    assert str(tmp_path) in caught.value.message


def test_folder_and_file_are_for_the_user_alone(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store:
        begin(store)
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
        files = list((tmp_path / "data").iterdir())
        assert len(files) == 3
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_server_that_does_not_answer() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_store("postgresql://me:geheim@127.0.0.1:9/interviews", patience=2)
    assert "interviews at 127.0.0.1:9" in caught.value.message
    assert "MULAKAT_DATABASE" in caught.value.fix
    assert "geheim" not in str(caught.value)


@pytest.mark.postgres
def test_a_database_that_is_not_there(postgres_url: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be reached.*does not exist"):
        open_store(postgres_url.replace("/mulakat_", "/no_such_"))


@pytest.mark.postgres
def test_a_server_that_drops_its_connections(postgres_url: str) -> None:
    with open_store(postgres_url) as store:
        begin(store)
        with behind(postgres_url) as other:
            others = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            )
            other.execute(text(f"{others} AND pid <> pg_backend_pid()"))
        assert say(store, "first", LONG) == 1
        assert whole(store) == 1


@pytest.mark.postgres
def test_a_user_who_may_only_read(postgres_url: str) -> None:
    with open_store(postgres_url) as store:
        begin(store)
        with behind(postgres_url) as other:
            database = place_of(postgres_url).url.database
            other.execute(text(f"ALTER DATABASE {database} SET default_transaction_read_only = on"))
        store._engine.dispose()
        with pytest.raises(StoreError, match="cannot be written to") as caught:
            say(store, "first", LONG)
        assert "Grant" in caught.value.fix
        assert whole(store) == 0


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("53100", DiskFull, "disk is full"),
        ("XX001", StoreError, "damaged"),
        ("57P03", StoreError, "cannot be reached"),
        ("28P01", StoreError, "cannot be reached"),
    ],
)
def test_what_a_server_can_say(state: str, kind: type[StoreError], words: str) -> None:
    """Faults that a test cannot cause on a real server are made with its own code."""
    errors = pytest.importorskip("psycopg.errors")
    cause = errors.lookup(state)("first line\nsecond line")
    told = explain(OperationalError("INSERT", {}, cause), place_of("postgresql://me:geheim@db.example/m"))
    assert type(told) is kind
    assert words in told.message
    assert "m at db.example" in told.message
    assert "geheim" not in str(told)


def test_a_disk_that_fails(sqlite_url: str) -> None:
    broken = sqlite3.OperationalError("disk I/O error")
    broken.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    told = explain(OperationalError("SELECT", {}, broken), place_of(sqlite_url))
    assert told is not None
    assert "disk I/O error" in told.message
    assert "healthy" in told.fix


def test_a_fault_of_our_own_is_not_dressed_up(store: Store) -> None:
    with pytest.raises(DBAPIError, match="no_such_table"), store._read() as connection:
        connection.execute(text("SELECT * FROM no_such_table"))
