"""Candidates: cards -> answers with the spans that a director may name. Draws, does not word questions."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import answers_en as en

from mulakat.messages import Span, SpanKind

MARK = re.compile(r"\{([PTOHRFDC])(?::([^}]*))?\}")
ASPECTS = {
    "c": "context", "m": "role", "a": "action", "w": "reason", "v": "alternative",
    "o": "obstacle", "p": "people", "r": "result", "n": "learning",
}  # fmt: skip
ORDER = "cmowavprn"
KINDS = {
    "P": SpanKind.NAME,
    "T": SpanKind.NAME,
    "O": SpanKind.NAME,
    "H": SpanKind.NAME,
    "R": SpanKind.PHRASE,
}
UNUSABLE = {
    "short": en.SHORT, "gibberish": en.GIBBERISH, "hostile": en.HOSTILE, "off_topic": en.OFF_TOPIC,
    "injection": en.INJECTION, "asks_answer": en.ASKS_ANSWER, "asks_repeat": en.ASKS_REPEAT,
    "reassure": en.NERVOUS, "protected": en.PROTECTED, "wrong_language": en.OTHER_LANGUAGE,
}  # fmt: skip
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"]
CAPITALS = re.compile(r"\b[A-Z][\w.'&-]*")


@dataclass(frozen=True)
class Mention:
    """A span of an answer: `letter` is its kind on the card, finer than SpanKind."""

    text: str
    letter: str

    def span(self) -> Span:
        return Span(self.text, KINDS.get(self.letter, SpanKind.FIGURE), 0, len(self.text))


@dataclass(frozen=True)
class Said:
    text: str
    spans: tuple[Mention, ...]
    aspect: str


@dataclass(frozen=True)
class Card:
    field: str
    roles: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def cards(validation: bool) -> list[Card]:
    """Every third card is kept for validation."""
    blocks = [b for b in (en.CARDS + en.CARDS_MORE).split("## ")[1:] if b.strip()]
    kept = [b for i, b in enumerate(blocks) if (i % 3 == 2) == validation]
    return [_card(b) for b in kept]


def _card(block: str) -> Card:
    head, *lines = [line for line in block.strip().splitlines() if line.strip()]
    field, roles = head.split(" | ")
    split = [line.split(": ", 1) for line in lines]
    return Card(field, tuple(roles.split("; ")), tuple((a, s) for a, s in split))


def third(items: list[str], validation: bool) -> list[str]:
    return [x for i, x in enumerate(items) if (i % 3 == 2) == validation]


def words(text: str) -> list[str]:
    return [w.strip() for w in text.split("|") if w.strip()]


class Candidate:
    """One person with one project; says the same names throughout a talk."""

    def __init__(self, rng: random.Random, card: Card, validation: bool) -> None:
        self.rng, self.card, self.roles = rng, card, card.roles
        self.people = third(words(en.PEOPLE), validation)
        named = third(words(en.PROJECTS), validation)
        made = "".join(rng.sample(en.SYLLABLES, rng.choice((2, 2, 3)))).capitalize()
        self.project = rng.choice(named) if rng.random() < 0.5 else made
        self.greetings = [g.strip() for g in en.GREETING.strip("\n").split("|")]
        self.foreign = rng.random() < 0.25
        self.careless = rng.random() < 0.1
        self.used: set[str] = set()

    def unusable(self, cue: str) -> str:
        if cue == "silent":
            return ""
        if cue == "repeated":
            return self.answer(18).text
        return self.rng.choice(words(UNUSABLE[cue]))

    def answer(self, length: int) -> Said:
        """About `length` words (1 to 160), from the card's sentences in the order of a story."""
        rng = self.rng
        fresh = [line for line in self.card.lines if line[1] not in self.used] or list(self.card.lines)
        rng.shuffle(fresh)
        chosen: list[tuple[str, str]] = []
        while fresh and sum(len(s.split()) for _, s in chosen) < length - 8:
            chosen.append(fresh.pop())
        chosen = chosen or [fresh.pop()]
        self.used.update(s for _, s in chosen)
        if rng.random() < 0.7:
            chosen.sort(key=lambda line: ORDER.index(line[0]))
        mentions: list[Mention] = []
        text = " ".join(self._sentence(i, s, mentions) for i, (_, s) in enumerate(chosen))
        if rng.random() < 0.25 and length > 30:
            text += " " + rng.choice(words(en.PLAIN))
        if rng.random() < 0.12:
            text += rng.choice(en.TAILS.split("|"))
        return self._said(text, mentions, ASPECTS[chosen[-1][0]])

    def _said(self, text: str, mentions: list[Mention], aspect: str) -> Said:
        if self.careless:
            text = text.rstrip(".")
        spans = []
        for m in mentions:
            article = f"the {m.text}" in text and m.letter == "R" and self.rng.random() < 0.2
            spans.append(Mention(f"the {m.text}", "R") if article else m)
        return Said(text, tuple(dict.fromkeys(s for s in spans if s.text in text)), aspect)

    def _sentence(self, number: int, sentence: str, mentions: list[Mention]) -> str:
        rng = self.rng
        bits, at = [], 0
        for mark in MARK.finditer(sentence):
            before = sentence[at : mark.start()]
            text = self._fill(mark.group(1), mark.group(2) or "", sentence[: mark.start()])
            mentions.append(Mention(text, mark.group(1)))
            bits += [self._spoil(before), text]
            at = mark.end()
        said = "".join(bits) + self._spoil(sentence[at:])
        opener = en.FILLERS if number == 0 else en.LINKS
        if rng.random() < 0.3:
            first = said.split()[0]
            keep = first in ("I", "I'm") or any(m.text.startswith(first) for m in mentions)
            said = rng.choice(opener.split("|")) + (said if keep else said[0].lower() + said[1:])
        return said[0].upper() + said[1:] if not self.careless else said

    def _spoil(self, text: str) -> str:
        """A learner's English, now and then: articles fall out, tenses slip."""
        if not self.foreign:
            return text
        rng = self.rng
        for old, new in (
            (" the ", " "),
            (" a ", " "),
            (" was ", " is "),
            (" did not ", " didn't "),
            (" have ", " has "),
        ):
            if rng.random() < 0.3:
                text = text.replace(old, new, 1)
        return text

    def _fill(self, letter: str, choices: str, before: str) -> str:
        rng = self.rng
        if letter == "P":
            return self.project
        if letter == "H":
            return rng.choice(self.people)
        if letter == "F":
            return amount(rng, before)
        if letter == "D":
            return spell(rng)
        if letter == "C":
            return f"{count(rng)} {rng.choice(choices.split('/'))}"
        return rng.choice(choices.split("/"))


