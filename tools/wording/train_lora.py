"""Dialogues + base GGUF -> a LoRA adapter (PEFT folder) and log.json. Loss on the interviewer's words only.

The base is read from the very GGUF that is served (dequantised), frozen in bfloat16; the adapter trains
in float32 under autocast. Keeps the step with the lowest validation loss. Runs on a CPU; see README.md.
Does not: make data (make_dialogues) or write GGUF (to_gguf).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer, get_cosine_schedule_with_warmup

sys.path.insert(0, str(Path(__file__).parents[2]))

from mulakat.llm.chat_format import CHATML, Message, render_turn

Row = tuple[list[int], list[int]]  # token ids, labels (-100: no loss)


def encode(tokenizer: Any, messages: list[dict[str, str]], longest: int) -> Row:
    """Token ids of one dialogue; labels only for what the interviewer words and for its end mark.

    A question that is `given`, to be said as it stands, is not the model's to word: no loss on it.
    """
    ids: list[int] = []
    labels: list[int] = []
    for m in messages:
        given = m.get("given", "")
        head = CHATML.head.format(role=m["role"])
        text = render_turn(Message(m["role"], m["content"]))[len(head) :]  # type: ignore[arg-type]
        cut = text.rfind(f" {given}") if given else len(text)
        for piece, learnt in ((head, False), (text[:cut], m["role"] == "assistant"), (text[cut:], False)):
            tokens = tokenizer(piece, add_special_tokens=False).input_ids if piece else []
            ids += tokens
            labels += tokens if learnt else [-100] * len(tokens)
    return ids[:longest], labels[:longest]


def read(tokenizer: Any, path: Path, longest: int) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [encode(tokenizer, json.loads(line)["messages"], longest) for line in lines]


def batches(rows: list[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """For ever; rows of like length together, the batches in random order."""
    while True:
        order = sorted(rng.sample(rows, len(rows)), key=lambda r: len(r[0]) + rng.random() * 40)
        groups = [order[i : i + size] for i in range(0, len(order) - size + 1, size)]
        yield from rng.sample(groups, len(groups))


def loss_of(model: Any, rows: list[Row]) -> tuple[torch.Tensor, int]:
    """Summed cross-entropy and number of target tokens. Logits are made only where there is a target."""
    width = max(len(ids) for ids, _ in rows)
    ids = torch.tensor([r + [2] * (width - len(r)) for r, _ in rows])
    mask = torch.tensor([[1] * len(r) + [0] * (width - len(r)) for r, _ in rows])
    labels = torch.tensor([lab + [-100] * (width - len(lab)) for _, lab in rows])[:, 1:]
    causal = model.get_base_model()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = causal.model(input_ids=ids, attention_mask=mask).last_hidden_state[:, :-1]
        logits = causal.lm_head(hidden[labels != -100])
    targets = labels[labels != -100]
    return torch.nn.functional.cross_entropy(logits.float(), targets, reduction="sum"), len(targets)


@torch.no_grad()
def validate(model: Any, rows: list[Row], size: int) -> float:
    model.eval()
    ordered = sorted(rows, key=lambda r: len(r[0]))
    pairs = [loss_of(model, ordered[i : i + size]) for i in range(0, len(ordered), size)]
    model.train()
    return float(sum(loss.item() for loss, _ in pairs) / sum(n for _, n in pairs))


def load(base: Path, rank: int, alpha: int) -> tuple[Any, Any]:
    """The frozen base with a fresh adapter on every linear layer, and its tokenizer."""
    tokenizer = AutoTokenizer.from_pretrained(base.parent, gguf_file=base.name)
    model = AutoModelForCausalLM.from_pretrained(base.parent, gguf_file=base.name, dtype=torch.bfloat16)
    config = LoraConfig(r=rank, lora_alpha=alpha, target_modules="all-linear", task_type="CAUSAL_LM")
    return get_peft_model(model, config), tokenizer


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    model, tokenizer = load(args.base, args.rank, args.alpha)
    rows, held_out = (read(tokenizer, p, args.longest) for p in (args.train, args.valid))
    held_out = held_out[: args.valid_rows]
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=args.lr, weight_decay=0.01)
    schedule = get_cosine_schedule_with_warmup(optimizer, 10, args.steps)
    stream, began, best, log = (
        batches(rows, args.batch, random.Random(args.seed)),
        time.time(),
        float("inf"),
        [],
    )
    model.train()
    for step in range(args.steps + 1):
        if step % args.every == 0 or step == args.steps:
            loss = validate(model, held_out, args.batch)
            log.append({"step": step, "valid_loss": round(loss, 4), "seconds": round(time.time() - began)})
            print(json.dumps(log[-1]), flush=True)
            if loss < best:
                best = loss
                model.save_pretrained(args.out)
            write_log(args, log, len(rows), len(held_out))
        if step < args.steps:
            total, count = loss_of(model, next(stream))
            (total / count).backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            log.append({"step": step, "train_loss": round(total.item() / count, 4)})
            if step % 5 == 0:
                print(step, log[-1]["train_loss"], round(time.time() - began), flush=True)


def write_log(args: argparse.Namespace, log: list[dict[str, float]], rows: int, held_out: int) -> None:
    keys = ("steps", "lr", "rank", "alpha", "batch", "longest", "seed")
    facts = {k: getattr(args, k) for k in keys} | {"rows": rows, "valid_rows": held_out, "log": log}
    (args.out / "log.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("base", "train", "valid", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name, value in (
        ("steps", 200),
        ("batch", 8),
        ("rank", 16),
        ("alpha", 32),
        ("longest", 768),
        ("seed", 20),
    ):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--lr", type=float, default=8e-4)
    parser.add_argument("--every", type=int, default=25, help="steps between validations")
    parser.add_argument("--valid-rows", type=int, default=40)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
