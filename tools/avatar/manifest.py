"""manifest.json: who there is, and which ARKit weights make each viseme and each mood.

Does not: build anything. The shape:

    {
      "version": 1,
      "persons": [{
        "id": "leyla", "name": "Leyla", "gender": "female", "age": 31,
        "file": "leyla.glb", "portrait": "leyla.webp",          beside the manifest
        "about": {"en": "...", "tr": "..."},                      one line for the person who chooses
        "voices": {"en": "espeak:en-us+f3", "tr": "espeak:tr+f5"},
        "sha256": "...", "recipe": "..."                          of the GLB, of what made it (verify.py)
      }],
      "libraries": {"numpy": "...", ...},                         with which they were built
      "visemes": {"sil": {}, "PP": {"mouthPressLeft": 0.34, ...}, ...},   the 15 Oculus names
      "moods": {"neutral": {...}, "warm": {...}, ...}                      the 5 names in MOODS
    }

Weights are 0-1 and name morph targets of the GLB; the tables hold for every person. A mood is what the face
wears between words: add it to the viseme's weights and clamp to 1. Hair is cut out by alpha (MASK): with
antialiasing on, `alphaToCoverage = true` on that material gives it soft edges (preview/page.js does so).
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from tools.avatar import verify
from tools.avatar.person import Person

VERSION = 1
NAME = "manifest.json"
VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U")
MOODS = ("neutral", "warm", "serious", "encouraging", "calming")


def write_manifest(people: list[Person], expressions: Path, out: Path, built: list[str]) -> None:
    """Writes `out`/manifest.json; `built` are the ids just built, the others keep what it said of them.

    Raises ValueError when a viseme or a mood is missing or unknown.
    """
    tables = tomllib.loads(expressions.read_text(encoding="utf-8"))
    for table, names in (("visemes", VISEMES), ("moods", MOODS)):
        if set(tables[table]) != set(names):
            raise ValueError(f"{expressions.name}: [{table}] must have exactly {', '.join(names)}")
    before = {p["id"]: p for p in read_manifest(out)["persons"]} if (out / NAME).exists() else {}
    document = {
        "version": VERSION,
        "persons": [_entry(person, out, built, before.get(person.id, {})) for person in people],
        "libraries": verify.libraries() if built else {},
        "visemes": {name: _both_sides(tables["visemes"][name]) for name in VISEMES},
        "moods": {name: _both_sides(tables["moods"][name]) for name in MOODS},
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (out / NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The document in `folder`."""
    document: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return document


def _both_sides(weights: dict[str, float]) -> dict[str, float]:
    """ "mouthSmile*" stands for mouthSmileLeft and mouthSmileRight."""
    full: dict[str, float] = {}
    for name, weight in weights.items():
        ends = ("Left", "Right") if name.endswith("*") else ("",)
        full |= {name.removesuffix("*") + end: weight for end in ends}
    return dict(sorted(full.items()))


def _entry(person: Person, out: Path, built: list[str], before: dict[str, Any]) -> dict[str, Any]:
    if person.id in built:
        proof = {"sha256": verify.digest(out / f"{person.id}.glb"), "recipe": verify.recipe()}
    else:
        proof = {key: before.get(key, "") for key in ("sha256", "recipe")}
    return {
        "id": person.id,
        "name": person.name,
        "gender": person.gender,
        "age": round(person.age),
        "file": f"{person.id}.glb",
        "portrait": f"{person.id}.webp",
        "about": person.about,
        "voices": person.voices,
        **proof,
    }
