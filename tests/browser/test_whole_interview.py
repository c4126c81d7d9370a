"""A candidate's way through the house, by hand on a real page: set-up, room, reload, end, PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.models, pytest.mark.timeout(420)]

LOUD = 0.01
"""RMS (full scale 1) from which there is speech; digital silence is 0."""
WAIT = 90_000

WORDS = {
    "en": {
        "language": "English",
        "field": "Software development",
        "role": "Backend engineer",
        "begin": "Begin the interview",
        "finish": "Yes, finish",
        "answers": (
            "Last year I rebuilt our billing service, Atlas, with two colleagues. I wrote the plan "
            "and the rollback script myself, because an earlier try had failed.",
            "Yes.",
            "We compared both databases every hour, and after three weeks the error rate had fallen from "
            "four percent to under one percent, so the support team stopped calling us.",
        ),
    },
    "tr": {
        "language": "Türkçe",
        "field": "Yazılım geliştirme",
        "role": "Arka uç geliştirici",
        "begin": "Mülakata başlayın",
        "finish": "Evet, bitirin",
        "answers": (
            "Geçen yıl iki arkadaşımla Atlas adlı faturalama servisini yeniden yazdık. Geçiş planını ve "
            "geri dönüş betiğini ben hazırladım, çünkü önceki deneme gece yarısı başarısız olmuştu.",
            "Evet.",
            "İki veritabanını her saat karşılaştırdık; üç hafta sonra hata oranı yüzde dörtten yüzde birin "
            "altına düştü ve destek ekibi bizi aramayı bıraktı.",
        ),
    },
}


@pytest.fixture
def context(chromium: Browser, language: str) -> Iterator[BrowserContext]:
    """The candidate's browser, with motion: the others ask for as little as can be."""
    locale = {"en": "en-GB", "tr": "tr-TR"}[language]
    made = chromium.new_context(
        locale=locale, timezone_id="Europe/Istanbul", viewport={"width": 1440, "height": 900}
    )
    # Software rendering would starve everything else: the face is computed but not drawn.
    made.add_init_script("window.__avatarFlags = {draw: false, quality: 'low'}")
    yield made
    made.close()


def hear(page: Page, ready: str, arg: int | None = None) -> float:
    """Wait until the script function `ready` says so; the loudest RMS meanwhile. The widest jaw is kept."""
    page.evaluate("window.__loudest = 0; window.__widest = 0")
    page.wait_for_function(
        f"""(arg) => {{
            const room = window.__mulakat;
            const face = window.__avatar;
            window.__loudest = Math.max(window.__loudest, room ? room.rms() : 0);
            const jaw = face ? face.weights[face.units.indexOf("jawOpen")] : 0;
            window.__widest = Math.max(window.__widest, jaw);
            return ({ready})(room, arg);
        }}""",
        arg=arg,
        timeout=WAIT,
        polling=40,
    )
    return float(page.evaluate("window.__loudest"))


def listen(page: Page) -> float:
    """Wait until it is the candidate's turn, or the interview is over; the loudest RMS meanwhile."""
    ended = "location.pathname.startsWith('/interview/')"
    return hear(page, f"(room) => {ended} || room?.phase === 'listening'")


def assert_lips_rest(page: Page) -> None:
    """In silence the mouth is shut and stays so."""
    page.wait_for_timeout(700)
    for _ in range(5):
        jaw, rms = page.evaluate(
            "[__avatar.weights[__avatar.units.indexOf('jawOpen')], window.__mulakat.rms()]"
        )
        assert rms < LOUD
        assert jaw < 0.02, "the lips move in silence"
        page.wait_for_timeout(120)


def over(page: Page) -> bool:
    return "/interview/" in page.url


