"""Wall times that never run backwards, and seconds that can stand still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mulakat.room.clock import Stopwatch, WallClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Machine:
    """A wall clock that can be set, and ticks that cannot."""

    def __init__(self) -> None:
        self.wall = NOON
        self.passed = 0.0

    def now(self) -> datetime:
        return self.wall

    def ticks(self) -> float:
        return self.passed

    def wait(self, seconds: float, jump: float = 0.0) -> None:
        self.passed += seconds
        self.wall += timedelta(seconds=seconds + jump)


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(-1e6, 1e6), st.booleans()), max_size=20))
def test_times_keep_their_order_whatever_the_wall_clock_does(
    steps: list[tuple[float, float, bool]],
) -> None:
    machine = Machine()
    clock = WallClock(machine.now, machine.ticks)
    times = [clock.now()]
    for seconds, jump, restart in steps:
        machine.wait(seconds, jump)
        if restart:
            clock = WallClock(machine.now, machine.ticks)
            clock.not_before(times[-1])
        times.append(clock.now())
    moments = [datetime.fromisoformat(t) for t in times]
    assert moments == sorted(moments)


def test_jumps_do_not_change_what_was_measured() -> None:
    machine = Machine()
    clock = WallClock(machine.now, machine.ticks)
    machine.wait(10, jump=-3600)
    assert clock.now() == "2026-03-01T12:00:10.000+00:00"
    machine.wait(10, jump=7200)
    assert clock.now() == "2026-03-01T12:00:20.000+00:00"


def test_times_carry_their_offset() -> None:
    assert datetime.fromisoformat(WallClock().now()).tzinfo is not None


def test_restart_before_the_last_time_goes_on_after_it() -> None:
    machine = Machine()
    clock = WallClock(machine.now, machine.ticks)
    clock.not_before("2026-03-01T15:00:00.000+03:00")  # the same moment in another zone
    assert clock.now() in ("2026-03-01T12:00:00.000+00:00", "2026-03-01T12:00:00.001+00:00")
    clock.not_before("2026-03-01T16:00:00.000+03:00")
    assert datetime.fromisoformat(clock.now()) > datetime.fromisoformat("2026-03-01T16:00:00.000+03:00")


def test_stopwatch() -> None:
    machine = Machine()
    watch = Stopwatch(5.0, machine.ticks)
    machine.wait(10)
    assert watch.seconds == 5
    watch.start()
    machine.wait(2)
    watch.start()
    machine.wait(2)
    assert watch.seconds == 9
    watch.stop()
    watch.stop()
    machine.wait(100)
    assert watch.seconds == 9
