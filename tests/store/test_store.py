"""What is written is read back, in order, on both databases."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from mulakat.errors import StoreError, UnknownInterview
from mulakat.messages import Event, Setup
from mulakat.store import Store, open_store
from mulakat.store.store import Row

from .helpers import SETUP, WHEN, begin, behind, say

LATER = "2026-03-01T10:20:00+03:00"

# Any text that a browser can send: U+0000 and halves of surrogate pairs are among it.
ANY_TEXT = st.text(st.characters(), max_size=30)
ANY_DATA = st.dictionaries(
    ANY_TEXT,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False)
        | ANY_TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)
on_one_store = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_a_new_interview_is_read_back(store: Store) -> None:
    made = begin(store)
    assert store.get("first") == made
    assert (made.state, made.ended, made.setup) == ("new", None, SETUP)


def test_it_survives_closing(url: str) -> None:
    with open_store(url) as store:
        made = begin(store)
        say(store, "first", "Merhaba")
    with open_store(url) as store:
        assert store.get("first") == made
        assert [event.data["text"] for event in store.events("first")] == ["Merhaba"]


def test_an_id_is_used_once(store: Store) -> None:
    begin(store)
    say(store, "first", "kept")
    with pytest.raises(StoreError, match="already"):
        begin(store, owner="somebody else")
    assert store.get("first").owner == "me"
    assert len(store.events("first")) == 1


def test_a_setup_of_another_version_is_read(store: Store, url: str) -> None:
    begin(store)
    with behind(url) as connection:
        newer = '{"language": "en", "field": "law", "role": "clerk", "of_tomorrow": 1}'
        connection.execute(text("UPDATE interviews SET setup = :setup"), {"setup": newer})
    assert store.get("first").setup == Setup("en", "law", "clerk")


def test_events_are_numbered_for_each_interview(store: Store) -> None:
    begin(store, "a")
    begin(store, "b")
    assert [say(store, name, name) for name in "abaab"] == [1, 1, 2, 3, 2]
    assert store.events("a", after=1) == [
        Event(seq, "answer", WHEN, {"id": "c1", "text": "a", "at": 1.5}) for seq in (2, 3)
    ]
    assert store.events("b", after=2) == []


@on_one_store
@given(rows=st.lists(st.tuples(st.sampled_from(["answer", "sentence", "moment"]), st.just(WHEN), ANY_DATA)))
def test_any_data_comes_back_as_it_was(store: Store, rows: list[tuple[str, str, dict[str, Any]]]) -> None:
    name = uuid.uuid4().hex
    begin(store, name)
    returned = store.append_many(name, rows[:2]) + [store.append(name, *row) for row in rows[2:]]
    assert store.events(name) == returned
    assert [(event.kind, event.when, event.data) for event in returned] == rows
    assert [event.seq for event in returned] == list(range(1, len(rows) + 1))


def test_of_many_events_all_or_none_are_stored(store: Store) -> None:
    begin(store)
    say(store, "first", "before")
    rows: list[Row] = [("answer", WHEN, {"at": 9.0}), ("ended", WHEN, {"cannot be": object()})]
    with pytest.raises(Exception, match="not JSON serializable"):
        store.append_many("first", rows)
    assert len(store.events("first")) == 1
    assert store.summary("first").answers == 1
    assert store.get("first").state == "new"
    assert say(store, "first", "after") == 2


def test_a_number_that_json_does_not_know_is_refused(store: Store) -> None:
    begin(store)
    with pytest.raises(Exception, match="not JSON compliant"):
        store.append("first", "answer", WHEN, {"at": float("nan")})
    assert store.events("first") == []


def test_no_events_to_add_is_no_fault(store: Store) -> None:
    begin(store)
    assert store.append_many("first", []) == []
    assert say(store, "first", "one") == 1


def test_states_follow_the_events(store: Store) -> None:
    begin(store)
    seen = []
    for kind in ("started", "sentence", "paused", "answer", "resumed", "ended", "resumed"):
        store.append("first", kind, LATER if kind == "ended" else WHEN, {})
        seen.append(store.get("first").state)
    assert seen == ["running", "running", "paused", "paused", "running", "ended", "ended"]
    store.append("first", "ended", "2027-01-01T00:00:00+03:00", {})
    assert store.get("first").ended == LATER


def test_the_end_counts_among_many_events(store: Store) -> None:
    begin(store)
    store.append_many("first", [("started", WHEN, {}), ("ended", LATER, {}), ("paused", WHEN, {})])
    assert (store.get("first").state, store.get("first").ended) == ("ended", LATER)


def test_the_newest_comes_first_whatever_the_clock_says(store: Store) -> None:
    for name, when in (
        ("a", "2026-01-01T00:00:00+03:00"),
        ("b", LATER),
        ("c", "1999-01-01T00:00:00-05:00"),
    ):
        store.create(name, "me", "t", SETUP, when)
    assert [record.id for record in store.list()] == ["c", "b", "a"]


def test_a_list_is_one_owner_s_and_can_be_turned_by_pages(store: Store) -> None:
    for number in range(5):
        begin(store, f"mine{number}")
        begin(store, f"theirs{number}", owner="them")
    assert [record.id for record in store.list("me")] == [f"mine{n}" for n in (4, 3, 2, 1, 0)]
    assert [record.id for record in store.list("me", limit=2, offset=1)] == ["mine3", "mine2"]
    assert [record.id for record in store.list("me", offset=3)] == ["mine1", "mine0"]
    assert store.list("nobody") == []
    assert len(store.list()) == 10


def test_counts_come_with_the_list_in_one_query(store: Store) -> None:
    for number in range(4):
        begin(store, f"i{number}")
        store.append_many(f"i{number}", [("answer", WHEN, {"at": 2.5 * n}) for n in range(number)])
        store.append(f"i{number}", "sentence", WHEN, {"text": "?"})
    asked: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    lines = store.summaries("me")
    assert [(line.answers, line.events) for line in lines] == [(3, 4), (2, 3), (1, 2), (0, 1)]
    assert [line.elapsed_s for line in lines] == [5.0, 2.5, 0.0, 0.0]
    assert len([statement for statement in asked if "SELECT" in statement]) == 1
    assert lines[0] == store.summary("i3")


@on_one_store
@given(
    ats=st.lists(st.one_of(st.floats(0, 1e5), st.integers(0, 9999), st.none(), st.booleans(), st.just("x")))
)
def test_counts_are_what_the_events_say(store: Store, ats: list[Any]) -> None:
    name = uuid.uuid4().hex
    begin(store, name)
    for number, at in enumerate(ats):
        store.append(name, "answer" if number % 2 else "reply", WHEN, {"at": at})
    there = store.events(name)
    times = [e.data["at"] for e in there if type(e.data["at"]) in (int, float)]
    line = store.summary(name)
    assert line.answers == sum(e.kind == "answer" for e in there)
    assert line.elapsed_s == max([0.0, *times])
    assert line.events == len(there)


def test_unfinished_are_all_that_have_not_ended(store: Store) -> None:
    for name, kinds in {
        "new": [],
        "run": ["started"],
        "halt": ["started", "paused"],
        "end": ["ended"],
    }.items():
        begin(store, name)
        store.append_many(name, [(kind, WHEN, {}) for kind in kinds])
    assert [record.id for record in store.unfinished()] == ["halt", "run", "new"]


@pytest.mark.parametrize(
    "name", ["", "unknown", "first ", "a\x00b", "\ud800", "ş" * 5, "x" * 10_000, "%", "'"]
)
def test_an_unknown_interview_is_named_as_such(store: Store, name: str) -> None:
    begin(store)
    for call in (
        store.get,
        store.summary,
        store.events,
        store.delete,
        lambda unknown: say(store, unknown, "lost"),
        lambda unknown: store.append_many(unknown, []),
    ):
        with pytest.raises(UnknownInterview) as caught:
            call(name)
        assert caught.value.fix
        str(caught.value).encode()
    assert [record.id for record in store.list()] == ["first"]
    assert store.events("first") == []


@pytest.mark.parametrize("name", ["", "a\x00b", "ş"])
def test_an_id_that_could_not_be_found_again_is_refused(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        begin(store, name)
    assert store.list() == []


@pytest.mark.parametrize(
    "change", ["UPDATE events SET kind = 'x'", "UPDATE events SET seq = seq + 1, data = '{}' WHERE seq = 1"]
)
def test_the_database_refuses_to_change_an_event(store: Store, url: str, change: str) -> None:
    begin(store)
    say(store, "first", "as it was said")
    before = store.events("first")
    with pytest.raises(DBAPIError, match="append-only"), behind(url) as connection:
        connection.execute(text(change))
    assert store.events("first") == before


def test_the_database_refuses_an_event_without_an_interview(store: Store) -> None:
    begin(store)
    orphan = "INSERT INTO events (interview, seq, kind, happened, data) VALUES (99, 1, 'x', 'x', '{}')"
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), store._writer.begin() as connection:
        connection.execute(text(orphan))


def test_defaults_of_a_setup_are_kept(store: Store) -> None:
    setup = replace(SETUP, voice="tr/x", speed=1.25, mode="exam", interviewer="none", page_language="tr")
    assert begin(store, setup=setup).setup == store.get("first").setup == setup
