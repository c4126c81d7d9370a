"""Figures of text and of shares. Pure functions of plain values.

Does not: know of interviews, models or reports.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

Gram = tuple[str, ...]
Z95 = 1.959963984540054
"""The standard normal's 97.5 % quantile."""


def wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float]:
    """The interval in which a share lies with 95 % confidence, (0, 1) when nothing was counted.

    Wilson 1927, "Probable inference, the law of succession, and statistical inference": unlike the
    usual one it stays inside 0 and 1, also for 0 or all of a few.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, z * z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = z / (1 + square / whole) * math.sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    # Rounding may put a bound a hair on the wrong side of the share itself.
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def grams(words: Sequence[str], n: int) -> list[Gram]:
    """All runs of `n` words."""
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def distinct(texts: Sequence[Sequence[str]], n: int = 2) -> float:
    """Different runs of `n` words over all words said; 0 when nothing was said.

    Li et al. 2016, "A Diversity-Promoting Objective Function for Neural Conversation Models". It falls
    with the number of texts: compare equal numbers only.
    """
    total = sum(len(words) for words in texts)
    return len({gram for words in texts for gram in grams(words, n)}) / total if total else 0.0


def self_bleu(texts: Sequence[Sequence[str]], n: int = 3, most: int = 500) -> float:
    """The mean BLEU of each text against all others: 1 when all are the same, near 0 when nothing recurs.

    Zhu et al. 2018, "Texygen: A Benchmarking Platform for Text Generation Models", which takes runs of
    up to 3 words and at most 500 texts as well. Texts of no words are left out; 0 for less than two.
    """
    said = [words for words in texts if words][:most]
    if len(said) < 2:
        return 0.0
    counts = [[Counter(grams(words, k)) for k in range(1, n + 1)] for words in said]
    scores = []
    for at, words in enumerate(said):
        others = [c for i, c in enumerate(counts) if i != at]
        lengths = [len(w) for i, w in enumerate(said) if i != at]
        scores.append(_bleu(len(words), counts[at], others, lengths))
    return math.fsum(scores) / len(scores)


def bleu(text: Sequence[str], references: Sequence[Sequence[str]], n: int = 3) -> float:
    """BLEU of one text: clipped precision of runs of 1 to `n` words, geometric mean, brevity penalty.

    Papineni et al. 2002; a precision of nothing counts as 0.1 hits (Chen and Cherry 2014, method 1), as
    Texygen has it. A text shorter than `n` is held to the runs it has.
    """
    if not text or not references:
        return 0.0
    mine = [Counter(grams(text, k)) for k in range(1, n + 1)]
    others = [[Counter(grams(r, k)) for k in range(1, n + 1)] for r in references]
    return _bleu(len(text), mine, others, [len(r) for r in references])


def _bleu(
    length: int,
    mine: Sequence[Counter[Gram]],
    others: Sequence[Sequence[Counter[Gram]]],
    lengths: list[int],
) -> float:
    logs = []
    for k, counted in enumerate(mine):
        total = sum(counted.values())
        if not total:
            continue
        hits = sum(min(c, max(o[k][gram] for o in others)) for gram, c in counted.items())
        logs.append(math.log((hits or 0.1) / total))
    closest = min(lengths, key=lambda r: (abs(r - length), r))
    penalty = 1.0 if length >= closest else math.exp(1 - closest / length)
    return penalty * math.exp(math.fsum(logs) / len(logs))


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed; 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def mean(values: Sequence[float]) -> float:
    """The mean; 0 for none."""
    return math.fsum(values) / len(values) if values else 0.0
