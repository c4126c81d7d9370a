"""Questions about what really stands in the documents that were handed in, each with its places.

Every piece that a question names is looked up in the document before the question exists; what is not
found there literally is not asked. Does not: choose what is asked (`interview.agenda` does), or call a
model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain, zip_longest
from typing import Any

import yaml

from mulakat.knowledge.company import ABOUTS, Statement
from mulakat.knowledge.cv.model import CV
from mulakat.knowledge.documents.model import Document, Source
from mulakat.knowledge.documents.orders import gives_orders
from mulakat.knowledge.job import Job
from mulakat.knowledge.match import Finding
from mulakat.knowledge.terms import folded, terms_in
from mulakat.messages import LANGUAGES, Grounded, Language, Place, Span, SpanKind
from mulakat.text.fold import lower
from mulakat.text.lexicon import delicate

LONGEST = 16
"""Words of a piece that is spoken back; a longer one is cut to its part with the figure, or left out."""

OF_COMPANY = 12
"""Questions about the company's papers at most; an interview reaches a few."""

OWN = "candidate"
"""The document of what the candidate put right by hand."""

_FIGURE = re.compile(r"\d")
_CLAUSE = re.compile(r"[;:]\s+|(?<=[^\d\W])[.]\s+|\s+[–—]\s+")
_EDGES = " \t.,;:–—-•"
_UNFIT = re.compile(r"[<>\[\]{}|#*_\\“”\"„]|https?:|@|\?")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be named: its literal text, where it should stand, and what kind of thing it is."""

    text: str
    source: Source
    kind: SpanKind = SpanKind.PHRASE


def material(
    documents: Mapping[str, Document],
    cv: CV | None = None,
    job: Job | None = None,
    findings: Sequence[Finding] = (),
    told: Sequence[Statement] = (),
) -> tuple[Grounded, ...]:
    """All questions that the documents give, those to be asked first at the front; subjects take turns.

    `documents` holds the CV, the job description and the company's papers by id; `told` is what the
    papers say, those to be asked first at the front. The same documents give the same questions.
    """
    groups: list[list[Grounded]] = []
    for about, wanted in _subjects(cv, job, findings):
        made = [_question(documents, about, pieces, n) for n, pieces in enumerate(wanted)]
        groups.append([q for q in made if q])
    groups.insert(2, _of_company(documents, told))
    woven = [q for q in chain(*zip_longest(*groups)) if q]
    return tuple({_subject(q): q for q in reversed(woven)}.values())[::-1]


def _of_company(documents: Mapping[str, Document], told: Sequence[Statement]) -> list[Grounded]:
    """Questions about the company's papers; values, aims, rules and what it offers take turns.

    The kind that the first statement is of begins.
    """
    first = [told[0].about] if told else []
    groups: list[list[Grounded]] = []
    for about in dict.fromkeys([*first, *ABOUTS]):
        kind = SpanKind.NAME if about == "offering" else SpanKind.PHRASE
        pieces = [Piece(s.text, s.source, kind) for s in told if s.about == about][:OF_COMPANY]
        made = (_question(documents, about, [piece], n) for n, piece in enumerate(pieces))
        groups.append([q for q in made if q])
    return [q for q in chain(*zip_longest(*groups)) if q][:OF_COMPANY]


def spans_of(documents: Mapping[str, Document], questions: Sequence[Grounded]) -> tuple[Span, ...]:
    """The literal pieces of all questions, each once: what a model may name without inventing."""
    return tuple({folded(s.text): s for q in questions for s in q.spans if s.source in documents}.values())


def _subject(question: Grounded) -> str:
    """Two questions about the same words are one too many."""
    return folded(" ".join(s.text for s in question.spans))


def _subjects(
    cv: CV | None, job: Job | None, findings: Sequence[Finding]
) -> Iterator[tuple[str, list[list[Piece]]]]:
    """What can be asked about, by kind, in the order in which kinds take turns."""
    if cv:
        yield "project", [[Piece(p.name, p.source, SpanKind.NAME)] for p in cv.projects]
    demanded = [found for f in findings if (found := _demanded(f))]
    for state in ("covered", "missing"):
        yield state, [[piece] for about, piece in demanded if about == state]
    if cv:
        results = [(p.text, p.source) for r in cv.roles for p in r.points if _FIGURE.search(p.text)]
        yield "result", [[Piece(t, s)] for text, s in results if (t := _clause(text))]
        roles = [r for r in cv.roles if r.title and r.employer]
        yield (
            "role",
            [[Piece(r.title, r.source), Piece(r.employer, r.source, SpanKind.NAME)] for r in roles],
        )
    yield "thin", [[piece] for about, piece in demanded if about == "thin"]
    if job:
        duties = [d for d in job.demands if d.need == "duty"]
        yield "duty", [[Piece(t, d.source)] for d in duties if (t := _clause(d.text))]
    if cv:
        yield "skill", [[Piece(s.name, s.source, SpanKind.NAME)] for s in cv.skills]


def _demanded(finding: Finding) -> tuple[str, Piece] | None:
    """What to ask a demand by, and as what: a term that the CV meets or not, else a short demand whole.

    Years, degrees and languages are facts; a question about them shows nothing.
    """
    demand = finding.demand
    if demand.about in ("years", "education", "language"):
        return None
    asked = [t for t in demand.terms if not t.key.startswith("languages:")]
    met = {t.key for fact in finding.evidence for t in terms_in(fact.text)}
    if finding.state == "thin" and met:
        open_ones = [t for t in asked if t.key not in met]
        if open_ones:
            return "missing", Piece(open_ones[0].text, demand.source, SpanKind.NAME)
    if asked:
        term = next((t for t in asked if t.key in met), asked[0])
        return finding.state, Piece(term.text, demand.source, SpanKind.NAME)
    text = demand.text.strip(_EDGES)
    return (finding.state, Piece(text, demand.source)) if 1 < len(text.split()) <= 8 else None


def _clause(text: str) -> str:
    """A text short enough to be said back; of a long one, the part with a figure. "" when there is none."""
    whole = text.strip(_EDGES)
    if len(whole.split()) <= LONGEST:
        return whole
    parts = [p.strip(_EDGES) for p in _CLAUSE.split(text)]
    fitting = [p for p in parts if 3 < len(p.split()) <= LONGEST and _FIGURE.search(p)]
    return fitting[0] if fitting else ""


def _question(
    documents: Mapping[str, Document], about: str, pieces: list[Piece], turn: int
) -> Grounded | None:
    """The question, or None when a piece is not to be named or does not stand where it should."""
    spans: list[Span] = []
    places: list[Place] = []
    for piece in pieces:
        found = _found(documents, piece) if fit(piece.text) else None
        if not found:
            return None
        spans.append(found[0])
        places.append(found[1])
    words = _wordings()[about]
    named = dict(zip(("x", "y"), (s.text for s in spans), strict=False))
    kept = _wordings()["follow_ups"]
    return Grounded(
        id=f"{about}:{places[0].document}:{places[0].page}.{places[0].line}:{folded(spans[0].text)}",
        about=about,
        kind=words["kind"],
        texts={code: _said(words[code][turn % len(words[code])], named, code) for code in LANGUAGES},
        spans=tuple(spans),
        places=tuple(places),
        good={code: tuple(words["good"][code]) for code in LANGUAGES},
        follow_ups=tuple((aspect, dict(kept[aspect])) for aspect in words["follow_ups"]),
    )


def _said(wording: str, named: Mapping[str, str], language: Language) -> str:
    """The wording with its pieces; a full stop inside one does not stand before ours."""
    return re.sub(r"\.+(”?)\.", r"\1.", wording.format(**named)) if named else wording


def fit(text: str) -> bool:
    """Whether a text may be said by the interviewer: nothing private or rude in it, no orders, no marks."""
    if not text or len(text.split()) > LONGEST or _UNFIT.search(text) or not any(c.isalpha() for c in text):
        return False
    if gives_orders(text):
        return False
    return not any(delicate(lower(text, language), language) for language in LANGUAGES)


def _found(documents: Mapping[str, Document], piece: Piece) -> tuple[Span, Place] | None:
    """The piece as a span of its document's text, on the lines its source names."""
    if piece.source.document == OWN:
        return Span(piece.text, piece.kind, 0, len(piece.text), OWN), Place(OWN, "", 0, 0, 0)
    document = documents.get(piece.source.document)
    if document is None:
        return None
    source = piece.source
    begins, ends = document.offsets(source)
    pattern = r"\s+".join(re.escape(word) for word in piece.text.split())
    match = re.compile(pattern).search(document.text, begins, ends)
    if not match:
        return None
    span = Span(" ".join(match[0].split()), piece.kind, match.start(), match.end(), document.id)
    return span, Place(document.id, document.name, source.page, source.line, source.last)


@lru_cache(maxsize=1)
def _wordings() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(
        files("mulakat.knowledge").joinpath("data/questions.yaml").read_text("utf-8")
    )
    return raw
