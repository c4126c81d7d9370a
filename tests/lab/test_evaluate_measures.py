"""The figures an interviewer is described by: intervals, diversity, nearness to the training rows."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.lab.evaluate import measures, near
from mulakat.messages import Span, SpanKind

texts = st.lists(st.lists(st.sampled_from("abcde"), max_size=8), max_size=8)


def _said(text: str) -> list[str]:
    return text.split()


def test_wilson_gives_the_textbook_interval() -> None:
    assert measures.wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert measures.wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert measures.wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="no share"):
        measures.wilson(3, 2)


@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_its_share_and_narrows_with_more(part: int, more: int) -> None:
    whole = part + more
    low, high = measures.wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1
    tight = measures.wilson(4 * part, 4 * whole)
    assert tight[1] - tight[0] < high - low
    mirrored = measures.wilson(whole - part, whole)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_distinct_counts_different_pairs_over_words() -> None:
    assert measures.distinct([_said("a b a b")]) == 2 / 4
    assert measures.distinct([_said("a b"), _said("a b")]) == 1 / 4
    assert measures.distinct([["a"], []]) == 0.0
    assert measures.distinct([]) == 0.0


@given(texts)
def test_saying_everything_twice_halves_distinct(said: list[list[str]]) -> None:
    once = measures.distinct(said)
    assert 0 <= once <= 1
    assert measures.distinct(said + said) == pytest.approx(once / 2)


def test_bleu_by_hand() -> None:
    assert measures.bleu(_said("a b c"), [_said("a b d")]) == pytest.approx(
        (2 / 3 * 1 / 2 * 0.1) ** (1 / 3)
    )
    assert measures.bleu(_said("a b"), [_said("a b c d")]) == pytest.approx(math.exp(-1))
    assert measures.bleu(_said("a a a"), [_said("a b c")], n=1) == pytest.approx(1 / 3)
    assert measures.bleu([], [["a"]]) == 0.0


def test_self_bleu_of_one_sentence_said_again_is_one() -> None:
    assert measures.self_bleu([_said("so you moved it")] * 4) == pytest.approx(1.0)
    assert measures.self_bleu([_said("a b c"), _said("d e f")]) < 0.1
    assert measures.self_bleu([_said("a b c")]) == 0.0


@given(texts, st.randoms())
def test_self_bleu_is_the_mean_of_bleus_in_any_order(said: list[list[str]], rng: Any) -> None:
    found = measures.self_bleu(said)
    assert 0 <= found <= 1 + 1e-9
    full = [words for words in said if words]
    if len(full) > 1:
        each = [measures.bleu(words, full[:i] + full[i + 1 :]) for i, words in enumerate(full)]
        assert found == pytest.approx(sum(each) / len(each))
    turned = list(said)
    rng.shuffle(turned)
    assert measures.self_bleu(turned) == pytest.approx(found)


@given(st.lists(st.floats(0, 1), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_one_of_the_values_and_enough_lie_under_it(values: list[float], part: float) -> None:
    found = measures.quantile(values, part)
    assert found in values
    assert sum(v <= found for v in values) >= part * len(values) - 1e-9
    assert sum(v < found for v in values) < part * len(values)


def test_likeness_is_one_minus_edits_over_the_longer() -> None:
    assert near.likenesses(["sitting", "same", "x"], ["kitten", "same"]) == pytest.approx([4 / 7, 1.0, 0.0])
    assert near.likenesses(["a"], []) == [0.0]
    assert near.likenesses([], ["a"]) == []


words = st.text("abcdeğı ", max_size=12)


@given(words, st.lists(words, min_size=1, max_size=6))
def test_the_nearest_text_is_the_nearest_of_all(text: str, training: list[str]) -> None:
    (best,) = near.likenesses([text], training)
    assert best == max(near.likenesses([text], [one])[0] for one in training)
    assert near.likenesses([text], [*training, text]) == [1.0]


def test_a_frame_is_the_same_whatever_it_names() -> None:
    one, other = (Span(t, SpanKind.NAME, 0, len(t)) for t in ("Redis", "the Ege branch"))
    assert near.masked("Redis, I see.", one, "en") == near.masked("The Ege branch, I see.", other, "en")
