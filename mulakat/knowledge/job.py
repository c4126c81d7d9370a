"""A job description read as demands: what must be there, what would be nice, what there is to do.

Does not: judge whether a demand is fair, or read salaries and benefits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mulakat.knowledge.cv.lexicon import words
from mulakat.knowledge.cv.model import Fact
from mulakat.knowledge.cv.private import kinds_in
from mulakat.knowledge.cv.sections import Section, sections_of
from mulakat.knowledge.documents.model import Document, Line, Source
from mulakat.knowledge.documents.orders import gives_orders
from mulakat.knowledge.headings import JOB_PARTS
from mulakat.knowledge.terms import Term, folded, terms_in
from mulakat.messages import Language

Need = Literal["must", "nice", "duty"]
About = Literal["skill", "years", "education", "language", "duty"]

LONGEST = 400
"""Letters of one demand; a longer paragraph is cut into its sentences first."""

_PARTS = JOB_PARTS | {"skills", "education"}
_NEED: dict[str, Need] = {
    "must": "must",
    "skills": "must",
    "education": "must",
    "nice": "nice",
    "duties": "duty",
}
_NICE = re.compile(
    r"\bnice to have|\bpreferred|\bpreferably|\bis an? (?:plus|advantage|asset)|\ba plus\b|\bdesirable|"
    r"\bbonus\b|\bideally\b|"
    r"\btercihen|\btercih sebebi|\btercih edil|\barti(?: deger)?\b|\bavantaj"
)
_MUST = re.compile(
    r"\bmust\b|\brequired?\b|\brequirements?\b|\bessential\b|\bexperience (?:with|in|of)\b|"
    r"\bknowledge of\b|\bproficien|\bability to\b|"
    r"\byou (?:have|bring|know)\b|\bdegree in\b|\bfluent\b|\byears\b|\bat least\b|\bdeneyimli\b|"
    r"\bdeneyimi? ol|\bhakim\b|\bbilgi sahibi\b|"
    r"\bmezun\b|\bsahip\b|\bgerekli\b|\bzorunlu\b|\ben az\b|\biyi derecede\b|\bbilen\b|\bkullanabilen\b|"
    r"\bolan\b|\btecrubeli\b"
)
_DUTY = re.compile(
    r"\byou will\b|\byou'll\b|\bresponsible for\b|\bwill be\b|\bthe role\b|\bsorumlu\b|\byapacak|"
    r"\byapmak\b|\byurut|\bsaglamak\b|\bhazirlamak\b|"
    r"\byonetmek\b|\btakip etmek\b|\bgelistirmek\b|\w+m[ae]k[,.]?$"
)
_YEARS = re.compile(
    r"(?:(\d{1,2})\s*(?:\+|-\s*\d{1,2}|–\s*\d{1,2})?\s*(?:or more |plus )?(?:years?|yrs|yil(?:lik)?))|"
    r"\b(one|two|three|four|five|six|seven|eight|ten|bir|iki|uc|dort|bes|alti|yedi|sekiz|on) (?:years?|"
    r"yil(?:lik)?)\b"
)
_NUMBERS = dict(
    zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "ten",
            "bir",
            "iki",
            "uc",
            "dort",
            "bes",
            "alti",
            "yedi",
            "sekiz",
            "on",
        ],
        (1, 2, 3, 4, 5, 6, 7, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8, 10),
        strict=True,
    )
)
_DEGREE = re.compile(
    r"\bdegree\b|\bbachelor|\bmaster'?s?\b|\bphd\b|\bbsc\b|\bmsc\b|\bgraduate of\b|\bdiploma\b|\blisans\b|"
    r"\bmezun|\buniversite|\bfakulte|\bbolumu"
)
_LABEL = re.compile(
    r"^(?:position|job title|role|title|pozisyon|unvan|ünvan|görev)\s*:\s*(.+)$", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÇĞİÖŞÜ•-])|(?<=;)\s+")


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing a job asks for, in its own words. `years` is set when it asks for a time."""

    text: str
    need: Need
    about: About
    terms: tuple[Term, ...]
    years: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Job:
    document: str
    language: Language
    title: Fact | None
    demands: tuple[Demand, ...]

    @property
    def years(self) -> int | None:
        """The years the job asks for; the most, when it does so more than once."""
        return max((d.years for d in self.demands if d.years), default=None)


