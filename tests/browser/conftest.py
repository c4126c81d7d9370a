"""A real server with the real model and voice, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import environment, free_port, served
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PAGE = Path(__file__).parents[2] / "mulakat" / "server" / "page" / "index.html"
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


def _chromium() -> str:
    """An installed Chromium; `make test` installs one, so in CI its absence is a failure."""
    named = os.environ.get("MULAKAT_CHROMIUM", "")
    for name in (named, "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    reason = "no Chromium is installed; tools/browser.sh gets one"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = _chromium()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder of the built page; `make test` builds it, so in CI its absence is a failure."""
    if not PAGE.is_file():
        if os.environ.get("CI"):
            pytest.fail("the page is not built")
        pytest.skip("the page is not built; run `make setup`")
    return PAGE.parent


@pytest.fixture(scope="session")
def address(built: Path, real_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a whole Mülakat answers: built page, embedded model, embedded voice, empty database."""
    port = free_port()
    env = environment(
        tmp_path_factory.mktemp("data"), MULAKAT_ENGINE="local", MULAKAT_MODELS=str(real_models)
    )
    with served(env, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(params=["en", "tr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, language: str) -> Iterator[BrowserContext]:
    """A candidate's browser in their language and at a desk; the face computes but draws nothing."""
    made = chromium.new_context(
        locale={"en": "en-GB", "tr": "tr-TR"}[language],
        timezone_id="Europe/Istanbul",
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
    )
    made.add_init_script("window.__avatarFlags = {draw: false, quality: 'low'}")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
