"""Whether a document is Turkish or English, or neither. CVs are lists of names, with few plain words.

Does not: name third languages.
"""

from __future__ import annotations

import re

from mulakat.knowledge.headings import CV_PARTS, JOB_PARTS, part_of
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import lower_words
from mulakat.text.language import LAST_LATIN, shares
from mulakat.text.topics import other_tongues

HEADING = 0.08
"""What one known heading counts, in shares of all words."""

_TURKISH = re.compile(r"[ğışĞİŞ]")
_ENOUGH = 0.18
"""Share of words that are function words of a third language from which on a text is in it."""


def language_of(text: str) -> Language | None:
    """The language of a document; None when it is clearly in a third one."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    if letters and sum(c < LAST_LATIN for c in letters) < 0.5 * len(letters):
        return None
    scores = dict(shares(text))
    for line in text.splitlines():
        found = part_of(line.strip(), CV_PARTS | JOB_PARTS)
        if found:
            scores[found[1]] += HEADING
    marked = sum(bool(_TURKISH.search(w)) for w in text.split()) / max(len(text.split()), 1)
    scores["tr"] += marked / 2
    if _third(text) > max(_ENOUGH, *scores.values()):
        return None
    return max(LANGUAGES, key=lambda language: scores[language])


def _third(text: str) -> float:
    """The largest share that the function words of one third language have."""
    tokens = lower_words(text, "en")[:1500]
    if len(tokens) < 20:
        return 0.0
    return max(sum(t in tongue for t in tokens) for tongue in other_tongues().values()) / len(tokens)
