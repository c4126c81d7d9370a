"""Whether a text can be read as an answer at all: letters that make words, words that make sense.

The letters are judged by a bigram model learned from the question packs' own sentences, so no word
list is shipped for it. Does not: judge meaning beyond the crudest clash of unrelated things.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from mulakat.messages import Language
from mulakat.text.fold import lower_words
from mulakat.text.lexicon import function_words, lexicon
from mulakat.text.topics import topics

_VOWEL = re.compile(r"[aeıioöuüyâîû]")
_RUN = re.compile(r"(.)\1\1")
_CROWD = re.compile(r"[^aeıioöuüyâîû'’\-]{5,}")
REMEMBERED = 20_000
"""Words whose judgement is kept."""

FEW = 3
"""Words up to which odd ones may well be product names: "grpc and psql"."""

LONGEST = 400
"""Words that are judged; noise shows itself early, and a page of text must not cost more."""


class Plausibility:
    """Letter bigrams with add-one smoothing; `floor` is the mean log-probability of odd words."""

    def __init__(self, texts: Iterable[str], language: Language) -> None:
        self.language: Language = language
        pairs: Counter[str] = Counter()
        first: Counter[str] = Counter()
        known: set[str] = set(function_words(language))
        for text in texts:
            for word in lower_words(text, language):
                known.add(word)
                marked = f"^{word}$"
                pairs.update(marked[i : i + 2] for i in range(len(marked) - 1))
                first.update(marked[:-1])
        self._pairs, self._first = pairs, first
        self._judged: dict[str, bool] = {}
        self._letters = max(len(first), 1)
        self.known = frozenset(known)
        # The oddest 2 % of the packs' own words mark the border.
        scores = sorted(self.score(w) for w in known if len(w) > 3)
        self.floor = scores[len(scores) // 50] if scores else -math.inf

    def score(self, word: str) -> float:
        """Mean log-probability of a lower-case word's letter pairs; higher is more usual."""
        marked = f"^{word}$"
        total = sum(
            math.log((self._pairs[marked[i : i + 2]] + 1) / (self._first[marked[i]] + self._letters))
            for i in range(len(marked) - 1)
        )
        return total / (len(marked) - 1)

    def is_word(self, word: str) -> bool:
        """Whether a lower-case token could be a word; short tokens and numbers get the benefit."""
        if word in self.known or word[0].isdigit():
            return True
        found = self._judged.get(word)
        if found is None:  # kept in hand: another thread may forget all of them meanwhile
            found = self._could_be(word)
            if len(self._judged) > REMEMBERED:
                self._judged.clear()
            self._judged[word] = found
        return found

    def _could_be(self, word: str) -> bool:
        if len(word) < 3:
            return len(word) == 1 or bool(_VOWEL.search(word))
        if _RUN.search(word) or _CROWD.search(word) or not _VOWEL.search(word):
            return False
        return self.score(word) >= self.floor - 0.35


def is_gibberish(text: str, plausible: Plausibility) -> bool:
    """Whether a text cannot be read as an answer, for its letters or for its words."""
    return is_chant(text, plausible.language) or is_noise(text, plausible) or is_babble(text, plausible)


def is_noise(text: str, plausible: Plausibility) -> bool:
    """Whether most letters of a text make no words of the language: keys hit at random, signs alone."""
    tokens = lower_words(text, plausible.language)[:LONGEST]
    if not tokens:
        return bool(text.strip())
    visible = sum(not c.isspace() for c in text)
    alphanumeric = sum(c.isalnum() for c in text)
    if sum(c.isalpha() for c in text) < 0.4 * visible and (len(tokens) > 1 or alphanumeric < 0.5 * visible):
        return alphanumeric < 0.5 * visible or not _readable(tokens, plausible)
    # Capitals and digits inside are names, acronyms and code; they say nothing about gibberish.
    proper = {w.lower() for w in re.findall(r"\b\w*[A-ZÇĞİÖŞÜ0-9]\w*", text)}
    judged = [t for t in tokens if not t[0].isdigit() and t not in proper]
    odd = [t for t in judged if not plausible.is_word(t)]
    if len(judged) <= FEW:
        return len(odd) >= 0.6 * max(len(judged), 1) and any(_is_wild(t) for t in odd)
    weight = sum(map(len, odd)) / sum(map(len, judged))
    return len(odd) >= 2 and (len(odd) / len(judged) >= 0.45 or weight >= 0.6)


def _is_wild(word: str) -> bool:
    """Whether no one means this word: product names ("nginx", "kubectl") are odd, but not wild."""
    return bool(_RUN.search(word) or _CROWD.search(word)) or len(word) > 12


def _readable(tokens: list[str], plausible: Plausibility) -> bool:
    return sum(plausible.is_word(t) and not t[0].isdigit() for t in tokens) >= 0.5 * len(tokens)


def is_babble(text: str, plausible: Plausibility) -> bool:
    """Whether words follow each other without a sentence: scraps of words, or a salad of them."""
    tokens = lower_words(text, plausible.language)[:LONGEST]
    return _is_scraps(tokens, plausible) or _is_salad(tokens, plausible.language, text)


def is_chant(text: str, language: Language) -> bool:
    """One word over and over, or mostly nonsense words ("blah blah", "hede hödö")."""
    tokens = lower_words(text, language)[:LONGEST]
    if len(tokens) >= 4 and len(set(tokens)) <= max(1, len(tokens) // 4):
        return True
    silly = sum(t in topics(language).nonsense for t in tokens)
    if len(tokens) >= 2 and silly >= 0.6 * len(tokens):
        return True
    doubled = sum(a == b for a, b in pairwise(tokens))
    return len(tokens) >= 6 and silly >= 2 and doubled + silly >= 0.5 * len(tokens)


def _is_scraps(tokens: list[str], plausible: Plausibility) -> bool:
    """Crumbs of words without a content word between them, as a broken recogniser writes them."""
    if len(tokens) < 8:
        return False
    lex = lexicon(plausible.language)
    content = sum(len(t) > 3 and t not in lex.function and plausible.is_word(t) for t in tokens)
    crumbs = sum(len(t) <= 3 and t not in plausible.known and not t[0].isdigit() for t in tokens)
    return content <= 0.2 * len(tokens) and crumbs >= 0.25 * len(tokens)


_SELF = {
    "en": re.compile(r"\b(?:i|i'm|i've|i'd|me|my|we|us|our|you|your|they|he|she|his|her)\b"),
    "tr": re.compile(
        r"\b(?:ben|beni|bana|benim|biz|bizi|bize|bizim|siz|sizi|\w+(?:[dt][ıiuü][mk]|yor(?:um|uz|lar|du\w*)|[aeıiuü]r[ıi]m|mış[ıi]m))\b"
    ),
}


def _is_salad(tokens: list[str], language: Language, text: str) -> bool:
    """Words of four worlds that no sentence mixes, and nobody in it who did anything."""
    if not 5 <= len(tokens) <= 60 or _SELF[language].search(" ".join(tokens)):
        return False
    worlds = topics(language).salad
    seen: set[str] = set()
    hits = 0
    for token in tokens:
        world = next((name for name, words in worlds.items() if words.key(token)), "")
        hits += bool(world)
        seen.add(world)
    seen.discard("")
    content = sum(t not in function_words(language) for t in tokens)
    return len(seen) >= 4 and hits >= 0.4 * content and text.count(",") <= 1
