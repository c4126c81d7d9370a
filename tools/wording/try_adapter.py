"""Serve held-out turns, with or without an adapter, under the grammar of serving; print and count them.

Needs the core environment (xllamacpp), not the training one. Does not judge style: read what it prints.

    python tools/wording/try_adapter.py --base SmolLM2-135M-Instruct.Q4_1.gguf --valid valid.jsonl \\
        --adapter mulakat/interview/adapters/interviewer-135m.gguf --turns 60
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import xllamacpp

sys.path.insert(0, str(Path(__file__).parents[2]))

from mulakat.interview.phrasing import turn_grammar
from mulakat.llm.chat_format import Message, render
from mulakat.messages import Move, MoveName, Span, SpanKind

DIRECTIVE = re.compile(r"\[(\w+)(?:; about: (.+?))?(?:; ask: (.+))?\]$")


def move_of(directive: str) -> Move:
    """The move behind a rendered directive, as far as wording needs it."""
    name, about, seed = DIRECTIVE.search(directive).groups()  # type: ignore[union-attr]
    span = Span(about, SpanKind.NAME, 0, len(about)) if about else None
    return Move(MoveName(name), "", seed or "", "", seed is None, span)


def server(base: Path, adapter: Path | None) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = str(base)
    params.n_ctx, params.n_parallel, params.verbosity = 4096, 2, 0
    params.cpuparams.n_threads = 2
    if adapter:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)]
    return xllamacpp.Server(params)


def reply(engine: Any, prompt: str, rules: str, temperature: float) -> tuple[str, float]:
    """What the model says and the seconds it took."""
    began, parts = time.perf_counter(), []
    request = {"prompt": prompt, "n_predict": 90, "temperature": temperature, "seed": 7}
    request |= {"stop": ["<|im_end|>"], "cache_prompt": True}
    if rules:
        request["grammar"] = rules

    def heard(chunk: Any) -> None:
        data = json.loads(chunk) if isinstance(chunk, (str, bytes)) else chunk
        for one in data if isinstance(data, list) else [data]:
            choices = one.get("choices") or [{}]
            parts.append(one.get("content") or choices[0].get("text") or "")

    result = engine.handle_completions(request, heard)
    if not any(parts) and result:
        heard(result)
    return "".join(parts).strip(), time.perf_counter() - began


def held_out(path: Path, number: int) -> Iterator[tuple[list[Message], str]]:
    """English turns whose question is free, each with the reply that the data has."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    turns = [
        (r["messages"][:at], r["messages"][at]["content"])
        for r in rows
        if r["language"] == "en"
        for at in range(2, len(r["messages"]), 2)
    ]
    random.Random(4).shuffle(turns)
    for before, target in turns[:number]:
        yield [Message(m["role"], m["content"]) for m in before], target


def judge(text: str, move: Move) -> dict[str, bool]:
    """What can be counted. The seed is kept when the question still resembles it."""
    question = re.split(r"(?<=[.!]) ", text, maxsplit=1)[-1]
    near = SequenceMatcher(None, question.lower(), move.seed.lower()).ratio()
    return {
        "one question": text.count("?") == 1 and text.endswith("?"),
        "span once": move.span is None or text.count(move.span.text) == 1,
        "seed kept": near > 0.55,
        "acknowledged": bool(re.match(r"\S[^?]{6,120}\. \S", text)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--valid", type=Path, required=True)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--temperature", type=float, default=0.0)
    parser.add_argument("--no-grammar", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="print the counts only")
    args = parser.parse_args()
    engine, held, acks = server(args.base, args.adapter), Counter(), Counter()
    seconds, total = 0.0, 0
    for messages, target in held_out(args.valid, args.turns):
        move = move_of(messages[-1].content)
        rules = "" if args.no_grammar else turn_grammar(move, "en")
        text, took = reply(engine, render(messages), rules, args.temperature)
        if move.fixed and not args.no_grammar:
            text = f"{text} {move.seed}"
        verdict = judge(text, move)
        held.update(k for k, v in verdict.items() if v)
        acks[text.split(". ")[0]] += 1
        seconds, total = seconds + took, total + 1
        if not args.quiet:
            wrong = "".join(f" !! {k}" for k, v in verdict.items() if not v)
            print(f"- {messages[-1].content[-150:]!r}\n  data: {target}\n  says: {text}{wrong}")
    print({k: f"{v}/{total}" for k, v in held.items()})
    print(f"different acknowledgements {len(acks)}/{total}; {1000 * seconds / total:.0f} ms a turn")


if __name__ == "__main__":
    main()
