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

from playwright.sync_api import Browser, CDPSession, Page, Response

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
    """Heap kept by ten simulated minutes of talk (the face's own code, 60 frames a second, as fast as it
    goes) and by a real sentence with the whole frame loop; and what these allocate, collected or not."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")

    def heap() -> float:
        cdp.send("HeapProfiler.collectGarbage")
        metrics = {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}
        return float(metrics["JSHeapUsedSize"])

    simulate = f"window.__lab.simulate({MINUTES})"
    for _ in range(3):  # until the compiler has done what it will do
        page.evaluate(simulate)
    before = heap()
    frames = page.evaluate(simulate)
    kept = heap() - before
    page.evaluate("window.__lab.play('timeline').then(() => 0)")
    start = heap()
    page.evaluate("window.__lab.play('timeline').then(() => 0)")
    spoken = heap() - start
    return [
        [f"heap kept after {MINUTES} simulated minutes ({frames:,} frames), KB", f"{kept / 1e3:.0f}", ""],
        ["heap kept by one more real sentence in the page, KB", f"{spoken / 1e3:.0f}", ""],
        ["allocated a frame by the face's own code, bytes", f"{strewn(cdp, page, simulate):.0f}", "0"],
        ["the same of the whole page, nothing drawn, bytes", f"{strewn(cdp, page, HOLD):.0f}", ""],
    ]


HOLD = """(async () => {
    const before = window.__avatar.frames;
    window.__lab.desk.hold('aa');
    await new Promise((done) => setTimeout(done, 5000));
    window.__lab.desk.stop();
    return window.__avatar.frames - before;
})()"""
"""Holds a mouth shape, since a sentence's end draws the lab's plots; how many frames that took."""

SAMPLE_BYTES = 64


def strewn(cdp: CDPSession, page: Page, script: str) -> float:
    """Bytes that `script` allocates a frame, by V8's sampling profiler, what was collected included.
    `script` gives the number of frames."""
    cdp.send(
        "HeapProfiler.startSampling",
        {
            "samplingInterval": SAMPLE_BYTES,
            "includeObjectsCollectedByMajorGC": True,
            "includeObjectsCollectedByMinorGC": True,
        },
    )
    frames = page.evaluate(script)
    profile = cdp.send("HeapProfiler.stopSampling")["profile"]
    return total(profile["head"]) / float(frames)


def total(node: dict[str, Any]) -> float:
    """What a function and all that it called have allocated, in bytes."""
    return float(node["selfSize"]) + sum(total(child) for child in node["children"])


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
