"""The stages in order, each with its figures before and after; a page, a JSON and the weights at the end.

Does not: hide a stage that failed to help; the figures stand as they are.
"""

from __future__ import annotations

import html
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mulakat.lab.extras import need
from mulakat.lab.page import page
from mulakat.lab.preflight.words import JINJA
from mulakat.lab.scratch import texts
from mulakat.lab.train.base import quiet
from mulakat.lab.train.encode import Encoder
from mulakat.llm.chat_format import CHATML, Message, render

Say = Callable[[str], None]
LENGTH, BATCH = 128, 16
SHARES = {"pre-training": 0.46, "domain": 0.14, "instructions": 0.2, "classification": 0.08}
"""Of the time; the classifier is trained twice, the rest goes to reading and measuring."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`minutes` for all stages together, on whatever machine this is."""

    minutes: float = 8.0
    seed: int = 7

    def seconds(self, stage: str) -> float:
        return self.minutes * 60 * SHARES[stage]


def story(plan: Plan, out: Path, say: Say = lambda _: None) -> dict[str, Any]:
    """All stages; what was measured. Writes story.json, story.html, model/ and model.gguf into `out`."""
    for package in ("torch", "transformers", "tokenizers", "sklearn"):
        need(package)
    began = time.monotonic()
    teller = _Teller(plan, say)
    for stage in (teller.tokens, teller.pretrain, teller.adapt, teller.instruct, teller.classify):
        stage()
    found = {
        "minutes": round((time.monotonic() - began) / 60, 2),
        "seed": plan.seed,
        "parameters": teller.model.num_parameters(),
        "stages": teller.stages,
    }
    teller.write(out, found)
    say(f"wrote {out / 'story.html'} after {found['minutes']} minutes")
    return found


