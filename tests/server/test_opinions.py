"""A judge model's comments over the wire: offered where it may judge, asked in the background, kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import Open
from house import ROOT, Browser, House, building_of, sqlite_store, until
from judges import honest

from mulakat.errors import EngineDead
from mulakat.llm.fake import FakeEngine, Line
from mulakat.llm.protocol import Request
from mulakat.messages import Language
from mulakat.room import judging

from .test_reports import get, held

Script = Callable[[Request], Line]


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Callable[[Script], None]:
    """Who is asked from now on."""

    def given(script: Script) -> None:
        monkeypatch.setattr(judging, "open_engine", lambda settings: (FakeEngine(script=script), None))

    return given


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def house(open_house: Open, data: Path) -> House:
    return open_house(data=data)


async def tried(house: House, script: Script = honest, language: Language = "en") -> None:
    engine = FakeEngine(script=script)
    await judging.calibrate(house.building.settings, engine, language)


def ask(browser: Browser, name: str, status: int = 202) -> Any:
    response = browser.http.post(f"/api/interviews/{name}/opinion")
    assert response.status_code == status, response.text
    return response.json()


def settled(browser: Browser, name: str) -> Any:
    until(lambda: get(browser, f"interviews/{name}/opinion")["state"] != "working")
    return get(browser, f"interviews/{name}/opinion")


def scores(browser: Browser, name: str) -> list[int | None]:
    """The judge's scores of the answered questions."""
    shown = get(browser, f"interviews/{name}/assessment", language="en")["report"]["questions"]
    return [(q["judged"] or {}).get("score") for q in shown if q["turns"]]


async def test_a_judge_that_passed_is_offered_and_what_it_says_stays(house: House, judge: Any) -> None:
    browser = house.browser()
    name = await held(browser)
    path = f"interviews/{name}"
    plain = get(browser, f"{path}/assessment", language="en")["report"]
    assert get(browser, f"{path}/opinion")["state"] == "none"
    await tried(house)
    assert get(browser, f"{path}/opinion") == {
        "state": "offered",
        "model": "fake",
        "done": 0,
        "of": 0,
        "fault": None,
    }
    judge(honest)
    assert ask(browser, name)["state"] == "working"
    assert settled(browser, name)["state"] == "given"
    judged = get(browser, f"{path}/assessment", language="en")["report"]
    answered = [q for q in judged["questions"] if q["turns"]]
    assert [q["judged"]["score"] for q in answered] == [4] * len(answered)
    assert all(q["judged"]["comments"][0]["text"] == "It names a real case." for q in answered)
    assert "fake" in judged["judge"]
    for before, after in zip(plain["questions"], judged["questions"], strict=True):
        assert {**after, "judged": None} == before, "a measured score moved"
    judge(lambda request: EngineDead("nobody is asked again"))
    assert ask(browser, name)["state"] == "given"
    told = browser.http.get(f"/api/{path}/report.json").json()
    assert told["assessment"]["judged"]["kappa"] == 1.0


async def test_one_that_may_not_judge_is_refused(house: House, judge: Any) -> None:
    browser = house.browser()
    name = await held(browser)
    judge(honest)
    assert "has not been tried" in ask(browser, name, 409)["message"]
    await tried(house, lambda request: "no idea")
    assert "may not judge" in ask(browser, name, 409)["message"]
    assert get(browser, f"interviews/{name}/opinion")["state"] == "none"


async def test_a_judge_that_dies_is_told_and_may_be_asked_again(house: House, judge: Any) -> None:
    browser = house.browser()
    name = await held(browser)
    await tried(house)
    judge(lambda request: EngineDead("It is gone."))
    ask(browser, name)
    failed = settled(browser, name)
    assert failed["state"] == "failed"
    assert "gave no verdict" in failed["fault"]["message"]
    assert failed["fault"]["fix"]
    judge(honest)
    assert ask(browser, name)["state"] == "working"
    assert settled(browser, name)["state"] == "given"


