"""Fixtures that several rooms' tests share; `house` holds what they are made of."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from house import House, building_of, fake_engine
from sqlalchemy import create_engine, make_url, text

from mulakat import catalogue
from mulakat.errors import CatalogueError
from mulakat.settings import Settings
from mulakat.store import Store, open_store


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page as small as can be."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Mülakat</title>", "utf-8")
    (folder / "assets" / "index-abc.js").write_text("export {};", "utf-8")
    (tmp_path / "secret.txt").write_text("not part of the page", "utf-8")
    return folder


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind."""
    if request.param == "sqlite":
        with open_store(f"sqlite:///{tmp_path / 'any' / 'mulakat.sqlite3'}") as store:
            yield store
        return
    server = os.environ.get("MULAKAT_TEST_POSTGRES")
    if not server:
        pytest.skip("MULAKAT_TEST_POSTGRES is not set; tools/postgres.sh start DIR prints a URL for it")
    name = f"mulakat_{uuid.uuid4().hex}"
    url = make_url(server)
    admin = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        mine = url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        with open_store(mine) as store:
            yield store
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'data' / 'mulakat.sqlite3'}") as opened:
        yield opened


Open = Callable[..., House]


@pytest.fixture
def open_house(store: Store, page: Path) -> Iterator[Open]:
    """Opens a server; `store`, `engine` and `voices` are the usual fakes unless they are given."""
    with ExitStack() as stack:

        def opened(**given: Any) -> House:
            engine = given.pop("engine", None) or fake_engine()
            building = building_of(given.pop("store", store), engine, **given)
            return stack.enter_context(House(building, page))

        yield opened


@pytest.fixture
def house(open_house: Open) -> House:
    return open_house()


@pytest.fixture(scope="session")
def real_models() -> Path:
    """The folder of the embedded models. CI fetches them first, so there their absence is a failure."""
    settings = Settings()
    try:
        catalogue.locate("smollm2-135m-instruct", settings)
    except CatalogueError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    return settings.models_dir
