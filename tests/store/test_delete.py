"""Deleted is gone: from the tables of both databases, and from SQLite's files byte by byte."""

from __future__ import annotations

import logging
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, text

from mulakat.errors import UnknownInterview
from mulakat.store import Store, open_store

from .helpers import SETUP, WHEN, begin, behind, say

MARK = "kirmizi-fil"


def traces(folder: Path) -> int:
    """How often the mark stands anywhere in the database's files."""
    return sum(file.read_bytes().count(MARK.encode()) for file in folder.iterdir())


def fill(store: Store, seed: int) -> None:
    """Thirty interviews that grow by turns, rows of all sizes; one in three holds the mark everywhere."""
    choose = random.Random(seed)
    names = [f"{choose.randrange(10**6):06}-{MARK if n % 3 == 0 else 'plain'}" for n in range(30)]
    for number, name in enumerate(names):
        word = MARK if MARK in name else "sessiz-fil"
        begin(store, name, owner=word, setup=replace(SETUP, role=word * choose.randrange(1, 30)))
        for _ in range(8):
            other = names[choose.randrange(number + 1)]
            said = MARK if MARK in other else "sessiz-fil"
            say(store, other, said * choose.choice([1, 10, 80, 700]))
            store.append(other, choose.choice(["paused", "resumed"]), WHEN, {})


def test_one_is_deleted_and_the_others_stay(store: Store, url: str) -> None:
    for name in "abc":
        begin(store, name)
        say(store, name, name)
    store.delete("b")
    with pytest.raises(UnknownInterview):
        store.get("b")
    assert [record.id for record in store.list()] == ["c", "a"]
    assert store.events("a")[0].data["text"] == "a"
    with behind(url) as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar() == 2
    begin(store, "b")
    assert store.events("b") == []


def test_all_of_one_owner_or_of_everybody(store: Store, url: str) -> None:
    for name in "abcd":
        begin(store, name, owner="me" if name in "ab" else "them")
        say(store, name, name)
    assert store.delete_all("me") == 2
    assert store.delete_all("me") == 0
    assert [record.id for record in store.list()] == ["d", "c"]
    assert store.delete_all(None) == 2
    with behind(url) as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM interviews")).scalar() == 0


@pytest.mark.parametrize("seed", range(3))
def test_no_trace_of_one_interview_in_the_files(sqlite_url: str, tmp_path: Path, seed: int) -> None:
    with open_store(sqlite_url) as store:
        fill(store, seed)
        assert traces(tmp_path / "data") > 100
        names = [record.id for record in store.list()]
        random.Random(seed).shuffle(names)
        for name in names[:15] + [name for name in names[15:] if MARK in name]:
            store.delete(name)
        assert traces(tmp_path / "data") == 0
        assert store.list()
    assert traces(tmp_path / "data") == 0


@pytest.mark.parametrize("owner", [MARK, None])
def test_no_trace_of_all_interviews_in_the_files(
    sqlite_url: str, tmp_path: Path, owner: str | None
) -> None:
    with open_store(sqlite_url) as store:
        fill(store, 5)
        before = _size(tmp_path / "data")
        assert store.delete_all(owner) == (10 if owner else 30)
        assert traces(tmp_path / "data") == 0
        assert _size(tmp_path / "data") < before


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def test_the_search_would_find_what_an_ordinary_delete_leaves(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store:
        fill(store, 1)
    file = sqlite3.connect(tmp_path / "data" / "mulakat.sqlite3")
    file.execute("PRAGMA secure_delete = OFF")
    file.execute("DELETE FROM events")
    file.execute("DELETE FROM interviews")
    file.commit()
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    assert traces(tmp_path / "data") > 0


def test_a_reader_that_holds_old_pages_only_delays_the_cleaning(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_store(sqlite_url, patience=0.1) as store:
        begin(store)
        begin(store, "second")
        say(store, "first", MARK)
        reader = sqlite3.connect(tmp_path / "data" / "mulakat.sqlite3")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        with caplog.at_level(logging.WARNING):
            store.delete("first")
        assert "may still be in the file" in caplog.text
        assert [record.id for record in store.list()] == ["second"]
        assert traces(tmp_path / "data") > 0
        reader.close()
    assert traces(tmp_path / "data") == 0


def test_a_store_that_is_opened_cleans_what_was_left(sqlite_url: str, tmp_path: Path) -> None:
    """A process killed between the deletion and the cleaning leaves the old pages in the log."""
    first = open_store(sqlite_url)
    begin(first)
    say(first, "first", MARK)
    with first._writer.begin() as connection:
        connection.execute(text("DELETE FROM interviews"))
    assert traces(tmp_path / "data") > 0
    with open_store(sqlite_url):
        assert traces(tmp_path / "data") == 0
    first.close()


def test_no_room_to_shrink_the_file_leaves_no_trace_either(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store:
        fill(store, 2)
        event.listen(store._engine, "connect", _without_vacuum)
        store._engine.dispose()
        assert store.delete_all(MARK) == 10
        assert traces(tmp_path / "data") == 0
        event.remove(store._engine, "connect", _without_vacuum)


def _without_vacuum(connection: sqlite3.Connection, _: object) -> None:
    """VACUUM attaches a file for the copy; SQLite's own guard lets it fail there, as a full disk would."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
