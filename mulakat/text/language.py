"""Which of the two languages a text is in, and how sure that is.

Third languages are only told from these two (`is_other_language`), never named.
"""

from __future__ import annotations

import re
import unicodedata

from mulakat.messages import Language
from mulakat.text.fold import lower_words, words
from mulakat.text.lexicon import function_words
from mulakat.text.topics import other_tongues

_TURKISH_LETTER = re.compile(r"[ğışçöü]")
_TURKISH_ENDING = re.compile(
    r"(?:l[ae]r(?:[ıi]n?)?|(?:[dt][ıiuü])(?:m|k|n|ler|lar)?|[ıiuü]yor\w*|m[ae]k|[dt][ae]n?|n[ıiuü]n|"
    r"(?:y?[ae]c[ae][kğ])\w*|m[ıiuü]ş\w*|l[ıi][kğ]\w*|s[ıi]nd[ae]\w*)$"
)
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
        elif (is_tr and not is_en) or (as_en not in names and _looks_turkish(as_tr)):
            marks["tr"] += 1
    return {"en": marks["en"] / len(english), "tr": marks["tr"] / len(turkish)}


def _capitals_inside(text: str) -> set[str]:
    """Lower-case forms of capitalised words inside sentences: names, which belong to no language."""
    return {
        w.lower()
        for before, w in re.findall(r"(\S?)\s([A-ZÇĞİÖŞÜ]\w+)", text)
        if before not in (".", "!", "?", "")
    }


def _looks_turkish(word: str) -> bool:
    return len(word) > 3 and bool(_TURKISH_LETTER.search(word) or _TURKISH_ENDING.search(word))


def is_other_language(text: str, language: Language) -> bool:
    """Whether a text of some length is clearly in another language; mixed text is not."""
    other: Language = "tr" if language == "en" else "en"
    if _is_other_script(text):
        return True
    share = shares(text)
    count = len(lower_words(text, language))
    if count < 4:
        return share[other] >= 0.5 and share[language] == 0.0
    if share[other] >= 0.25 and share[other] > 3 * share[language]:
        return True
    return _is_third(text, share[language])


def _is_other_script(text: str) -> bool:
    letters = [c for c in text[:2000] if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return len(letters) >= 6 and latin < 0.4 * len(letters)


def _is_third(text: str, own: float) -> bool:
    tokens = [w.lower() for w in words(text)[:JUDGED]]
    if len(tokens) < 5:
        return False
    best = max(sum(t in tongue for t in tokens) for tongue in other_tongues().values()) / len(tokens)
    return best >= 0.3 and best > 1.5 * own
