"""After a real interview on a real page: the report, a quote followed to its place, files, another try."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from .test_whole_interview import WAIT, WORDS, answer, listen, over, set_up

pytestmark = [pytest.mark.browser, pytest.mark.models, pytest.mark.timeout(420)]

SAID = {
    "en": {
        "kicker": "Interview report",
        "again": "Answer it again",
        "send": "Weigh it",
        "share": "Package to share",
        "tab": "Report",
    },
    "tr": {
        "kicker": "Mülakat raporu",
        "again": "Yeniden yanıtlayın",
        "send": "Değerlendirin",
        "share": "Paylaşım paketi",
        "tab": "Rapor",
    },
}


def hold(page: Page, address: str, language: str) -> None:
    """A short interview, answered to its end."""
    words = WORDS[language]
    answers = words["answers"]
    assert isinstance(answers, tuple)
    set_up(page, address, words, questions=3)
    listen(page)
    for turn in range(8):
        if over(page):
            break
        answer(page, answers[(0, 2)[turn % 2]])
        listen(page)
    assert over(page), "the interview did not end by itself"
    page.wait_for_selector("[data-question]", timeout=WAIT)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_report_of_an_interview(context: BrowserContext, address: str, language: str) -> None:
    words = SAID[language]
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    hold(page, address, language)

    report = page.get_by_role("tabpanel")
    expect(page.get_by_role("tab", name=words["tab"], exact=True)).to_have_attribute(
        "aria-selected", "true"
    )
    expect(report.locator("section[aria-labelledby=summary] p")).to_have_count(6)
    assert report.locator("table tbody tr").count() >= 1

    quote = report.locator("a[data-quote]:has(q)").first
    quoted = quote.locator("q").inner_text()
    quote.click()
    mark = page.locator("mark")
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport()
    expect(mark).to_be_focused()
    assert squeezed(mark.inner_text()) == squeezed(quoted)
    said = page.locator("li:has(mark) p").last.inner_text()
    assert squeezed(quoted) in squeezed(said)

    page.locator("li:has(mark) a[href^='#question-']").click()
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("[data-question] h3").first).to_be_focused()
    page.go_back()
    expect(page.locator("mark")).to_be_visible()

    page.get_by_role("tab").last.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab").first).to_be_focused()
    expect(page.locator("[data-question]").first).to_be_visible()

    with page.expect_download() as pdf:
        page.get_by_role("link", name="PDF").click()
    data = Path(pdf.value.path()).read_bytes()
    text = squeezed("".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages))
    assert squeezed(words["kicker"]) in text
    assert squeezed(quoted) in text
    with page.expect_download() as share:
        page.get_by_role("link", name=words["share"]).click()
    with zipfile.ZipFile(share.value.path()) as package:
        assert package.testzip() is None
        assert len(package.namelist()) == 3

    page.get_by_role("button", name=words["again"]).first.click()
    expect(page.get_by_role("textbox")).to_be_focused()
    answers = WORDS[language]["answers"]
    assert isinstance(answers, tuple)
    page.keyboard.type(answers[2])
    page.get_by_role("button", name=words["send"]).click()
    expect(page.locator("[data-side-by-side] section")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-side-by-side] section")).to_have_count(2, timeout=WAIT)

    page.goto(f"{address}/progress")
    expect(page.locator("h1")).to_be_visible()
    assert not errors
