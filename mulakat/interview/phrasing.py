"""A move -> words: the pack's own wording, and the grammar that holds a model to its form.

A turn is at most one acknowledgement and exactly one question. Names and figures stand in the
grammar only as literal spans of the answer; a model's free text has no capitals and no digits, so
that it can neither misspell nor invent one. Does not: call a model (`room.words`), or check what
the words mean (`guard`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mulakat.interview.wording import wording
from mulakat.messages import Language, Move, MoveName, Span
from mulakat.text.fold import capital, lower

CHOICES = 4
"""Whole wordings that a model which may not word freely chooses among."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said: an acknowledgement (may be empty) and a question (empty in a farewell)."""

    acknowledgement: str
    question: str

    @property
    def text(self) -> str:
        return f"{self.acknowledgement} {self.question}".strip()


def pack_turns(move: Move, language: Language, said: Sequence[str], seed: int = 0) -> list[Turn]:
    """Wordings of the packs for a move, best first; at least one, at most CHOICES.

    `said` are the interviewer's sentences so far: an acknowledgement is never said twice. When all
    were said, the question stands alone. The same arguments always give the same wordings.
    """
    if move.name is MoveName.FAREWELL:
        return [Turn(_turned(wording(language).farewell, f"{seed}:farewell")[0], "")]
    question = capital(move.seed, language)
    return [Turn(a, question) for a in acknowledgements(move, language, said, seed)[:CHOICES]] or [
        Turn("", question)
    ]


def acknowledgements(move: Move, language: Language, said: Sequence[str], seed: int = 0) -> list[str]:
    """The pack's acknowledgements that fit a move and were not said yet, in a seeded order."""
    lines = wording(language).acknowledge.get(move.cue, ())
    if move.span is None:
        lines = tuple(line for line in lines if "{span}" not in line)
    spoken = {lower(s, language) for s in said}
    # A frame is used once too: "You mentioned X." and "You mentioned Y." are the same sentence.
    shapes = [re.compile(re.escape(lower(line, language)).replace(r"\{span\}", ".+")) for line in lines]
    fresh = [
        line
        for line, shape in zip(lines, shapes, strict=True)
        if not any(shape.fullmatch(s) for s in spoken)
    ]
    text = move.span.text if move.span else ""
    filled = [capital(line.replace("{span}", text), language) for line in fresh]
    return _turned(filled, f"{seed}:{len(said)}:{move.cue}")


def _turned(lines: Sequence[str], key: str) -> list[str]:
    """The lines in an order that depends on the key alone."""

    def rank(line: str) -> bytes:
        return hashlib.blake2b(f"{key}:{line}".encode(), digest_size=8).digest()

    return sorted(lines, key=rank)


# ---------------------------------------------------------------- grammars (GBNF)

_LETTERS = {"en": "a-z", "tr": "a-zçğıöşüâîû"}
_CAPITALS = {"en": "A-Z", "tr": "A-ZÇĞİÖŞÜ"}
_PROPER = re.compile(r"\b[A-ZÇĞİÖŞÜ][\w+#.\-]*[A-Z0-9ÇĞİÖŞÜ+#][\w+#]*|\b[A-ZÇĞİÖŞÜ]\b|\b\d[\d.,]*%?")


def turn_grammar(move: Move, language: Language, *, begun: str = "") -> str:
    """What a model may say for a move, in GBNF.

    A fixed move's question is not the model's to word: it says the acknowledgement alone. With
    `begun`, the acknowledgement was said already and only the question is left.
    """
    rules = [
        f"word ::= [{_LETTERS[language]}]+ ([-'’] [{_LETTERS[language]}]+)?{_names_rule(move)}",
        f"first ::= [{_CAPITALS[language]}] [{_LETTERS[language]}]* ([-'’] [{_LETTERS[language]}]+)?",
        'gap ::= ", " | " "',
        "plain ::= first (gap word)*",
    ]
    ack, ask = 'plain "."', 'plain "?"'
    if move.span is None:
        parts = {"ack": ack, "ask": ask}
        both = 'ack " " ask'
    else:
        span = _literal(move.span.text)
        rules.append(f"span ::= {span}")
        rules.append(f"spanstart ::= {_literal(capital(move.span.text, language))}")
        named = "(spanstart | plain gap span) (gap word)*"
        parts = {"ack": ack, "ask": ask, "ackspan": f'{named} "."', "askspan": f'{named} "?"'}
        both = 'ackspan " " ask | ack " " askspan'
    if move.fixed:
        root = "ack | ackspan" if move.span else "ack"
    elif begun:
        root = "askspan" if move.span and move.span.text not in begun else "ask"
    else:
        root = both
    rules += [f"{name} ::= {rule}" for name, rule in parts.items()]
    return "\n".join([f"root ::= {root}", *rules]) + "\n"


def _names_rule(move: Move) -> str:
    """Acronyms and figures that stand in the seed itself may be said as they stand."""
    own = sorted(set(_PROPER.findall(move.seed)))
    return "".join(f" | {_literal(text)}" for text in own)


def choice_grammar(turns: Sequence[Turn]) -> str:
    """One of the listed wordings, letter by letter."""
    return "root ::= " + " | ".join(_literal(t.text) for t in turns) + "\n"


def chosen(prefix: str, turns: Sequence[Turn]) -> Turn | None:
    """The only wording that still fits what was decoded so far, once there is only one."""
    fitting = [t for t in turns if t.text.startswith(prefix) or prefix.startswith(t.text)]
    return fitting[0] if len(fitting) == 1 else None


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# ---------------------------------------------------------------- taking words apart

_END = re.compile(r"[.!…]\s+(?=\S)")


def split_turn(text: str, span: Span | None = None) -> Turn:
    """Acknowledgement and question of a model's reply: the last sentence is the question.

    A full stop inside the span ("Node.js", "3.5 percent") ends no sentence.
    """
    text = " ".join(text.split())
    guarded = text.replace(span.text, span.text.replace(".", "\0")) if span else text
    cut = 0
    for match in _END.finditer(guarded):
        cut = match.end()
    return Turn(text[:cut].strip(), text[cut:].strip())
