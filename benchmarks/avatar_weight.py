"""What the face costs: draw calls, triangles, script time, memory, bytes on first load, time to first face.

Does not: measure lips (`avatar_figures`).
"""

from __future__ import annotations

import gzip
import json
import struct
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response

from benchmarks.common import ROOT, table

AVATARS = ROOT / "web" / "public" / "avatars"
MINUTES = 10


def cost(page: Page, more: list[list[str]]) -> None:
    """Of a page that draws at high quality; `more` rows are added to the table."""
    page.wait_for_function("() => window.__avatar.frames > 3", timeout=120_000)
    face = page.evaluate("({calls: __avatar.calls, triangles: __avatar.triangles})")
    rows = [
        ["draw calls (high quality, shadows and all)", str(face["calls"]), "12"],
        ["triangles drawn (shadows counted again)", f"{face['triangles']:,}", ""],
    ]
    for path in sorted(AVATARS.glob("*.glb")):
        facts = measures(path)
        rows.append(
            [
                f"{path.stem}: MB, triangles, vertices with morphs",
                f"{path.stat().st_size / 1e6:.2f}, {facts['triangles']:,}, {facts['morphed']:,}",
                "2, 50,000, 12,000",
            ]
        )
    table("Weight", ["what", "measured", "at most"], rows + more)


def measures(path: Path) -> dict[str, int]:
    """Triangles, and vertices of primitives with morph targets, from the GLB's own description."""
    data = path.read_bytes()
    length = struct.unpack_from("<I", data, 12)[0]
    document: dict[str, Any] = json.loads(data[20 : 20 + length])
    count = [a["count"] for a in document["accessors"]]
    parts = [q for mesh in document["meshes"] for q in mesh["primitives"]]
    drawn = [document["meshes"][n["mesh"]] for n in document["nodes"] if "mesh" in n]
    return {
        "triangles": sum(count[q["indices"]] // 3 for mesh in drawn for q in mesh["primitives"]),
        "morphed": sum(count[q["attributes"]["POSITION"]] for q in parts if q.get("targets")),
    }


def memory(page: Page) -> list[list[str]]:
    """Heap before and after ten simulated minutes of talk (the face's own code, 60 frames a second, as
    fast as it goes), and after a real sentence with the whole frame loop."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")

    def heap(collect: bool) -> float:
        if collect:
            cdp.send("HeapProfiler.collectGarbage")
        metrics = {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}
        return float(metrics["JSHeapUsedSize"])

    page.evaluate("window.__lab.simulate(1)")
    before = heap(True)
    frames = page.evaluate(f"window.__lab.simulate({MINUTES})")
    strewn = heap(False) - before
    kept = heap(True) - before
    page.evaluate("window.__lab.play('timeline').then(() => 0)")
    start = heap(True)
    page.evaluate("window.__lab.play('timeline').then(() => 0)")
    return [
        [f"heap kept after {MINUTES} simulated minutes ({frames:,} frames), KB", f"{kept / 1e3:.0f}", ""],
        ["left behind for collection, bytes a frame", f"{max(0.0, strewn) / frames:.1f}", "0"],
        ["heap kept by one more real sentence in the page, KB", f"{(heap(True) - start) / 1e3:.0f}", ""],
    ]


def first_load(browser: Browser, address: str) -> None:
    """Bytes of a room's first load, and when the first face stands, on a warm server."""
    quick, fresh, sizes = visit(browser, address, {"draw": False, "quality": "low"})
    drawn, drawn_fresh, _ = visit(browser, address, {"patient": True, "quality": "low", "fps": 2})
    model = sum(size for url, size in sizes.items() if url.endswith(".glb"))
    table(
        "First load of a room",
        ["what", "measured", "at most"],
        [
            ["page, fonts and face, compressed, MB", f"{sum(sizes.values()) / 1e6:.2f}", "4"],
            ["of it the model, MB", f"{model / 1e6:.2f}", ""],
            ["face ready after entering the room, nothing drawn, s", f"{quick:.2f}", "2"],
            ["the same after a reload with an empty cache, s", f"{fresh:.2f}", "2"],
            ["first face drawn by software, low quality, s", f"{drawn:.2f}", ""],
            ["the same after a reload with an empty cache, s", f"{drawn_fresh:.2f}", ""],
        ],
    )


def visit(browser: Browser, address: str, flags: dict[str, Any]) -> tuple[float, float, dict[str, int]]:
    """Seconds to the face after a click, seconds after a reload without cache, and gzipped bytes by URL."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_init_script(f"window.__avatarFlags = {json.dumps(flags)}")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("input[name=interviewer]")
    page.get_by_role("button", name="Try it now").click()
    page.wait_for_url("**/room/**")
    began = time.perf_counter()
    page.wait_for_selector("[data-face=shown]", timeout=120_000)
    clicked = time.perf_counter() - began
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.url.startswith(address) and "/api/" not in response.url and response.ok:
            sizes[response.url] = len(gzip.compress(response.body(), 9))

    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("response", weigh)
    began = time.perf_counter()
    page.reload()
    page.wait_for_selector("[data-face=shown]", timeout=120_000)
    reloaded = time.perf_counter() - began
    page.wait_for_timeout(500)
    context.close()
    return clicked, reloaded, sizes
