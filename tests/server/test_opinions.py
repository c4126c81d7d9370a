"""A judge model's comments over the wire: offered where it may judge, asked in the background, kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
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
def house(data: Path) -> Any:
    building = building_of(sqlite_store(data), FakeEngine(), data=data)
    with House(building, ROOT / "no-page") as made:
        yield made


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


async def test_the_way_is_told_and_a_deleted_interview_stops_the_work(house: House, judge: Any) -> None:
    browser = house.browser()
    name = await held(browser)
    await tried(house)
    go = threading.Event()

    closed = threading.Event()

    class Closing(FakeEngine):
        async def close(self) -> None:
            closed.set()

    def open_slowly(settings: Any) -> Any:
        assert go.wait(60)
        return Closing(script=honest), None

    judge(honest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "open_engine", open_slowly)
        ask(browser, name)
        until(lambda: get(browser, f"interviews/{name}/opinion")["of"] > 0)
        assert get(browser, f"interviews/{name}/opinion")["state"] == "working"
        assert ask(browser, name)["state"] == "working", "asked twice at once"
        assert browser.http.delete(f"/api/interviews/{name}").status_code == 204
        go.set()
        assert closed.wait(60), "a model that nobody needs any more stays open"
    response = browser.http.get(f"/api/interviews/{name}/opinion")
    assert response.status_code == 404


async def test_nothing_is_offered_while_the_interview_goes_on(house: House, judge: Any) -> None:
    browser = house.browser()
    await tried(house)
    name = browser.new("en")
    judge(honest)
    assert ask(browser, name, 409)["code"] == "interview"
    stranger = house.browser()
    assert stranger.http.post(f"/api/interviews/{name}/opinion").status_code == 404
