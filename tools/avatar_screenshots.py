"""Pictures of the face: every interviewer in every mood, and the room at three widths, light and dark.

    python -m tools.avatar_screenshots OUT [--only moods,shapes,room] [--people leyla,adem]

Draws at high quality in software, so it takes minutes. Needs a built page, an installed Chromium and the
extra [avatar]; `make avatar-pictures` sees to all of it. For people to look at; tests/browser asserts.
"""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tools.screenshots import FLAGS, SIZES, chromium, phase, server

MANIFEST = Path(__file__).parents[1] / "web" / "public" / "avatars" / "manifest.json"
MOODS = ("neutral", "warm", "serious", "encouraging", "calming")
TILE = 420
FRAMES = """(frames) => new Promise((done) => {
    let left = frames;
    window.__avatar.onFrame = () => {
        if (--left >= 0) return;
        window.__avatar.onFrame = null;
        done();
    };
})"""
"""Resolves after so many frames: a machine that draws in software may need seconds for each."""
BLENDED = 5
"""Frames after which a mood or a bearing is shown whole; a slow frame counts as a quarter of a second."""


def flags(**more: object) -> str:
    return f"window.__avatarFlags = {json.dumps({'patient': True, 'quality': 'high', **more})}"


def studio(browser: Browser, address: str, person: str) -> Page:
    """The lab's page on one interviewer, with the face as large as a tile."""
    context = browser.new_context(viewport={"width": TILE, "height": 900})
    context.add_init_script(flags(fps=3))  # leaves time for taking the picture
    page = context.new_page()
    page.goto(f"{address}/lab/lipsync")
    page.wait_for_selector("[data-face=shown]", timeout=180_000)
    page.evaluate("window.__before = window.__avatar")
    page.get_by_role("combobox").nth(1).select_option(person)
    page.wait_for_function(
        "() => window.__avatar && window.__avatar !== window.__before && window.__avatar.frames > 1",
        timeout=180_000,
    )
    return page


def tile(page: Page, label: str, frames: int = BLENDED) -> Image.Image:
    """The face as it stands after some frames more."""
    page.evaluate(FRAMES, frames)
    place = page.locator("[data-face]").bounding_box()
    assert place is not None
    clip = FloatRect(x=place["x"], y=place["y"], width=place["width"], height=place["height"])
    shot = page.screenshot(clip=clip, timeout=240_000)
    picture = Image.open(io.BytesIO(shot)).convert("RGB").resize((TILE, TILE))
    ImageDraw.Draw(picture).text((8, 8), label, fill=(20, 30, 40))
    return picture


def sheet(pictures: list[list[Image.Image]], path: Path) -> None:
    """Rows of tiles in one picture."""
    wide = max(len(row) for row in pictures)
    whole = Image.new("RGB", (wide * TILE, len(pictures) * TILE))
    for y, row in enumerate(pictures):
        for x, picture in enumerate(row):
            whole.paste(picture, (x * TILE, y * TILE))
    whole.save(path)


def moods(browser: Browser, address: str, people: list[str], out: Path) -> None:
    """A row an interviewer: the five moods, then thinking and listening."""
    rows = []
    for person in people:
        page = studio(browser, address, person)
        row = []
        for mood in MOODS:
            page.evaluate("(mood) => window.__lab.direct({ mood, bearing: 'resting' })", mood)
            row.append(tile(page, f"{person}: {mood}"))
        for bearing in ("thinking", "listening"):
            page.evaluate("(bearing) => window.__lab.direct({ mood: 'neutral', bearing })", bearing)
            row.append(tile(page, f"{person}: {bearing}"))
        rows.append(row)
        page.context.close()
        sheet(rows, out / "moods.png")


def shapes(browser: Browser, address: str, people: list[str], out: Path) -> None:
    """A row an interviewer: mouth shapes held as the running page composes them."""
    names = ("sil", "PP", "FF", "aa", "E", "I", "O", "U", "SS", "CH")
    rows = []
    for person in people:
        page = studio(browser, address, person)
        row = []
        for name in names:
            page.evaluate("(name) => window.__lab.hold(name)", name)
            row.append(tile(page, f"{person}: {name}", frames=3))
        rows.append(row)
        page.context.close()
    sheet(rows, out / "shapes.png")


def room(browser: Browser, address: str, out: Path) -> None:
    """The room while the interviewer speaks and while she listens."""
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="tr-TR" if scheme == "dark" else "en-GB",
                is_mobile=size == "phone",
                has_touch=size == "phone",
            )
            context.add_init_script(flags(quality="medium", fps=1))
            page = context.new_page()
            page.goto(address)
            name = "Hemen deneyin" if scheme == "dark" else "Try it now"
            page.get_by_role("button", name=name).click()
            page.wait_for_selector("[data-face=shown]", timeout=180_000)
            phase(page, "listening")
            page.wait_for_timeout(1500)
            page.screenshot(path=str(out / f"room-{width}-{scheme}.png"), timeout=120_000)
            if size == "phone":
                page.set_viewport_size({"width": width, "height": 430})  # a keyboard takes the rest
                page.wait_for_timeout(2500)
                page.screenshot(path=str(out / f"room-{width}-{scheme}-keyboard.png"), timeout=120_000)
            context.close()


def main() -> None:
    people = [person["id"] for person in json.loads(MANIFEST.read_text("utf-8"))["persons"]]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="moods,shapes,room")
    parser.add_argument("--people", default=",".join(people))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    chosen, wanted = given.people.split(","), given.only.split(",")
    with server() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        if "moods" in wanted:
            moods(browser, address, chosen, given.out)
        if "shapes" in wanted:
            shapes(browser, address, chosen, given.out)
        if "room" in wanted:
            room(browser, address, given.out)
        browser.close()


if __name__ == "__main__":
    main()
