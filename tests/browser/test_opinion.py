"""A judge model's comments on the report page: offered, asked for, shown beside the measured scores."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from house import Browser as Visitor
from house import House, building_of, sqlite_store
from judges import honest
from playwright.sync_api import Page, expect

from mulakat.errors import EngineDead
from mulakat.llm.fake import FakeEngine
from mulakat.messages import Language
from mulakat.room import judging

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

WORDS = {
    "en": (
        "Ask for its comments",
        "What it said is kept. Ask for the rest once more, or later.",
        "Its own score: 4 out of 5",
    ),
    "tr": (
        "Yorumlarını isteyin",
        "Söyledikleri saklandı. Kalanını hemen ya da sonra yeniden isteyin.",
        "Kendi puanı: 5 üzerinden 4",
    ),
}


def elsewhere(work: Coroutine[Any, Any, Any]) -> Any:
    """Playwright's loop runs in this thread; asynchronous work needs another."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, work).result()


@pytest.fixture
def house(built: Path, tmp_path: Path) -> Iterator[House]:
    with House(building_of(sqlite_store(tmp_path), FakeEngine(), data=tmp_path), built) as made:
        yield made


async def held(visitor: Visitor, language: Language) -> str:
    name = visitor.new(language, page_language=language)
    async with visitor.page(name) as room:
        await room.hello()
        await room.turn()
        await room.to_the_end(language)
    return name


def test_comments_are_asked_for_on_the_page(
    page: Page, house: House, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, fix, score = WORDS[language]
    visitor = house.browser()
    name = elsewhere(held(visitor, language))
    elsewhere(judging.calibrate(house.building.settings, FakeEngine(script=honest), language))
    page.context.add_cookies(
        [{"name": k, "value": v, "url": house.url} for k, v in visitor.http.cookies.items()]
    )
    dead = FakeEngine(script=lambda request: EngineDead("It is gone."))
    monkeypatch.setattr(judging, "open_engine", lambda settings: (dead, None))
    page.goto(f"{house.url}/interview/{name}")
    page.get_by_role("button", name=ask).click()
    expect(page.get_by_text(fix)).to_be_visible()

    monkeypatch.setattr(judging, "open_engine", lambda settings: (FakeEngine(script=honest), None))
    page.get_by_role("button", name=ask).click()
    expect(page.get_by_text("It names a real case.").first).to_be_visible()
    expect(page.get_by_text(score).first).to_be_visible()
    expect(page.get_by_role("button", name=ask)).to_have_count(0)
    page.reload()
    expect(page.get_by_text("It names a real case.").first).to_be_visible()
    expect(page.locator("[data-opinion]")).to_have_count(0)
