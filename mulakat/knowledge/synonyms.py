"""Other words for what a question asks about: a small lexicon of working life, in both languages.

Does not: rank, or know any document; what it adds weighs less than the question's own words (`index`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.knowledge.passages import search_stems
from mulakat.messages import LANGUAGES
from mulakat.text.fold import lower, words
from mulakat.text.lexicon import function_words


@lru_cache(maxsize=256)
def other_stems(text: str) -> tuple[str, ...]:
    """Stems of other names of the things that a text names, in both languages; none that it has itself."""
    asked = {stem for code in LANGUAGES for stem in search_stems(_bare(text), code)}
    groups, by_stem = _lexicon()
    met = {n for stem in asked for name, n in by_stem.get(stem, ()) if name <= asked}
    found = dict.fromkeys(s for n in sorted(met) for s in groups[n])
    return tuple(s for s in found if s not in asked)


def _bare(text: str) -> str:
    """Without the function words of either language: "has" is no beginning of "hasta"."""
    skipped = {word for code in LANGUAGES for word in function_words(code)}
    return " ".join(w for w in words(text) if not {lower(w, code) for code in LANGUAGES} & skipped)


@lru_cache(maxsize=1)
def _lexicon() -> tuple[list[tuple[str, ...]], dict[str, list[tuple[frozenset[str], int]]]]:
    """Stems of each thing; and for a stem the names it belongs to, each with its thing's number."""
    raw: list[str] = yaml.safe_load(
        files("mulakat.knowledge").joinpath("data/synonyms.yaml").read_text("utf-8")
    )
    groups: list[tuple[str, ...]] = []
    by_stem: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
    for n, line in enumerate(raw):
        stems: dict[str, None] = {}
        for code, names in zip(LANGUAGES, line.split(";"), strict=True):
            for name in names.split(","):
                own = search_stems(name, code)
                stems.update(dict.fromkeys(own))
                # Of "go live" only "live" would be left, which is another thing.
                whole = len(own) >= min(2, len(name.split()))
                for stem in own if whole else ():
                    by_stem[stem].append((frozenset(own), n))
        groups.append(tuple(stems))
    return groups, by_stem