def answer(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.__mulakat?.phase !== 'listening'", timeout=WAIT, polling=20)


def set_up(page: Page, address: str, words: dict[str, object], questions: int) -> None:
    """Fill the set-up page in and begin."""
    page.goto(address)
    page.get_by_text(str(words["language"]), exact=True).last.click()
    page.get_by_role("combobox").nth(0).fill(str(words["field"]))
    page.keyboard.press("Escape")
    page.get_by_role("combobox").nth(1).fill(str(words["role"]))
    page.keyboard.press("Escape")
    length = page.locator("input[inputmode=numeric], input[type=number]").first
    length.fill(str(questions))
    page.get_by_role("button", name=str(words["begin"])).click()
    page.wait_for_url(re.compile("/room/"), timeout=WAIT)


def test_a_whole_interview(context: BrowserContext, address: str, language: str) -> None:
    words = WORDS[language]
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    foreign: list[str] = []
    page.on(
        "request",
        lambda r: (
            None if r.url.startswith((address, "ws://127", "data:", "blob:")) else foreign.append(r.url)
        ),
    )
    set_up(page, address, words, questions=5)

    assert listen(page) > LOUD, "the first question was not heard"
    page.wait_for_selector("[data-face=shown]", timeout=WAIT)
    assert_lips_rest(page)
    texts = [page.locator("[data-captions]").inner_text()]
    answers = words["answers"]
    assert isinstance(answers, tuple)
    answer(page, answers[0])
    assert listen(page) > LOUD, "the follow-up was not heard"
    assert page.evaluate("window.__widest") > 0.15, "the lips did not move with the sound"
    assert_lips_rest(page)
    texts.append(page.locator("[data-captions]").inner_text())
    assert "Atlas" in " ".join(texts[1].split()), "the follow-up names nothing that was said"

    half = "Bu yarım kalmış bir cevap" if language == "tr" else "This is half an answer"
    page.get_by_role("textbox").fill(half)
    page.wait_for_timeout(600)
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value(half, timeout=WAIT)
    expect(page.locator("[data-captions]")).to_contain_text("Atlas", timeout=WAIT)
    listen(page)

    for turn in range(1, 12):
        if over(page):
            break
        answer(page, answers[turn % len(answers)])
        listen(page)
    assert over(page), "the interview did not end by itself"

    interview = page.url.split("#")[0].rstrip("/").split("/")[-1]
    page.get_by_role("tab").last.click()
    expect(page.get_by_text(answers[0]).first).to_be_visible(timeout=WAIT)
    told = context.request.get(f"{address}/api/interviews/{interview}").json()
    asked = [t["text"] for t in told["turns"] if t["speaker"] == "interviewer" and t["move"] != "farewell"]
    assert len(asked) == 5
    assert all(text.count("?") == 1 for text in asked)
    assert len(set(asked)) == 5

    link = page.get_by_role("link", name="PDF").get_attribute("href")
    assert link
    pdf = context.request.get(urljoin(address, link))
    assert pdf.ok
    assert pdf.headers["content-type"] == "application/pdf"
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.body())).pages).split())
    assert str(words["role"]) in text
    for said in asked:
        assert said.split()[-1] in text
    assert "Atlas" in text
    assert not errors
    assert not foreign, "the page asked another machine"


def sounded(page: Page, played: int) -> float:
    """Wait until more than `played` sentences were sounded to their end; the loudest RMS meanwhile."""
    return hear(page, "(room, played) => room.played > played", played)


def test_by_keyboard_alone(context: BrowserContext, address: str, language: str) -> None:
    """Begin, repeat, pause, resume, skip and finish without a pointer."""
    page = context.new_page()
    page.goto(address)
    name = {"en": "Try it now", "tr": "Hemen deneyin"}[language]
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/room/"), timeout=WAIT)
    listen(page)
    first = page.locator("[data-captions]").inner_text()
    played = page.evaluate("window.__mulakat.played")
    page.keyboard.press("Alt+r")
    assert sounded(page, played) > LOUD, "the repeated question was not heard"
    listen(page)
    again = page.locator("[data-captions]").inner_text()
    assert again.split()[-3:] == first.split()[-3:]
    page.keyboard.press("Alt+p")
    page.wait_for_function("() => window.__mulakat?.phase === 'paused'", timeout=WAIT)
    page.keyboard.press("Alt+p")
    page.wait_for_function("() => window.__mulakat?.phase === 'listening'", timeout=WAIT)
    page.keyboard.press("Alt+s")
    page.wait_for_function("() => window.__mulakat?.phase !== 'listening'", timeout=WAIT, polling=20)
    listen(page)
    page.keyboard.press("Alt+x")
    page.get_by_role("alertdialog").get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/interview/"), timeout=WAIT)
