"""Conversations -> train, valid and test, so that nothing near a training row is in the other two.

What belongs together (one conversation, near texts, with `by_topic` one topic) stays together. Topics and
rows that are held out by name come first; training rows near them are removed and named.
Does not: shuffle by anything but the seed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from mulakat.lab.config import DataPlan
from mulakat.lab.data.near import near_pairs
from mulakat.lab.data.rows import Removal, Row


def split(rows: Sequence[Row], plan: DataPlan) -> tuple[list[Row], list[Removal]]:
    """The rows with their split set, and the training rows that had to go."""
    wanted = [_wanted(row, plan) for row in rows]
    groups = _Groups(len(rows))
    pairs = list(near_pairs([r.spoken for r in rows], plan.near_split))
    free = [n for n, split in enumerate(wanted) if not split]
    _join_alike(rows, free, groups, plan)
    for one, other, _ in pairs:
        if not wanted[one] and not wanted[other]:
            groups.join(one, other)
    _assign(free, groups, wanted, plan)
    return _without_near(rows, wanted, pairs)


def _wanted(row: Row, plan: DataPlan) -> str:
    """The split a row is bound to by its topic or its source; "" when it is free."""
    if row.topic and row.topic in plan.split.valid_topics:
        return "valid"
    if row.topic and row.topic in plan.split.test_topics:
        return "test"
    return row.split


def _join_alike(rows: Sequence[Row], free: list[int], groups: _Groups, plan: DataPlan) -> None:
    first: dict[tuple[str, str], int] = {}
    for n in free:
        row = rows[n]
        keys = [("conversation", f"{row.source}:{row.conversation}")] if row.conversation else []
        keys += [("topic", row.topic)] if plan.split.by_topic and row.topic else []
        for key in keys:
            groups.join(first.setdefault(key, n), n)


def _assign(free: list[int], groups: _Groups, wanted: list[str], plan: DataPlan) -> None:
    """Groups in a seeded order fill test, then valid; what does not fit is training."""
    members: dict[int, list[int]] = defaultdict(list)
    for n in free:
        members[groups.root(n)].append(n)
    room = {"test": int(plan.split.test * len(free)), "valid": int(plan.split.valid * len(free))}
    for root in sorted(members, key=lambda r: _rank(plan.seed, r)):
        group = members[root]
        chosen = next((name for name, left in room.items() if len(group) <= left), "train")
        if chosen != "train":
            room[chosen] -= len(group)
        for n in group:
            wanted[n] = chosen


def _rank(seed: int, number: int) -> bytes:
    return hashlib.blake2b(f"{seed}:{number}".encode(), digest_size=8).digest()


def _without_near(
    rows: Sequence[Row], wanted: list[str], pairs: list[tuple[int, int, float]]
) -> tuple[list[Row], list[Removal]]:
    """Removes the training side of each near pair across splits, and the valid side of valid-test pairs."""
    order = {"train": 0, "valid": 1, "test": 2}
    gone: dict[int, Removal] = {}
    for one, other, likeness in pairs:
        if wanted[one] == wanted[other]:
            continue
        loser, kept = sorted((one, other), key=lambda n: order[wanted[n]])
        if loser not in gone and kept not in gone:
            row, why = rows[loser], f"{likeness:.2f} like {rows[kept].place} in {wanted[kept]}"
            gone[loser] = Removal(row.source, row.line, "near another split", why, row.spoken[:200])
    left = [row.moved(wanted[n]) for n, row in enumerate(rows) if n not in gone]
    return left, [gone[n] for n in sorted(gone)]


class _Groups:
    """Disjoint sets of numbers, joined two by two."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, n: int) -> int:
        while self._parent[n] != n:
            self._parent[n] = self._parent[self._parent[n]]
            n = self._parent[n]
        return n

    def join(self, one: int, other: int) -> None:
        a, b = self.root(one), self.root(other)
        self._parent[max(a, b)] = min(a, b)
