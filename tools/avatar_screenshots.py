"""Pictures of the face: every interviewer in every mood, and the room at three widths, light and dark.

    python -m tools.avatar_screenshots OUT [--only moods,shapes,room] [--people leyla,adem]

Draws at high quality in software, so it takes minutes. Needs a built page and an installed Chromium. For
people to look at; tests/browser asserts.
"""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from tools.screenshots import FLAGS, SIZES, chromium, phase, server

MANIFEST = Path(__file__).parents[1] / "web" / "public" / "avatars" / "manifest.json"
MOODS = ("neutral", "warm", "serious", "encouraging", "calming")
BEARINGS = ("speaking", "thinking", "listening")
TILE = 420
TWO_FRAMES = """() => new Promise((done) => {
    let left = 2;
    window.__avatar.onFrame = () => { if (--left < 0) done(); };
})"""


def flags(**more: object) -> str:
    return f"window.__avatarFlags = {json.dumps({'patient': True, 'quality': 'high', **more})}"


def studio(browser: Browser, address: str, person: str) -> Page:
    """The lab's page on one interviewer, with the face as large as a tile."""
    context = browser.new_context(viewport={"width": TILE, "height": 900})
    context.add_init_script(flags())
    page = context.new_page()
    page.goto(f"{address}/lab/lipsync")
    page.wait_for_selector("[data-face=shown]", timeout=180_000)
    page.get_by_role("combobox").nth(1).select_option(person)
    page.wait_for_timeout(300)
    page.wait_for_selector("[data-face=shown]", timeout=180_000)
    return page


def tile(page: Page, label: str) -> Image.Image:
    """The face as it stands now, after two frames more."""
    page.evaluate(TWO_FRAMES)
    shot = page.locator("[data-face]").screenshot(timeout=120_000)
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
            page.wait_for_timeout(1800)
            row.append(tile(page, f"{person}: {mood}"))
        for bearing in ("thinking", "listening"):
            page.evaluate("(bearing) => window.__lab.direct({ mood: 'neutral', bearing })", bearing)
            page.wait_for_timeout(2600)
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
            page.wait_for_timeout(400)
            row.append(tile(page, f"{person}: {name}"))
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
