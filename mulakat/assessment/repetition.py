"""Whether an answer is an earlier one told again, in new wrapping or in another order.

Measured as containment: how much of the new answer's words and word pairs stand in one earlier
answer. Building on an earlier story shares its words, but not its word pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from mulakat.messages import Language
from mulakat.text.fold import lower, lower_words
from mulakat.text.stems import content_stems

SHORTEST = 5
"""Words under which nothing is called a repetition: "yes, exactly" may be said twice."""

STEMS = 0.72
PAIRS = 0.5
"""Shares of the new answer's stems and of its neighbouring pairs of stems that stand in the old one."""


def is_repeated(answer: str, earlier: Sequence[str], language: Language) -> bool:
    """Whether nearly the same was said before; only for answers long enough to be recognised."""
    tokens = lower_words(answer, language)
    if len(tokens) < SHORTEST:
        return False
    new = content_stems(answer, language)
    text = lower(answer, language)
    return any(_tells_again(text, new, old, language) for old in earlier)


def _tells_again(text: str, new: list[str], old: str, language: Language) -> bool:
    old_text = lower(old, language)
    if len(old_text.split()) < SHORTEST:
        return False
    if len(old) < 4 * len(text) and len(text) < 4 * len(old) and fuzz.ratio(text, old_text) >= 88:
        return True
    old_stems = content_stems(old, language)
    wanted, held = set(new), set(old_stems)
    if len(wanted) < SHORTEST or len(wanted & held) / len(wanted) < STEMS:
        return False
    pairs = list(pairwise(new))
    known = set(pairwise(old_stems))
    return sum(p in known for p in pairs) / len(pairs) >= PAIRS
