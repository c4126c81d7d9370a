"""Contact sheets of the built interviewers, rendered in headless Chromium, for looking at.

Does not: judge them. `python -m tools.avatar preview --glbs web/public/avatars --out docs/avatars`.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tools.avatar.source import SourceError

_HERE = Path(__file__).parent
_PACKAGES = ["three@0.187", "playwright-core@1", "esbuild@0.28"]
_MOUTH = {"dist": 0.36, "target": [0, -0.055, 0]}
Shot = dict[str, Any]


def render(jobs: list[dict[str, Any]], tools: Path) -> list[Image.Image]:
    """One picture a shot, in order. Raises SourceError when npm, Node or Chromium fail."""
    bundle = _bundle(tools)
    jobs_file, out_file = tools / "jobs.json", tools / "pictures.json"
    jobs_file.write_text(json.dumps(jobs))
    _run(["node", str(tools / "shoot.mjs"), str(jobs_file), str(out_file), str(bundle)])
    pictures = [base64.b64decode(p) for p in json.loads(out_file.read_text())]
    return [Image.open(io.BytesIO(p)).convert("RGB") for p in pictures]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise SourceError(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")


def _bundle(tools: Path) -> Path:
    tools.mkdir(parents=True, exist_ok=True)
    if not (tools / "node_modules" / "three").exists():
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tools), *_PACKAGES])
    for name in ("page.js", "shoot.mjs"):
        (tools / name).write_bytes((_HERE / name).read_bytes())
    bundle = tools / "bundle.js"
    esbuild = str(tools / "node_modules" / ".bin" / "esbuild")
    _run(
        [
            esbuild,
            str(tools / "page.js"),
            "--bundle",
            "--format=iife",
            f"--outfile={bundle}",
            "--log-level=error",
        ]
    )
    return bundle


def sheet(pictures: list[Image.Image], labels: list[str], columns: int) -> Image.Image:
    """Pictures of one size pasted row by row, each with its label."""
    wide, tall = pictures[0].size
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (wide * columns, tall * rows), (185, 179, 168))
    for k, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        place = (k % columns * wide, k // columns * tall)
        page.paste(picture, place)
        ImageDraw.Draw(page).text((place[0] + 6, place[1] + 4), label, fill=(40, 36, 32))
    return page


def portraits(size: int) -> list[tuple[str, Shot]]:
    """Front, three-quarter, profile."""
    return [(f"{yaw}", {"size": size, "yaw": yaw}) for yaw in (0, 40, 90)]


def moods(manifest: dict[str, Any], size: int) -> list[tuple[str, Shot]]:
    """The five moods, then a blink and a wide-open mouth."""
    shots = [(name, {"size": size, "dist": 0.78, "weights": w}) for name, w in manifest["moods"].items()]
    blink = {"eyeBlinkLeft": 1, "eyeBlinkRight": 1}
    shots.append(("blink", {"size": size, "dist": 0.78, "weights": blink}))
    return [*shots, ("open", {"size": size, "dist": 0.78, "weights": {"jawOpen": 0.7}})]


def visemes(manifest: dict[str, Any], size: int) -> list[tuple[str, Shot]]:
    """The fifteen visemes, close to the mouth."""
    return [(n, {"size": size, **_MOUTH, "weights": w}) for n, w in manifest["visemes"].items()]


def write(glbs: Path, out: Path, tools: Path) -> None:
    """portraits.jpg, moods.jpg and visemes.jpg of everyone in `glbs`/avatars.json."""
    manifest = json.loads((glbs / "avatars.json").read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    for name, shots in (
        ("portraits", portraits(300)),
        ("moods", moods(manifest, 190)),
        ("visemes", visemes(manifest, 120)),
    ):
        jobs = [{"glb": str(glbs / p["file"]), "shots": [s for _, s in shots]} for p in manifest["people"]]
        labels = [f"{p['name']} {label}" for p in manifest["people"] for label, _ in shots]
        page = sheet(render(jobs, tools), labels, len(shots))
        page.save(out / f"{name}.jpg", quality=80, optimize=True)
