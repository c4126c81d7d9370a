"""Does what was published compute what was trained? Log-probabilities on fixed prompts, side by side.

The source is the base in float32 with the trained adapter, in PyTorch. Tolerances are stated in the card:
the greatest difference of log-probabilities among the source's likeliest token and those of at least 1 % of
the mass, and the mean over its twenty likeliest. Does not: judge quality.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mulakat.lab.extras import need
from mulakat.lab.faults import PublishError
from mulakat.lab.train.base import Base, weights
from mulakat.llm.chat_format import ChatFormat, Message, render

PROMPTS = (
    (
        "Backend developer",
        "I moved the slow queries out of PostgreSQL.",
        "[probe; about: PostgreSQL; ask: Why?]",
    ),
    ("Nurse", "Yes.", "[more; ask: Could you tell me a little more about that?]"),
    (
        "Lawyer",
        "We drafted the clause twice and the client signed.",
        "[challenge; ask: What did you give up?]",
    ),
    (
        "Satış temsilcisi",
        "Üç bayi ile yeniden pazarlık ettim.",
        "[probe; about: Üç bayi; ask: Ne değişti?]",
    ),
    ("Teacher", "asdf qwer", "[clarify; ask: What do you mean by that?]"),
    ("Accountant", "I found the error in the ledger after a week.", "[move_on]"),
)
TOP = 20
LIMITS = {
    "peft": (1e-4, 1e-4),
    "lora": (0.05, 0.02),
    "f16": (0.05, 0.02),
    "f32": (0.05, 0.02),
    "q8_0": (0.15, 0.06),
}
"""(greatest, mean) difference allowed, in nats; measured differences stand in each card. A LoRA is held to
its own on the base in float32; on the base that is served, see `as_served`."""
COARSE = (2.5, 1.2)
"""For types of four and five bits: they are another model by intention; only a broken file goes beyond."""


GREATEST, MEAN = 2.5, 1.5
"""How much further than its base a LoRA may be off: one token of a few may move far, the mean may not."""


def as_served(bare: Check) -> tuple[float, float]:
    """What a LoRA may differ on a base in few bits: llama.cpp multiplies such weights with activations in
    eight bits, so that the base alone is off by `bare` already; the adapter moves that, not more."""
    return max(0.30, GREATEST * bare.greatest), max(0.15, MEAN * bare.mean)


@dataclass(frozen=True, slots=True)
class Check:
    """How far a published form is from its source, in nats; `same_top` of `prompts` agree on the likeliest
    token."""

    what: str
    greatest: float
    mean: float
    same_top: int
    prompts: int
    allowed: tuple[float, float]

    @property
    def passed(self) -> bool:
        return self.greatest <= self.allowed[0] and self.mean <= self.allowed[1]

    def data(self) -> dict[str, Any]:
        return asdict(self) | {"passed": self.passed}


def prompts(chat: ChatFormat) -> list[str]:
    """The fixed prompts, rendered as they are served."""
    return [
        render(
            [
                Message(
                    "system",
                    f"You are a professional, neutral and encouraging interviewer. Position: {role}.",
                ),
                Message("user", f"{said}\n{mark}"),
            ],
            chat,
        )
        for role, said, mark in PROMPTS
    ]


Logprobs = dict[int, float]


def source(base: Base, result: Path, tokenizer: Any, texts: list[str], full: bool) -> list[Logprobs]:
    """Log-probabilities of the next token for each prompt, from the trained weights in float32."""
    if full:
        model = need("transformers").AutoModelForCausalLM.from_pretrained(result, dtype="float32")
    else:
        model = need("peft").PeftModel.from_pretrained(weights(base, "float32"), str(result))
    return torch_logprobs(model, tokenizer, texts)


def base_logprobs(base: Base, tokenizer: Any, texts: list[str]) -> list[Logprobs]:
    """The same of the base without any adapter."""
    return torch_logprobs(weights(base, "float32"), tokenizer, texts)


def torch_logprobs(model: Any, tokenizer: Any, texts: list[str]) -> list[Logprobs]:
    torch = need("torch")
    model.eval()
    found = []
    for text in texts:
        ids = torch.tensor([tokenizer(text, add_special_tokens=False).input_ids])
        with torch.no_grad():
            logits = model(input_ids=ids).logits[0, -1].float()
        found.append(dict(enumerate(torch.log_softmax(logits, -1).tolist())))
    return found


def llama_logprobs(model: Path, adapter: Path | None, texts: list[str]) -> list[Logprobs]:
    """The same from llama.cpp, for its likeliest tokens.

    Raises PublishError when it cannot load a file.
    """
    xllamacpp = need("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx, params.n_parallel, params.verbosity = 1024, 1, -1
    params.cpuparams.n_threads = 1
    params.fit_params = False
    if adapter:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)]
    try:
        server = xllamacpp.Server(params)
    except Exception as error:
        raise PublishError(
            f"llama.cpp cannot load {(adapter or model).name}: {error}.", "Publish it again."
        ) from None
    return [_asked(server, text) for text in texts]


def _asked(server: Any, text: str) -> Logprobs:
    got: list[Any] = []
    request = {
        "prompt": text,
        "n_predict": 1,
        "n_probs": 100,
        "temperature": 0.0,
        "cache_prompt": False,
        # The probabilities told are those before sampling. Only the sampled token is held to plain
        # letters: for
        # half a letter, a byte of it, llama.cpp tells none.
        "grammar": "root ::= [a-zA-Z .]+",
    }
    result = server.handle_completions(request, got.append)
    told = got or [result]
    data = [json.loads(t) if isinstance(t, str | bytes) else t for t in told]
    flat = [x for d in data for x in (d if isinstance(d, list) else [d])]
    for one in flat:
        found = _top(one)
        if found:
            return found
    raise PublishError(
        f"llama.cpp gives no log-probabilities: {str(flat)[:200]}.", "Use a newer xllamacpp."
    )


def _top(answer: dict[str, Any]) -> Logprobs:
    listed = answer.get("completion_probabilities") or []
    if not listed:
        choice = (answer.get("choices") or [{}])[0]
        listed = (choice.get("logprobs") or {}).get("content") or []
    return {int(t["id"]): float(t["logprob"]) for t in listed[0].get("top_logprobs", [])} if listed else {}


def compare(
    what: str, wanted: list[Logprobs], got: list[Logprobs], allowed: tuple[float, float] | None = None
) -> Check:
    """Source and published form, prompt by prompt; `allowed`: other limits than those of its kind."""
    greatest, parts, same = 0.0, [], 0
    for one, other in zip(wanted, got, strict=True):
        likeliest = sorted(one, key=lambda t: -one[t])[:TOP]
        same += max(other, key=lambda t: other[t]) == likeliest[0]
        for token in likeliest:
            if (
                token not in other
            ):  # beyond the hundred likeliest: as far off as the last of those, at least
                difference = abs(one[token] - min(other.values()))
            else:
                difference = abs(one[token] - other[token])
            parts.append(difference)
            if one[token] >= math.log(0.01) or token == likeliest[0]:
                greatest = max(greatest, difference)
    kind = what.split()[0]
    return Check(
        what,
        round(greatest, 5),
        round(sum(parts) / len(parts), 5),
        same,
        len(wanted),
        allowed or LIMITS.get(kind, COARSE),
    )
