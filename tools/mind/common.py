"""Writes `mulakat/assessment/data/common_*.txt`: words that are no names though they begin a sentence.

    python tools/mind/common.py

They are the words that `data/star` (asides left out) writes in lower case, without diacritics.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import plain
from mulakat.text.grammar import grammar

ROOT = Path(__file__).parents[2]


def common(language: Language) -> list[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "data" / "star").glob(f"{language}-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if not row.get("aside"):
                words = re.findall(r"[^\W\d_]+", row["text"])
                found |= {plain(w, language) for w in words if w[0].islower() and len(w) > 1}
    return sorted(found - {plain(name, language) for name in grammar(language)["people"]})


def main() -> None:
    for language in LANGUAGES:
        path = ROOT / "mulakat" / "assessment" / "data" / f"common_{language}.txt"
        path.write_text("\n".join(common(language)) + "\n", "utf-8")
        print(path.name, len(common(language)))


if __name__ == "__main__":
    main()
