"""The report's routes over real sockets: what they give, when they refuse, and what is kept."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from house import ANSWERS, Browser, House, setup_of
from pypdf import PdfReader

from mulakat.messages import Language
from mulakat.report.assessment_words import LABELS
from mulakat.server.auth import digest
from mulakat.store import Store

MARKER = "quetzalcoatl-marker-7531"
GONE = ("assessment", "report.pdf", "report.json", "report.zip")


async def held(browser: Browser, language: Language = "en", **more: Any) -> str:
    name = browser.new(language, **more)
    async with browser.page(name) as page:
        await page.hello()
        await page.turn()
        await page.to_the_end(language)
    return name


def get(browser: Browser, path: str, status: int = 200, **query: str) -> Any:
    response = browser.http.get(f"/api/{path}", params=query)
    assert response.status_code == status, response.text
    return response.json()


def text_of(data: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages).split())


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_every_quote_stands_in_the_transcript(house: House, language: Language) -> None:
    browser = house.browser()
    name = await held(browser, language, turns=5)
    turns = get(browser, f"interviews/{name}")["turns"]
    report = get(browser, f"interviews/{name}/assessment", language=language)["report"]
    assert len(report["summary"]) == 5
    assert len(report["exercises"]) == 3
    assert report["statement"] == LABELS[language].statement
    quotes = [q for q in quotes_in(report) if q]
    assert len(quotes) > 5
    for quote in quotes:
        turn = turns[quote["turn"]]
        assert turn["speaker"] == "candidate"
        assert turn["text"][quote["start"] : quote["end"]] == quote["text"]
        assert turn["at"] == quote["at"]
    for question in report["questions"]:
        assert (question["score"] is None) == (question["insufficient"] != "")
        assert all(turns[t]["speaker"] == "candidate" for t in question["turns"])
    asked = " ".join(t["text"] for t in turns if t["speaker"] == "interviewer")
    assert all(q["text"] in asked for q in report["questions"])


def quotes_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [q for v in value for q in quotes_in(v)]
    if isinstance(value, dict):
        if "stamp" in value:
            return [value]
        return [q for v in value.values() for q in quotes_in(v)]
    return []


async def test_the_report_is_the_same_each_time_and_speaks_both_languages(house: House) -> None:
    browser = house.browser()
    name = await held(browser)
    first = get(browser, f"interviews/{name}/assessment", language="en")
    assert get(browser, f"interviews/{name}/assessment", language="en") == first
    house.app.state.desk.on_delete[0](None)  # forgets what was weighed
    assert get(browser, f"interviews/{name}/assessment", language="en") == first
    turkish = get(browser, f"interviews/{name}/assessment", language="tr")["report"]
    assert turkish["statement"] == LABELS["tr"].statement
    scores = [
        [q["score"] and q["score"]["value"] for q in r["questions"]] for r in (first["report"], turkish)
    ]
    assert scores[0] == scores[1]
    assert any(scores[0])


async def test_files(house: House) -> None:
    browser = house.browser()
    name = await held(browser)
    path = f"/api/interviews/{name}/report"
    pdf = browser.http.get(f"{path}.pdf", params={"language": "tr", "zone": "Europe/Istanbul"})
    assert pdf.headers["content-type"] == "application/pdf"
    assert "Mülakat raporu" in text_of(pdf.content)
    assert ANSWERS["en"][0][:40] in text_of(pdf.content)
    whole = browser.http.get(f"{path}.json").json()
    assert whole["transcript"]["turns"][1]["text"].startswith(ANSWERS["en"][0][:40])
    assert len(whole["assessment"]["questions"]) == len(whole["report"]["questions"])
    zipped = browser.http.get(f"{path}.zip")
    assert zipped.headers["content-disposition"].startswith("attachment")
    assert browser.http.get(f"{path}.zip").content == zipped.content
    with zipfile.ZipFile(io.BytesIO(zipped.content)) as package:
        names = package.namelist()
        assert [Path(n).suffix for n in names] == [".txt", ".pdf", ".json"]
        assert LABELS["en"].statement in package.read(names[0]).decode()
        assert package.read(names[1])[:5] == b"%PDF-"
        assert json.loads(package.read(names[2])) == whole


async def test_a_running_interview_has_no_report_yet(house: House) -> None:
    browser = house.browser()
    for mode, code in (("practice", "interview"), ("exam", "exam_running")):
        name = browser.new(mode=mode)
        for path in GONE:
            assert get(browser, f"interviews/{name}/{path}", 409)["code"] == code
        async with browser.page(name) as page:
            await page.hello()
            await page.turn()
            await page.answer(ANSWERS["en"][0], "a")
            await page.turn()
        for path in GONE:
            assert get(browser, f"interviews/{name}/{path}", 409)["code"] == code
        again = {"id": "x", "question": "software/debugging.junior.1", "text": "Yes."}
        assert browser.http.post(f"/api/interviews/{name}/practice", json=again).status_code == 409
    assert get(browser, "progress")["interviews"] == []


async def test_reports_belong_to_their_session(house: House) -> None:
    mine, theirs = house.browser(), house.browser()
    name = await held(mine)
    for path in GONE:
        get(theirs, f"interviews/{name}/{path}", 404)
    assert get(theirs, "progress")["interviews"] == []
    again = {"id": "x", "question": "a/b", "text": "Yes."}
    assert theirs.http.post(f"/api/interviews/{name}/practice", json=again).status_code == 404


async def test_an_interview_without_answers(house: House) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await page.hello()
        await page.turn()
        await page.send("finish", id="f")
        await page.until("ended")
    report = get(browser, f"interviews/{name}/assessment")["report"]
    assert [q["insufficient"] != "" for q in report["questions"]] == [True]
    assert len(report["summary"]) == 5
    assert browser.http.get(f"/api/interviews/{name}/report.pdf").content[:5] == b"%PDF-"
    (line,) = get(browser, "progress")["interviews"]
    assert line["scored"] == 0
    assert get(browser, "progress")["tracks"] == []


async def test_one_answer_only(house: House) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await page.hello()
        await page.turn()
        await page.answer(ANSWERS["en"][0], "a")
        await page.turn()
        await page.send("finish", id="f")
        await page.until("ended")
    report = get(browser, f"interviews/{name}/assessment")["report"]
    (question,) = report["questions"]
    assert question["turns"] == [1]
    assert len(report["competencies"]) == 1
    assert len(report["summary"]) == 5
    assert len(report["exercises"]) == 3


OUT_OF_ORDER: list[tuple[str, dict[str, Any]]] = [
    ("answer", {"id": "a", "text": ANSWERS["en"][0], "at": 40.0}),
    ("started", {"versions": {}}),
    ("answer", {"id": "b", "text": ANSWERS["en"][1], "at": 7.0}),
    ("reply", {"text": "What did you build?", "at": 3.0, "move": "opening"}),
    ("move", {"full": {"question_id": "software/nothing.like.it", "seed": "What did you build?"}}),
    ("reply", {"text": "And what did you build?", "at": 90.0, "move": "move_on"}),
    ("answer", {"id": "c", "text": ANSWERS["en"][2], "at": 80.0}),
    ("sentence", {"text": "Half a", "question": False}),
    ("ended", {"reason": "finished", "at": 1.0}),
]


async def test_turns_out_of_order_are_weighed_as_far_as_they_go(house: House, store: Store) -> None:
    browser = house.browser()
    store.create(
        "odd", digest(browser.http.cookies["mulakat_session"]), "", setup_of(), "2026-11-20T10:00:00+03:00"
    )
    store.append_many("odd", [(kind, "2026-11-20T10:00:00+03:00", data) for kind, data in OUT_OF_ORDER])
    turns = get(browser, "interviews/odd")["turns"]
    report = get(browser, "interviews/odd/assessment")["report"]
    (question,) = report["questions"]
    assert question["text"] == "What did you build?"
    assert [turns[t]["text"] for t in question["turns"]] == [ANSWERS["en"][2]]
    assert browser.http.get("/api/interviews/odd/report.pdf").content[:5] == b"%PDF-"


async def test_answering_again(house: House, store: Store, tmp_path: Path) -> None:
    browser = house.browser()
    name = await held(browser)
    before = get(browser, f"interviews/{name}/assessment")
    question = before["report"]["questions"][0]["id"]
    body = {"id": "one", "question": question, "text": f"{MARKER}. {ANSWERS['en'][1]}"}
    path = f"/api/interviews/{name}/practice"
    made = browser.http.post(path, json=body)
    assert made.status_code == 201
    assert made.json()["before"] == before["report"]["questions"][0]
    assert made.json()["after"]["text"] == body["text"]
    assert browser.http.post(path, json=body).json() == made.json()
    after = get(browser, f"interviews/{name}/assessment")
    assert after["report"] == before["report"], "practice must not change the interview's own scores"
    assert after["practised"] == [made.json()["after"]]
    assert store.summary(name).answers == 3
    assert found_in(tmp_path)
    async with browser.page(name) as page:
        await page.hello()
        await page.until("ended")
        assert "practised" not in {m["type"] for m in page.got}
    wrong = browser.http.post(path, json={**body, "id": "two", "question": "software/nothing"})
    assert wrong.status_code == 409
    for bad in ({"text": ""}, {"text": "x" * 20_001}, {"id": ""}, {"more": 1}):
        assert browser.http.post(path, json={**body, **bad}).status_code == 422
    browser.http.delete(f"/api/interviews/{name}")
    assert not found_in(tmp_path)


def found_in(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file() and MARKER.encode() in f.read_bytes()]


async def test_progress_and_comparison(house: House) -> None:
    browser = house.browser()
    first, second = await held(browser), await held(browser)
    turkish = await held(browser, "tr")
    progress = get(browser, "progress", language="tr")
    assert [line["id"] for line in progress["interviews"]] == [first, second, turkish]
    for track in progress["tracks"]:
        assert 1 <= len(track["steps"]) <= 2
        assert len({s["interview"] for s in track["steps"]} & {turkish}) == (track["spoken"] == "tr")
    assert any(len(t["steps"]) == 2 and t["verdict"] == "unclear" for t in progress["tracks"])
    assert get(browser, f"interviews/{first}/assessment")["changes"] == []
    changes = get(browser, f"interviews/{second}/assessment")["changes"]
    assert changes
    assert {c["verdict"] for c in changes} == {"unclear"}, "the same answers cannot differ"
    assert get(browser, f"interviews/{turkish}/assessment")["changes"] == []
    browser.http.delete("/api/interviews")
    assert get(browser, "progress")["interviews"] == []


async def test_who_opens_by_token_sees_no_other_interview(house: House) -> None:
    browser, guest = house.browser(), house.browser()
    await held(browser)
    made = browser.http.post(
        "/api/interviews", json={"language": "en", "field": "software", "role": "x", "turns": 3, "seed": 5}
    ).json()
    async with browser.page(made["id"]) as page:
        await page.hello()
        await page.turn()
        await page.to_the_end()
    path = f"/api/interviews/{made['id']}/assessment"
    assert browser.http.get(path).json()["changes"]
    shown = guest.http.get(path, headers={"Authorization": f"Bearer {made['token']}"})
    assert shown.status_code == 200
    assert shown.json()["changes"] == []
