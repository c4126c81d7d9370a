"""What held interviews show of the interviewer: the table of `mulakat demo --all-scenarios`.

Measured on what was said and on the marks that the scenarios' authors made, not on what the director
believed. Does not: measure time (`timings`), or weigh the candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from rapidfuzz import fuzz

from mulakat.demo.hold import Held
from mulakat.demo.scenario import Line
from mulakat.interview.packs.library import Library
from mulakat.messages import Language, MoveName, Turn
from mulakat.text.fold import lower
from mulakat.text.language import is_other_language
from mulakat.text.lexicon import lexicon, protected_matters

ASKS_MORE = frozenset({MoveName.MORE, MoveName.EXAMPLE, MoveName.CLARIFY, MoveName.REASSURE})
FOLLOWS = frozenset({MoveName.PROBE, MoveName.CHALLENGE, MoveName.CLARIFY, MoveName.EXAMPLE, MoveName.MORE})
REPEATS = 92
"""Likeness of two questions (rapidfuzz token-sort ratio, 0-100) from which they count as one."""


@dataclass
class Quality:
    """Counts; shares are `part / whole`."""

    turns: int = 0
    one_question: int = 0
    repeated_questions: int = 0
    repeated_acknowledgements: int = 0
    weak_answers: int = 0
    asked_for_more: int = 0
    nameable: int = 0
    named: int = 0
    protected: int = 0
    leaked: int = 0
    played_candidate: int = 0
    wrong_language: int = 0
    by_model: int = 0
    first_try: int = 0
    tries: int = 0

    def __add__(self, other: Quality) -> Quality:
        return Quality(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def measure(held: Held, library: Library) -> Quality:
    """The quality of one interview."""
    mine = [t for t in held.transcript.turns if t.speaker == "interviewer"]
    asking = [t for t in mine if t.move != MoveName.FAREWELL]
    language = held.setup.language
    own = {lower(s, language) for s in library.sentences(language)}
    weak, more = _weak(held, mine)
    nameable, named = _names(held, mine)
    return Quality(
        turns=len(asking),
        one_question=sum(t.text.count("?") == 1 and t.text.rstrip().endswith("?") for t in asking),
        repeated_questions=_repeats(
            [_question(t.text) for t in asking if t.move != MoveName.REPEAT], language
        ),
        repeated_acknowledgements=_repeats(_acknowledgements(mine), language),
        weak_answers=weak,
        asked_for_more=more,
        nameable=nameable,
        named=named,
        protected=sum(_touches(t.text, language, own) for t in mine),
        leaked=sum(bool(lexicon(language).injection.search(lower(t.text, language))) for t in mine),
        played_candidate=sum(_plays(t.text) for t in mine),
        wrong_language=sum(is_other_language(t.text, language) for t in mine),
        by_model=sum(t["worded_by"] != "pack" for t in held.timings),
        first_try=held.counts["accepted_try_1"],
        tries=held.counts["accepted_try_1"] + held.counts["refused_try_1"],
    )


def _question(text: str) -> str:
    """The last sentence: from the last full stop to the question mark."""
    cut = max(text.rfind(". "), text.rfind("! "))
    return text[cut + 2 :] if cut >= 0 else text


def _acknowledgements(turns: Iterable[Turn]) -> list[str]:
    return [t.text[: -len(_question(t.text))].strip() for t in turns if _question(t.text) != t.text]


def _repeats(texts: Sequence[str], language: Language) -> int:
    """How many of the texts were said before, or nearly."""
    low = [lower(t, language) for t in texts]
    return sum(
        any(fuzz.token_sort_ratio(text, before) >= REPEATS for before in low[:n])
        for n, text in enumerate(low)
    )


def _weak(held: Held, mine: Sequence[Turn]) -> tuple[int, int]:
    """Short and gibberish answers, and after how many of them more was asked for.

    Moving on counts only when its words ask for a fuller answer next time; the last question does
    not count.
    """
    weak = more = 0
    for line, after in _pairs(held, mine):
        if line.expects in ("short", "gibberish") and after.move not in (MoveName.CLOSE, MoveName.FAREWELL):
            weak += 1
            cue = next((m["cue"] for m in held.moves if m["seed"] and m["seed"] in after.text), "")
            more += after.move in ASKS_MORE or cue.endswith("_next")
    return weak, more


def _names(held: Held, mine: Sequence[Turn]) -> tuple[int, int]:
    """Follow-ups after answers in which there was something to name, and those that named it.

    What the scenario's author marked must stand in the turn; or, where Turkish takes a case ending
    off ("devir formunu", "devir formu"), the span that was named must be part of the mark or hold it.
    """
    spans = {m["span"]["text"] for m in held.moves if m["span"]}
    nameable = named = 0
    for line, after in _pairs(held, mine):
        if line.names and after.move in FOLLOWS and line.expects in (None, "ok"):
            nameable += 1
            named += any(_is_named(name, after.text, spans, held.setup.language) for name in line.names)
    return nameable, named


def _is_named(name: str, text: str, spans: Iterable[str], language: Language) -> bool:
    said, wanted = lower(text, language), lower(name, language)
    if wanted in said:
        return True
    shown = [lower(s, language) for s in spans if lower(s, language) in said]
    return any(len(s) > 3 and (s in wanted or wanted in s) for s in shown)


def _pairs(held: Held, mine: Sequence[Turn]) -> Iterable[tuple[Line, Turn]]:
    """Each line of the candidate with the interviewer's turn after it."""
    return zip(held.lines, mine[1:], strict=False)


def _touches(text: str, language: Language, own: set[str]) -> bool:
    """Whether a turn touches a protected matter outside the packs' own sentences."""
    low = lower(text, language)
    for sentence in own:
        if len(sentence) > 20 and sentence in low:
            low = low.replace(sentence, "")
    return bool(protected_matters(low, language))


def _plays(text: str) -> bool:
    return any(
        mark in text.lower() for mark in ("candidate:", "interviewer:", "aday:", "görüşmeci:", "<|", "[")
    )


def rows(quality: Quality) -> list[tuple[str, str, str]]:
    """The table's rows: what, figure, target."""

    def share(part: int, whole: int) -> str:
        return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "none"

    return [
        ("exactly one question a turn", share(quality.one_question, quality.turns), "100 %"),
        ("repeated questions", str(quality.repeated_questions), "0"),
        ("repeated acknowledgements", str(quality.repeated_acknowledgements), "0"),
        (
            "more asked for after a weak answer",
            share(quality.asked_for_more, quality.weak_answers),
            "100 %",
        ),
        ("follow-up names what was said", share(quality.named, quality.nameable), ">= 80 %"),
        ("protected matters touched", str(quality.protected), "0"),
        ("instructions leaked", str(quality.leaked), "0"),
        ("candidate played", str(quality.played_candidate), "0"),
        ("wrong-language turns", str(quality.wrong_language), "0"),
        ("turns worded or chosen by the model", share(quality.by_model, quality.turns), ""),
        ("model's sentences accepted at the first try", share(quality.first_try, quality.tries), ""),
    ]
