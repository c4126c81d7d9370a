"""What the guard catches and what it lets pass. The sentences are in guard.yaml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mulakat.interview.guard import Context, Fault, check
from mulakat.interview.packs.lint import lint
from mulakat.interview.phrasing import acknowledgements
from mulakat.interview.wording import wording
from mulakat.messages import LANGUAGES, Language, Move, MoveName
from mulakat.text.fold import capital

from .talks import LIBRARY, span

SENTENCES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "guard.yaml").read_text("utf-8"))
CAUGHT = [
    (language, Fault(fault), sentence)
    for language, faults in SENTENCES["caught"].items()
    for fault, sentences in faults.items()
    for sentence in sentences
]
PASSES = [(language, s) for language, sentences in SENTENCES["passes"].items() for s in sentences]
SAID = (
    "Thank you, that is clear.",
    "What was the hardest part of it?",
    "Teşekkür ederim, anlaşılıyor.",
    "Bunun en zor yanı neydi?",
)
NAMES: dict[Language, tuple[str, ...]] = {
    "en": (
        "Kubernetes",
        "40 percent",
        "a night-shift checklist",
        "Hülya Hanım",
        "VAT",
        "commercial leases",
    ),
    "tr": ("Kubernetes", "yüzde 40", "üç hafta", "Hülya Hanım", "istinaf masrafı", "900 test"),
}


def context(
    language: Language,
    name: str = "",
    seed: str = "",
    said: tuple[str, ...] = (),
    points: tuple[str, ...] = (),
    known: tuple[str, ...] = (),
) -> Context:
    """As the room makes it."""
    move = Move(MoveName.PROBE, "a/b", seed, "heard", span=span(name) if name else None)
    return Context(language, move, said, tuple(k for k in (name, seed, *known) if k), points)


def faults(sentence: str, where: Context) -> list[Fault]:
    return check(sentence, where, question=sentence.endswith("?"))


@pytest.mark.parametrize(("language", "fault", "sentence"), CAUGHT)
def test_caught(language: Language, fault: Fault, sentence: str) -> None:
    said = SAID if fault is Fault.REPETITION else ()
    assert fault in faults(sentence, context(language, said=said))


def test_every_fault_has_its_sentences() -> None:
    for language in LANGUAGES:
        assert set(SENTENCES["caught"][language]) == {f.value for f in Fault} - {Fault.JOINT.value}
        assert all(len(s) >= 6 for s in SENTENCES["caught"][language].values())


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [
        ("I would like to go on, so let us four hundred milliseconds.", False),
        ("I would like to four hundred milliseconds.", False),
        ("Thank you, I four hundred milliseconds.", False),
        ("That is where you four hundred milliseconds.", False),
        ("We can four hundred milliseconds.", False),
        ("Let us go four hundred milliseconds.", False),
        ("Let us stay with four hundred milliseconds.", True),
        ("I noted the four hundred milliseconds.", True),
        ("You said four hundred milliseconds, which is concrete.", True),
        ("Four hundred milliseconds is where I would like to go on.", True),
        ("That brings us to four hundred milliseconds.", True),
        ("So four hundred milliseconds was the mark.", True),
        ("I would like to leave that aside, so let us go on, four hundred milliseconds.", False),
        ("Thank you, that is noted, four hundred milliseconds.", False),
        ("That gives me a measure, four hundred milliseconds.", True),
        ("You gave a figure, four hundred milliseconds.", True),
    ],
)
def test_a_span_stands_where_a_noun_can(sentence: str, fits: bool) -> None:
    assert (Fault.JOINT not in faults(sentence, context("en", "four hundred milliseconds"))) is fits


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [
        ("That brings me to the a call centre.", False),
        ("Let us stay with your a call centre.", False),
        ("Let us stay with a call centre.", True),
        ("You worked in a call centre.", True),
    ],
)
def test_a_span_has_one_article(sentence: str, fits: bool) -> None:
    assert (Fault.JOINT not in faults(sentence, context("en", "a call centre"))) is fits


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Hello and welcome, and thank you for joining me."),
        ("tr", "Merhaba, zaman ayırdığınız için teşekkür ederim."),
    ],
)
def test_a_greeting_belongs_to_the_beginning(language: Language, sentence: str) -> None:
    at = context(language)
    opening = replace(at, move=replace(at.move, name=MoveName.OPENING))
    assert Fault.PLACE not in faults(sentence, opening)
    assert Fault.PLACE in faults(sentence, at)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "We have come to the end of my questions."), ("tr", "Sorularımın sonuna geldik.")],
)
def test_a_goodbye_belongs_to_the_end(language: Language, sentence: str) -> None:
    at = context(language)
    close = replace(at, move=replace(at.move, name=MoveName.CLOSE))
    assert Fault.PLACE not in faults(sentence, close)
    assert Fault.PLACE in faults(sentence, at)


@pytest.mark.parametrize(("language", "sentence"), PASSES)
def test_passes(language: Language, sentence: str) -> None:
    assert faults(sentence, context(language, said=SAID)) == []


# ---------------------------------------------------------------- our own words


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_wordings_pass(language: Language) -> None:
    words = wording(language)
    places = {"opening": MoveName.OPENING, "close": MoveName.CLOSE}
    for cue in words.acknowledge:
        at = places.get(cue, MoveName.PROBE)
        move = Move(at, "", "", cue)
        names: tuple[str, ...] = ("",)
        if "{span}" in "".join(words.acknowledge[cue]):
            names = NAMES[language]
        for name in names:
            named = Move(at, "", "", cue, span=span(name)) if name else move
            where = replace(context(language, name), move=named)
            for sentence in acknowledgements(named, language, []):
                assert faults(sentence, where) == [], sentence
    last = replace(context(language), move=Move(MoveName.FAREWELL, "", "", ""))
    for sentence in words.farewell:
        assert faults(sentence, last) == [], sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_questions_pass_with_every_topic(language: Language) -> None:
    topics = {c.names.in_(language) for c, _ in LIBRARY.questions()}
    for lines in wording(language).ask.values():
        for line in lines:
            for topic in topics if "{topic}" in line else ("",):
                asked = capital(line.replace("{topic}", topic[:1].lower() + topic[1:]), language)
                found = set(faults(asked, context(language, known=(topic,))))
                assert found == set(), (asked, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pack_questions_pass_as_they_stand(language: Language) -> None:
    for _, question in LIBRARY.questions():
        for text in (question.text, *(f.text for f in question.follow_ups)):
            seed = text.in_(language)
            where = context(language, seed=seed, points=question.good_answer.in_(language))
            found = set(faults(seed, where)) - {Fault.FORM}
            assert not found, seed


def test_packs_are_clean() -> None:
    assert [str(f) for pack in LIBRARY.packs.values() for f in lint(pack)] == []


# ---------------------------------------------------------------- what is known


def test_names_and_figures_of_the_answer_may_be_said() -> None:
    for language in LANGUAGES:
        for name in NAMES[language]:
            sentence = {"en": f"You mentioned {name}.", "tr": f"Az önce {name} dediniz."}[language]
            assert faults(sentence, context(language, name)) == []
    assert Fault.INVENTED in faults("You mentioned Kestrel.", context("en", "Atlas"))


def test_a_word_of_one_letter_does_not_blind_the_guard() -> None:
    for role in ("a", "e", "you", "i", "what"):
        where = context("en", known=(role,))
        assert Fault.PROTECTED in faults("How old are you exactly, as a person?", where)
        assert Fault.PROTECTED in faults("Are you married?", where)


def test_a_span_covers_itself_only() -> None:
    where = context("en", "the women's ward")
    assert Fault.PROTECTED not in faults("You mentioned the women's ward.", where)
    assert Fault.PROTECTED in faults("You mentioned the women's ward, are you married?", where)


def test_points_of_the_good_answer_are_not_given_away() -> None:
    """Most points of the packs are recognised when they are said; the shortest hold too little."""
    for language, frame in (("en", "You may have told them: {}."), ("tr", "Belki şunu düşündünüz: {}.")):
        caught = total = 0
        for _, question in LIBRARY.questions():
            points = question.good_answer.in_(language)
            for point in points:
                total += 1
                where = context(language, seed=question.text.in_(language), points=points)
                caught += Fault.GIVEAWAY in faults(frame.format(point.rstrip(".")), where)
        assert caught / total > 0.8, (language, caught / total)


def test_repetition_on_request_is_none() -> None:
    move = Move(MoveName.REPEAT, "", "What next?", "repeat")
    assert check("What next then?", Context("en", move, ("What next then?",)), question=True) == []


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(LANGUAGES),
    st.booleans(),
    st.text(max_size=20),
    st.lists(st.text(max_size=40), max_size=3),
)
@example("", "en", False, " ", [])
def test_never_raises(text: str, language: Language, question: bool, name: str, lines: list[str]) -> None:
    where = context(language, name, lines[0] if lines else "", tuple(lines), tuple(lines), tuple(lines))
    assert set(check(text, where, question=question)) <= set(Fault)
