"""Documents handed in before an interview: understood, corrected, asked about with their place, deleted."""

from __future__ import annotations

from typing import Any

import pytest
from house import Browser, House

from mulakat.messages import Language

CV = """Ayla Demir
Backend engineer

EXPERIENCE
Backend Engineer, Kuzey Yazilim, 03/2019 - present
- Built the billing service Atlas and cut errors by 40 percent
- Moved reports from Oracle to PostgreSQL

PROJECTS
Atlas: a billing service for 2,000 shops

SKILLS
Python, PostgreSQL, Docker

EDUCATION
BSc Computer Engineering, Ege University, 2014 - 2018
"""
JOB = """Backend Engineer

Requirements
- Experience with Python and PostgreSQL
- You have worked with Kubernetes
"""


HANDBOOK = """# Kestrel Pumps

## Our values

- Candour: we say what we think while it can still help.

## Safety

Nobody opens a housing before the pressure has been read aloud.
"""


def hand_in(
    browser: Browser, interview: str, kind: str, data: bytes | str, name: str = "cv.txt"
) -> tuple[int, dict[str, Any]]:
    response = browser.http.put(
        f"/api/interviews/{interview}/documents/{kind}",
        params={"name": name},
        content=data.encode() if isinstance(data, str) else data,
        headers={"Content-Type": "application/octet-stream"},
    )
    return response.status_code, response.json()


async def test_what_was_understood_is_shown_with_its_place(house: House) -> None:
    mine = house.browser()
    name = mine.new(turns=6)
    status, made = hand_in(mine, name, "cv", CV)
    assert status == 200, made
    cv = made["cv"]
    assert cv["name"]["text"] == "Ayla Demir"
    assert (cv["roles"][0]["text"], cv["roles"][0]["detail"]) == ("Backend Engineer", "Kuzey Yazilim")
    assert cv["roles"][0]["place"]["line"] == 4  # of those with words
    assert "Atlas" in {p["text"] for p in cv["projects"]}
    assert {"Python", "PostgreSQL", "Docker"} <= {s["text"] for s in cv["skills"]}
    status, made = hand_in(mine, name, "job", JOB, "job.txt")
    states = {d["text"]: d["state"] for d in made["demands"]}
    assert states["Experience with Python and PostgreSQL"] == "covered"
    assert states["You have worked with Kubernetes"] == "missing"
    asked = " ".join(q["text"] for q in made["agenda"])
    assert "Atlas" in asked
    assert all(q["places"] for q in made["agenda"])
    assert mine.http.get(f"/api/interviews/{name}/preparation").json() == made


async def test_the_interview_asks_about_the_documents_and_says_where_it_stands(house: House) -> None:
    mine = house.browser()
    name = mine.new(turns=4)
    _, made = hand_in(mine, name, "cv", CV)
    async with mine.page(name) as page:
        await page.send("hello", after=0)
        await page.until("reply")
        move = next(m for m in page.got if m["type"] == "move")
        said = " ".join(m["text"] for m in page.got if m["type"] == "sentence")
        assert move["places"] == made["agenda"][0]["places"]
        assert made["agenda"][0]["text"] in said
    status, refused = hand_in(mine, name, "cv", CV)
    assert (status, refused["code"]) == (409, "interview")


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_the_company_s_papers_are_asked_about_with_their_place(
    house: House, language: Language
) -> None:
    mine = house.browser()
    name = mine.new(language, turns=4)
    hand_in(mine, name, "company", "Nothing much stands in this short note of ours.", "note.txt")
    status, made = hand_in(mine, name, "company", HANDBOOK, "handbook.md")
    assert status == 200, made
    told = {s["text"]: s for s in made["company"]}
    rule = told["Nobody opens a housing before the pressure has been read aloud"]
    assert (rule["about"], rule["place"]["name"], rule["place"]["line"]) == ("rule", "handbook.md", 5)
    assert len([d for d in made["documents"] if d["kind"] == "company"]) == 2
    asked = [q for q in made["agenda"] if q["about"] in ("value", "rule")]
    assert len(asked) == 2
    body = {"struck": [rule["key"]], "edits": {}}
    changed = mine.http.put(f"/api/interviews/{name}/preparation/corrections", json=body).json()
    assert [q["about"] for q in changed["agenda"]] == ["value"]
    assert [s["struck"] for s in changed["company"] if s["about"] == "rule"] == [True]
    async with mine.page(name) as page:
        await page.send("hello", after=0)
        await page.until("reply")
        move = next(m for m in page.got if m["type"] == "move")
        said = " ".join(m["text"] for m in page.got if m["type"] == "sentence")
        assert "Candour: we say what we think while it can still help" in said
        assert [p["name"] for p in move["places"]] == ["handbook.md"]
        await page.to_the_end(language)
    shown = mine.http.get(f"/api/interviews/{name}/assessment", params={"language": language}).json()
    sources = [q["sources"] for q in shown["report"]["questions"]]
    assert len(sources[0]) == 1
    assert "handbook.md" in sources[0][0]
    assert not any("[" in line or "place" in line for line in sources[0])


