"""The director's decisions, move by move, and what holds of any interview whatever is answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from mulakat.interview.agenda import FOLLOW_UPS
from mulakat.interview.director import MENDS, Budget, next_move
from mulakat.interview.packs.schema import Aspect
from mulakat.interview.trouble import GOOD_ENOUGH
from mulakat.messages import LANGUAGES, Language, MoveName, Reading, SpanKind
from mulakat.text.fold import lower

from .talks import FLAGS, GOOD, LIBRARY, MAIN, SKIP, Talk, agenda, bad, span

M = MoveName


def test_begins_with_the_agendas_first_question() -> None:
    talk = Talk()
    item = agenda()[0]
    assert talk.last.name is M.OPENING
    assert talk.last.question_id == item.id
    assert talk.last.seed == item.question.text.en
    assert talk.last.fixed
    assert talk.last.competency == item.competency_id


# ---------------------------------------------------------------- answers that cannot be built on

IN_A_ROW = [
    ("asks_repeat", [(M.REPEAT, "repeat"), (M.REPEAT, "repeat"), (M.MOVE_ON, "next")]),
    ("injection", [(M.REDIRECT, "injection"), (M.MOVE_ON, "next")]),
    ("hostile", [(M.REASSURE, "hostile"), (M.MOVE_ON, "next")]),
    ("asks_answer", [(M.REDIRECT, "asks_answer"), (M.REDIRECT, "asks_answer"), (M.MOVE_ON, "next")]),
    ("silent", [(M.REASSURE, "silent"), (M.MOVE_ON, "next")]),
    (
        "wrong_language",
        [(M.REDIRECT, "wrong_language"), (M.REDIRECT, "wrong_language"), (M.MOVE_ON, "next")],
    ),
    ("gibberish", [(M.MORE, "gibberish"), (M.CLARIFY, "gibberish"), (M.MOVE_ON, "gibberish_next")]),
    ("protected", [(M.REDIRECT, "protected"), (M.MOVE_ON, "next")]),
    ("repeated", [(M.CLARIFY, "repeated"), (M.MOVE_ON, "next")]),
    ("off_topic", [(M.REDIRECT, "off_topic"), (M.MOVE_ON, "next")]),
    ("short", [(M.MORE, "short"), (M.EXAMPLE, "short"), (M.MOVE_ON, "short_next")]),
]


@pytest.mark.parametrize(("flag", "expected"), IN_A_ROW, ids=[f for f, _ in IN_A_ROW])
@pytest.mark.parametrize("language", LANGUAGES)
def test_trouble_in_a_row(flag: str, expected: list[tuple[MoveName, str]], language: Language) -> None:
    talk = Talk(language)
    first = talk.last.question_id
    # Twice over: the count begins anew with the next question.
    for subject in range(2):
        got = [talk.say(bad(flag)) for _ in expected]
        assert [(m.name, m.cue) for m in got] == expected, f"subject {subject}"
        assert all(m.question_id != got[-1].question_id for m in got[:-1])
    assert talk.last.question_id != first


def test_every_flag_of_a_reading_is_dealt_with() -> None:
    assert {f for f, _ in IN_A_ROW} == set(FLAGS)
    assert not any(bad(f).usable for f in FLAGS)


def test_gravest_trouble_counts_first() -> None:
    everything = Reading(words=2, **dict.fromkeys(FLAGS, True))  # type: ignore[arg-type]
    assert Talk().say(everything).name is M.REPEAT
    assert Talk().say(replace(everything, asks_repeat=False)).cue == "injection"
    assert Talk().say(Reading(words=3, short=True, gibberish=True)).cue == "gibberish"


def test_a_row_is_broken_by_another_trouble() -> None:
    talk = Talk()
    assert talk.say(bad("short")).name is M.MORE
    assert talk.say(bad("hostile")).name is M.REASSURE
    assert talk.say(bad("short")).name is M.MORE


def test_changing_troubles_do_not_hold_a_question_for_ever() -> None:
    talk = Talk()
    first = talk.last.question_id
    for n in range(MENDS):
        assert talk.say(bad(("short", "hostile")[n % 2])).question_id == first
    assert talk.say(bad("short")).name is M.MOVE_ON


def test_repeat_says_what_was_asked() -> None:
    talk = Talk()
    talk.say(GOOD)
    asked = talk.turns[-1].question
    move = talk.say(bad("asks_repeat"))
    assert (move.name, move.seed, move.fixed) == (M.REPEAT, asked, True)
    # The answer after it belongs to the same subject.
    assert talk.say(GOOD).question_id == move.question_id


def test_repeat_without_a_stored_question_falls_back_on_the_seed() -> None:
    talk = Talk()
    seed = talk.last.seed
    talk.exchanges[-1] = replace(talk.exchanges[-1], question="")
    assert talk.say(bad("asks_repeat")).seed == seed


def test_private_matter_inside_a_full_account_is_passed_over() -> None:
    aspects = (Aspect.CONTEXT, Aspect.ACTION, Aspect.RESULT)
    full = Reading(words=GOOD_ENOUGH, protected=True, aspects=aspects)
    assert Talk().say(full).aspect
    assert Talk().say(replace(full, words=GOOD_ENOUGH - 1)).cue == "protected"
    assert Talk().say(replace(full, aspects=aspects[:2])).cue == "protected"


def test_short_answer_that_names_something_is_asked_about_it() -> None:
    talk = Talk()
    move = talk.say(Reading(words=2, short=True, spans=(span("Atlas"),)))
    assert (move.name, move.cue) == (M.MORE, "heard_name")
    assert move.span == span("Atlas")
    # The second time it is an example that is wanted, whatever is named.
    move = talk.say(Reading(words=2, short=True, spans=(span("Kestrel"),)))
    assert (move.name, move.cue, move.span) == (M.EXAMPLE, "short", None)


def test_skipped_question_gives_way_to_the_next() -> None:
    talk = Talk()
    first = talk.last.question_id
    move = talk.say(SKIP)
    assert (move.name, move.cue) == (M.MOVE_ON, "skip")
    assert move.question_id != first


# ---------------------------------------------------------------- answers that can


def test_follow_ups_ask_for_what_is_missing_in_the_packs_order() -> None:
    item = agenda()[0]
    aspects = [f.aspect.value for f in item.question.follow_ups]
    talk = Talk()
    for follow_up in item.question.follow_ups[:FOLLOW_UPS]:
        move = talk.say(GOOD)
        assert (move.aspect, move.seed) == (follow_up.aspect.value, follow_up.text.en)
        assert not move.fixed
    held = Reading(words=40, aspects=(aspects[0],))
    assert Talk().say(held).aspect == aspects[1]
    everything = Reading(words=40, aspects=tuple(a.value for a in Aspect))
    assert Talk().say(everything).seed == item.question.follow_ups[0].text.en


def test_moves_on_after_its_follow_ups() -> None:
    talk = Talk()
    first = talk.last.question_id
    for _ in range(FOLLOW_UPS):
        assert talk.say(GOOD).question_id == first
    move = talk.say(replace(GOOD, spans=(span("Atlas"),)))
    assert (move.name, move.cue, move.fixed) == (M.MOVE_ON, "next_span", True)
    assert move.question_id != first


def test_trouble_in_between_costs_no_follow_up() -> None:
    talk = Talk()
    first = talk.last.question_id
    talk.say(GOOD)
    talk.say(bad("short"))
    assert talk.say(GOOD).question_id == first
    assert talk.say(GOOD).name is M.MOVE_ON


@pytest.mark.parametrize(
    ("aspect", "name", "mood"),
    [
        (Aspect.ROLE, M.CLARIFY, "neutral"),
        (Aspect.ALTERNATIVE, M.CHALLENGE, "serious"),
        (Aspect.REASON, M.CHALLENGE, "serious"),
        (Aspect.LEARNING, M.PROBE, "warm"),
        (Aspect.OBSTACLE, M.PROBE, "warm"),
        (Aspect.RESULT, M.PROBE, "neutral"),
        (Aspect.ACTION, M.PROBE, "neutral"),
    ],
)
def test_move_of_an_aspect(aspect: Aspect, name: MoveName, mood: str) -> None:
    plan = agenda()
    item = next(i for i in plan if any(f.aspect is aspect for f in i.question.follow_ups))
    talk = Talk()
    talk.plan = (item, *(i for i in plan if i is not item))
    talk.exchanges.clear()
    talk.move()
    others = tuple(a.value for a in Aspect if a is not aspect)
    move = talk.say(Reading(words=40, aspects=others))
    assert (move.aspect, move.name, move.mood) == (aspect.value, name, mood)


@pytest.mark.parametrize("kind", list(SpanKind))
def test_names_what_was_said_and_nothing_twice(kind: SpanKind) -> None:
    talk = Talk()
    spans = (span("Atlas", kind), span("Kestrel", kind))
    assert talk.say(replace(GOOD, spans=spans)).span == spans[0]
    assert talk.last.cue == f"heard_{kind.value}"
    assert talk.say(replace(GOOD, spans=(span("ATLAS", kind), spans[1]))).span == spans[1]
    assert talk.say(replace(GOOD, spans=spans)).span is None


# ---------------------------------------------------------------- the end


@pytest.mark.parametrize("total", [2, 3, 8, 40])
def test_closes_when_the_turns_are_used_up(total: int) -> None:
    moves = Talk(total=total).hold([GOOD]).moves
    assert [m.name for m in moves[-2:]] == [M.CLOSE, M.FAREWELL]
    assert len(moves) == total + 1
    assert moves[-2].fixed
    assert moves[-1].seed == ""


def test_closes_a_minute_before_the_time_is_up() -> None:
    talk = Talk(total=None, limit_s=300.0)
    assert talk.say(GOOD, 239.9).name is not M.CLOSE
    assert talk.say(GOOD, 0.1).name is M.CLOSE
    assert talk.say(GOOD, 0.0).name is M.FAREWELL


@pytest.mark.parametrize("reading", [bad("asks_repeat"), bad("short"), GOOD, SKIP])
def test_nothing_delays_the_farewell(reading: Reading | None) -> None:
    talk = Talk(total=2)
    assert talk.say(reading).name is M.CLOSE
    assert talk.say(reading).name is M.FAREWELL
    assert talk.say(reading).name is M.FAREWELL


def test_closes_when_no_question_is_left() -> None:
    talk = Talk(total=None)
    talk.hold([SKIP])
    assert [m.name for m in talk.moves[-2:]] == [M.CLOSE, M.FAREWELL]
    assert len(talk.moves) == len(agenda()) + 2


# ---------------------------------------------------------------- whatever is answered

SPANS = st.lists(
    st.builds(
        span,
        st.sampled_from(["Atlas", "40 percent", "a night-shift checklist", "Hülya Hanım", "yüzde 40"]),
        st.sampled_from(list(SpanKind)),
    ),
    max_size=2,
).map(tuple)
READINGS = st.builds(
    lambda flags, spans, aspects, words: Reading(
        words=words, spans=spans, aspects=tuple(aspects), **dict.fromkeys(flags, True)
    ),
    st.one_of(st.just(set()), st.sets(st.sampled_from(FLAGS), min_size=1, max_size=2)),
    SPANS,
    st.sets(st.sampled_from([a.value for a in Aspect])),
    st.integers(0, 200),
)


def check_talk(talk: Talk, total: int) -> None:
    names = [m.name for m in talk.moves]
    assert names[0] is M.OPENING
    assert names[-2:] == [M.CLOSE, M.FAREWELL]
    assert names.count(M.CLOSE) == names.count(M.FAREWELL) == names.count(M.OPENING) == 1
    assert len(names) == total + 1, "closes exactly when the budget is used up"
    for move in talk.moves[:-1]:
        assert move.seed.count("?") == 1, move
        assert move.seed.endswith("?"), move
        assert "{" not in move.seed
    asked = [lower(q, talk.language) for q in talk.questions]
    assert not [q for q, n in Counter(asked).items() if n > 1]
    assert [m.question_id for m in talk.moves if m.name in MAIN] == list(
        dict.fromkeys(m.question_id for m in talk.moves if m.name in MAIN)
    )
    acknowledged = [t.acknowledgement for t in talk.turns[:-1] if t.acknowledgement]
    assert len(acknowledged) == len(set(acknowledged))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(READINGS, st.none()), min_size=1, max_size=40),
    st.sampled_from(LANGUAGES),
    st.sampled_from(sorted(LIBRARY.packs)),
    st.sampled_from(["mixed", "technical", "behavioural"]),
    st.integers(2, 40),
)
def test_any_interview(
    readings: list[Reading | None], language: Language, field: str, kind: str, total: int
) -> None:
    check_talk(Talk(language, total, field=field, kind=kind).hold(readings), total)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flag", [*FLAGS, "good", "skip"])
@pytest.mark.parametrize("field", ["software", "general", "sales"])
def test_long_interview_of_one_kind_of_answer(flag: str, language: Language, field: str) -> None:
    """40 turns of the same trouble: nothing is asked twice, in other words either."""
    reading = {"good": GOOD, "skip": SKIP}.get(flag) if flag in ("good", "skip") else bad(flag)
    talk = Talk(language, 40, field=field, kind="technical").hold([reading])
    check_talk(talk, 40)
    seen: list[str] = []
    for question in (lower(q, language) for q in talk.questions):
        close = [s for s in seen if fuzz.token_sort_ratio(question, s) >= 92]
        assert not close, (question, close)
        seen.append(question)


@pytest.mark.parametrize("flag", ["short", "gibberish"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_more_is_asked_for_after_every_weak_answer(flag: str, language: Language) -> None:
    for move in Talk(language, 40).hold([bad(flag)]).moves[1:-2]:
        assert move.name in (M.MORE, M.EXAMPLE, M.CLARIFY) or move.cue == f"{flag}_next"


@settings(max_examples=25, deadline=None)
@given(st.lists(READINGS, min_size=1, max_size=12), st.integers(0, 40))
def test_same_arguments_same_move(readings: list[Reading], asked: int) -> None:
    talk = Talk()
    for reading in readings:
        talk.say(reading)
    budget = Budget(asked, 40)
    one, two = (next_move(talk.plan, tuple(talk.exchanges), budget, "en") for _ in range(2))
    assert one == two
