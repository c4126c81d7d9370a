"""Wordings of the packs, the grammar as text, and where sentences end."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.interview.phrasing import (
    CHOICES,
    Turn,
    acknowledgements,
    choice_grammar,
    chosen,
    pack_turns,
    sentence_end,
    turn_grammar,
)
from mulakat.interview.wording import wording
from mulakat.messages import LANGUAGES, Language, Move, MoveName
from mulakat.text.fold import lower

from .talks import span

CUES = [(language, cue) for language in LANGUAGES for cue in wording(language).acknowledge]


def move(
    cue: str = "heard", name: str = "", seed: str = "What did you do first?", fixed: bool = False
) -> Move:
    return Move(MoveName.PROBE, "a/b", seed, cue, fixed, span(name) if name else None)


@pytest.mark.parametrize(("language", "cue"), CUES)
def test_an_acknowledgement_is_said_once(language: Language, cue: str) -> None:
    """Under new names too: "You mentioned X." and "You mentioned Y." are one sentence."""
    said: list[str] = []
    frames: list[str] = []
    for n in range(60):
        name = f"Atlas{'x' * n}" if "{span}" in "".join(wording(language).acknowledge[cue]) else ""
        turn = pack_turns(move(cue, name), language, said, seed=3)[0]
        said += [s for s in (turn.acknowledgement, turn.question) if s]
        if turn.acknowledgement:
            frames.append(turn.acknowledgement.replace(name, "{span}") if name else turn.acknowledgement)
    assert len(frames) == len(wording(language).acknowledge[cue]), "all are used"
    assert len(frames) == len(set(frames))


def test_what_the_candidate_named_stands_in_it_literally() -> None:
    for language in LANGUAGES:
        for cue in ("heard_name", "heard_figure", "heard_phrase", "next_span"):
            for name in ("Kubernetes", "yüzde 40", "a night-shift checklist", "C++", r"a\b", "iOS"):
                for line in acknowledgements(move(cue, name), language, []):
                    assert lower(name, language) in lower(line, language)
                    assert "{" not in line
                    assert line[0].isupper() or not line[0].isalpha()


def test_without_a_name_no_frame_is_left_open() -> None:
    assert acknowledgements(move("heard_name"), "en", []) == []
    assert pack_turns(move("heard_name"), "en", []) == [Turn("", "What did you do first?")]


def test_choices_are_few_and_reproducible() -> None:
    one, two = (pack_turns(move(), "en", ["Understood."], seed=4) for _ in range(2))
    assert one == two
    assert len(one) == CHOICES
    assert all(t.acknowledgement != "Understood." for t in one)
    firsts = {pack_turns(move(), "en", [], seed=s)[0].acknowledgement for s in range(20)}
    assert len(firsts) > 5


def test_farewell_asks_nothing() -> None:
    for language in LANGUAGES:
        (turn,) = pack_turns(Move(MoveName.FAREWELL, "", "", "farewell", True), language, [])
        assert turn.question == ""
        assert "?" not in turn.text


def test_question_begins_with_a_capital_of_its_language() -> None:
    assert pack_turns(move(seed="ilk adımınız neydi?"), "tr", [])[0].question == "İlk adımınız neydi?"


# ---------------------------------------------------------------- choosing

A, B, C = (
    Turn("Thank you.", "What next?"),
    Turn("Thanks.", "What next?"),
    Turn("", "Thank you. What next? Why?"),
)


def test_chosen_as_soon_as_only_one_is_left() -> None:
    assert chosen("", [A, B]) is None
    assert chosen("Than", [A, B]) is None
    assert chosen("Thank ", [A, B]) == A
    assert chosen("Thanks", [A, B]) == B
    assert chosen("Tea", [A, B]) is None
    assert chosen("", [A]) == A
    assert chosen("", [A, A]) == A


def test_a_wording_that_begins_another() -> None:
    assert chosen(A.text, [A, C]) is None
    assert chosen(A.text, [A, C], ended=True) == A
    assert chosen(A.text + " W", [A, C]) == C
    assert chosen("Thank", [A, C], ended=True) is None


@given(
    st.lists(st.builds(Turn, st.text(max_size=6), st.text(max_size=6)), min_size=1, max_size=4), st.data()
)
def test_what_was_decoded_is_always_found(turns: list[Turn], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(turns))
    for n in range(len(wanted.text) + 1):
        if found := chosen(wanted.text[:n], turns):
            assert found.text == wanted.text
            return
    ended = chosen(wanted.text, turns, ended=True)
    assert ended is not None
    assert ended.text == wanted.text


def test_choice_grammar_lists_each_wording_once() -> None:
    assert choice_grammar([A, B, A]) == 'root ::= "Thank you. What next?" | "Thanks. What next?"\n'


# ---------------------------------------------------------------- the grammar as text


def root(**more: object) -> str:
    begun = str(more.pop("begun", ""))
    return turn_grammar(move(**more), "en", begun=begun).splitlines()[0]  # type: ignore[arg-type]


def test_roots() -> None:
    assert root() == 'root ::= ack " " ask'
    assert root(name="Atlas") == 'root ::= ackspan " " ask | ack " " askspan'
    assert root(fixed=True) == "root ::= ack"
    assert root(fixed=True, name="Atlas") == "root ::= ackspan"
    assert root(begun="I see. ") == "root ::= ask"
    assert root(begun="I see. ", name="Atlas") == "root ::= askspan"
    assert root(begun="Atlas it is. ", name="atlas") == "root ::= ask"


def test_span_is_escaped_for_gbnf() -> None:
    grammar = turn_grammar(move(name='a "b" \\ \n\x07\u200d🙂ğ'), "en")
    line = next(x for x in grammar.splitlines() if x.startswith("span ::="))
    assert line == r'span ::= "a \"b\" \\ \n\U00000007\U0000200D🙂ğ"'


def test_names_of_the_question_may_be_said() -> None:
    grammar = turn_grammar(move(seed="How would you use SQL and 3 indexes on Plan B?"), "en")
    rule = next(x for x in grammar.splitlines() if x.startswith("word ::="))
    assert [f'"{n}"' in rule for n in ("SQL", "3", "B", "How")] == [True, True, True, False]


# ---------------------------------------------------------------- where sentences end


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("I see", "", None),
        ("I see.", "", None),
        ("I see. ", "", "I see."),
        ("I see. What", "", "I see."),
        ("What next?", "", "What next?"),
        ("You used Node.js there. Why", "", "You used Node.js there."),
        ("About Dr. Aksoy. Why", "Dr. Aksoy", "About Dr. Aksoy."),
        ("About Dr. ", "Dr. Aksoy", None),
        ("About Dr. Ak", "Dr. Aksoy", None),
        ("About Dr. Ak and", "Dr. Aksoy", "About Dr."),
        ("3. Cadde it is. Why", "3. Cadde", "3. Cadde it is."),
        ("İ. Kaya is noted. Why", "i. Kaya", "İ. Kaya is noted."),
        ("E. coli is noted. Why", "e. coli", "E. coli is noted."),
        ("I heard Who? twice. Why", "Who?", "I heard Who? twice."),
        ("I see… What", "", "I see…"),
        ("Fine! What", "", "Fine!"),
    ],
)
def test_sentence_end(text: str, name: str, expected: str | None) -> None:
    cut = sentence_end(text, span(name) if name else None)
    assert (text[:cut] if cut is not None else None) == expected


@given(st.text(max_size=60), st.text(min_size=1, max_size=8))
def test_sentence_end_lies_in_the_text(text: str, name: str) -> None:
    cut = sentence_end(text, span(name))
    assert cut is None or 0 < cut <= len(text)


def test_no_wording_stands_twice() -> None:
    for language in LANGUAGES:
        w = wording(language)
        lines = [x for cue, xs in w.acknowledge.items() if not cue.startswith("heard_") for x in xs]
        lines += [x for xs in w.ask.values() for x in xs]
        assert [x for x, n in Counter(lines).items() if n > 1] == []
