"""Word classes that the cutting of noun phrases needs, by language, from `data/grammar_*.yaml`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.messages import Language
from mulakat.text.fold import lower


@lru_cache(maxsize=4)
def grammar(language: Language) -> dict[str, frozenset[str]]:
    """Every list of a language's grammar file in lower case, and for English the verbs' forms.

    English gains "forms" (what verbs alone can be) and "maybe" (forms that may be nouns as well).
    """
    raw = yaml.safe_load(files("mulakat.text").joinpath(f"data/grammar_{language}.yaml").read_text("utf-8"))
    lists = {name: frozenset(lower(w, language) for w in str(text).split()) for name, text in raw.items()}
    if language == "en":
        both = lists["both"]
        lists["forms"] = frozenset(
            form for verb in lists["verbs"] - both for form in (verb, _third_person(verb))
        )
        lists["maybe"] = both | frozenset(_third_person(v) for v in both)
    return lists


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"
