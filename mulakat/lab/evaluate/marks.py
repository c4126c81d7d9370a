"""Samples -> marks and counts: what can be told of a turn without an ear for style.

Marks are of the first try, so they tell of the model and not of the room's nets; what was spoken after
these is counted beside. Does not: serve, or compare interviewers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from mulakat.interview.guard import Context, check
from mulakat.lab.evaluate import measures
from mulakat.lab.evaluate.held import GROUPS, Dialogue
from mulakat.lab.evaluate.near import Corpus, Nearest
from mulakat.lab.evaluate.served import UNWORDED, Sample, Sentence
from mulakat.messages import Language
from mulakat.text.fold import lower, lower_words
from mulakat.text.language import is_other_language

_DOUBLED = re.compile(r"\b(?:a|an|the) (?:a|an|the|my|our|your|his|her|their) ")


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one turn. None: there was nothing to be marked.

    one_question  exactly one, at the end
    named         the span stands in the turn
    accepted      the guard passed every sentence of the first try
    own_language  it is in the interview's language
    again         its acknowledgement stood in this dialogue before
    doubled       two articles meet where the span was put in ("the a yellow envelope")
    """

    one_question: bool
    named: bool | None
    accepted: bool | None
    own_language: bool
    again: bool
    doubled: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing that is marked stands against the turn."""
        whole = self.one_question and self.named is not False and self.accepted is not False
        return whole and not self.again and not self.doubled


def mark(sample: Sample) -> Marks:
    """The marks of one served turn."""
    language = sample.dialogue.language
    low = lower(sample.wording, language)
    span = sample.move.span
    earlier = {lower(s, language) for s in sample.before}
    return Marks(
        one_question=sample.wording.count("?") == 1 and sample.wording.endswith("?"),
        named=lower(span.text, language) in low if span else None,
        accepted=None if sample.by == "choice" else bool(sample.sentences) and not sample.faults,
        own_language=not is_other_language(_own_words(sample), language),
        again=bool(sample.acknowledgement) and lower(sample.acknowledgement, language) in earlier,
        doubled=bool(language == "en" and _DOUBLED.search(low)),
    )


def _own_words(sample: Sample) -> str:
    """What the model worded, without the span: a name may be of any language."""
    text = sample.acknowledgement if sample.move.fixed else sample.wording
    return text.replace(sample.move.span.text, "…") if sample.move.span else text


def of_the_data(dialogue: Dialogue) -> list[Sample]:
    """The data's own turns as samples, so that they can be held to the same marks."""
    samples: list[Sample] = []
    said: list[str] = []
    for number, step in enumerate(dialogue.steps, 1):
        told = step.reference
        if step.move.name not in UNWORDED:
            sample = Sample(dialogue, number, step, step.move, "", before=tuple(said))
            sample.acknowledgement = sample.spoken_acknowledgement = told.acknowledgement
            sample.wording = sample.spoken = told.text
            sample.sentences = _checked(sample)
            samples.append(sample)
        said += [s for s in (told.acknowledgement, told.question) if s]
    return samples


def _checked(sample: Sample) -> list[Sentence]:
    """A turn of the data before the guard; a question that is spoken as the pack has it is not checked."""
    move, dialogue, told = sample.move, sample.dialogue, sample.step.reference
    span = (move.span.text,) if move.span else ()
    known = (*span, move.seed, dialogue.role)
    parts = [(told.acknowledgement, False)] + ([] if move.fixed else [(told.question, True)])
    found, said = [], list(sample.before)
    for text, question in parts:
        if text:
            context = Context(dialogue.language, move, said, known)
            faults = check(text, context, question=question)
            found.append(Sentence(text, question, tuple(f.value for f in faults)))
            said.append(text)
    return found


@dataclass
class Column:
    """Counts of one interviewer in one language; shares are (part, whole)."""

    turns: int = 0
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    repeated: int = 0
    repeated_spoken: int = 0
    doubled: int = 0
    by: dict[str, int] = field(default_factory=dict)
    words: float = 0.0
    distinct_2: float = 0.0
    self_bleu: float = 0.0
    nearest: dict[str, Nearest] = field(default_factory=dict)


def column(samples: Sequence[Sample], marks: Sequence[Marks], corpus: Corpus, language: Language) -> Column:
    """Everything that is counted over one interviewer's turns of one language."""
    made = Column(turns=len(samples), by=dict(Counter(s.by for s in samples)))
    pairs = list(zip(samples, marks, strict=True))
    made.shares["one question"] = _share([m.one_question for m in marks])
    made.shares["span named"] = _share([m.named for m in marks])
    made.shares["accepted"] = _share([m.accepted for m in marks])
    for group in GROUPS:
        made.shares[f"accepted, {group}"] = _share(
            [m.accepted for s, m in pairs if s.dialogue.group == group]
        )
    made.shares["own language"] = _share([m.own_language for m in marks])
    made.faults = dict(Counter(fault for s in samples for fault in s.faults).most_common())
    made.repeated = sum(m.again for m in marks)
    made.doubled = sum(m.doubled for m in marks)
    made.repeated_spoken = sum(_again_spoken(s, language) for s in samples)
    said = [lower_words(s.acknowledgement, language) for s in samples if s.acknowledgement]
    made.words = measures.mean([len(words) for words in said])
    made.distinct_2 = measures.distinct(said)
    made.self_bleu = measures.self_bleu(said)
    made.nearest = corpus.nearest(samples, language)
    return made


def _share(found: Sequence[bool | None]) -> tuple[int, int]:
    """How many hold, out of those that can."""
    return sum(found_one is True for found_one in found), sum(one is not None for one in found)


def _again_spoken(sample: Sample, language: Language) -> bool:
    told = sample.spoken_acknowledgement
    return bool(told) and lower(told, language) in {lower(s, language) for s in sample.before}
