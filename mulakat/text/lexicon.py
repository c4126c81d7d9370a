"""Word lists and patterns of both languages, read once from `data/*.yaml`.

Does not: decide anything. What a match means is for `assessment` and `interview.guard`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.messages import Language


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a language's file holds. Patterns are matched against lower-case text (`fold.lower`)."""

    function: frozenset[str]
    hostile: re.Pattern[str]
    reported: re.Pattern[str]  # marks what somebody else said
    injection: re.Pattern[str]
    asks_answer: re.Pattern[str]
    asks_repeat: re.Pattern[str]
    protected: dict[str, re.Pattern[str]]
    aspects: dict[str, re.Pattern[str]]
    empty_nouns: frozenset[str]  # nouns that name nothing when they stand alone
    no_names: frozenset[str]  # words that are no names though they begin a sentence with a capital
    selves: frozenset[str]  # words for the speaker and the people beside
    units: tuple[str, ...]  # what figures count, as patterns


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


@lru_cache(maxsize=4)
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language."""
    raw = yaml.safe_load(files("mulakat.text").joinpath(f"data/{language}.yaml").read_text("utf-8"))
    return Lexicon(
        function=frozenset(raw["function"].split()),
        hostile=_any(raw["hostile"]),
        reported=re.compile(raw["reported"]),
        injection=_any(raw["injection"]),
        asks_answer=_any(raw["asks_answer"]),
        asks_repeat=_any(raw["asks_repeat"]),
        protected={name: re.compile(p) for name, p in raw["protected"].items()},
        aspects={name: re.compile(p) for name, p in raw["aspects"].items()},
        empty_nouns=frozenset(raw["empty_nouns"].split()),
        no_names=frozenset(raw["no_names"].split()),
        selves=frozenset(raw["selves"].split()),
        units=tuple(u.replace("_", " ") for u in raw["units"].split()),
    )


def function_words(language: Language) -> frozenset[str]:
    """The words that carry no content of their own."""
    return lexicon(language).function


@lru_cache(maxsize=128)
def delicate(text: str, language: Language) -> tuple[str, ...]:
    """What a lower-case text holds that must not be said back: "injection", "hostile", "age", ..."""
    lex = lexicon(language)
    named = {"injection": lex.injection, "hostile": lex.hostile, **lex.protected}
    return tuple(name for name, pattern in named.items() if pattern.search(text))


def delicate_places(text: str, language: Language) -> list[tuple[int, int]]:
    """Where those things stand in a lower-case text, as offsets."""
    lex = lexicon(language)
    named = {"injection": lex.injection, "hostile": lex.hostile, **lex.protected}
    return [m.span() for name in delicate(text, language) for m in named[name].finditer(text)]


def protected_matters(text: str, language: Language) -> tuple[str, ...]:
    """Which protected matters a lower-case text touches: "age", "family", "faith", ..."""
    return tuple(name for name, p in lexicon(language).protected.items() if p.search(text))
