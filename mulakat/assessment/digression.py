"""Whether an answer has clearly left the interview for leisure and small talk.

Only a clear digression counts: redirecting somebody who is on the subject does more harm than letting
a digression pass. So an answer must speak of leisure in several words and hold hardly any word of
work, of the question, or of the field. Does not: notice an answer about other work than was asked.
"""

from __future__ import annotations

import re

from mulakat.messages import Language
from mulakat.text.grammar import grammar
from mulakat.text.stems import stem
from mulakat.text.topics import LONGEST_WORD, topics

SHORTEST = 8
"""Words under which an answer is too short to be called a digression."""

LEAST = 3
"""Leisure words that a digression holds at least."""

COUNTED = 2
"""Counts that speak for work at most: who counts is mostly telling of a job, but not always."""

_SMALL = frozenset(["one", "two", "half", "bir", "iki", "yarım", "buçuk"])
_FIGURE = re.compile(r"[%€$£₺]\s?\d|\d\s?[%€$£₺]|\b(?:percent|per cent|yüzde)\b")


def is_digression(text: str, tokens: list[str], subject: frozenset[str], language: Language) -> bool:
    """Whether an answer (lower case, and its words) is small talk. `subject` holds stems."""
    if len(tokens) < SHORTEST:
        return False
    lists = topics(language)
    leisure: set[str] = set()
    work: set[str] = set()
    for token in tokens:
        if len(token) < 3 and token not in lists.leisure.exact and token not in lists.work.exact:
            continue
        if key := lists.work.key(token):
            work.add(key)
        elif 3 < len(token) <= LONGEST_WORD and (root := stem(token, language)) in subject:
            work.add(root)
        elif key := lists.leisure.key(token):
            leisure.add(key)
    numbers = grammar(language)["numbers"] - _SMALL
    counted = sum(token in numbers or token[0].isdigit() for token in tokens)
    weight = len(work) + 2 * len(_FIGURE.findall(text)) + min(counted, COUNTED)
    return len(leisure) >= LEAST and len(leisure) > 1.4 * weight
