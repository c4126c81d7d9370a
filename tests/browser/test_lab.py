"""The lip-sync lab in a real browser: both ways to move the mouth, plotted and compared; sound and
timelines that do not fit each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.models, pytest.mark.timeout(300)]

WAIT = 90_000
JAW = "window.__avatar.weights[window.__avatar.units.indexOf('jawOpen')]"
WORDS = {
    "en": {"play": "Play", "energy": "Energy (FFT)"},
    "tr": {"play": "Çalın", "energy": "Enerji (FFT)"},
}


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    made.add_init_script("window.__avatarFlags = {draw: false, quality: 'low', patient: true}")
    yield made
    made.close()


def lab(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/lab/lipsync")
    page.wait_for_selector("[data-face=shown]", timeout=WAIT)
    page.wait_for_function("() => window.__lab?.samples.length > 0 && window.__avatar", timeout=WAIT)
    page.wait_for_function("() => !document.querySelector('main button[disabled]')", timeout=WAIT)
    page.wait_for_function("() => window.__avatar.frames > 10", timeout=WAIT)
    return page


def play(page: Page, lips: str) -> None:
    page.evaluate("(lips) => window.__lab.play(lips).then(() => 0)", lips)


def changed(context: BrowserContext, change: Any) -> None:
    """Lets `change` alter every sample before the page reads it."""

    def serve(route: Route) -> None:
        listed = json.loads(route.fetch().body())
        for sample in listed["samples"]:
            change(sample)
        route.fulfill(json=listed)

    context.route("**/lab/samples.json", serve)


def hear(page: Page, button: str, courses: int) -> None:
    """Plays until the jaw's plot holds that many courses, the target's among them: a machine that is busy
    elsewhere may draw no frame in a whole sentence."""
    jaw = page.locator("main figure svg").nth(2).locator("path")
    for _ in range(4):
        page.get_by_role("button", name=button).click()
        page.wait_for_function("() => window.__lab.desk.sentence() !== null", timeout=WAIT, polling=20)
        page.wait_for_function("() => window.__lab.desk.sentence() === null", timeout=WAIT, polling=20)
        page.wait_for_timeout(300)
        if jaw.count() >= courses:
            break
    assert jaw.count() == courses


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("width", [390, 1440])
def test_both_ways_are_played_plotted_and_compared(
    chromium: Browser, address: str, language: str, width: int
) -> None:
    locale = {"en": "en-GB", "tr": "tr-TR"}[language]
    context = chromium.new_context(locale=locale, viewport={"width": width, "height": 844})
    context.add_init_script("window.__avatarFlags = {draw: false, quality: 'low', patient: true}")
    page = lab(context, address)
    words = WORDS[language]
    # Two headings, two correlations, then the contacts of each way.
    contacts = page.locator("main dl dd")
    expect(contacts.nth(4)).to_have_text("–")
    hear(page, words["play"], 2)
    expect(contacts.nth(4)).to_contain_text(re.compile(r"\d"))
    expect(contacts.nth(5)).to_have_text("–")
    page.get_by_text(words["energy"], exact=True).first.click()
    hear(page, words["play"], 3)
    expect(contacts.nth(5)).to_contain_text(re.compile(r"\d"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_sound_of_ones_own_moves_the_jaw_by_its_energy(context: BrowserContext, address: str) -> None:
    page = lab(context, address)
    sound = context.request.get(f"{address}/lab/en-problem.wav").body()
    chooser = page.locator("input[type=file]")
    chooser.set_input_files({"name": "mine.wav", "mimeType": "audio/wav", "buffer": sound})
    expect(page.get_by_role("combobox").first).to_contain_text("mine.wav")
    page.evaluate("void window.__lab.play('timeline')")
    page.wait_for_function(f"() => {JAW} > 0.1", timeout=WAIT, polling=20)
    chooser.set_input_files({"name": "mine.txt", "mimeType": "text/plain", "buffer": b"no sound"})
    expect(page.get_by_text("holds no sound that the browser can read")).to_be_visible()


def test_audio_that_stops_half_way_rests_the_mouth_and_goes_on(
    context: BrowserContext, address: str
) -> None:
    page = lab(context, address)
    page.evaluate("void window.__lab.play('timeline')")
    page.wait_for_function(f"() => {JAW} > 0.1", timeout=WAIT, polling=20)
    page.evaluate("window.__lab.desk.context.suspend()")
    page.wait_for_function(f"() => {JAW} < 0.02 && window.__avatar.ms < 0", timeout=WAIT, polling=20)
    frames = page.evaluate("window.__avatar.frames")
    page.wait_for_function("(n) => window.__avatar.frames > n + 5", arg=frames, timeout=WAIT)
    page.evaluate("window.__lab.desk.context.resume()")
    page.wait_for_function(f"() => {JAW} > 0.1", timeout=WAIT, polling=20)


@pytest.mark.parametrize("factor", [0.6, 1.1, 2.0])
def test_a_timeline_of_another_length_than_its_audio_ends_with_the_sound(
    context: BrowserContext, address: str, factor: float
) -> None:
    def stretch(sample: dict[str, Any]) -> None:
        for part in ("visemes", "phonemes"):
            sample[part] = [[start * factor, end * factor, name] for start, end, name in sample[part]]

    changed(context, stretch)
    page = lab(context, address)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    play(page, "timeline")
    page.wait_for_function(f"() => {JAW} < 0.02 && window.__avatar.ms < 0", timeout=WAIT)
    assert faults == []


def test_a_shape_that_nobody_knows_rests_the_mouth_and_is_told_once(
    context: BrowserContext, address: str
) -> None:
    def spoil(sample: dict[str, Any]) -> None:
        sample["visemes"] = [[start, end, "click"] for start, end, _ in sample["visemes"]]
        sample["phonemes"] = [[start, end, "ʘ"] for start, end, _ in sample["phonemes"]]

    changed(context, spoil)
    told: list[str] = []
    context.on("console", lambda message: told.append(message.text))
    page = lab(context, address)
    page.evaluate("window.__widest = 0")
    page.evaluate(
        f"window.__avatar.onFrame = () => {{ window.__widest = Math.max(window.__widest, {JAW}) }}"
    )
    play(page, "timeline")
    assert page.evaluate("window.__widest") < 0.02
    assert len([text for text in told if "click" in text]) == 1
