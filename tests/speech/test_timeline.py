"""From raw events to intervals and word marks."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mulakat.messages import Phoneme
from mulakat.speech.normalise import normalise
from mulakat.speech.timeline import PAUSE, intervals, tokens_of, word_marks


def test_starts_become_intervals_to_the_end() -> None:
    assert intervals([(20, "h"), (60, "ˈaɪ"), (200, "")], 250) == (
        Phoneme(0, 20, PAUSE),
        Phoneme(20, 60, "h"),
        Phoneme(60, 200, "ˈaɪ"),
        Phoneme(200, 250, PAUSE),
    )


def test_pauses_join_and_empty_ones_vanish() -> None:
    sounds = [(0, "a"), (50, ""), (60, ""), (90, "b"), (120, ""), (120, "c")]
    assert [(p.start, p.end, p.symbol) for p in intervals(sounds, 150)] == [
        (0, 50, "a"), (50, 90, ""), (90, 120, "b"), (120, 150, "c"),
    ]  # fmt: skip


def test_a_sound_without_time_shares_that_of_the_one_before() -> None:
    assert intervals([(0, "ɛ"), (90, "l"), (90, "")], 120) == (
        Phoneme(0, 60, "ɛ"), Phoneme(60, 90, "l"), Phoneme(90, 120, PAUSE),
    )  # fmt: skip


def test_a_lone_stress_mark_belongs_to_the_next_sound_and_a_length_mark_to_the_last() -> None:
    assert intervals([(0, "ˈ"), (10, "a"), (40, "b")], 60) == (
        Phoneme(0, 10, PAUSE), Phoneme(10, 40, "ˈa"), Phoneme(40, 60, "b"),
    )  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(-50, 2000), st.sampled_from(["", "a", "p", "ˈ", "tʃ", "_"]))),
    st.integers(0, 1500),
)
def test_any_events_give_a_gapless_timeline(sounds: list[tuple[int, str]], end: int) -> None:
    found = intervals(sounds, end)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert all(p.end > p.start for p in found)
    if end:
        assert (found[0].start, found[-1].end) == (0, end)


def test_marks_cover_written_words_once() -> None:
    text = "C++ ve 3.5, (CI/CD)"
    spoken = normalise(text, "en")
    raw = [(i * 10, m, 1) for i, m in enumerate(range(len(spoken.text)))]
    marks = word_marks(raw, spoken, text, 10_000)
    assert [text[w.offset : w.offset + w.length] for w in marks] == ["C++", "ve", "3.5", "CI", "CD"]


def test_words_that_were_run_together_get_a_place_between_their_neighbours() -> None:
    text = "out of the box again"
    raw = [(0, 0, 3), (100, 4, 2), (300, 11, 3)]
    marks = word_marks(raw, normalise(text, "en"), text, 1000)
    assert [text[w.offset : w.offset + w.length] for w in marks] == text.split()
    starts = [w.start for w in marks]
    assert starts[:2] == [0, 100]
    assert 100 < starts[2] < starts[3] == 300 < starts[4] < 1000


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-9, 5000), st.integers(-9, 99), st.integers(-9, 99)), max_size=30),
)
def test_any_word_events_give_marks_on_words_in_order(text: str, raw: list[tuple[int, int, int]]) -> None:
    marks = word_marks(raw, normalise(text, "tr"), text, 3000)
    assert [(w.offset, w.offset + w.length) for w in marks] in ([], tokens_of(text))
    assert [w.offset for w in marks] == sorted({w.offset for w in marks})
    assert [w.start for w in marks] == sorted(w.start for w in marks)
    assert all(0 <= w.start <= 3000 for w in marks)
