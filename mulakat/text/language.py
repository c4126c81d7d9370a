"""Which of the two languages a text is in, and how sure that is.

Third languages are only told from these two (`is_other_language`), never named.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mulakat.messages import Language
from mulakat.text.fold import lower_words, words
from mulakat.text.lexicon import function_words
from mulakat.text.topics import other_tongues

_TURKISH_LETTER = re.compile(r"[ğışçöü]")
_TURKISH_ENDING = re.compile(
    r"(?:l[ae]r(?:[ıi]n?)?|(?:[dt][ıiuü])(?:m|k|n|ler|lar)?|[ıiuü]yor\w*|m[ae]k|[dt][ae]n?|n[ıiuü]n|"
    r"(?:y?[ae]c[ae][kğ])\w*|m[ıiuü]ş\w*|l[ıi][kğ]\w*|s[ıi]nd[ae]\w*)$"
)
LAST_LATIN = "\u0250"
"""The first letter past the Latin blocks that European languages use."""

JUDGED = 600
"""Words that are looked at: a longer text does not become another language after them."""


def shares(text: str) -> dict[Language, float]:
    """How much of a text looks English and how much Turkish, each from 0 to 1 (shares of words)."""
    english = lower_words(text, "en")[:JUDGED]
    turkish = lower_words(text, "tr")[:JUDGED]
    if not english:
        return {"en": 0.0, "tr": 0.0}
    names = _capitals_inside(text)
    marks: dict[Language, int] = {"en": 0, "tr": 0}
    for as_en, as_tr in zip(english, turkish, strict=True):
        is_en = as_en in function_words("en")
        is_tr = as_tr in function_words("tr")
        if is_en and not is_tr:
            marks["en"] += 1
        elif (is_tr and not is_en) or (as_en not in names and _looks_turkish(as_en, as_tr)):
            marks["tr"] += 1
    return {"en": marks["en"] / len(english), "tr": marks["tr"] / len(turkish)}


def _capitals_inside(text: str) -> set[str]:
    """Lower-case forms of capitalised words inside sentences: names, which belong to no language."""
    return {
        w.lower()
        for before, w in re.findall(r"(\S?)\s([A-ZÇĞİÖŞÜ]\w+)", text)
        if before not in (".", "!", "?", "")
    }


@lru_cache(maxsize=16_384)
def _looks_turkish(as_en: str, as_tr: str) -> bool:
    # The letter is sought in the English lower case: the I of "In-house" is no Turkish letter.
    return len(as_tr) > 3 and bool(_TURKISH_LETTER.search(as_en) or _TURKISH_ENDING.search(as_tr))


def is_other_language(text: str, language: Language) -> bool:
    """Whether a text of some length is clearly in another language; mixed text is not."""
    other: Language = "tr" if language == "en" else "en"
    if _is_other_script(text):
        return True
    share = shares(text)
    count = len(lower_words(text, language))
    if count < 4:
        # A word or two by their endings alone prove nothing: "data analyst" is no Turkish.
        return count > 1 and share[other] >= 0.5 and share[language] == 0.0 and _is_sure(text, other)
    if share[other] >= 0.25 and share[other] > 3 * share[language] and _is_sure(text, other):
        return True
    return _is_third(text, share[language])


def _is_sure(text: str, language: Language) -> bool:
    """Whether at least one word can only be of this language."""
    if language == "tr" and any(_TURKISH_LETTER.search(t) for t in lower_words(text, "en")):
        return True
    others = function_words("tr" if language == "en" else "en")
    return any(t in function_words(language) and t not in others for t in lower_words(text, language))


def _is_other_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = [c for c in text[:2000] if c.isalpha()]
    latin = sum(c < LAST_LATIN for c in letters)
    return len(letters) >= 6 and latin < 0.4 * len(letters)


def _is_third(text: str, own: float) -> bool:
    tokens = [w.lower() for w in words(text)[:JUDGED]]
    if len(tokens) < 5:
        return False
    best = max(sum(t in tongue for t in tokens) for tongue in other_tongues().values()) / len(tokens)
    return best >= 0.3 and best > 1.5 * own
