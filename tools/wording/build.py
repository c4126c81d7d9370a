"""One move -> one target turn, and the rules that every target must keep.

Pure: draws only from the random source it is given.
"""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import parts_en as parts
from candidates import Mention, Said, capitals
from seeds_en import PROBES, SPAN_SEEDS

__all__ = ["Drawn", "Said", "Target", "aloud", "check", "expand_one", "turn_target"]

NAMES = "PTOH"
FIGURES = "FDC"
FREE = re.compile(r"[A-Za-z][a-z ,'-]*")
BANNED = re.compile(
    r"\b(great|impressive|excellent|amazing|wonderful|fantastic|thank you for being open that)\b"
)
SIMPLE = re.compile(
    r"\b(when|if|once|before|after|while|that|who|which|since|until|because|although|and|or)\b"
)
HEADS = (
    "what",
    "how",
    "which",
    "who",
    "whom",
    "where",
    "why",
    "whose",
    "in",
    "on",
    "to",
    "at",
    "by",
    "from",
    "when",
)


@dataclass(frozen=True)
class Drawn:
    """A move as it was drawn; `own`: take the seed from the hand-written pairs that fit the span."""

    name: str
    cue: str
    seed: str
    fixed: bool = False
    span: Mention | None = None
    aspect: str = ""
    own: bool = False


@dataclass(frozen=True)
class Target:
    ack: str
    question: str
    seed: str


@dataclass(frozen=True)
class Pair:
    aspect: str
    seed: str
    forms: tuple[tuple[str, str], ...]
    adjuncts: bool


@cache
def expand(template: str) -> tuple[str, ...]:
    bits = [b[1:-1].split("|") if b.startswith("{") else [b] for b in re.split(r"(\{[^}]*\})", template)]
    return tuple("".join(choice) for choice in itertools.product(*bits))


def expand_one(rng: random.Random, templates: tuple[str, ...]) -> str:
    """Templates with many variants are drawn more often, but not in proportion."""
    weights = [len(expand(t)) ** 0.6 for t in templates]
    return rng.choice(expand(rng.choices(templates, weights)[0]))