def read_job(document: Document) -> Job:
    """The demands of a job description. Protected matters in it, and orders to machines, are left out."""
    lines = tuple(x for x in document.lines if not kinds_in(x) and not gives_orders(x.text))
    demands: dict[str, Demand] = {}
    for section in sections_of(lines, _PARTS):
        if section.part != "offer":
            for demand in _demands(document, section):
                demands.setdefault(folded(demand.text), demand)
    return Job(document.id, document.language, _title(document, lines), tuple(demands.values()))


def _title(document: Document, lines: tuple[Line, ...]) -> Fact | None:
    for line in lines[:15]:
        labelled = _LABEL.match(line.text)
        text = labelled[1].strip() if labelled else re.split(r"\t|\s[|–—-]\s", line.text)[0].strip()
        if labelled or (words().titles.count(text) and len(text.split()) <= 7 and not text.endswith(".")):
            return Fact(text, document.source(line))
    return None


def _demands(document: Document, section: Section) -> list[Demand]:
    usual = _NEED.get(section.part)
    found: list[Demand] = []
    for first, last, text in statements(section.lines):
        if section.part == "head" and first is section.lines[0] and len(first.text.split()) < 10:
            continue  # the job's title
        need = _need(text, usual)
        if (need and len(text.split()) > (1 if usual else 2)) or (need and usual and terms_in(text)):
            found.append(_demand(text, need, document.source(first, last)))
    return found


def _need(text: str, usual: Need | None) -> Need | None:
    low = folded(text)
    if usual == "must" and _NICE.search(low):
        return "nice"
    if usual:
        return usual
    if _NICE.search(low):
        return "nice"
    if _MUST.search(low):
        return "must"
    return "duty" if _DUTY.search(low) else None


def _demand(text: str, need: Need, source: Source) -> Demand:
    terms = terms_in(text)
    low = folded(text)
    years = _years(low)
    spoken = [t for t in terms if t.key.startswith("languages:")]
    about: About = "skill"
    if need == "duty":
        about = "duty"
    elif _DEGREE.search(low):
        about = "education"
    elif spoken and len(spoken) == len([t for t in terms if t.known]):
        about = "language"
    elif years:
        about = "years"
    return Demand(text, need, about, terms, years, source)


def _years(low: str) -> int | None:
    match = _YEARS.search(low)
    if not match:
        return None
    return int(match[1]) if match[1] else _NUMBERS[match[2]]


def statements(lines: list[Line]) -> list[tuple[Line, Line, str]]:
    """Bullets with their wrapped lines, and paragraphs cut into sentences: first line, last line, text."""
    groups: list[list[Line]] = []
    for line in lines:
        goes_on = bool(groups) and not line.item and _open(groups[-1], line)
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    out: list[tuple[Line, Line, str]] = []
    for group in groups:
        text = " ".join(line.text.replace("\t", " ") for line in group)
        pieces = (
            re.split(r"(?<=;)\s+", text) if group[0].item and len(text) < LONGEST else _SENTENCE.split(text)
        )
        out += [(*_place(group, p), p.strip()) for p in pieces if p.strip()]
    return out


def _open(group: list[Line], line: Line) -> bool:
    before = group[-1]
    if before.page != line.page and not line.text[:1].islower():
        return False
    return line.text[:1].islower() or (
        len(before.text) > 60 and not before.text.rstrip().endswith((".", ":", ";", "!"))
    )


def _place(group: list[Line], piece: str) -> tuple[Line, Line]:
    """The lines of a group that a sentence stands on."""
    text, spans = "", []
    for line in group:
        start = len(text) + (1 if text else 0)
        text += (" " if text else "") + line.text.replace("\t", " ")
        spans.append((start, len(text), line))
    at = max(text.find(piece), 0)
    on = [line for start, end, line in spans if start < at + len(piece) and end > at] or group
    return on[0], on[-1]
