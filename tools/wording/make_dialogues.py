"""Hand-written parts + question packs -> interview dialogues as JSONL, for training and validation.

Every user turn is rendered by `mulakat.interview.prompt`, so that training and serving read the same
text. Seeded: the same arguments and packs give the same bytes. Does not train and reads no model.

    python tools/wording/make_dialogues.py --packs mulakat/interview/packs/data --hold-out finance,hr \\
        --train train.jsonl --valid valid.jsonl --rows 3000 --valid-rows 240 --seed 20
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from build import Drawn, Said, aloud, check, turn_target  # noqa: E402
from candidates import Candidate, cards  # noqa: E402
from seeds_en import CLOSERS, PROBES_PLAIN, SEEDS  # noqa: E402
from turkish import turkish_dialogue  # noqa: E402

from mulakat.interview.packs.schema import Pack  # noqa: E402
from mulakat.interview.prompt import system_message, user_message  # noqa: E402
from mulakat.interview.wording import wording  # noqa: E402
from mulakat.messages import Move, MoveName  # noqa: E402

CUES = {  # cue of an answer that no follow-up can build on -> the moves that may answer it
    "short": ("more", "more", "example", "move_on"),
    "gibberish": ("more", "clarify", "more", "move_on"),
    "silent": ("more", "reassure"),
    "hostile": ("reassure", "redirect", "reassure", "move_on"),
    "off_topic": ("redirect",),
    "injection": ("redirect", "redirect", "move_on"),
    "asks_answer": ("redirect",),
    "asks_repeat": ("repeat",),
    "reassure": ("reassure",),
    "protected": ("redirect", "redirect", "move_on"),
    "wrong_language": ("redirect",),
    "repeated": ("clarify", "redirect", "move_on"),
}
FIXED_SHARE = 0.8
"""How often a question is given to be said as it stands: what the embedded model meets when it serves."""
CUE_WEIGHTS = (8, 4, 2, 4, 3, 4, 3, 3, 2, 2, 1, 1)
ASK = {"short": "more", "asks_repeat": "more", "reassure": "silent"}  # cue -> list of the wording file
MOVES = {"role": "clarify", "alternative": "challenge", "reason": "challenge"}  # aspect -> move
ASPECTS = ("context", "role", "action", "reason", "alternative", "obstacle", "people", "result", "learning")


def read_packs(folder: Path, held_out: set[str], validation: bool) -> list[dict[str, Any]]:
    """The packs of one side as plain data. A pack that cannot be read yet is named and left out."""
    import yaml

    found = []
    for path in sorted(folder.glob("*.yaml")):
        if (path.stem in held_out) != validation:
            continue
        try:
            found.append(
                Pack.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).model_dump(
                    mode="json"
                )
            )
        except (ValueError, yaml.YAMLError) as error:
            print(f"left out {path.name}: {str(error)[:80]}", file=sys.stderr)
    return found


class Material:
    """What one side (training or validation) draws from."""

    def __init__(self, packs: list[dict[str, Any]], validation: bool) -> None:
        questions = [q for p in packs for c in p["competencies"] for q in c["questions"]]
        self.packs = packs
        self.questions = {lang: [q["text"][lang] for q in questions] for lang in ("en", "tr")}
        self.follow_ups = {
            lang: [(f["aspect"], f["text"][lang]) for q in questions for f in q["follow_ups"]]
            for lang in ("en", "tr")
        }
        self.plain = [tuple(s.strip() for s in part.split("|")) for part in pairs(PROBES_PLAIN)]
        names = [c["names"]["en"] for p in packs for c in p["competencies"]]
        self.topics = [n[:1].lower() + n[1:] for n in names]
        self.cards = cards(validation)
        self.validation = validation


def pairs(text: str) -> list[str]:
    """ "a | b|c | d" -> ["a | b", "c | d"]."""
    bits = [b.strip() for b in text.strip("|\n").split("|")]
    return [f"{a}|{b}" for a, b in zip(bits[::2], bits[1::2], strict=True)]


def usable_move(rng: random.Random, said: Said, stuff: Material) -> Drawn:
    """A move that builds on what was said."""
    kind = rng.choices(
        ("follow", "move_on", "example", "clarify", "challenge", "more"), (70, 14, 4, 3, 3, 6)
    )[0]
    span = rng.choice(said.spans) if said.spans and rng.random() < 0.85 else None
    if kind == "move_on":
        named = span if rng.random() < 0.4 else None
        return Drawn("move_on", "move_on", rng.choice(stuff.questions["en"]), fixed=True, span=named)
    if kind == "follow":
        source = rng.random()
        aspect, seed = rng.choice(stuff.follow_ups["en"] if source < 0.9 else stuff.plain)
        own = span is not None and source < 0.55
        aspect = rng.choice(ASPECTS) if own else aspect
        name = MOVES.get(aspect, "probe") if rng.random() < 0.8 else "probe"
        fixed = rng.random() < FIXED_SHARE
        cue = name if name == "challenge" else "heard"
        return Drawn(name, cue, seed, fixed, span, aspect, own and not fixed)
    fixed = rng.random() < FIXED_SHARE
    cue = "heard" if kind == "more" else kind
    return Drawn(kind, cue, rng.choice(SEEDS[kind]), fixed, span, own=span is not None and not fixed)


def unusable_move(rng: random.Random, cue: str, question: str, stuff: Material, role: str) -> Drawn:
    """A move that answers gibberish, hostility and the like."""
    name = rng.choice(CUES[cue])
    if name == "move_on":
        ack = cue if cue in ("protected", "injection", "repeated") and rng.random() < 0.6 else "skip"
        return Drawn(name, ack, rng.choice(stuff.questions["en"]), fixed=True)
    if name == "repeat" or (name in ("redirect", "reassure") and rng.random() < 0.15):
        return Drawn(name, cue, question, fixed=True)
    fixed = rng.random() < FIXED_SHARE
    if name == "example" or rng.random() < 0.4:
        return Drawn(name, cue, rng.choice(SEEDS[name]), fixed)
    line = rng.choice(wording("en").ask[ASK.get(cue, cue)])
    line = line.replace("{topic}", rng.choice(stuff.topics)).replace("{role}", role)
    return Drawn(name, cue, line, fixed)


class Talk:
    """One dialogue while it is being made."""

    def __init__(self, rng: random.Random, stuff: Material) -> None:
        self.rng, self.stuff = rng, stuff
        self.candidate = Candidate(rng, rng.choice(stuff.cards), stuff.validation)
        self.said_role = rng.choice(self.candidate.roles)
        self.messages = [as_dict(system_message(self.said_role, "en"))]
        self.acks: list[str] = []
        self.question = ""

    def add(self, answer: str, drawn: Drawn, said_aspect: str = "") -> None:
        for _ in range(40):
            target = turn_target(self.rng, drawn, said_aspect)
            if target and target.ack not in self.acks and not check(target, drawn, answer):
                break
        else:
            return
        self.acks.append(target.ack)
        self.question = target.question
        move = Move(
            MoveName(drawn.name), "", target.seed, drawn.cue, drawn.fixed, drawn.span and drawn.span.span()
        )
        self.messages.append(as_dict(user_message(answer, move)))
        given = {"given": target.question} if drawn.fixed else {}
        self.messages.append({"role": "assistant", "content": f"{target.ack} {target.question}", **given})

    def step(self, words: int) -> None:
        rng = self.rng
        if rng.random() < 0.3:
            cue = rng.choices(list(CUES), CUE_WEIGHTS)[0]
            question = self.question or rng.choice(self.stuff.questions["en"])
            self.add(
                self.candidate.unusable(cue), unusable_move(rng, cue, question, self.stuff, self.said_role)
            )
            return
        said = self.candidate.answer(words)
        self.add(said.text, usable_move(rng, said, self.stuff), said.aspect)


def as_dict(message: Any) -> dict[str, str]:
    return {"role": message.role, "content": message.content}


def english_dialogue(rng: random.Random, stuff: Material) -> dict[str, Any]:
    talk = Talk(rng, stuff)
    turns = rng.choices((1, 2, 3, 4), (52, 30, 13, 5))[0]
    if turns > 1 and rng.random() < 0.5:
        drawn = Drawn("opening", "opening", rng.choice(stuff.questions["en"]), fixed=True)
        talk.add(rng.choice(talk.candidate.greetings), drawn)
        turns -= 1
    longest = {1: 160, 2: 90, 3: 60}.get(turns, 36)
    for number in range(turns):
        if number == turns - 1 and rng.random() < 0.12:
            drawn = Drawn("close", "close", rng.choice(CLOSERS), fixed=True)
            talk.add(talk.candidate.answer(20).text, drawn)
        else:
            talk.step(rng.randint(4, longest))
    return {"messages": talk.messages, "language": "en"}


def write(path: Path, rows: int, stuff: Material, rng: random.Random) -> list[dict[str, Any]]:
    """`rows` dialogues, about one in seven Turkish."""
    made: list[dict[str, Any]] = []
    while len(made) < rows:
        row = turkish_dialogue(rng, stuff) if rng.random() < 0.15 else english_dialogue(rng, stuff)
        if len(row["messages"]) > 2:
            made.append(row)
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in made), encoding="utf-8")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", type=Path, required=True)
    parser.add_argument("--hold-out", default="finance,hr", help="pack ids kept for validation")
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--valid", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--valid-rows", type=int, default=240)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--show", type=int, default=0, help="print that many training turns to read")
    args = parser.parse_args()
    held_out = set(args.hold_out.split(","))
    for path, rows, validation in ((args.train, args.rows, False), (args.valid, args.valid_rows, True)):
        stuff = Material(read_packs(args.packs, held_out, validation), validation)
        made = write(path, rows, stuff, random.Random(f"{args.seed}-{validation}"))
        turns = Counter(m["role"] for r in made for m in r["messages"])["assistant"]
        print(f"{path.name}: {len(made)} dialogues, {turns} replies")
        print(f"  from {len(stuff.packs)} packs, {len(stuff.cards)} cards")
        if not validation:
            aloud(made, args.show)


if __name__ == "__main__":
    main()
