"""A candidate prepares with a real CV, checks what was understood, and is asked about it in the room."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cvs.make import document
from playwright.sync_api import Page, expect

from .test_whole_interview import WAIT, listen

pytestmark = [pytest.mark.browser, pytest.mark.models, pytest.mark.timeout(420)]

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "field": "Software development",
        "role": "Backend engineer",
        "prepare": "Prepare with your CV",
        "paste": "Paste the text",
        "read": "Read this text",
        "strike": "Do not ask",
        "correct": "Correct",
        "save": "Save",
        "title": "Position",
        "source": "Source",
        "begin": "Begin the interview",
        "where": "Where this question comes from",
        "dismiss": "Dismiss",
        "covered": "Covered",
        "missing": "Missing",
        "place": r"ayla-demir\.pdf, page 1, lines? \d+",
        "private": "neither used nor asked",
        "job": "Backend engineer\n\nRequirements\n- Experience with Python and PostgreSQL\n"
        "- You have worked with Kubernetes\n",
    },
    "tr": {
        "field": "Yazılım geliştirme",
        "role": "Arka uç geliştirici",
        "prepare": "Özgeçmişinizle hazırlanın",
        "paste": "Metni yapıştırın",
        "read": "Bu metni okutun",
        "strike": "Sorulmasın",
        "correct": "Düzeltin",
        "save": "Kaydedin",
        "title": "Görev",
        "source": "Kaynak",
        "begin": "Mülakata başlayın",
        "where": "Bu soru nereden geliyor?",
        "dismiss": "Kapatın",
        "covered": "Karşılanıyor",
        "missing": "Görünmüyor",
        "place": r"ayla-demir\.pdf, 1\. sayfa, [\d–]+\. satır",
        "private": "Ne kullanılır ne sorulur",
        "job": "Arka uç geliştirici\n\nAranan nitelikler\n- Python ve PostgreSQL ile deneyimli\n"
        "- Kubernetes konusunda bilgi sahibi\n",
    },
}


def _person(language: str) -> dict[str, Any]:
    """An invented candidate, with a protected fact that must not be used."""
    english = language == "en"
    headings = (
        ("Summary", "Work Experience", "Education", "Skills", "Languages", "Projects")
        if english
        else ("Özet", "İş Deneyimi", "Eğitim", "Beceriler", "Diller", "Projeler")
    )
    born = "Date of birth: 04.05.1990" if english else "Doğum tarihi: 04.05.1990"
    point = (
        "Cut the errors of the billing service by 40 percent with Python and PostgreSQL."
        if english
        else "Python ve PostgreSQL ile faturalama servisinin hatalarını yüzde 40 azalttım."
    )
    return {
        "id": "ayla-demir",
        "template": "d_plain",
        "lang": language,
        "name": "Ayla Demir",
        "title": "Backend Engineer" if english else "Arka Uç Geliştirici",
        "contact": ["ayla@example.org", "+90 232 000 00 00", born],
        "headings": dict(
            zip(
                ("summary", "roles", "education", "skills", "languages", "projects"),
                headings,
                strict=True,
            )
        ),
        "summary": "Engineer for payment systems." if english else "Ödeme sistemleri geliştiricisi.",
        "roles": [
            [
                "Backend Engineer" if english else "Arka Uç Geliştirici",
                "Kuzey Yazılım",
                "İzmir",
                "03/2019",
                "Present" if english else "Halen",
                [point],
            ]
        ],
        "projects": [
            ["Atlas", "A billing service for shops." if english else "Mağazalar için faturalama servisi."],
            ["Fenerci", "Alerts for small teams." if english else "Küçük ekipler için uyarılar."],
        ],
        "education": [
            [
                "BSc Computer Engineering" if english else "Bilgisayar Mühendisliği Lisans",
                "Ege University" if english else "Ege Üniversitesi",
                "2012",
                "2016",
            ]
        ],
        "skills": [["", ["Python", "PostgreSQL", "Docker"]]],
        "languages": [["Turkish" if english else "Türkçe", "C2"]],
        "private": [],
    }


def _to_preparation(page: Page, address: str, words: dict[str, str], questions: int) -> None:
    page.goto(address)
    page.get_by_role("combobox").nth(0).fill(words["field"])
    page.keyboard.press("Escape")
    page.get_by_role("combobox").nth(1).fill(words["role"])
    page.keyboard.press("Escape")
    page.locator("input[inputmode=numeric]").first.fill(str(questions))
    page.get_by_role("button", name=words["prepare"]).click()
    page.wait_for_url(re.compile("/prepare/"), timeout=WAIT)


def _pick(page: Page, kind: str, name: str, data: bytes) -> None:
    """Choose a file as a candidate does: by the button, in the browser's own window."""
    with page.expect_file_chooser() as chooser:
        page.locator(f"[data-drop={kind}]").get_by_role("button").first.click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def test_prepares_with_a_pdf_and_is_asked_about_it(page: Page, address: str, language: str) -> None:
    words = WORDS[language]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    _to_preparation(page, address, words, questions=3)

    _pick(page, "cv", "broken.pdf", b"%PDF-1.7 nothing of a PDF")
    expect(page.get_by_role("alert")).to_contain_text("broken.pdf", timeout=WAIT)
    page.get_by_role("alert").get_by_role("button", name=words["dismiss"]).click()
    name, data = document(_person(language))
    _pick(page, "cv", name, data)

    understood = page.locator("#understood")
    expect(understood).to_contain_text("Ayla Demir", timeout=WAIT)
    expect(understood).to_contain_text("Kuzey Yazılım")
    expect(page.get_by_text(words["private"])).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("04.05.1990")
    project = page.locator('[data-fact="projects.0.name"]')
    project.get_by_role("button", name=words["source"]).click()
    expect(project).to_contain_text(re.compile(words["place"]))

    job = page.locator("[data-drop=job]")
    job.get_by_role("button", name=words["paste"]).click()
    job.get_by_role("textbox").fill(words["job"])
    job.get_by_role("button", name=words["read"]).click()
    match = page.locator("#match li")
    expect(match.filter(has_text="PostgreSQL").first).to_contain_text(words["covered"], timeout=WAIT)
    expect(match.filter(has_text="Kubernetes").first).to_contain_text(words["missing"])

    agenda = page.locator("#agenda")
    expect(agenda).to_contain_text("Fenerci")
    page.locator('[data-fact="projects.1.name"]').get_by_role("button", name=words["strike"]).click()
    expect(agenda).not_to_contain_text("Fenerci", timeout=WAIT)
    role = page.locator('[data-fact="roles.0.title"]')
    role.get_by_role("button", name=words["correct"]).click()
    page.get_by_label(words["title"], exact=True).fill("Lead Engineer")
    page.get_by_role("button", name=words["save"]).click()
    expect(role).to_contain_text("Lead Engineer", timeout=WAIT)
    page.reload()
    expect(role).to_contain_text("Lead Engineer", timeout=WAIT)
    expect(agenda).not_to_contain_text("Fenerci")

    page.get_by_role("button", name=words["begin"]).click()
    page.wait_for_url(re.compile("/room/"), timeout=WAIT)
    listen(page)
    expect(page.locator("[data-captions]")).to_contain_text("Atlas", timeout=WAIT)
    page.get_by_text(words["where"]).click()
    expect(page.locator("[data-source]")).to_contain_text(re.compile(words["place"]))
    assert not errors

    page.goto(page.url.replace("/room/", "/prepare/"))
    expect(page.locator("#understood")).to_contain_text("Lead Engineer", timeout=WAIT)
    expect(page.locator("[data-drop]")).to_have_count(0)


def test_a_document_is_dropped_taken_back_and_by_keyboard(page: Page, address: str, language: str) -> None:
    words = WORDS[language]
    _to_preparation(page, address, words, questions=3)
    page.locator("[data-drop=cv]").evaluate(
        """(zone, text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "cv.txt", {type: "text/plain"}));
            const how = {bubbles: true, cancelable: true, dataTransfer: data};
            for (const type of ["dragenter", "dragover", "drop"])
                zone.dispatchEvent(new DragEvent(type, how));
        }""",
        words["job"] + "\n" + "Python, PostgreSQL, Docker " * 8,
    )
    expect(page.get_by_text("cv.txt", exact=True)).to_be_visible(timeout=WAIT)
    bin_button = page.get_by_role("button", name=re.compile(r"cv\.txt"))
    bin_button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("cv.txt", exact=True)).to_have_count(0, timeout=WAIT)

    paste = page.locator("[data-drop=job]").get_by_role("button", name=words["paste"])
    paste.focus()
    page.keyboard.press("Enter")
    page.keyboard.insert_text(words["job"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(paste).to_be_focused()
    expect(page.locator("#match")).to_contain_text("Kubernetes", timeout=WAIT)
    assert page.get_by_role("status").last.text_content(), "what was read is not announced"