async def test_only_what_got_no_verdict_is_asked_again(house: House, judge: Any) -> None:
    browser = house.browser()
    name = await held(browser, turns=8)
    await tried(house)
    assert len(scores(browser, name)) > 1
    asked: list[Request] = []

    def tired(request: Request) -> Line:
        asked.append(request)
        return EngineDead("It is tired.") if len(asked) == 2 else honest(request)

    judge(tired)
    ask(browser, name)
    partly = settled(browser, name)
    assert partly["state"] == "failed"
    assert "1 questions" in partly["fault"]["message"]
    before = len(asked)
    assert scores(browser, name).count(4) == before - 1
    ask(browser, name)
    assert settled(browser, name)["state"] == "given"
    assert len(asked) == before + 1
    assert scores(browser, name) == [4] * before


class Gate:
    """A judge that can be held at its first question."""

    def __init__(self) -> None:
        self.go, self.came, self.asked, self.closed = threading.Event(), threading.Event(), 0, 0

    def open(self, settings: Any) -> Any:
        gate = self

        class Held(FakeEngine):
            async def stream(self, request: Request, on_queue: Any = None) -> AsyncGenerator[str]:
                gate.asked += 1
                gate.came.set()
                assert await asyncio.to_thread(gate.go.wait, 60)
                async for piece in super().stream(request, on_queue):
                    yield piece

            async def close(self) -> None:
                gate.closed += 1

        return Held(script=honest), None


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(judging, "open_engine", made.open)
    yield made
    made.go.set()


async def test_who_asks_twice_at_once_is_asked_for_once(house: House, gate: Gate) -> None:
    browser = house.browser()
    name = await held(browser)
    await tried(house)
    answered = len(scores(browser, name))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: ask(browser, name)["state"], range(4)))
    assert found == ["working"] * 4
    await asyncio.to_thread(gate.came.wait, 60)
    now = get(browser, f"interviews/{name}/opinion")
    assert (now["done"], now["of"]) == (1, answered)
    gate.go.set()
    assert settled(browser, name)["state"] == "given"
    assert gate.asked == answered
    until(lambda: gate.closed == 1)


@pytest.mark.parametrize("path", ["/{name}", ""])
async def test_what_is_deleted_goes_to_nobody_any_more(house: House, gate: Gate, path: str) -> None:
    browser = house.browser()
    name = await held(browser)
    await tried(house)
    ask(browser, name)
    until(gate.came.is_set)
    assert browser.http.delete(f"/api/interviews{path.format(name=name)}").status_code in (200, 204)
    gate.go.set()
    until(lambda: gate.closed == 1)
    assert gate.asked == 1
    assert browser.http.get(f"/api/interviews/{name}/opinion").status_code == 404


async def test_a_local_judge_waits_while_the_model_words_a_talk(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = FakeEngine(script=honest)
    building = building_of(sqlite_store(data), engine, data=data)
    building.settings = building.settings.model_copy(update={"engine": "local"})
    monkeypatch.setattr(judging, "open_engine", lambda settings: pytest.fail("a second copy was opened"))
    with House(building, ROOT / "no-page") as house:
        browser = house.browser()
        name = await held(browser)
        await tried(house)
        talked = len(engine.requests)
        ask(browser, name)
        until(lambda: get(browser, f"interviews/{name}/opinion")["of"] > 0)
        await asyncio.sleep(0.7)
        assert len(engine.requests) == talked
        engine.spare = True
        assert settled(browser, name)["state"] == "given"
        assert len(engine.requests) > talked


async def test_nothing_is_offered_while_the_interview_goes_on(house: House, judge: Any) -> None:
    browser = house.browser()
    await tried(house)
    name = browser.new("en")
    judge(honest)
    assert ask(browser, name, 409)["code"] == "interview"
    get(browser, f"interviews/{name}/opinion", 409)
    stranger = house.browser()
    assert stranger.http.post(f"/api/interviews/{name}/opinion").status_code == 404
