"""One question's answers -> measures, and from them a score and whether there is enough to go on.

Every sentence counts for itself: attempts to instruct the assessment are set aside first, what only
says who the candidate is counts for nothing, and the rest is measured in neutral form. The few weights
below were chosen on the gold answers for development (benchmarks/mind.py), the same in both languages.
Does not: word anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mulakat.assessment import measures
from mulakat.assessment.embedded import EmbeddedHead, Reader
from mulakat.assessment.evidence import Quote, quote_of
from mulakat.assessment.heads import Marks, head
from mulakat.assessment.intruders import sift
from mulakat.assessment.measures import Own
from mulakat.assessment.neutral import names_inside, neutral
from mulakat.assessment.question import Asked
from mulakat.assessment.sentences import Sentence
from mulakat.messages import Language, Turn

ENOUGH = 0.28
"""Least `sufficiency` of answers that get a number."""

TOPIC, TOLD = 0.4, 0.7
"""Powers of topicality and of what is not idle in `sufficiency`."""

ON_SUBJECT = 0.42
"""Topicality under which too little is said to be off the subject rather than thin."""


MOSTLY_WORK = 0.3
"""Log odds by which an answer is about work before anything is read: in an interview most are."""

ON_TOPIC, TOPICAL = 2.0, 0.6
"""Log odds that topicality gives in answers to technical questions, and the topicality that gives none:
how the seasons come about is talk of the world, unless that was asked."""

BEST = 3
"""Sentences that have to be good for a full mark; what a terse account of a case takes."""

USUAL, SHORTEST, LONGEST = 12, 4, 30
"""Words of a usual sentence, and of those beyond which length changes no more."""

LENGTH_GIVES = 0.3
"""Quality that a sentence has for e times the words alone: longer ones hold more, whoever says them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that counts, with what was found in it."""

    turn: int
    start: int
    end: int
    neutral: str
    words: int
    own: Own
    marks: Marks
    figures: int
    names: int
    reasons: int
    results: int
    stock: int
    hedges: int

    @property
    def worth(self) -> float:
        """What it tells of work, 0 to 2: quality, unless it is an aside."""
        return self.marks.quality * self.of_work

    @property
    def of_work(self) -> float:
        """1, unless it is an aside: then less, down to 0."""
        return max(0.0, 1 - 2 * self.marks.aside)

    @property
    def dense(self) -> float:
        """Quality, 0 to 2, beyond what its length gives, so that terse and wordy speakers meet."""
        words = min(max(self.words, SHORTEST), LONGEST)
        return min(max(self.marks.quality - LENGTH_GIVES * math.log(words / USUAL), 0.0), 2.0)


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was said to one question."""

    said: tuple[Said, ...]
    attempts: tuple[Quote, ...]  # text meant for the assessment, set aside


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of all answers to one question. Shares and saturated values lie in 0..1.

    substance    mean quality of the sentences
    best         mean density of the three best ones, none counting 0; dense, of all of them
    depth        what all of them tell of work, saturating
    solid        sentences with a figure that are concrete besides, saturating
    public       how far the whole tells of work; best, dense, depth and solid are times it
    figures      sentences with a figure, saturating; named, things and people named, likewise
    own          share of "I" among the sentences in which somebody acts
    star         mean of the three: setting (situation or task), action, result
    """

    words: int
    substance: float
    best: float
    dense: float
    depth: float
    solid: float
    public: float
    figures: float
    named: float
    own: float
    star: float
    situation: float
    task: float
    action: float
    result: float
    reflection: float
    reasons: float
    structure: float
    length: float
    relevance: float
    coverage: float
    topicality: float
    idle: float  # mean probability that a sentence does nothing in the account
    stock: float  # stock phrases a sentence
    hedges: float  # hedging words a sentence

    def as_dict(self) -> dict[str, float]:
        return {name: float(value) for name, value in asdict(self).items()}


def hear(
    turns: Sequence[Turn], places: Sequence[int], language: Language, reader: Reader | None = None
) -> Heard:
    """The sentences of the turns at `places`, measured one by one; by the shipped head without `reader`."""
    reader = reader or head(language)
    attempts: list[Quote] = []
    own = (t.text for t in turns if t.speaker == "candidate")
    named = frozenset().union(*(names_inside(text, language) for text in own))
    kept: list[tuple[int, Sentence, str]] = []
    for place in places:
        sifted = sift(turns[place].text, language)
        attempts += [quote_of(turns, place, s.start, s.end) for s in sifted.intruding]
        told = ((place, s, neutral(s.text, language, named)) for s in sifted.kept)
        kept += [each for each in told if each[2]]
    if isinstance(reader, EmbeddedHead):
        reader.look_ahead([text for _, _, text in kept])
    said = [_said(place, s.start, s.end, text, language, reader) for place, s, text in kept]
    return Heard(tuple(said), tuple(attempts))


def _said(turn: int, start: int, end: int, text: str, language: Language, reader: Reader) -> Said:
    return Said(
        turn=turn,
        start=start,
        end=end,
        neutral=text,
        words=measures.word_count(text),
        own=measures.own_part(text, language),
        marks=reader.marks(text),
        figures=measures.figures(text),
        names=measures.names(text),
        reasons=measures.reasons(text, language),
        results=measures.results(text, language),
        stock=measures.stock_phrases(text, language),
        hedges=measures.hedges(text, language),
    )


def measure(said: Sequence[Said], asked: Asked) -> Measures:
    """The measures of a question's sentences; all zero (idle: 1) for none."""
    texts = [s.neutral for s in said]
    told = measures.told_stems(texts, asked.language)
    count = max(len(said), 1)
    own, ours = sum(s.own == "i" for s in said), sum(s.own == "we" for s in said)
    best = {p: max((s.marks.of(p) for s in said), default=0.0) for p in ("situation", "task", "action")}
    result = max((s.marks.of("result") for s in said), default=0.0)
    shared = told & asked.subject_stems
    coverage = measures.coverage(told, asked.point_stems)
    linked = sum(measures.links(t, asked.language) for t in texts)
    words = sum(s.words for s in said)
    topicality = (
        0.3 * min(1.0, len(shared) / 8)
        + 0.3 * min(1.0, coverage / 0.12)
        + 0.4 * min(1.0, len(shared) / max(len(told), 1) / 0.4)
    )
    about_work = public(said, 0.0 if asked.behavioural else ON_TOPIC * (topicality - TOPICAL))
    densest = sorted((s.dense for s in said), reverse=True)
    return Measures(
        words=words,
        substance=sum(s.marks.quality for s in said) / count / 2,
        best=about_work * sum(densest[:BEST]) / BEST / 2,
        dense=about_work * sum(densest) / count / 2,
        depth=_saturated(about_work * sum(s.dense * s.of_work for s in said), 5),
        solid=_saturated(about_work * sum(s.figures > 0 and s.dense > 1 for s in said), 2),
        public=about_work,
        figures=_saturated(sum(s.figures > 0 for s in said), 2),
        named=_saturated(sum(s.names for s in said), 2),
        own=own / (own + ours) if own + ours else 0.0,
        star=(max(best["situation"], best["task"]) + best["action"] + result) / 3,
        **best,
        result=result,
        reflection=max((s.marks.of("reflection") for s in said), default=0.0),
        reasons=_saturated(sum(s.reasons for s in said), 2),
        structure=measures.structure([s.marks.part for s in said], linked),
        length=measures.length(words),
        relevance=measures.relevance(told, asked.question_stems, asked.subject_stems),
        coverage=coverage,
        topicality=topicality,
        idle=sum(s.marks.of("none") for s in said) / count if said else 1.0,
        stock=sum(s.stock for s in said) / count,
        hedges=sum(s.hedges for s in said) / count,
    )


