"""avatars.json: who there is, which weights make each viseme and each mood, and what each file measures.

Does not: build anything.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from tools.avatar.person import Person

VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U")
MOODS = ("neutral", "warm", "serious", "encouraging", "calming")


def write_manifest(people: list[Person], expressions: Path, out: Path) -> None:
    """Writes `out`/avatars.json. Raises ValueError when a viseme or a mood is missing or unknown."""
    tables = tomllib.loads(expressions.read_text())
    for table, names in (("visemes", VISEMES), ("moods", MOODS)):
        if set(tables[table]) != set(names):
            raise ValueError(f"{expressions.name}: [{table}] must have exactly {', '.join(names)}")
    document = {
        "visemes": {name: _both_sides(tables["visemes"][name]) for name in VISEMES},
        "moods": {name: _both_sides(tables["moods"][name]) for name in MOODS},
        "people": [_entry(person) for person in people],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (out / "avatars.json").write_text(text, encoding="utf-8")


def _both_sides(weights: dict[str, float]) -> dict[str, float]:
    """ "mouthSmile*" stands for mouthSmileLeft and mouthSmileRight."""
    full: dict[str, float] = {}
    for name, weight in weights.items():
        ends = ("Left", "Right") if name.endswith("*") else ("",)
        full |= {name.removesuffix("*") + end: weight for end in ends}
    return dict(sorted(full.items()))


def _entry(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "file": f"{person.id}.glb",
        "gender": person.gender,
        "about": person.about,
        "voices": person.voices,
    }
