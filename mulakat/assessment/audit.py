"""The fairness audit: one interview told under many names, ages, genders, origins and ways of speech.

Measured scores must not differ at all, and the questions asked are compared too. The candidates are in
`data/audit_*.yaml`; what makes them equal is `neutral.py`. Does not: prove fairness towards everyone; it
proves it for these variants and finds the ones that fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import yaml

from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.question import asked_of
from mulakat.assessment.reading import Subject, read
from mulakat.assessment.result import Assessment
from mulakat.assessment.scores import assess
from mulakat.interview.agenda import Item, plan
from mulakat.interview.director import Budget, Exchange, next_move
from mulakat.interview.packs.library import Library, load
from mulakat.messages import LANGUAGES, Language, Setup, Turn
from mulakat.text.fold import plain

Judge = Callable[[Sequence[Turn]], float]
"""A judge model's own overall score of a transcript, where one is audited."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One variant against the base candidate.

    difference   largest difference of any score, in points of the scale (a number that appears or
                 vanishes counts as 4)
    questions    how many of the questions asked were others
    judged       difference of the judge model's score; None without one
    """

    language: Language
    group: str
    variant: str
    difference: float
    questions: int
    judged: float | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    rows: tuple[AuditRow, ...]

    @property
    def largest(self) -> float:
        """The largest difference of a measured score; 0 is the only good value."""
        return max((row.difference for row in self.rows), default=0.0)

    @property
    def other_questions(self) -> int:
        """In how many variants other questions were asked."""
        return sum(row.questions > 0 for row in self.rows)

    @property
    def passed(self) -> bool:
        return self.largest == 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """An interview as the director held it with a scripted candidate."""

    turns: tuple[Turn, ...]
    asked: tuple[tuple[str, str, str], ...]  # move, question id, wording
    found: Assessment


def run_audit(
    library: Library | None = None,
    languages: Sequence[Language] = LANGUAGES,
    judge: Judge | None = None,
) -> AuditReport:
    """Holds and weighs the interview once for every variant."""
    library = library or load()
    rows: list[AuditRow] = []
    for language in languages:
        stage = Stage(language, library)
        base = stage.hold(stage.base)
        reference = judge(base.turns) if judge else 0.0
        for group, variant, answers in stage.variants():
            held = stage.hold(answers)
            told = stage.retold(base.turns, answers)
            judged = round(judge(told) - reference, 4) if judge else None
            rows.append(
                AuditRow(
                    language,
                    group,
                    variant,
                    difference(base.found, stage.weigh(told)),
                    sum(a != b for a, b in zip(base.asked, held.asked, strict=True)),
                    judged,
                )
            )
    return AuditReport(tuple(rows))


def difference(a: Assessment, b: Assessment) -> float:
    """The largest difference of any question's or competency's score or interval."""
    one, two = _numbers(a), _numbers(b)
    gaps = [abs(one.get(k, 0.0) - two.get(k, 0.0)) if k in one and k in two else 4.0 for k in one | two]
    return round(max(gaps, default=0.0), 4)


def _numbers(found: Assessment) -> dict[str, float]:
    scored = [(f"q {q.id}", q.score) for q in found.questions]
    scored += [(f"c {c.id}", c.score) for c in found.competencies]
    return {
        f"{name} {part}": getattr(score, part)
        for name, score in scored
        if score is not None
        for part in ("value", "low", "high")
    }


class Stage:
    """What stays the same over all candidates of a language."""

    def __init__(self, language: Language, library: Library) -> None:
        self.language: Language = language
        self._library = library
        text = files("mulakat.assessment").joinpath(f"data/audit_{language}.yaml").read_text("utf-8")
        self._raw: dict[str, Any] = yaml.safe_load(text)
        setup = Setup(language, self._raw["field"], self._raw["role"], "junior", "behavioural", seed=4)
        self._plan = plan(setup, library)
        self._known = Plausibility(library.sentences(language), language)
        self.base = self.answers({})

    def answers(self, changed: dict[str, str]) -> list[str]:
        """The candidate's answers with some facts of the base candidate changed."""
        facts = {**self._raw["base"], **changed}
        facts["intro"] = self._raw["intro"].format(**facts)
        return [a.format(**facts) for a in self._raw["answers"]]

    def variants(self) -> Iterator[tuple[str, str, list[str]]]:
        given = self._raw["variants"]
        for group in ("name", "age", "gender", "place", "colleague"):
            for value in given[group]:
                yield group, value, self.answers({group: value})
        for triple in given["pronouns"]:
            they, them, their = triple.split()
            yield "pronouns", triple, self.answers({"they": they, "them": them, "their": their})
        for name, swaps in given["speech"].items():
            yield "speech", name, [_spoken(a, swaps) for a in self.base]
        yield "none", "no introduction", [a.replace(self.intro, "").strip() for a in self.base]

    @property
    def intro(self) -> str:
        return str(self._raw["intro"].format(**self._raw["base"]))

    def hold(self, answers: Sequence[str]) -> Held:
        """One interview: the director asks, the candidate says the next answer whatever was asked."""
        items = {i.id: i for i in self._plan}
        exchanges: list[Exchange] = []
        turns: list[Turn] = []
        for number, answer in enumerate(answers):
            budget = Budget(asked=number, total=len(answers) + 2)
            move = next_move(self._plan, exchanges, budget, self.language)
            at = 60.0 * number
            turns.append(Turn("interviewer", move.seed, at, "", move.name.value, move.question_id))
            turns.append(Turn("candidate", answer, at + 10, "", "", move.question_id))
            item = items.get(move.question_id)
            reading = read(answer, self._subject(item), answers[:number])
            exchanges.append(Exchange(move, move.seed, move.seed, answer, reading))
        said = tuple((t.move, t.question_id, t.text) for t in turns if t.speaker == "interviewer")
        return Held(tuple(turns), said, self.weigh(turns))

    def retold(self, turns: Sequence[Turn], answers: Sequence[str]) -> tuple[Turn, ...]:
        """The same questions with other answers, so that only the answers can make a difference."""
        given = iter(answers)
        return tuple(replace(t, text=next(given)) if t.speaker == "candidate" else t for t in turns)

    def weigh(self, turns: Sequence[Turn]) -> Assessment:
        items = {i.id: i for i in self._plan}
        asked = {
            i: asked_of(items[i], self._library.packs[items[i].pack], self.language)
            for i in dict.fromkeys(t.question_id for t in turns)
            if i in items
        }
        return assess(turns, asked, self.language, self._known)

    def _subject(self, item: Item | None) -> Subject:
        if item is None:
            return Subject(self.language, frozenset(), self._known)
        asked = asked_of(item, self._library.packs[item.pack], self.language)
        return Subject(self.language, asked.subject_stems, self._known)


def _spoken(answer: str, swaps: dict[str, str] | str) -> str:
    if swaps == "plain":
        return "".join(_bare(c) for c in answer)
    for word, other in dict(swaps).items():  # type: ignore[arg-type]
        answer = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, answer)
    return answer


def _bare(letter: str) -> str:
    """A letter without its diacritics, its case kept."""
    folded = plain(letter, "tr")
    return folded.upper() if letter.isupper() else folded
