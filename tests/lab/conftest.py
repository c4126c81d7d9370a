"""A tiny random model with real files, and small data: real loading code, no hub, no GPU.

Without the laboratory's packages these tests are skipped, and say so.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from mulakat.lab.config import RunConfig, read_text
from mulakat.settings import Settings

NEEDED = ("torch", "transformers", "trl", "peft", "datasets", "accelerate", "datasketch", "matplotlib")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
REASON = f"the laboratory is not installed here (missing: {', '.join(MISSING)}); run `make lab-test`"
DIALOGUES = Path(__file__).resolve().parents[2] / "data" / "dialogues"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if MISSING and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=REASON))


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random Llama of about 0.2 million parameters and a byte-level tokenizer of its
    own."""
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny(folder)
    return folder


def make_tiny(folder: Path, kind: str = "llama", bos: bool = False) -> None:
    import torch
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import AutoModelForCausalLM as Auto
    from transformers import LlamaConfig, PreTrainedTokenizerFast, Qwen2Config

    texts = [
        line
        for path in sorted(DIALOGUES.glob("*.jsonl"))[::6]
        for line in path.read_text("utf-8").split("\n")
    ]
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=640,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    made.add_special_tokens([AddedToken(s, special=True) for s in special])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made, eos_token="<|im_end|>", pad_token="<|endoftext|>", bos_token="<|endoftext|>"
    )
    fast.save_pretrained(folder)
    shape: dict[str, Any] = {
        "vocab_size": made.get_vocab_size(), "hidden_size": 64, "intermediate_size": 128,
        "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
        "max_position_embeddings": 1024, "tie_word_embeddings": True,
        "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 0,
    }  # fmt: skip
    config = LlamaConfig(**shape) if kind == "llama" else Qwen2Config(**shape)
    torch.manual_seed(1)
    model = Auto.from_config(config)
    model.save_pretrained(folder)


def talk(n: int) -> dict[str, Any]:
    """A short conversation, unlike every other."""
    things = (
        "a parser in Rust",
        "the night shift rota",
        "a tax file",
        "the school garden",
        "a cache for maps",
    )
    tasks = ("measured it twice", "asked the oldest nurse", "wrote it anew", "sold the rest", "drew a plan")
    names = [
        f"{a}{b}"
        for a in ("Ka", "Lo", "Mi", "Ne", "Pu", "Ra", "Si", "To")
        for b in ("dex", "ran", "fil", "bor", "zan")
    ]
    one, two, three = names[n % 40], names[(7 * n + 3) % 40], names[(11 * n + n // 40) % 40]
    return {
        "messages": [
            {"role": "system", "content": "You hold an interview."},
            {"role": "user", "content": f"I built {things[n % 5]} called {one}{n} with {two} and {three}."},
            {
                "role": "assistant",
                "content": f"You named {one}{n}. What did {two} do while {three} {tasks[n % 4]}?",
            },
            {
                "role": "user",
                "content": f"{two} {tasks[(n + 1) % 5]}, and {three} {tasks[(n + 2) % 5]} {n} times.",
            },
            {
                "role": "assistant",
                "content": f"I see, {three} and {n}. Why did {one} matter to {things[(n + 2) % 5]}?",
            },
        ]
    }


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty conversations as JSONL."""
    path = tmp_path_factory.mktemp("talks") / "talks.jsonl"
    path.write_text("".join(json.dumps(talk(n)) + "\n" for n in range(60)), "utf-8")
    return path


def config_text(tiny: Path, talks: Path, runs: Path, **changes: Any) -> str:
    """A run on the tiny model; `changes` are dotted keys."""
    raw: dict[str, Any] = {
        "name": "trial",
        "runs": str(runs),
        "model": {"base": str(tiny), "chat": "chatml"},
        "data": {
            "sources": [{"kind": "jsonl", "path": str(talks), "licence": "Apache-2.0", "language": "en"}],
            "split": {"valid": 0.15, "test": 0.0},
        },
        "adapter": {"method": "lora", "rank": 4, "alpha": 8},
        "train": {
            "max_steps": 12, "learning_rate": 0.01, "warmup_steps": 2, "batch_size": 4, "max_length": 256,
            "precision": "float32", "log_every": 1, "eval_every": 4, "save_every": 4, "seed": 3,
        },
    }  # fmt: skip
    for dotted, value in changes.items():
        at = raw
        *path, last = dotted.replace("__", ".").split(".")
        for key in path:
            at = at.setdefault(key, {})
        at[last] = value
    return yaml.safe_dump(raw)


@pytest.fixture
def make_config(tiny: Path, talks: Path, tmp_path: Path) -> Any:
    """Makes a RunConfig on the tiny model; keyword `train__max_steps` stands for train.max_steps."""

    def made(**changes: Any) -> RunConfig:
        changes.setdefault("runs", str(tmp_path / "runs"))
        runs = Path(changes.pop("runs"))
        return read_text(config_text(tiny, talks, runs, **changes), "test")

    return made
