"""Held-out rows -> dialogues that can be served again: answers, moves, and the replies of the data.

The moves are read back out of the directives that `interview.prompt` wrote. Does not: serve them, or read
files.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from mulakat.interview.phrasing import Turn, sentence_end
from mulakat.interview.prompt import system_message, without_article
from mulakat.lab.data.rows import Row
from mulakat.messages import LANGUAGES, Language, Move, MoveName, Span, SpanKind

NEW, KNOWN, MADE = "new fields", "known fields", "generated"
GROUPS = (NEW, KNOWN, MADE)
"""Dialogues of fields that no training row is of, of other fields, and rows that name no field."""
LONGEST = 4_000
"""Characters of a dialogue that surely fit the engine's context."""

_DIRECTIVE = re.compile(r"(?:^|\n)\[(\w+)(?:; about: (.+?))?(?:; ask: (.+))?\]$")


@dataclass(frozen=True, slots=True)
class Step:
    """One turn to be worded: the candidate's words before it, the move, and how the data word it."""

    answer: str
    move: Move
    reference: Turn


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One held-out conversation. `system` is its first message, as the data have it."""

    place: str
    language: Language
    group: str
    topic: str
    role: str
    system: str
    steps: tuple[Step, ...]


def dialogues(rows: Iterable[Row], train: Sequence[Row]) -> tuple[list[Dialogue], int]:
    """Those rows that a director led, and how many others there are: they can only be scored by loss."""
    fields = {r.topic for r in train}
    found, others = [], 0
    for row in rows:
        made = _dialogue(row, fields)
        if made is None or len(row.spoken) > LONGEST:
            others += 1
        else:
            found.append(made)
    return found, others


def group_of(row: Row, fields: set[str]) -> str:
    """Which of GROUPS a row belongs to; `fields` are those of training."""
    if not row.topic:
        return MADE
    return KNOWN if row.topic in fields else NEW


def _dialogue(row: Row, fields: set[str]) -> Dialogue | None:
    if row.language not in LANGUAGES or len(row.turns) < 3 or row.turns[0].role != "system":
        return None
    language: Language = row.language
    steps = []
    for user, reply in zip(row.turns[1::2], row.turns[2::2], strict=False):
        read = read_directive(user.content, reply.given)
        if read is None:
            return None
        answer, move = read
        if language == "en":
            move = without_article(move)  # as the room hands it to the model
        steps.append(Step(answer, move, reference(reply.content, reply.given, move.span)))
    system = row.turns[0].content
    group = group_of(row, fields)
    return Dialogue(row.place, language, group, row.topic, role_of(system, language), system, tuple(steps))


def read_directive(content: str, given: str = "") -> tuple[str, Move] | None:
    """(the candidate's words, the move) behind a user message; None when no directive stands in it.

    `given` is the question of a fixed move, which its directive does not tell.
    """
    match = _DIRECTIVE.search(content)
    if match is None or match[1] not in set(MoveName):
        return None
    name, about, ask = match.groups()
    span = Span(about, kind_of(about), 0, len(about)) if about else None
    move = Move(MoveName(name), "", ask or given, cue_of(MoveName(name), span), ask is None, span)
    return content[: match.start()], move


def kind_of(span: str) -> SpanKind:
    """What kind of thing a span is, by its look: its kind does not stand in the data."""
    if any(c.isdigit() for c in span):
        return SpanKind.FIGURE
    return SpanKind.NAME if any(w[:1].isupper() for w in span.split()) else SpanKind.PHRASE


_CUES = {
    MoveName.OPENING: "opening", MoveName.MOVE_ON: "next", MoveName.MORE: "short",
    MoveName.REPEAT: "repeat", MoveName.REDIRECT: "off_topic",
    MoveName.REASSURE: "silent", MoveName.CLOSE: "close",
}  # fmt: skip


def cue_of(name: MoveName, span: Span | None) -> str:
    """The acknowledgements that the packs have for a move.

    The data keep no cue, so it is the one that the director gives for that move most often.
    """
    if span and name not in (MoveName.OPENING, MoveName.CLOSE, MoveName.REPEAT):
        return "next_span" if name is MoveName.MOVE_ON else f"heard_{span.kind}"
    return _CUES.get(name, "heard")


def reference(content: str, given: str, span: Span | None) -> Turn:
    """A reply of the data, parted into acknowledgement and question."""
    if given and content.endswith(given):
        return Turn(content[: len(content) - len(given)].strip(), given)
    cut = sentence_end(content, span)
    if cut is None or cut == len(content):
        return Turn("", content)
    return Turn(content[:cut].strip(), content[cut:].strip())


@cache
def _around(language: Language) -> tuple[str, str]:
    before, after = system_message("@", language).content.split("@")
    return before, after


def role_of(system: str, language: Language) -> str:
    """The position a system message names; "" when it is not one of the room's."""
    before, after = _around(language)
    if system.startswith(before) and system.endswith(after) and len(system) > len(before + after):
        return system[len(before) : len(system) - len(after)]
    return ""


def pick(found: Sequence[Dialogue], turns: int, seed: int) -> list[Dialogue]:
    """Dialogues of `turns` turns in all, dealt out evenly over languages and groups.

    Seeded; the last one is cut where the number is reached.
    """
    rng = random.Random(seed)
    piles = [
        [d for d in found if (d.language, d.group) == (language, group)]
        for language in LANGUAGES
        for group in GROUPS
    ]
    for pile in piles:
        rng.shuffle(pile)
    taken: list[Dialogue] = []
    while turns > 0 and any(piles):
        for pile in piles:
            if pile and turns > 0:
                one = pile.pop()
                steps = one.steps[:turns]
                taken.append(
                    Dialogue(one.place, one.language, one.group, one.topic, one.role, one.system, steps)
                )
                turns -= len(steps)
    return taken


def shared_roles(picked: Sequence[Dialogue], train: Sequence[Row]) -> dict[str, int]:
    """Positions of dialogues from new fields that training rows name as well, with how many do.

    A field that is held out by its name may still be in training by its people.
    """
    wanted = {d.role for d in picked if d.group == NEW and d.role}
    counts: dict[str, int] = {}
    for row in train:
        if row.language in LANGUAGES and row.turns and row.turns[0].role == "system":
            role = role_of(row.turns[0].content, row.language)
            if role in wanted:
                counts[role] = counts.get(role, 0) + 1
    return counts