def amount(rng: random.Random, before: str) -> str:
    """A share, or after "cost", "about" and the like a sum of money."""
    if re.search(r"(cost|about|budget of|found|was) $", before):
        number = rng.choice((18, 25, 40, 60, 90, 120, 250, 400))
        return rng.choice(
            (
                f"{number},000 euros",
                f"${number}k",
                f"{number} thousand lira",
                f"€{number},000",
                "a million lira",
            )
        )
    number = rng.choice((5, 7, 8, 12, 15, 18, 20, 23, 27, 30, 35, 38, 40, 45, 60, 70))
    return rng.choice(
        (
            f"{number}%",
            f"{number} percent",
            f"{number}.5%",
            f"{number} per cent",
            "thirty percent",
            "ten percent",
        )
    )


def spell(rng: random.Random) -> str:
    number = rng.choice((*NUMBERS, *map(str, (2, 3, 5, 6, 8, 10, 14, 15, 20, 45))))
    return f"{number} {rng.choice(('days', 'weeks', 'months', 'minutes', 'hours'))}"


def count(rng: random.Random) -> str:
    return rng.choice(
        (*NUMBERS, *map(str, (14, 17, 20, 24, 36, 48, 60, 85, 120, 300)), "1,200", "4,000", "about 50")
    )


def capitals(text: str) -> set[str]:
    """Words with a capital, sentence starts among them: what a reply must not take over unasked."""
    return {w for w in CAPITALS.findall(text) if w not in ("I", "I'm")}
