"""Many writers at once, and a writer that dies."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulakat.store import Store, open_store

from .helpers import WHEN, begin, child, say

# What one thread does: the interview that it writes to, and how many events it writes in one go.
WRITES = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3)), max_size=6)

APPENDS_FOR_EVER = """
import sys
from mulakat.store import open_store
store = open_store(sys.argv[1])
while True:
    event = store.append("first", "answer", "now", {"text": "x" * 500})
    print(event.seq, flush=True)
"""

APPENDS_FIFTY = """
import sys
from mulakat.store import open_store
with open_store(sys.argv[1]) as store:
    for number in range(50):
        store.append("first", "answer", "now", {"by": sys.argv[2], "number": number})
"""

OPENS = """
import sys
from mulakat.store import open_store
sys.stdin.readline()
with open_store(sys.argv[1]) as store:
    print(store.schema_version(), len(store.list()))
"""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(WRITES, min_size=2, max_size=5))
def test_threads_leave_no_gap(store: Store, url: str, plan: list[list[tuple[str, int]]]) -> None:
    run = uuid.uuid4().hex
    for name in "ab":
        begin(store, name + run)
    with open_store(url) as second:
        _write_at_once([store, second], run, plan)
    for name in "ab":
        _whole(store, name, run, plan)


def _write_at_once(stores: list[Store], run: str, plan: list[list[tuple[str, int]]]) -> None:
    """Each thread follows its part of the plan; neighbours use different stores on one database."""
    gate = threading.Barrier(len(plan))

    def work(thread: int) -> None:
        gate.wait()
        for step, (name, count) in enumerate(plan[thread]):
            rows = [("answer", WHEN, {"by": [thread, step, part]}) for part in range(count)]
            stores[thread % 2].append_many(name + run, rows)

    with ThreadPoolExecutor(len(plan)) as pool:
        list(pool.map(work, range(len(plan))))


def _whole(store: Store, name: str, run: str, plan: list[list[tuple[str, int]]]) -> None:
    """Numbers 1..n; each thread's events in its order; rows of one call side by side."""
    there = store.events(name + run)
    assert [event.seq for event in there] == list(range(1, len(there) + 1))
    for thread, steps in enumerate(plan):
        mine = [event.data["by"] for event in there if event.data["by"][0] == thread]
        assert mine == [
            [thread, step, part]
            for step, (target, count) in enumerate(steps)
            if target == name
            for part in range(count)
        ]
    starts = {tuple(event.data["by"][:2]): event.seq - event.data["by"][2] for event in there}
    assert all(starts[tuple(event.data["by"][:2])] == event.seq - event.data["by"][2] for event in there)
    assert store.summary(name + run).answers == len(there)


def test_reading_while_others_write(store: Store) -> None:
    begin(store)
    done = threading.Event()

    def read() -> list[int]:
        seen = []
        while not done.is_set():
            there = store.events("first")
            assert [event.seq for event in there] == list(range(1, len(there) + 1))
            seen.append(len(there))
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(60):
            say(store, "first", str(number))
        done.set()
        counts = [reader.result() for reader in readers]
    assert all(seen == sorted(seen) for seen in counts)
    assert len(store.events("first")) == 60


def test_processes_share_a_database(store: Store, url: str) -> None:
    begin(store)
    writers = [child(APPENDS_FIFTY, url, str(number)) for number in range(3)]
    assert [writer.wait(timeout=90) for writer in writers] == [0, 0, 0]
    there = store.events("first")
    assert [event.seq for event in there] == list(range(1, 151))
    assert Counter(event.data["by"] for event in there) == {"0": 50, "1": 50, "2": 50}


def test_what_was_confirmed_survives_kill_9(url: str) -> None:
    with open_store(url) as store:
        begin(store)
    writer = child(APPENDS_FOR_EVER, url)
    assert writer.stdout is not None
    confirmed = [int(writer.stdout.readline()) for _ in range(60)]
    writer.kill()
    confirmed += [
        int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")
    ]
    writer.wait()
    with open_store(url) as store:
        there = store.events("first")
        assert [event.seq for event in there] == list(range(1, len(there) + 1))
        assert len(there) in (confirmed[-1], confirmed[-1] + 1)
        assert all(event.data == {"text": "x" * 500} for event in there)
        assert say(store, "first", "and on it goes") == len(there) + 1


def test_processes_that_start_together_on_nothing(url: str) -> None:
    starters = [child(OPENS, url, stdin=-1) for _ in range(4)]
    answers = []
    for starter in starters:
        assert starter.stdin is not None
        starter.stdin.write("go\n")
        starter.stdin.flush()
    for starter in starters:
        out, _ = starter.communicate(timeout=90)
        answers.append((starter.returncode, out.split()))
    assert answers == [(0, [answers[0][1][0], "0"])] * 4
    with open_store(url) as store:
        begin(store)
        assert say(store, "first", "works") == 1
