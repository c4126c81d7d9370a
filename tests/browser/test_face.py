"""The face under bad conditions: no WebGL, a lost context, a hidden tab, reduced motion, models that are
none or have other names for their morphs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.models, pytest.mark.timeout(300)]

WAIT = 90_000
QUIET = "window.__avatarFlags = {draw: false, quality: 'low'}"
NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return /webgl/.test(kind) ? null : real.call(this, kind, ...rest);
};
"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(locale="en-GB", viewport={"width": 1200, "height": 900})
    made.add_init_script(QUIET)
    yield made
    made.close()


def room(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Try it now").click()
    page.wait_for_url(re.compile("/room/"), timeout=WAIT)
    return page


def shown(page: Page) -> None:
    page.wait_for_selector("[data-face=shown]", timeout=WAIT)


def glb(names: list[str]) -> bytes:
    text = json.dumps(
        {"asset": {"version": "2.0"}, "meshes": [{"extras": {"targetNames": names}}]}
    ).encode()
    text += b" " * (-len(text) % 4)
    sizes = b"".join(n.to_bytes(4, "little") for n in (2, 20 + len(text), len(text)))
    return b"glTF" + sizes + b"JSON" + text


def test_without_webgl_the_portrait_stands_in_and_says_so(context: BrowserContext, address: str) -> None:
    context.add_init_script(NO_WEBGL)
    page = room(context, address)
    expect(page.get_by_text("This browser cannot draw the face here")).to_be_visible(timeout=WAIT)
    expect(page.locator("[data-face=portrait] img")).to_be_visible()
    page.wait_for_function("() => window.__mulakat?.rms() > 0.01", timeout=WAIT, polling=30)
    expect(page.locator("[data-captions]")).to_contain_text(re.compile(r"\w+ \w+"))


def test_a_lost_context_is_told_and_comes_back(context: BrowserContext, address: str) -> None:
    page = room(context, address)
    shown(page)
    page.evaluate(
        "document.querySelector('[data-face] canvas').getContext('webgl2')"
        ".getExtension('WEBGL_lose_context').loseContext()"
    )
    expect(page.get_by_text("the face comes back by itself")).to_be_visible(timeout=WAIT)
    shown(page)
    expect(page.get_by_text("the face comes back by itself")).not_to_be_visible()
    before = page.evaluate("window.__avatar.frames")
    page.wait_for_function("(n) => window.__avatar.frames > n + 5", arg=before, timeout=WAIT)


HIDDEN = """
const ask = window.requestAnimationFrame.bind(window);
const waiting = [];
window.__hidden = false;
window.requestAnimationFrame = (then) => window.__hidden ? waiting.push(then) : ask(then);
window.__show = () => {
    window.__hidden = false;
    for (const then of waiting.splice(0)) ask(then);
};
"""
"""A hidden tab gets no frames; a browser without windows hides none, so frames are withheld."""


def test_a_hidden_tab_talks_on_and_its_face_catches_up(context: BrowserContext, address: str) -> None:
    context.add_init_script(HIDDEN)
    page = room(context, address)
    shown(page)
    page.wait_for_function("() => window.__avatar.ms > 0", timeout=WAIT, polling=30)
    page.evaluate("window.__hidden = true")
    page.wait_for_timeout(300)
    before, played = page.evaluate("[window.__avatar.frames, window.__mulakat.played]")
    page.wait_for_function("(n) => window.__mulakat.played > n", arg=played, timeout=WAIT, polling=50)
    assert page.evaluate("window.__avatar.frames") == before
    page.evaluate("window.__show()")
    page.wait_for_function("(n) => window.__avatar.frames > n + 5", arg=before, timeout=WAIT, polling=50)
    page.wait_for_function("() => window.__mulakat.phase === 'listening'", timeout=WAIT, polling=50)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.__avatar.ms") < 0
    assert page.evaluate("window.__avatar.weights[window.__avatar.units.indexOf('jawOpen')]") < 0.02


TOO_LARGE = 30 * 1024 * 1024 + 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no model at all", "not a whole GLB model"),
        (glb(["jawOpen", "mouthFunnel"])[:-9], "not a whole GLB model"),
        (glb(["Basis", "Key 1"]), "no morph targets with ARKit or Oculus names"),
        (glb([]), "no morph targets with ARKit or Oculus names"),
        (b"glTF".ljust(TOO_LARGE, b"\0"), "larger than 30 MB"),
    ],
    ids=["nonsense", "cut short", "other names", "no morphs", "too large"],
)
def test_a_file_that_is_no_face_is_refused(
    context: BrowserContext, address: str, data: bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "face.glb"
    path.write_bytes(data)
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Your own", exact=True).click()
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.get_by_role("radio", name="Leyla")).to_be_checked()


VISEMES = ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"]


def oculus(data: bytes) -> bytes:
    """The model with Oculus names on its morphs (on those of other shapes: it is the names that count)."""
    length = int.from_bytes(data[12:16], "little")
    document = json.loads(data[20 : 20 + length])
    for mesh in document["meshes"]:
        names = mesh.get("extras", {}).get("targetNames", [])
        mesh.setdefault("extras", {})["targetNames"] = [
            f"viseme_{VISEMES[i]}" if i < len(VISEMES) else f"unused_{i}" for i, _ in enumerate(names)
        ]
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    rest = data[20 + length :]
    sizes = b"".join(n.to_bytes(4, "little") for n in (2, 20 + len(text) + len(rest), len(text)))
    return b"glTF" + sizes + b"JSON" + text + rest


@pytest.mark.parametrize("names", ["arkit", "oculus"])
def test_a_model_of_ones_own_holds_the_interview(context: BrowserContext, address: str, names: str) -> None:
    page = context.new_page()
    page.goto(address)
    model = context.request.get(f"{address}/avatars/deniz.glb").body()
    if names == "oculus":
        model = oculus(model)
    page.get_by_text("Your own", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.glb", "mimeType": "model/gltf-binary", "buffer": model}
    )
    expect(page.get_by_role("radio", name="mine.glb")).to_be_checked()
    begin(page)
    shown(page)
    expect(page.locator("[data-face] ~ [role=status]")).to_have_count(0)


def test_a_model_that_breaks_gives_way_to_the_usual_interviewer(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Your own", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "hollow.glb", "mimeType": "model/gltf-binary", "buffer": glb(["jawOpen", "mouthFunnel"])}
    )
    expect(page.get_by_role("radio", name="hollow.glb")).to_be_checked()
    begin(page)
    expect(page.get_by_text("could not be opened")).to_be_visible(timeout=WAIT)
    shown(page)


def begin(page: Page) -> None:
    page.get_by_role("combobox").nth(0).fill("Software development")
    page.keyboard.press("Escape")
    page.get_by_role("combobox").nth(1).fill("Engineer")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Begin the interview").click()
    page.wait_for_url(re.compile("/room/"), timeout=WAIT)


def test_under_reduced_motion_only_the_lips_move(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
    context.add_init_script(QUIET)
    page = room(context, address)
    shown(page)
    page.wait_for_function("() => window.__mulakat?.phase === 'listening'", timeout=WAIT, polling=50)
    page.wait_for_timeout(2500)
    weights = "Array.from(window.__avatar.weights)"
    first = page.evaluate(weights)
    for _ in range(40):  # long enough for a blink, a glance and a breath
        page.wait_for_timeout(100)
        assert page.evaluate(weights) == pytest.approx(first, abs=1e-4)
    context.close()


def test_a_face_that_is_held_still_rests(context: BrowserContext, address: str) -> None:
    page = room(context, address)
    shown(page)
    page.get_by_role("button", name="Hold the face still").click()
    page.wait_for_timeout(400)
    before = page.evaluate("window.__avatar.frames")
    page.wait_for_timeout(700)
    assert page.evaluate("window.__avatar.frames") - before <= 2
    page.get_by_role("button", name="Let the face move").click()
    page.wait_for_function("(n) => window.__avatar.frames > n + 5", arg=before, timeout=WAIT)
