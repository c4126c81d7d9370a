"""A sentence without who said it: names, age, gender, origin and way of speech set aside.

Every measure that scores looks at this form and at nothing else, so that two candidates who tell the
same of their work get the same scores, whoever they are. A name becomes "@", a number "0", an unknown
capitalised first word "^"; gendered words become one; British, American, regional and casual
spellings meet; Turkish is written without its diacritics, as many type it. The form is for machines:
it need not be a good sentence, it only has to be the same one. Patterns: `data/neutral_*.yaml`.

Does not: hide anything from the reader; quotes stay literal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import yaml

from mulakat.messages import Language
from mulakat.text.fold import lower, plain
from mulakat.text.grammar import grammar
from mulakat.text.lexicon import function_words

NAME, NUMBER, UNKNOWN = "@", "0", "^"

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|['’]?[^\W\d_]+(?:['’\-][^\W\d_]+)*['’]?|[^\w\s]")
_LOOSE = re.compile(r"([,;:.!?])(?: [,;:.!?])+")
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_FIGURES = frozenset(("bir", "one", "half", "yarım", "yarim"))
_OPENERS = frozenset('"“„«:')
_NUMBERED = re.compile(r"^\d")
_ENDED = {
    "en": re.compile(r"\w{3}(?:ed|ing|ly|ment|tion|ness)$"),
    "tr": re.compile(
        r"\w{2}(?:[dt][ıiuü][mk]|[dt][ıiuü]l[ae]r|yor(?:um|uz|lar|du\w*)?|[ae]c[ae][kğ]\w*|"
        r"m[ıiuü]şt[ıiuü]\w*|l[ae]r[ıi](?:n[ıi]|n[ae])|m[ae]kt\w+|[ae]rak|[ıiuü]nc[ae]|m[ae]d[ae]n|ken)$"
    ),
}


@dataclass(frozen=True, slots=True)
class _Rules:
    selves: tuple[re.Pattern[str], ...]
    names: re.Pattern[str]
    words: dict[str, str]
    fillers: frozenset[str]
    shapes: tuple[tuple[re.Pattern[str], str], ...]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    common: frozenset[str]


def _data(name: str) -> str:
    return files("mulakat.assessment").joinpath(f"data/{name}").read_text("utf-8")


@lru_cache(maxsize=4)
def _rules(language: Language) -> _Rules:
    raw = yaml.safe_load(_data(f"neutral_{language}.yaml"))
    spoken = dict(line.split(" = ", 1) for line in raw["spoken"].splitlines())
    words = {
        variant: kept
        for kept, variants in (*raw["persons"].items(), *spoken.items())
        for variant in variants.split()
        if variant != kept
    }
    return _Rules(
        selves=tuple(re.compile(p) for p in raw["selves"]),
        names=re.compile(raw["names"]),
        words=words,
        fillers=frozenset(raw["fillers"].split()),
        shapes=tuple((re.compile(p), r) for p, r in raw["shapes"]),
        phrases=tuple((re.compile(p), r) for p, r in raw["phrases"]),
        common=frozenset(_data(f"common_{language}.txt").split()),
    )


@lru_cache(maxsize=8192)
def neutral(sentence: str, language: Language, named: frozenset[str] = frozenset()) -> str:
    """The sentence's tokens in neutral form, with single spaces; "" when it only says who speaks.

    `named` are lower-case names known from elsewhere (`names_inside`): at a sentence's beginning a
    capital alone does not tell "Temel", the name, from "temel", the word.
    """
    rules = _rules(language)
    tokens = _masked(sentence, language, rules, named)
    text = " ".join(_merged(tokens))
    text = " ".join(_merged(rules.names.sub(" ", text).split()))
    text = " ".join(_merged([word for token in text.split() for word in _standard(token, rules)]))
    for pattern in rules.selves:
        text = pattern.sub(" ", text)
    text = " ".join(word for token in text.split() for word in _shaped(token, rules))
    for pattern, kept in rules.phrases:
        text = pattern.sub(kept, text)
    text = _LOOSE.sub(r"\1", " ".join(_merged(text.split()))).strip(" ,;:-–—")
    return text if _says_something(text, language) else ""


def _masked(sentence: str, language: Language, rules: _Rules, named: frozenset[str]) -> list[str]:
    """Lower-case tokens with names, numbers and gendered words masked."""
    found = _TOKEN.findall(sentence)
    words = [t for t in found if t[0].isalpha()]
    shouted = len(words) > 3 and sum(w.isupper() for w in words) > 0.7 * len(words)
    masked: list[str] = []
    first = True
    for token in found:
        word = _mask(token, language, rules, first=first, shouted=shouted)
        if first and token[0].isupper() and _core(token, language) in named:
            word = UNKNOWN
        masked.append(rules.words.get(word, word) if word in _persons(language) else word)
        first = (first and not token[0].isalnum()) or token in _OPENERS
    return masked


@lru_cache(maxsize=512)
def names_inside(answer: str, language: Language) -> frozenset[str]:
    """Lower-case forms of the words that stand with a capital inside a sentence of an answer."""
    found: set[str] = set()
    before = "."
    for token in _TOKEN.findall(answer):
        if token[0].isupper() and (before[0].isalnum() or before == ","):
            found.add(_core(token, language))
        before = token
    return frozenset(found - {"i"} - function_words(language))


def _core(token: str, language: Language) -> str:
    """A token in lower case without what follows an apostrophe."""
    return lower(token.strip("'’"), language).replace("’", "'").split("'", 1)[0]


@lru_cache(maxsize=4)
def _persons(language: Language) -> frozenset[str]:
    raw = yaml.safe_load(_data(f"neutral_{language}.yaml"))["persons"]
    return frozenset(word for variants in raw.values() for word in str(variants).split())


def _mask(token: str, language: Language, rules: _Rules, *, first: bool, shouted: bool) -> str:
    if _NUMBERED.match(token):
        return NUMBER
    if not token[0].isalpha() and len(token) == 1:
        return token
    low = lower(token.strip("'’"), language)
    if language == "tr":
        low = low.replace("’", "'").split("'", 1)[0]
    low = low.replace("’", "'")
    if low not in ("bir", "one") and all(_is_number(part, language) for part in low.split("-")):
        return NUMBER
    bare = token.lstrip("'’")
    if bare[:1].isupper() and not shouted and not (language == "en" and low.split("'")[0] == "i"):
        if not first:
            return _plainly(low, language) if _is_title(low, language, rules) else NAME
        if not _is_ordinary(low, language, rules):
            return UNKNOWN
    return _plainly(low, language)


def _is_number(low: str, language: Language) -> bool:
    """Whether a word is a number; of "thirty-four" each half is one."""
    return low in grammar(language)["numbers"] or low in _bare_numbers(language)


@lru_cache(maxsize=4)
def _bare_numbers(language: Language) -> frozenset[str]:
    """Numbers as those write them who leave the diacritics out."""
    return frozenset(plain(n, language) for n in grammar(language)["numbers"])


def _plainly(low: str, language: Language) -> str:
    return plain(low, language) if language == "tr" else low


def _is_title(low: str, language: Language, rules: _Rules) -> bool:
    return bool(rules.names.fullmatch(_plainly(low, language) + " "))


def _is_ordinary(low: str, language: Language, rules: _Rules) -> bool:
    """Whether a capitalised first word is one of the language rather than somebody's name."""
    if low in grammar(language)["people"]:
        return False
    plainly = plain(low, language)
    return (
        low in rules.common
        or plainly in rules.common
        or low in function_words(language)
        or low in rules.words
        or plainly in rules.words
        or plainly in rules.fillers
        or _is_title(low, language, rules)
        or bool(_ENDED[language].search(low))
    )


