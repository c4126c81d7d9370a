"""A move -> words: the pack's own wording, and the grammar that holds a model to its form.

A turn is at most one acknowledgement and exactly one question. Names and figures stand in the
grammar only as literal spans of the answer; a model's free text has no capitals and no digits, so
that it can neither misspell nor invent one. Does not: call a model (`room.words`), or check what
the words mean (`guard`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mulakat.interview.wording import wording
from mulakat.messages import LANGUAGES, Language, Move, MoveName, Span
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
    shapes = [
        re.compile(re.escape(lower(line, language)).replace(r"\{span\}", ".+"), re.DOTALL) for line in lines
    ]
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
_SAID, _ASKED, _LONGEST_WORD = 14, 24, 20
"""Words after the first in a statement and in a question, and letters: a small model finds no end."""
_PROPER = re.compile(r"\b[A-ZÇĞİÖŞÜ][\w+#.\-]*[A-Z0-9ÇĞİÖŞÜ+#][\w+#]*|\b[A-ZÇĞİÖŞÜ]\b|\b\d[\d.,]*%?")


def turn_grammar(move: Move, language: Language, *, begun: str = "") -> str:
    """What a model may say for a move, in GBNF.

    A fixed move's question is not the model's to word: it says the acknowledgement alone. With
    `begun`, the acknowledgement was said already and only the question is left.
    """
    rules = [
        f"some ::= [{_LETTERS[language]}]{{1,{_LONGEST_WORD}}}",
        f"word ::= some ([-'’] some)?{_names_rule(move)}",
        f"first ::= [{_CAPITALS[language]}] some? ([-'’] some)?",
        'gap ::= ", " | " "',
        f"said ::= first (gap word){{0,{_SAID}}}",
        f"asked ::= first (gap word){{0,{_ASKED}}}",
    ]
    ack, ask = 'said "."', 'asked "?"'
    if move.span is None:
        parts = {"ack": ack, "ask": ask}
        both = 'ack " " ask'
    else:
        span = _literal(move.span.text)
        rules.append(f"span ::= {span}")
        rules.append(f"spanstart ::= {_literal(capital(move.span.text, language))}")
        ackspan = f'(spanstart | said gap span) (gap word){{0,{_SAID}}} "."'
        askspan = f'(spanstart | asked gap span) (gap word){{0,{_SAID}}} "?"'
        parts = {"ack": ack, "ask": ask, "ackspan": ackspan, "askspan": askspan}
        both = 'ackspan " " ask | ack " " askspan'
    if move.fixed:
        root = "ackspan" if move.span else "ack"
    elif begun:
        named_already = move.span and lower(move.span.text, language) in lower(begun, language)
        root = "askspan" if move.span and not named_already else "ask"
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
    return "root ::= " + " | ".join(dict.fromkeys(_literal(t.text) for t in turns)) + "\n"


def chosen(decoded: str, turns: Sequence[Turn], *, ended: bool = False) -> Turn | None:
    """The wording that was decoded, as soon as no other can come of it.

    One wording may be the beginning of another: which of the two it is shows only at the end.
    """
    if ended:
        return next((t for t in turns if t.text == decoded), None)
    fitting = {t.text: t for t in turns if t.text.startswith(decoded)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _literal(text: str) -> str:
    """A quoted string of GBNF, which knows fewer escapes than JSON does."""
    return '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() else _code(c)) for c in text) + '"'


def _code(char: str) -> str:
    return f"\\U{ord(char):08X}"


# ---------------------------------------------------------------- taking words apart

_END = re.compile(r"[.!…](?=\s)|[?]")


def sentence_end(text: str, span: Span | None = None) -> int | None:
    """Where the first sentence of a reply that is still growing ends, if it does already.

    A mark inside the span ("Dr. Aksoy", "3. Cadde") ends no sentence, also while the span is only
    half said. The last sentence of a reply ends with the reply; only a question mark tells before.
    """
    hidden = text
    for name in _forms(span):
        hidden = hidden.replace(name, "x" * len(name))
        half = next((n for n in range(len(name) - 1, 0, -1) if hidden.endswith(name[:n])), 0)
        hidden = hidden[: len(hidden) - half] + "x" * half
    match = _END.search(hidden)
    return match.end() if match else None


def _forms(span: Span | None) -> list[str]:
    """A span as it may stand in a sentence: as it is, or with a capital."""
    if span is None:
        return []
    return list(dict.fromkeys((span.text, *(capital(span.text, language) for language in LANGUAGES))))
