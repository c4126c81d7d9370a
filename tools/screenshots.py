"""Pictures of every page at phone and desktop size, light and dark, from a real interview.

    python tools/screenshots.py OUT [--only desktop-light]

Starts a server of its own on an empty database. Needs a built page and an installed Chromium
(tools/browser.sh). For people to look at; tests/browser asserts.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

SIZES = {"phone": (390, 844), "tablet": (1024, 768), "desktop": (1440, 900)}
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
ANSWER = {
    "en": "Last year I rebuilt our billing service, Atlas, with two colleagues; errors fell by 40 percent.",
    "tr": "Geçen yıl Atlas servisini iki arkadaşımla yeniden yazdık; hatalar yüzde 40 azaldı.",
}


@contextmanager
def server() -> Iterator[str]:
    """A Mülakat of its own; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        from mulakat.settings import load

        env = {**os.environ, "MULAKAT_MODELS": str(load().models_dir), "MULAKAT_DATA": folder}
        command = [sys.executable, "-m", "mulakat", "serve", "--port", str(port), "--no-open"]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def chromium() -> str:
    """An installed Chromium."""
    return os.environ.get("MULAKAT_CHROMIUM") or "/usr/bin/chromium"


def phase(page: Page, wanted: str) -> None:
    page.wait_for_function("w => window.__mulakat?.phase === w", arg=wanted, timeout=60_000, polling=30)


def walk(browser: Browser, address: str, size: str, scheme: str, out: Path) -> None:
    """One candidate's way through all pages."""
    width, height = SIZES[size]
    language = "tr" if (size == "desktop") != (scheme == "light") else "en"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale={"en": "en-GB", "tr": "tr-TR"}[language],
        timezone_id="Europe/Istanbul",
        is_mobile=size == "phone",
        has_touch=size == "phone",
    )
    # Drawn in software, the face would starve the page: a frame a second is enough for a picture.
    context.add_init_script("window.__avatarFlags = {quality: 'low', fps: 1, patient: true}")
    page = context.new_page()

    def shot(name: str, whole: bool = False) -> None:
        page.screenshot(path=str(out / f"{size}-{scheme}-{name}.png"), full_page=whole)

    page.goto(address)
    page.wait_for_selector("form")
    page.wait_for_timeout(800)
    shot("setup", whole=True)
    page.get_by_role("button", name={"en": "Try it now", "tr": "Hemen deneyin"}[language]).click()
    phase(page, "speaking")
    page.wait_for_timeout(1200)
    shot("speaking")
    phase(page, "listening")
    page.get_by_role("textbox").fill(ANSWER[language])
    shot("listening")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    shot("answered")
    phase(page, "listening")
    page.keyboard.press("Alt+t")
    page.wait_for_timeout(500)
    shot("transcript")
    page.keyboard.press("Alt+t")
    page.keyboard.press("Alt+x")
    page.wait_for_timeout(300)
    shot("finish")
    page.get_by_role("alertdialog").get_by_role("button").first.click()
    page.wait_for_url("**/interview/**", timeout=30_000)
    page.wait_for_timeout(600)
    shot("end", whole=True)
    page.goto(f"{address}/past")
    page.wait_for_timeout(600)
    shot("past")
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="comma-separated, e.g. desktop-light,phone-dark")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with server() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        for size in SIZES:
            for scheme in ("light", "dark"):
                if not given.only or f"{size}-{scheme}" in given.only.split(","):
                    walk(browser, address, size, scheme, given.out)
        browser.close()


if __name__ == "__main__":
    main()
