"""Pictures of the built interviewers from headless Chromium: portraits for the page, contact sheets.

Does not: judge them. `python -m tools.avatar preview --glbs web/public/avatars --out docs/avatars`.
"""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from tools.avatar import node
from tools.avatar.manifest import read_manifest

_HERE = Path(__file__).parent
_PACKAGES = ["three@0.187", "playwright-core@1", "esbuild@0.28"]
_MOUTH = {"dist": 0.36, "target": [0, -0.055, 0]}
_PORTRAIT = {"dist": 1.18, "target": [0, -0.075, -0.03], "yaw": -8}
_PORTRAIT_BYTES = 60_000
Shot = dict[str, Any]


def render(jobs: list[dict[str, Any]], tools: Path) -> list[Image.Image]:
    """One picture a shot, in order. Raises SourceError when npm, Node or Chromium fail."""
    bundle = _bundle(tools)
    jobs_file, out_file = tools / "jobs.json", tools / "pictures.json"
    jobs_file.write_text(json.dumps(jobs))
    chromium = node.run([str(_HERE.parents[1] / "browser.sh")]).strip()
    node.run(["node", str(tools / "shoot.mjs"), chromium, str(jobs_file), str(out_file), str(bundle)])
    pictures = [base64.b64decode(p) for p in json.loads(out_file.read_text())]
    return [Image.open(io.BytesIO(p)).convert("RGB") for p in pictures]


def _bundle(tools: Path) -> Path:
    modules = node.install(tools, _PACKAGES)
    for name in ("page.js", "shoot.mjs"):
        (tools / name).write_bytes((_HERE / name).read_bytes())
    bundle, esbuild = tools / "bundle.js", str(modules / ".bin" / "esbuild")
    options = ["--bundle", "--format=iife", f"--outfile={bundle}", "--log-level=error"]
    node.run([esbuild, str(tools / "page.js"), *options])
    return bundle


def sheet(pictures: list[Image.Image], labels: list[str], columns: int) -> Image.Image:
    """Pictures of one size pasted row by row, each with its label."""
    wide, tall = pictures[0].size
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (wide * columns, tall * rows), (185, 179, 168))
    font = ImageFont.load_default(max(11, wide // 16))
    for k, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        place = (k % columns * wide, k // columns * tall)
        page.paste(picture, place)
        draw, at = ImageDraw.Draw(page), (place[0] + 6, place[1] + 4)
        draw.rectangle(draw.textbbox(at, label, font=font), fill=(240, 236, 228))  # legible over dark hair
        draw.text(at, label, fill=(40, 36, 32), font=font)
    return page


def views(size: int) -> list[tuple[str, Shot]]:
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
    """views.jpg, moods.jpg and visemes.jpg of everyone in `glbs`/manifest.json, one person a row."""
    manifest = read_manifest(glbs)
    out.mkdir(parents=True, exist_ok=True)
    for name, shots in (
        ("views", views(300)),
        ("moods", moods(manifest, 190)),
        ("visemes", visemes(manifest, 120)),
    ):
        jobs = [{"glb": str(glbs / p["file"]), "shots": [s for _, s in shots]} for p in manifest["persons"]]
        labels = [f"{p['name']} {label}" for p in manifest["persons"] for label, _ in shots]
        page = sheet(render(jobs, tools), labels, len(shots))
        page.save(out / f"{name}.jpg", quality=72, optimize=True)


def portraits(glbs: Path, tools: Path) -> None:
    """Writes the still portrait beside each GLB: 640 x 800 WebP, at most 60 kB, in the "warm" mood."""
    manifest = read_manifest(glbs)
    shot = {"width": 1280, "height": 1600, **_PORTRAIT, "weights": manifest["moods"]["warm"]}
    jobs = [{"glb": str(glbs / p["file"]), "shots": [shot]} for p in manifest["persons"]]
    for person, picture in zip(manifest["persons"], render(jobs, tools), strict=True):
        small = picture.resize((640, 800), Image.Resampling.LANCZOS)
        data = next(d for d in (_webp(small, q) for q in (86, 78, 70, 60, 45)) if len(d) <= _PORTRAIT_BYTES)
        (glbs / person["portrait"]).write_bytes(data)


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()