def public(said: Sequence[Said], odds: float = 0.0) -> float:
    """How far an answer tells of work and not of private life, 0 to 1; 0 for none. `odds`: log odds for
    work that something else than its sentences gives.

    One sentence proves nothing ("Then I called him"), so the log odds of all are averaged, long ones
    counting more, by the root of their words.
    """
    parts = [(math.sqrt(s.words), s.marks.private) for s in said if s.words]
    if not parts:
        return 0.0
    leaning = sum(w * p for w, p in parts) / sum(w for w, _ in parts)
    return 1 / (1 + math.exp(min(2 * leaning - MOSTLY_WORK - odds, 50.0)))


def work(m: Measures) -> float:
    """The worth of all sentences, 0 to 1, saturating at half of what `depth` takes."""
    return _saturated(-5 * math.log(max(1 - m.depth, 1e-9)), 2.5)


def sufficiency(m: Measures) -> float:
    """How much there is to go on, 0 to 1: work told of, on the subject, in sentences that say something.

    That it is work counts twice, since `work` has it within: stories and lectures are full of detail.
    """
    return m.public * work(m) * float(m.topicality**TOPIC) * float((1 - 0.7 * m.idle) ** TOLD)


def index(m: Measures) -> float:
    """How good the answers are, 0 to 1: a weighted sum of the measures.

    The best three sentences count besides the mean of all, so that what surrounds a good account takes
    little from it; more of the same adds little, too.
    """
    return 0.3 * m.best + 0.2 * m.depth + 0.45 * m.dense + 0.05 * m.solid


LOW, HIGH = 0.15, 0.80
"""Values of `index` that are 1 and 5; weak answers have 0.33 of it, fair ones 0.57, strong ones 0.72."""


def on_scale(value: float) -> float:
    """An index on the scale from 1 to 5."""
    return min(max(1 + 4 * (value - LOW) / (HIGH - LOW), 1.0), 5.0)


def _saturated(value: float, scale: float) -> float:
    return 1 - math.exp(-value / scale)
