"""The token bucket."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mulakat.server.limits import Bucket


class Ticks:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_burst_then_rate() -> None:
    ticks = Ticks()
    bucket = Bucket(10, 5, ticks)
    assert [bucket.take() for _ in range(6)] == [True] * 5 + [False]
    ticks.now = 0.1
    assert [bucket.take() for _ in range(2)] == [True, False]
    assert not bucket.calm
    ticks.now = 100
    assert bucket.take()
    assert bucket.calm


@given(st.lists(st.floats(0, 1), max_size=200))
def test_never_more_than_burst_and_rate_allow(waits: list[float]) -> None:
    ticks = Ticks()
    bucket = Bucket(10, 5, ticks)
    passed = 0
    for wait in waits:
        ticks.now += wait
        passed += bucket.take()
    assert passed <= 5 + 10 * ticks.now + 1e-6
