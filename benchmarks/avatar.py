"""The face: when its lips move, how closely they follow, what it costs. Real Chromium, real voice.

    python -m benchmarks.avatar [--only lips,drawing,cost,load]

Needs a built page, an installed Chromium (MULAKAT_CHROMIUM, or tools/browser.sh) and the embedded voice.
Software rendering keeps no frame rate, so the rows on timing compute everything on real sound with drawing
switched off; one row is measured with drawing at low quality. Does not: assert anything.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.avatar_figures import Take, contacts, correlation, onsets
from benchmarks.avatar_weight import cost, first_load, memory
from benchmarks.common import ROOT, machine, out, p, table
from mulakat.messages import Language
from mulakat.speech.espeak import EspeakSynthesizer
from tools.lipsync_samples import entry, write_wave
from tools.screenshots import FLAGS, chromium, server

Sentences = dict[Language, tuple[tuple[str, str], ...]]

SENTENCES: Sentences = {
    "en": (
        (
            "espeak:en-us+f3",
            "Before we move on, tell me about a problem that you solved with very few people.",
        ),
        ("espeak:en-us+m3", "How did five of you manage to finish everything by the middle of February?"),
        ("espeak:en+f2", "What would your former boss say about the way you handle pressure?"),
    ),
    "tr": (
        ("espeak:tr+f2", "Verdiğiniz en önemli kararı ve bunun sonucunu anlatabilir misiniz?"),
        ("espeak:tr+m3", "Bu projede müşteriyle aranızda bir fikir ayrılığı oldu mu, nasıl çözdünüz?"),
        ("espeak:tr+f5", "Ekibiniz baskı altındayken siz ne yaptınız, bize biraz bahseder misiniz?"),
    ),
}

UNSEEN: Sentences = {
    "en": (
        ("espeak:en-us+f3", "Good morning, and welcome. Please tell me a little about yourself."),
        ("espeak:en+m7", "When two colleagues disagree in public, how do you bring them back together?"),
        ("espeak:en+f2", "Suppose the budget is cut by half tomorrow. Which work would you drop first?"),
        ("espeak:en-us+m3", "Your answer was clear, but I missed the numbers. How large was the effect?"),
    ),
    "tr": (
        ("espeak:tr+f5", "Günaydın, hoş geldiniz. Lütfen bize biraz kendinizden söz eder misiniz?"),
        ("espeak:tr+m7", "İki çalışma arkadaşınız herkesin önünde tartışırsa aralarını nasıl bulursunuz?"),
        ("espeak:tr+f2", "Diyelim ki bütçe yarın yarıya indi; önce hangi işten vazgeçerdiniz?"),
        ("espeak:tr+m3", "Yanıtınız açıktı ama sayıları kaçırdım. Bunun etkisi ne kadar oldu?"),
    ),
}
"""Nothing about the mouth was ever tuned on these: keep it so."""

STEADY = """() => {
    const frames = window.__avatar.frames;
    window.__since ??= frames;
    return frames - window.__since > 20;
}"""
"""Uploads and compilation are over."""

PLAY = """async ([id, lips]) => {
    await window.__lab.choose(id);
    await new Promise((done) => setTimeout(done, 200));
    const { desk, play } = window.__lab;
    const face = window.__avatar;
    const rows = [];
    face.onFrame = (time) => {
        if (desk.sentence()) rows.push([desk.cardMs(time), face.stepMs, face.drawMs, ...face.weights]);
    };
    await play(lips);
    face.onFrame = null;
    return rows;
}"""


async def speak(folder: Path) -> list[dict[str, Any]]:
    """The fixed sentences as sound and timeline."""
    voice = EspeakSynthesizer()
    entries = []
    try:
        for kind, spoken in (("tuned", SENTENCES), ("unseen", UNSEEN)):
            for language, sentences in spoken.items():
                for number, (speaker, text) in enumerate(sentences):
                    speech = await voice.speak(text, speaker)
                    name = f"{kind}-{language}-{number}"
                    write_wave(folder / f"{name}.wav", speech)
                    entries.append(entry(name, language, speech))
    finally:
        await voice.close()
    return entries


def lab(
    browser: Browser,
    address: str,
    folder: Path,
    samples: list[dict[str, Any]],
    steady: bool = True,
    **flags: Any,
) -> Page:
    """The lab's page with our sentences in the place of its own; `steady`: once its frames run evenly."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(f"window.__avatarFlags = {json.dumps({'patient': True, **flags})}")

    def serve(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if name == "samples.json":
            route.fulfill(json={"samples": samples})
        else:
            route.fulfill(body=(folder / name).read_bytes(), content_type="audio/wav")

    context.route("**/lab/*.json", serve)
    context.route("**/lab/*.wav", serve)
    page = context.new_page()
    page.goto(f"{address}/lab/lipsync")
    page.wait_for_selector("[data-face=shown]", timeout=90_000)
    page.wait_for_function("() => window.__lab?.samples.length > 0 && window.__avatar")
    if steady:
        page.wait_for_function(STEADY, timeout=90_000)
    return page


def takes(page: Page, folder: Path, samples: list[dict[str, Any]], lips: str) -> list[Take]:
    """Every one of `samples`, played once."""
    units = page.evaluate("window.__avatar.units")
    made = []
    for sample in samples:
        rows = np.array(page.evaluate(PLAY, [sample["id"], lips]), dtype=float)
        made.append(Take(sample, folder / f"{sample['id']}.wav", units, rows))
    return made


def among(samples: list[dict[str, Any]], kind: str, language: Language) -> list[dict[str, Any]]:
    """The sentences of one kind ("tuned", "unseen") and language."""
    return [sample for sample in samples if sample["id"].startswith(f"{kind}-{language}-")]


def of(hits: list[bool]) -> str:
    return f"{sum(hits)}/{len(hits)}"


def row(name: str, sentences: str, frames: str, made: list[Take]) -> list[str]:
    """One line of the table on lip sync."""
    late = [abs(ms) for take in made for ms in onsets(take)]
    pbm = [hit for take in made for hit in contacts(take, "PP")]
    fv = [hit for take in made for hit in contacts(take, "FF")]
    jaw = [float(np.mean([correlation(take, weighted) for take in made])) for weighted in (True, False)]
    spent = [ms for take in made for ms in take.script_ms]
    rate = float(np.mean([take.rate for take in made]))
    gap = max(take.gap_ms for take in made)
    onset = "-" if name == "energy" else f"{p(late, 0.95):.0f}"
    return [
        name, sentences, f"{frames} ({rate:.0f}, {gap:.0f})", onset, f"{jaw[0]:.2f} ({jaw[1]:.2f})",
        of(pbm), of(fv), f"{p(spent, 0.95):.2f}",
    ]  # fmt: skip


COLUMNS = ("mouth follows", "sentences", "frames/s asked (had, longest gap ms)", "onset error p95 ms",
           "jaw ~ vowels (unweighted)", "P B M closed", "F V in contact", "script p95 ms")  # fmt: skip


def lips(browser: Browser, address: str, folder: Path, samples: list[dict[str, Any]]) -> None:
    """Timing, correlation and contacts with drawing off, at full speed and at 15 frames a second."""
    rows = []
    for asked in (0, 15):
        page = lab(browser, address, folder, samples, draw=False, quality="low", fps=asked)
        for how in ("timeline", "energy"):
            for kind in ("tuned", "unseen"):
                for language in SENTENCES:
                    made = takes(page, folder, among(samples, kind, language), how)
                    rows.append(row(how, f"{language}, {kind}", str(asked or "all"), made))
        page.context.close()
    table("Lip sync on real sound, drawing off", COLUMNS, rows)


def drawing(browser: Browser, address: str, folder: Path, samples: list[dict[str, Any]]) -> None:
    """The same with drawing at low quality; the script's time then holds handing over to WebGL too."""
    page = lab(browser, address, folder, samples, quality="low")
    rows = []
    for language in SENTENCES:
        made = takes(page, folder, among(samples, "tuned", language), "timeline")
        rows.append(row("timeline", f"{language}, tuned", "drawn, low", made))
    page.context.close()
    table("Lip sync with drawing (software rendering, low quality)", COLUMNS, rows)


PARTS = ("lips", "drawing", "cost", "load")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS))
    wanted = parser.parse_args().only.split(",")
    if not (ROOT / "mulakat" / "server" / "page" / "index.html").is_file():
        raise SystemExit("The page is not built. Run `make setup`.")
    out.print(machine())
    with tempfile.TemporaryDirectory() as name, server() as address:
        folder = Path(name)
        samples = asyncio.run(speak(folder))  # Playwright's loop would not let it run
        measure(address, folder, samples, wanted)


def measure(address: str, folder: Path, samples: list[dict[str, Any]], wanted: list[str]) -> None:
    """The tables that are wanted, one after the other."""
    with sync_playwright() as play:
        arguments = [*FLAGS, "--enable-precise-memory-info"]
        browser = play.chromium.launch(executable_path=chromium(), args=arguments)
        if "lips" in wanted:
            lips(browser, address, folder, samples)
        if "drawing" in wanted:
            drawing(browser, address, folder, samples)
        if "cost" in wanted:
            page = lab(browser, address, folder, samples, draw=False, quality="low")
            rows = memory(page)
            page.context.close()
            page = lab(browser, address, folder, samples, quality="high", fps=2, steady=False)
            cost(page, rows)
            page.context.close()
        if "load" in wanted:
            first_load(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
