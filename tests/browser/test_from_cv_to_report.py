"""The whole way in one go: a CV and a handbook handed in, an interview about them, its report on paper."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from cvs.make import document
from knowledge import papers
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .looks import faults
from .test_prepare import WORDS, _person, _pick, _to_preparation
from .test_report import squeezed
from .test_whole_interview import WAIT, answer, listen, over
from .test_whole_interview import WORDS as TALK

pytestmark = [pytest.mark.browser, pytest.mark.models, pytest.mark.timeout(600)]

BOOK = {
    "en": "= Kuzey Yazılım\n\n== Our values\n- Candour: we say what we think while it can still help.\n\n"
    "== Safety\nNobody changes a running system before a second person has looked at it.\n",
    "tr": "= Kuzey Yazılım\n\n== Değerlerimiz\n- Açıklık: düşündüğümüzü işe yarayacağı zaman söyleriz.\n\n"
    "== Güvenlik\nİkinci bir kişi bakmadan çalışan sistem değiştirilmez.\n",
}
SAID = {"en": "Candour: we say what we think", "tr": "Açıklık: düşündüğümüzü"}


def _hand_in(page: Page, language: str) -> None:
    """CV, job and the company's handbook, as a candidate gives them; the page is then checked by axe."""
    words = WORDS[language]
    name, data = document(_person(language))
    _pick(page, "cv", name, data)
    expect(page.locator("#understood")).to_contain_text("Ayla Demir", timeout=WAIT)
    job = page.locator("[data-drop=job]")
    job.get_by_role("button", name=words["paste"]).click()
    job.get_by_role("textbox").fill(words["job"])
    job.get_by_role("button", name=words["read"]).click()
    expect(page.locator("#match")).to_contain_text("Kubernetes", timeout=WAIT)
    _pick(page, "company", "handbook.pdf", papers.pdf(BOOK[language]))
    told = page.locator("#company")
    expect(told).to_contain_text(SAID[language], timeout=WAIT)
    told.get_by_role("button", name=words["source"]).first.click()
    expect(told).to_contain_text("handbook.pdf")
    expect(page.locator("#agenda")).to_contain_text(SAID[language])
    assert faults(page) == []


def _talk(page: Page, language: str) -> None:
    """The interview to its end: its first question names the CV's project and says where it stands."""
    words = WORDS[language]
    page.get_by_role("button", name=words["begin"]).click()
    page.wait_for_url(re.compile("/room/"), timeout=WAIT)
    listen(page)
    expect(page.locator("[data-captions]")).to_contain_text("Atlas", timeout=WAIT)
    page.get_by_text(words["where"]).click()
    expect(page.locator("[data-source]")).to_contain_text(re.compile(words["place"]))
    answers = TALK[language]["answers"]
    assert isinstance(answers, tuple)
    for turn in range(8):
        if over(page):
            break
        answer(page, answers[(0, 2)[turn % 2]])
        listen(page)
    assert over(page), "the interview did not end by itself"


def test_from_a_cv_to_a_report_in_one_go(page: Page, address: str, language: str) -> None:
    words = WORDS[language]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    _to_preparation(page, address, words, questions=3)
    _hand_in(page, language)
    _talk(page, language)

    first = page.locator("[data-question='1']")
    expect(first.locator("h3")).to_contain_text("Atlas", timeout=WAIT)
    source = first.locator("[data-sources]").inner_text()
    assert re.search(words["place"], source)
    assert faults(page) == []

    quote = page.locator("a[data-quote]:has(q)").first
    quoted = quote.locator("q").inner_text()
    quote.click()
    mark = page.locator("mark")
    expect(mark).to_be_in_viewport()
    assert squeezed(mark.inner_text()) == squeezed(quoted)
    assert faults(page) == []
    page.go_back()

    with page.expect_download() as pdf:
        page.get_by_role("link", name="PDF").click()
    data = Path(pdf.value.path()).read_bytes()
    text = squeezed("".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages))
    assert squeezed(quoted) in text
    assert squeezed(source) in text
    assert "Atlas" in text

    page.goto(f"{address}/progress")
    expect(page.locator("h1")).to_be_visible()
    assert faults(page) == []
    assert not errors
