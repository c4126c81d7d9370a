"""Periods as CVs write them: "Mar 2019 – Present", "03/2019 - 04.2021", "Mart 2020'den beri", "2016".

Does not: guess days, or what lies between two jobs.
"""

from __future__ import annotations

import re
from datetime import date

from mulakat.knowledge.cv.lexicon import fold
from mulakat.knowledge.cv.model import Month, Period

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ocak oca",
            "february feb subat sub",
            "march mar mart",
            "april apr nisan nis",
            "may mayis",
            "june jun haziran haz",
            "july jul temmuz tem",
            "august aug agustos agu",
            "september sept sep eylul eyl",
            "october oct ekim eki",
            "november nov kasim kas",
            "december dec aralik ara",
        ),
        1,
    )
    for name in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_POINT = (
    rf"(?:(?:{_NAME})\.?,?\s*'?{_YEAR}|\b(?:0?[1-9]|1[0-2])\s?[/.]\s?{_YEAR}|"
    rf"{_YEAR}[-/](?:0[1-9]|1[0-2])\b|\b{_YEAR}\b)"
)
_NOW = (
    r"(?:present|current(?:ly)?|now|today|till date|to date|ongoing|halen|hala|gunumuz\w*|devam(?: ediyor|"
    r" etmekte)?|"
    r"su an\w*|bugun\w*|\.\.\.|…)"
)
_DASH = r"\s*(?:[-–—−~]+|\bto\b|\buntil\b|\btill\b|\bile\b)\s*"
_RANGE = re.compile(rf"(?P<start>{_POINT})(?:{_DASH}(?P<end>{_POINT})|{_DASH}(?P<now>{_NOW}))")
_SINCE = re.compile(
    rf"(?:\bsince\s+(?P<a>{_POINT})|(?P<b>{_POINT})['’]?\s?(?:d[ae]n|t[ae]n) (?:beri|itibaren)|"
    rf"(?P<c>{_POINT})\s*[-–—]\s*(?=$|[\t)|]))"
)
_SINGLE = re.compile(_POINT)


def find_period(text: str) -> tuple[Period, int, int] | None:
    """The first period in a text and its place, brackets included; a lone year counts as an end."""
    low = _aligned(text)
    for pattern in (_RANGE, _SINCE):
        match = pattern.search(low)
        if match:
            return _read(match), *_widened(low, *match.span())
    return None


def find_year(text: str) -> tuple[Period, int, int] | None:
    """A single point in time, read as the end of a period."""
    low = _aligned(text)
    match = _SINGLE.search(low)
    return (Period(None, _month(match[0])), *_widened(low, *match.span())) if match else None


def _aligned(text: str) -> str:
    """Folded letter by letter, so that places stay the same."""
    return "".join((fold(c) or c)[:1] for c in text)


def _read(match: re.Match[str]) -> Period:
    found = match.groupdict()
    start = found.get("start") or found.get("a") or found.get("b") or found.get("c")
    end = found.get("end")
    return Period(_month(start) if start else None, _month(end) if end else None, not end)


def _month(text: str) -> Month:
    year = re.search(_YEAR, text)
    assert year
    rest = (text[: year.start()] + text[year.end() :]).strip(" .,/-'")
    number = _MONTHS.get(rest) or (int(rest) if rest.isdigit() else 0)
    return Month(int(year[0]), number)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with the brackets around it, and with words such as "to date" behind it."""
    if start and end < len(text) and text[start - 1] in "([" and text[end] in ")]":
        return start - 1, end + 1
    return start, end


def years_in(periods: list[Period], today: date) -> float | None:
    """Years covered by the periods, overlaps once, to a tenth; None when none has a beginning."""
    spans = sorted(_months(p, today) for p in periods if p.start)
    total, reached = 0, 0
    for start, end in spans:
        start = max(start, reached)
        if end > start:
            total += end - start
            reached = end
    return round(total / 12, 1) if spans else None


def _months(period: Period, today: date) -> tuple[int, int]:
    """Months since year 0: the first one counted, and the one after the last."""
    assert period.start
    start = period.start.year * 12 + max(period.start.month - 1, 0)
    if period.end:
        months = period.end.month if period.end.month else (1 if period.start.month else 0)
        return start, period.end.year * 12 + months
    return start, today.year * 12 + today.month if period.current else start