def _standard(token: str, rules: _Rules) -> list[str]:
    """One token in the form that all ways of speech share; several words, or none."""
    words = rules.words.get(token, token).split()
    return [word for word in words if word not in rules.fillers]


def _shaped(token: str, rules: _Rules) -> list[str]:
    """One word with its spelling evened out."""
    for pattern, kept in rules.shapes:
        token = pattern.sub(kept, token)
    return rules.words.get(token, token).split()


def standard_words(text: str, language: Language) -> str:
    """A lower-case text with casual spellings replaced by standard ones; all else stays as it is."""
    words = _rules(language).words
    skip = _persons(language)

    def standard(match: re.Match[str]) -> str:
        return match[0] if match[0] in skip else words.get(match[0].replace("’", "'"), match[0])

    return _SPOKEN.sub(standard, text)


def _merged(tokens: list[str]) -> list[str]:
    """Names and numbers that stand in a row are one: a second first name must not count."""
    kept = tokens[:1]
    for before, token in pairwise(tokens):
        names = token in (NAME, UNKNOWN) and before in (NAME, UNKNOWN)
        if names or (token == NUMBER and before == NUMBER):
            continue
        kept.append(token)
    return kept


def _says_something(text: str, language: Language) -> bool:
    empty = function_words(language) | _folded(language) | {NAME, NUMBER, UNKNOWN}
    empty |= {
        "hello",
        "hi",
        "good",
        "morning",
        "merhaba",
        "merhabalar",
        "gunler",
        "iyi",
        "selam",
        "nice",
        "meet",
    }
    return any(w not in empty and w[0].isalnum() for w in text.split())


@lru_cache(maxsize=4)
def _folded(language: Language) -> frozenset[str]:
    return frozenset(plain(w, language) for w in function_words(language))