async def test_the_agenda_shows_what_the_kind_of_interview_will_ask(house: House) -> None:
    mine = house.browser()
    kinds: dict[str, set[str]] = {}
    for kind in ("behavioural", "technical", "mixed"):
        name = mine.new(turns=6, kind=kind)
        hand_in(mine, name, "job", JOB, "job.txt")
        _, made = hand_in(mine, name, "cv", CV)
        kinds[kind] = {q["about"] for q in made["agenda"]}
    assert kinds["behavioural"] <= {"project", "result", "role", "duty"}
    assert kinds["technical"] <= {"covered", "thin", "missing", "skill"}
    assert kinds["mixed"] == kinds["behavioural"] | kinds["technical"]


async def test_what_is_struck_out_is_not_asked_and_what_is_put_right_is(house: House) -> None:
    mine = house.browser()
    name = mine.new()
    _, made = hand_in(mine, name, "cv", CV)
    n = next(i for i, p in enumerate(made["cv"]["projects"]) if p["text"] == "Atlas")
    body = {"struck": [f"projects.{n}"], "edits": {"roles.0.employer": "Güney Yazılım", "name": "A. Demir"}}
    changed = mine.http.put(f"/api/interviews/{name}/preparation/corrections", json=body).json()
    assert changed["cv"]["projects"][n]["struck"] is True
    assert changed["cv"]["roles"][0]["detail"] == "Güney Yazılım"
    assert changed["cv"]["name"]["text"] == "A. Demir"
    assert not [q for q in changed["agenda"] if q["about"] == "project"]
    asked = " ".join(q["text"] for q in changed["agenda"])
    assert "Kuzey Yazilim" not in asked
    back = mine.http.put(f"/api/interviews/{name}/preparation/corrections", json={}).json()
    assert back == made


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document_without_text"),
        (b"%PDF-1.7 nothing of a PDF", "document_damaged"),
        (b"PK\x03\x04 no archive", "document_damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(400), "document_kind"),
        (
            "Ich habe fünf Jahre als Entwicklerin gearbeitet und suche eine neue Stelle. " * 9,
            "document_foreign",
        ),
    ],
)
async def test_a_file_that_cannot_be_read_is_one_sentence_and_loses_nothing(
    house: House, data: bytes | str, code: str
) -> None:
    mine = house.browser()
    name = mine.new()
    _, before = hand_in(mine, name, "cv", CV)
    status, refused = hand_in(mine, name, "cv", data, "broken.pdf")
    assert refused["code"] == code
    assert 400 <= status < 500
    assert refused["fix"]
    assert mine.http.get(f"/api/interviews/{name}/preparation").json() == before


async def test_documents_belong_to_whoever_handed_them_in(house: House) -> None:
    mine, theirs = house.browser(), house.browser()
    name = mine.new()
    hand_in(mine, name, "cv", CV)
    assert hand_in(theirs, name, "cv", CV)[0] == 404
    assert theirs.http.get(f"/api/interviews/{name}/preparation").status_code == 404
    assert theirs.http.delete(f"/api/interviews/{name}/documents/cv").status_code == 404
    assert mine.http.delete(f"/api/interviews/{name}/documents/cv").json()["cv"] is None
    assert mine.http.delete(f"/api/interviews/{name}/documents/cv").json()["code"] == "unknown_document"


async def test_only_documents_may_be_large(house: House) -> None:
    mine = house.browser()
    name = mine.new()
    status, refused = hand_in(mine, name, "cv", bytes(31_000_000))
    assert (status, refused["code"]) == (413, "too_large")
    status, refused = hand_in(mine, name, "cv", bytes(26_000_000))
    assert (status, refused["code"]) == (413, "document_too_large")
    long = mine.http.put(
        f"/api/interviews/{name}/preparation/corrections", json={"edits": {"name": "x" * 70_000}}
    )
    assert long.status_code == 413
