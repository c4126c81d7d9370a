"""Words cut to their stems, so that "designed" meets "design" and "tasarladım" meets "tasarla"."""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer

from mulakat.messages import Language
from mulakat.text.fold import lower_words
from mulakat.text.lexicon import function_words

_ALGORITHMS = {"en": "english", "tr": "turkish"}


class _Stemmers(threading.local):
    """A set a thread: a stemmer holds the word it works on, so two threads would spoil each other's."""

    def __init__(self) -> None:
        self.of = {code: snowballstemmer.stemmer(name) for code, name in _ALGORITHMS.items()}


_STEMMERS = _Stemmers()


@lru_cache(maxsize=65_536)
def stem(word: str, language: Language) -> str:
    """The Snowball stem of one lower-case word (Porter 2; Turkish: Eryiğit & Adalı 2004)."""
    return str(_STEMMERS.of[language].stemWord(word))


def content_stems(text: str, language: Language) -> list[str]:
    """Stems of the words that carry content: no function words, nothing under three letters."""
    return list(_content_stems(text, language))


@lru_cache(maxsize=128)
def _content_stems(text: str, language: Language) -> tuple[str, ...]:
    skip = function_words(language)
    return tuple(
        stem(w, language)
        for w in lower_words(text, language)
        if len(w) > 2 and w not in skip and not w[0].isdigit()
    )
