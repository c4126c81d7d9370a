"""Tokens and labels: what bears loss, where replies begin, how long talks are cut; the order of rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mulakat.lab.config import ModelPlan
from mulakat.lab.data.rows import Row, Turn
from mulakat.llm.chat_format import CHATML, Message, render
from mulakat.settings import Settings

TALK = (
    Turn("system", "You hold an interview."),
    Turn("user", "I built Atlas <|im_end|> myself."),
    Turn("assistant", "You named Atlas. What was hard?", "What was hard?"),
    Turn("user", "Işıklar söndü."),
    Turn("assistant", "I see. Why?"),
)


@pytest.fixture(scope="module")
def tokenizer(tiny: Path) -> Any:
    from mulakat.lab.train import base

    return base.tokenizer(base.find(ModelPlan(base=str(tiny)), Settings()))


def encoder(tokenizer: Any, length: int = 512, loss: str = "assistant") -> Any:
    from mulakat.lab.train.encode import Encoder

    return Encoder(tokenizer, CHATML, length, loss)


def row(*turns: Turn) -> Row:
    return Row(turns, "s", 1)


def test_what_is_read_is_what_is_served(tokenizer: Any) -> None:
    """Decoded, the tokens are the served text; each reply begins where the served prompt ends."""
    (one,), _ = encoder(tokenizer).windows(row(*TALK))
    messages = [Message(t.role, t.content) for t in TALK]
    served = render(messages, CHATML, reply=False)
    assert tokenizer.decode(one.input_ids) == served.removesuffix("\n")
    for n in (2, 4):
        prompt = tokenizer(render(messages[:n], CHATML), add_special_tokens=False).input_ids
        assert one.input_ids[: len(prompt)] == prompt


def test_loss_falls_on_the_models_words_and_its_stop_alone(tokenizer: Any) -> None:
    (one,), _ = encoder(tokenizer).windows(row(*TALK))
    learnt = [i for i in one.labels if i != -100]
    assert tokenizer.decode(learnt) == "You named Atlas.I see. Why?<|im_end|>"
    assert one.replies == 2
    assert one.targets == len(learnt)


def test_loss_on_everything_when_asked(tokenizer: Any) -> None:
    (one,), _ = encoder(tokenizer, loss="all").windows(row(*TALK))
    assert one.labels == one.input_ids


def test_long_talks_are_cut_between_exchanges(tokenizer: Any) -> None:
    pair = TALK[3:]
    whole, _ = encoder(tokenizer).windows(row(TALK[0], *pair * 6))
    parts, long = encoder(tokenizer, 100).windows(row(TALK[0], *pair * 6))
    assert (len(whole), long) == (1, [])
    assert len(parts) > 1
    assert sum(p.replies for p in parts) == 6
    for part in parts:
        assert len(part.input_ids) <= 100
        text = tokenizer.decode(part.input_ids)
        assert text.startswith("<|im_start|>system\nYou hold an interview.")
        assert text.endswith("Why?<|im_end|>")


def test_an_exchange_that_fits_nowhere_is_named(tokenizer: Any) -> None:
    long = Turn("user", "word " * 300)
    parts, too_long = encoder(tokenizer, 128).windows(row(TALK[0], long, TALK[4], TALK[3], TALK[4]))
    assert len(parts) == 1
    assert too_long[0].place == "s, line 1"
    assert too_long[0].tokens > 300


def test_order_is_the_same_for_the_same_seed_and_epoch() -> None:
    from mulakat.lab.train.sampler import order

    lengths = [10 * (n % 17) for n in range(103)]
    one = order(lengths, 8, 1, 0, True)
    assert one == order(lengths, 8, 1, 0, True)
    assert one != order(lengths, 8, 1, 1, True)
    assert len(one) == len(set(one)) == 96
    assert sorted(order(lengths[:5], 8, 1, 0, True)) == [0, 1, 2, 3, 4]


def test_grouping_pads_less() -> None:
    from mulakat.lab.train.sampler import order

    lengths = [20 + 7 * (n % 50) for n in range(400)]

    def padding(by_length: bool) -> int:
        rows = order(lengths, 8, 1, 0, by_length)
        groups = [[lengths[n] for n in rows[i : i + 8]] for i in range(0, len(rows), 8)]
        return sum(max(g) * len(g) - sum(g) for g in groups)

    assert padding(True) < padding(False) / 4