@cache
def all_of(templates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(itertools.chain.from_iterable(expand(t) for t in templates))


@cache
def probes() -> tuple[Pair, ...]:
    found = []
    for line in PROBES.strip().splitlines():
        aspect, seed, *forms = [p.strip() for p in line.split(" | ")]
        split = [f.split(": ", 1) for f in forms]
        adjuncts = aspect.endswith("*") and "," not in seed
        found.append(Pair(aspect.rstrip("*"), seed, tuple((k, f) for k, f in split), adjuncts))
    return tuple(found)


def named(span: Mention, form: str) -> str:
    """The form with the span in it, with the article it needs."""
    bare = span.letter in NAMES or span.text.startswith("the ")
    return form.replace("@@", span.text).replace("@", span.text if bare else f"the {span.text}")


def of_kind(rng: random.Random, table: dict[str, tuple[str, ...]], span: Mention) -> str:
    kind = "name" if span.letter in NAMES else "phrase" if span.letter == "R" else "figure"
    special = table.get(kind, ())
    # the frames for any span are more numerous; the special ones would drown in a plain draw
    return rng.choice(special if special and rng.random() < 0.3 else table["any"])


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(seed: str) -> str:
    return seed[:1].lower() + seed[1:]


def acknowledgement(rng: random.Random, drawn: Drawn, said_aspect: str) -> str:
    cue = drawn.cue
    if cue == "heard" and said_aspect in parts.ACKS and rng.random() < 0.4:
        cue = said_aspect
    elif cue in ("challenge", "example", "clarify") and rng.random() < 0.4:
        cue = "heard"
    return expand_one(rng, parts.ACKS[cue])


def span_ack(rng: random.Random, span: Mention) -> str:
    return capital(named(span, rng.choice(expand(of_kind(rng, parts.SPAN_ACKS, span)))))


def own_question(rng: random.Random, drawn: Drawn, span: Mention) -> tuple[str, str]:
    """A hand-written seed and the question that holds the span."""
    if not drawn.aspect:
        fitting = [(s, f) for s, f, kinds in SPAN_SEEDS[drawn.name] if span.letter in kinds]
        seed, form = rng.choice(fitting) if fitting and rng.random() < 0.85 else (drawn.seed, "")
        return seed, named(span, form) if form else ""
    pairs = [p for p in probes() if p.aspect == drawn.aspect and fits(p, span)]
    if not pairs:
        return drawn.seed, ""
    pair = rng.choice(pairs)
    forms = [f for k, f in pair.forms if span.letter in k]
    if forms and (not pair.adjuncts or span.letter in FIGURES or rng.random() < 0.6):
        return pair.seed, named(span, rng.choice(forms))
    return pair.seed, adjoined(rng, pair.seed, span)


def fits(pair: Pair, span: Mention) -> bool:
    """Whether the pair has a form for the span. Figures sit badly in the adjuncts for any seed."""
    return any(span.letter in k for k, _ in pair.forms) or (pair.adjuncts and span.letter not in FIGURES)


def adjoined(rng: random.Random, seed: str, span: Mention) -> str:
    return f"{seed[:-1]} {named(span, rng.choice(parts.ADJUNCTS[span.letter]))}?"


def framed(rng: random.Random, seed: str, span: Mention) -> str:
    """Any whole question with the span before or behind it."""
    simple = len(seed.split()) <= 11 and not SIMPLE.search(seed.lower()[1:]) and re.search(r"\byou\b", seed)
    if simple and span.letter not in FIGURES and "," not in seed and rng.random() < 0.35:
        return adjoined(rng, seed, span)
    if len(seed.split()) < 14 and "," not in seed and rng.random() < 0.12:
        return seed[:-1] + named(span, rng.choice(parts.SUFFIXES["any"])) + "?"
    return f"{capital(named(span, of_kind(rng, parts.PREFIXES, span)))}, {lower(seed)}"


def turn_target(rng: random.Random, drawn: Drawn, said_aspect: str) -> Target | None:
    """What the interviewer should say; None when the draw does not fit."""
    ack, span, seed = acknowledgement(rng, drawn, said_aspect), drawn.span, drawn.seed
    if drawn.fixed and span:
        leaving = drawn.name == "move_on"
        ack = capital(named(span, rng.choice(all_of(parts.NEXT_SPAN)))) if leaving else span_ack(rng, span)
        return Target(ack, seed, seed)
    if drawn.fixed or span is None:
        return Target(ack, seed, seed)
    question = ""
    if drawn.own:
        seed, question = own_question(rng, drawn, span)
    in_ack = (
        rng.random() < (0.4 if span.letter in FIGURES else 0.22)
        or len(seed.split()) > 17
        or not lower(seed).startswith(HEADS)
    )
    if in_ack and not (drawn.own and question and rng.random() < 0.6):
        return Target(span_ack(rng, span), seed, seed)
    return Target(ack, question or framed(rng, seed, span), seed)


def check(target: Target, drawn: Drawn, answer: str) -> str:
    """The first rule that the target breaks; "" when it breaks none."""
    text = f"{target.ack} {target.question}"
    if not target.question.endswith("?") or "?" in text[:-1] or not target.ack.endswith("."):
        return "exactly one question"
    if not 3 <= len(target.ack.split()) <= 13:
        return "length of the acknowledgement"
    if BANNED.search(text.lower()):
        return "praise"
    if drawn.fixed:
        return "span exactly once" if drawn.span and target.ack.count(drawn.span.text) != 1 else ""
    if not 5 <= len(target.question.split()) <= 28:
        return "length of the question"
    rest = text
    if drawn.span:
        if text.count(drawn.span.text) != 1:
            return "span exactly once"
        rest = text.replace(drawn.span.text, "x")
    for word in target.seed.split():  # capitals and digits of the seed may stay
        if not FREE.fullmatch(word.strip(".,?")) or word[0].isupper():
            rest = rest.replace(word.strip(".,?"), "x")
    body = rest.replace(". ", " ").strip(".?")
    if re.search(r"[^A-Za-z ,'-]", body):
        return "letters"
    if capitals(answer) & {
        w for w in capitals(rest) if w not in (target.ack.split()[0], target.question.split()[0])
    }:
        return "another name"
    return "" if len(re.findall(r"[A-Z]", body)) <= 2 else "capitals"


def aloud(rows: list[dict[str, Any]], number: int) -> None:
    """Print turns to be read by a person."""
    rng = random.Random(3)
    for row in rng.sample(rows, min(number, len(rows))):
        at = rng.randrange(2, len(row["messages"]), 2)
        print("-", row["messages"][at - 1]["content"][-230:].replace("\n", "\n    "))
        print("  =>", row["messages"][at]["content"])
