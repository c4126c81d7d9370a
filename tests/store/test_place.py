"""Which URLs are understood, and what is never shown of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mulakat.errors import MissingExtra, SettingsError
from mulakat.store import open_store
from mulakat.store.place import place_of


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql(scheme: str) -> None:
    place = place_of(f"{scheme}://me:geheim@db.example:5433/interviews")
    assert place.url.drivername == "postgresql+psycopg"
    assert place.url.password == "geheim"
    assert place.file is None
    assert place.name == "interviews at db.example:5433"


def test_a_unix_socket() -> None:
    assert place_of("postgresql://me@/m?host=/run/pg").name == "m at /run/pg"
    assert place_of("postgresql:///").name == "postgres at this machine"


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+pysqlite"])
def test_a_file(scheme: str, tmp_path: Path) -> None:
    file = tmp_path / "boşluk % ve ğ.sqlite3"
    place = place_of(f"{scheme}:///{file}")
    assert (place.file, place.name) == (file, str(file))
    with open_store(f"{scheme}:///{file}"):
        assert file.exists()


def test_a_relative_file_and_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert place_of("sqlite:///m.db").file == tmp_path / "m.db"
    assert place_of("sqlite:///~/m.db").file == tmp_path / "home" / "m.db"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "geheim",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:geheim?mode=ro&uri=true",
        "mysql://me:geheim@db.example/m",
        "postgresql+asyncpg://me:geheim@db.example/m",
        "postgresql://me:geheim@db.example:port/m",
        "http://me:geheim@db.example",
    ],
)
def test_another_url_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_store(url)
    assert "MULAKAT_DATABASE" in caught.value.fix
    assert "geheim" not in str(caught.value)


def test_postgresql_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra) as caught:
        open_store("postgresql://me@db.example/m")
    assert "pip install 'mulakat[postgres]'" in caught.value.fix