class _Teller:
    """Holds the model between the stages."""

    def __init__(self, plan: Plan, say: Say) -> None:
        from mulakat.lab.scratch import body, loop

        self.plan, self.say, self.loop, self.body = plan, say, loop, body
        self.stages: list[dict[str, Any]] = []
        raw = texts.raw()
        cut = max(1, len(raw) // 20)
        self.raw = (raw[cut:], raw[:cut])
        self.domain = texts.domain()
        self.dialogues = texts.instructions()

    def _add(self, name: str, told: str, **figures: Any) -> None:
        self.stages.append({"stage": name, "told": told, **figures})
        self.say(f"{name}: {told}")

    def tokens(self) -> None:
        """Letters to tokens."""
        self.tokenizer = self.body.make_tokenizer([*self.raw[0], *self.domain[0]])
        held = "\n".join(self.domain[1])
        count, size = len(self.tokenizer(held).input_ids), len(held.encode())
        first = held.split(". ")[0].split("\n")[0][:60]
        pieces = [self.tokenizer.decode([i]) for i in self.tokenizer(first).input_ids]
        self._add(
            "tokenizer",
            f"{len(self.tokenizer)} tokens; {size / count:.2f} bytes a token on held-out text (1 before); "
            f"{'|'.join(pieces)}",
            bytes_per_token=round(size / count, 3),
        )
        self.blocks = {
            name: tuple(self._rows(part) for part in pair)
            for name, pair in (("raw", self.raw), ("domain", self.domain))
        }

    def _rows(self, part: list[str]) -> Any:
        ids = [i for text in part for i in [*self.tokenizer(text).input_ids, 0]]
        return self.loop.blocks(ids, LENGTH)

    def _held(self, name: str) -> list[Any]:
        rows = self.blocks[name][1][:256]
        return [(rows[i : i + BATCH], rows[i : i + BATCH]) for i in range(0, len(rows), BATCH)]

    def _read(self, name: str, stage: str, rate: float, prompt: str) -> None:
        loop = self.loop
        held = {n: self._held(n) for n in ("raw", "domain")}
        before = {n: loop.measure(self.model, b) for n, b in held.items()}
        batches = loop.block_batches(self.blocks[name][0], BATCH, self.plan.seed)
        course = loop.train(self.model, batches, self.plan.seconds(stage), rate)
        after = {n: loop.measure(self.model, b) for n, b in held.items()}
        said = self.body.say(self.model, self.tokenizer, prompt)
        told = "; ".join(
            f"held-out {n} text {before[n]:.3f} to {after[n]:.3f} nats (perplexity "
            f"{math.exp(after[n]):.1f})"
            for n in held
        )
        self._add(
            stage,
            f"{told}; {course.steps} steps, {course.tokens / course.seconds:.0f} tokens a second",
            before=before, after=after, steps=course.steps, tokens=course.tokens,
            losses=course.losses[::10], prompt=prompt, said=said,
        )  # fmt: skip

    def pretrain(self) -> None:
        """The next word, on raw text."""
        self.model = self.body.make_model(self.plan.seed)
        self._read("raw", "pre-training", 3e-3, "The function returns")

    def adapt(self) -> None:
        """The next word, on the domain."""
        self._read("domain", "domain", 1e-3, "Tell me about a time when you")

    def instruct(self) -> None:
        """The interviewer's turn, given the talk: loss on its words alone."""
        loop = self.loop
        encoder = Encoder(self.tokenizer, CHATML, 384)
        rows, held = ([(r.input_ids, r.labels) for r in encoder.all(part).rows] for part in self.dialogues)
        batches = [loop.padded(held[i : i + 8]) for i in range(0, len(held), 8)]
        before = loop.measure(self.model, batches)
        course = loop.train(
            self.model, loop.row_batches(rows, 8, self.plan.seed), self.plan.seconds("instructions"), 1e-3
        )
        after = loop.measure(self.model, batches)
        prompt = render(
            [
                Message("system", self.dialogues[1][0].turns[0].content),
                Message("user", "Yes.\n[more; ask: Could you tell me a little more about that?]"),
            ]
        )
        said = self.body.say(self.model, self.tokenizer, prompt)
        self._add(
            "instructions",
            f"held-out interviewer turns {before:.3f} to {after:.3f} nats (perplexity "
            f"{math.exp(after):.1f}); "
            f"{course.steps} steps",
            before={"turns": before}, after={"turns": after}, steps=course.steps,
            losses=course.losses[::10], prompt="Yes. [more; ask: Could you tell me a little more about "
            "that?]", said=said,
        )  # fmt: skip

    def classify(self) -> None:
        """The same body with another head; and the same head on a body that has read nothing."""
        from mulakat.lab.scratch import classify

        sets, seconds, seed = texts.labelled(), self.plan.seconds("classification"), self.plan.seed
        read, course = classify.learn(self.model, self.tokenizer, sets, len(texts.PARTS), seconds, seed)
        blank, _ = classify.learn(
            self.body.make_model(seed), self.tokenizer, sets, len(texts.PARTS), seconds, seed
        )
        self._add(
            "classification",
            f"part of an account on {read['sentences']} sentences of held-out topics: accuracy "
            f"{read['accuracy']:.3f} "
            f"(macro F1 {read['macro_f1']:.3f}); on a body that has read nothing {blank['accuracy']:.3f} "
            f"({blank['macro_f1']:.3f}); always the commonest answer "
            f"{read['commonest_answer_accuracy']:.3f}",
            after=read, without_reading=blank, steps=course.steps,
        )  # fmt: skip

    def write(self, out: Path, found: dict[str, Any]) -> None:
        """story.json, story.html, the weights and a GGUF."""
        from mulakat.lab.publish.hf_gguf import write_model

        out.mkdir(parents=True, exist_ok=True)
        (out / "story.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (out / "story.html").write_text(_page(found), "utf-8")
        self.tokenizer.chat_template = JINJA["chatml"]
        with quiet():
            self.model.save_pretrained(out / "model")
            self.tokenizer.save_pretrained(out / "model")
        write_model(self.model, self.tokenizer, out / "model.gguf", "from-scratch", JINJA["chatml"])


def _page(found: dict[str, Any]) -> str:
    parts = []
    for stage in found["stages"]:
        parts.append(f"<h2>{html.escape(stage['stage'])}</h2><p>{html.escape(stage['told'])}</p>")
        if "said" in stage:
            parts.append(f"<p><b>{html.escape(stage['prompt'])}</b> … {html.escape(stage['said'])}</p>")
        if stage.get("losses"):
            parts.append(f"<figure>{_svg(stage['losses'])}</figure>")
    lead = f"{found['parameters']:,} parameters, {found['minutes']} minutes, seed {found['seed']}."
    return page("A language model from nothing", lead, "\n".join(parts))


def _svg(losses: list[tuple[float, float]]) -> str:
    """The training loss over the seconds, as a line."""
    if len(losses) < 2:
        return ""
    top, right = max(v for _, v in losses), max(s for s, _ in losses) or 1
    points = " ".join(f"{40 + 640 * s / right:.1f},{170 - 150 * v / top:.1f}" for s, v in losses)
    return (
        '<svg viewBox="0 0 700 190" role="img" aria-label="training loss"><polyline fill="none" '
        'stroke="#0b7285" '
        f'stroke-width="1.5" points="{points}"/><text x="2" y="24" font-size="11">{top:.1f}</text>'
        f'<text x="640" y="186" font-size="11">{right:.0f} s</text></svg>'
    )
