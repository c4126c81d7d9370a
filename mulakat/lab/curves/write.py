"""Curves into a folder: curves.png, curves.svg, curves.html, reading.json.

Does not: read logs.
"""

from __future__ import annotations

import html
import json
from pathlib import Path

from mulakat.lab.curves.draw import draw
from mulakat.lab.curves.read import Curves
from mulakat.lab.curves.words import Reading, reading
from mulakat.lab.page import page
from mulakat.messages import Language

TITLES = {"en": ("Curves", "What they say", "Numbers"), "tr": ("Eğriler", "Ne söylüyorlar", "Sayılar")}


def write_curves(curves: Curves, folder: Path, language: Language = "en") -> tuple[Reading, list[Path]]:
    """All four files, and what was read; replaces older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    told = reading(curves, language)
    svg = draw(curves, "svg", language)
    files = {
        "curves.png": draw(curves, "png", language),
        "curves.svg": svg,
        "curves.html": _page(curves, told, svg.decode(), language).encode(),
        "reading.json": (json.dumps(told.data(), ensure_ascii=False, indent=2) + "\n").encode(),
    }
    for name, content in files.items():
        draft = folder / f"{name}.part"
        draft.write_bytes(content)
        draft.replace(folder / name)
    return told, [folder / name for name in files]


def _page(curves: Curves, told: Reading, svg: str, language: Language) -> str:
    title, says, numbers = TITLES[language]
    picture = svg[svg.index("<svg") :]
    sentences = "".join(f"<p>{html.escape(s)}</p>" for s in told.sentences)
    rows = "".join(
        f"<tr><td>{step}</td><td>{loss:.4f}</td><td>{perplexity:.2f}</td></tr>"
        for (step, loss), (_, perplexity) in zip(curves.valid, curves.perplexity, strict=True)
    )
    heads = (
        ("adım", "doğrulama kaybı", "şaşkınlık")
        if language == "tr"
        else ("step", "validation loss", "perplexity")
    )
    table = f"<table><tr>{''.join(f'<th>{h}</th>' for h in heads)}</tr>{rows}</table>" if rows else ""
    body = f"<figure>{picture}</figure><h2>{says}</h2>{sentences}" + (
        f"<h2>{numbers}</h2>{table}" if table else ""
    )
    return page(f"{title}: {curves.name}", told.verdict if language == "en" else "", body, language)
