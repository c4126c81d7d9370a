"""What axe finds on a page: WCAG 2.2 A and AA, in both schemes, wide and narrow."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
SETTLED = """async () => {
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
}"""
"""Colours change in frames; one half way between the schemes is no fault."""

SIZES = ((1440, 900), (390, 844))


def faults(page: Page, sizes: tuple[tuple[int, int], ...] = SIZES) -> list[str]:
    """What axe finds, a line each; the page is then as it was."""
    before = page.viewport_size
    found: list[str] = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SETTLED)
            results: dict[str, Any] = Axe().run(page, options=RULES).response
            found += [f"{width} {scheme}: {line}" for line in _lines(results)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    if before:
        page.set_viewport_size(before)
    return found


def _lines(results: dict[str, Any]) -> list[str]:
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for one in results["violations"]
        for node in one["nodes"]
    ]
