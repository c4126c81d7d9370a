"""Turkish dialogues: the reply is always one of a few listed wordings fit to the move. Draws only."""

from __future__ import annotations

import random
from typing import Any

import answers_en as en
import parts_tr as tr
from candidates import KINDS, MARK, count, third, words

from mulakat.interview.prompt import system_message, user_message
from mulakat.interview.wording import wording
from mulakat.messages import Move, MoveName, Span, SpanKind
from mulakat.text.fold import capital

MOVES = {
    "short": ("more",), "gibberish": ("more", "clarify"), "hostile": ("redirect",),
    "off_topic": ("redirect",),
    "injection": ("redirect",), "asks_answer": ("redirect",), "asks_repeat": ("repeat",),
    "reassure": ("reassure",), "protected": ("move_on", "redirect"),
}  # fmt: skip


NEXT = {"move_on": "next"}


def line(rng: random.Random, cue: str, fallback: str) -> str:
    """A listed acknowledgement: mostly from the wording file that serving lists, else from parts_tr."""
    listed = wording("tr").acknowledge.get(cue, ())
    if listed and rng.random() < 0.8:
        return rng.choice(listed).replace("{span}", "@")
    return rng.choice(tr.ACKS[fallback])


def heard(rng: random.Random, validation: bool) -> tuple[str, Span | None]:
    """One or two sentences and a span of them, or None."""
    spans: list[Span] = []
    people, projects = (third(words(x), validation) for x in (en.PEOPLE, en.PROJECTS))

    def fill(mark: Any) -> str:
        letter, choices = mark.group(1), (mark.group(2) or "").split("/")
        drawn = {"P": projects, "H": people, "F": words(tr.AMOUNTS), "D": words(tr.SPELLS)}.get(
            letter, choices
        )
        text = f"{count(rng)} {rng.choice(drawn)}" if letter == "C" else rng.choice(drawn)
        spans.append(Span(text, KINDS.get(letter, SpanKind.FIGURE), 0, len(text)))
        return text

    text = " ".join(MARK.sub(fill, s) for s in rng.sample(tr.ANSWERS["heard"], rng.choice((1, 2))))
    return text, rng.choice(spans) if spans and rng.random() < 0.7 else None


def turkish_dialogue(rng: random.Random, stuff: Any) -> dict[str, Any]:
    """One to four short turns."""
    first = system_message(rng.choice(words(tr.ROLES)), "tr")
    messages = [{"role": first.role, "content": first.content}]
    question, used = rng.choice(stuff.questions["tr"]), set()
    for number in range(rng.choice((1, 2, 3, 4))):
        answer, move, ack = turn(rng, stuff, question, number == 0 and rng.random() < 0.4)
        if ack in used:
            continue
        used.add(ack)
        question = move.seed
        messages.append({"role": "user", "content": user_message(answer, move).content})
        given = {"given": move.seed} if move.fixed else {}
        messages.append({"role": "assistant", "content": f"{ack} {move.seed}", **given})
    return {"messages": messages, "language": "tr"}


def turn(rng: random.Random, stuff: Any, question: str, opening: bool) -> tuple[str, Move, str]:
    if opening:
        move = Move(MoveName.OPENING, "", question, "opening", True)
        return rng.choice(tr.ANSWERS["greeting"]), move, line(rng, "opening", "opening")
    if rng.random() < 0.6:
        return usable(rng, stuff)
    cue = rng.choice(list(MOVES))
    name = rng.choice(MOVES[cue])
    fixed = name in ("repeat", "move_on")
    seed = question if name == "repeat" else rng.choice(stuff.questions["tr"] if fixed else tr.SEEDS[name])
    return (
        rng.choice(tr.ANSWERS[cue]),
        Move(MoveName(name), "", seed, cue, fixed),
        line(rng, "next" if name == "move_on" else cue, cue),
    )


def usable(rng: random.Random, stuff: Any) -> tuple[str, Move, str]:
    answer, span = heard(rng, stuff.validation)
    name = rng.choices(
        ("probe", "move_on", "challenge", "example", "clarify", "close"), (60, 14, 8, 7, 6, 5)
    )[0]
    if name == "probe":
        seed = (
            rng.choice(tr.SEEDS["probe"]) if rng.random() < 0.5 else rng.choice(stuff.follow_ups["tr"])[1]
        )
        cue = f"heard_{span.kind}" if span else "heard"
        ack = line(rng, cue, "span" if span else "heard").replace("@", span.text if span else "")
        return answer, Move(MoveName.PROBE, "", seed, cue, False, span), capital(ack, "tr")
    fixed = name in ("move_on", "close")
    seed = rng.choice(stuff.questions["tr"] if name == "move_on" else tr.SEEDS[name])
    return answer, Move(MoveName(name), "", seed, name, fixed), line(rng, NEXT.get(name, name), name)
