"""Answers that cannot be built on, and what an interviewer does about each: a table.

Does not: decide a move (`director`), or find out what is wrong with an answer (`assessment` does).
"""

from __future__ import annotations

from dataclasses import dataclass

from mulakat.messages import Mood, MoveName, Reading

GOOD_ENOUGH = 30
"""Words from which an answer that touches a private matter still counts as one about work."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What to do about an answer that cannot be built on.

    moves  one for each time in a row on the same question; past them the interview moves on
    cue    acknowledgements; ask: questions of the wording files; spare: where else to look for
           questions when those were all asked
    """

    cue: str
    ask: tuple[str, ...]
    moves: tuple[MoveName, ...]
    mood: Mood
    next_cue: str = "next"
    spare: tuple[str, ...] = ()


TROUBLES: tuple[tuple[str, Trouble], ...] = (
    ("asks_repeat", Trouble("repeat", (), (MoveName.REPEAT, MoveName.REPEAT), "warm")),
    ("injection", Trouble("injection", ("injection",), (MoveName.REDIRECT,), "neutral")),
    ("hostile", Trouble("hostile", ("hostile",), (MoveName.REASSURE,), "calming")),
    ("asks_answer", Trouble("asks_answer", ("asks_answer",) * 2, (MoveName.REDIRECT,) * 2, "encouraging")),
    ("silent", Trouble("silent", ("silent",), (MoveName.REASSURE,), "encouraging")),
    (
        "wrong_language",
        Trouble("wrong_language", ("wrong_language",) * 2, (MoveName.REDIRECT,) * 2, "warm"),
    ),
    (
        "gibberish",
        Trouble(
            "gibberish",
            ("gibberish",) * 2,
            (MoveName.MORE, MoveName.CLARIFY),
            "neutral",
            "gibberish_next",
            ("more", "example"),
        ),
    ),
    ("protected", Trouble("protected", ("protected",), (MoveName.REDIRECT,), "serious")),
    ("repeated", Trouble("repeated", ("repeated",), (MoveName.CLARIFY,), "neutral")),
    (
        "off_topic",
        Trouble("off_topic", ("off_topic",), (MoveName.REDIRECT,), "neutral", spare=("example",)),
    ),
    (
        "short",
        Trouble(
            "short",
            ("more", "example"),
            (MoveName.MORE, MoveName.EXAMPLE),
            "encouraging",
            "short_next",
            ("more", "example"),
        ),
    ),
)


def trouble_of(reading: Reading) -> tuple[str, Trouble] | None:
    """The first trouble of an answer, in the table's order."""
    for name, trouble in TROUBLES:
        if name == "protected" and reading.words >= GOOD_ENOUGH and len(reading.aspects) >= 3:
            continue
        if getattr(reading, name):
            return name, trouble
    return None
