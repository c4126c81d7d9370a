"""Moments and spans of time as Turkish and English write them on paper.

Does not: use the machine's locale or time zone; the same transcript reads the same everywhere.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mulakat.errors import ReportError
from mulakat.messages import Language

_MONTHS: dict[Language, str] = {
    "en": "January February March April May June July August September October November December",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}
_DAYS: dict[Language, str] = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "tr": "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
}
_SEPARATOR: dict[Language, str] = {"en": ":", "tr": "."}
_UNITS: dict[Language, tuple[str, str, str]] = {"en": ("h", "min", "s"), "tr": ("sa.", "dk.", "sn.")}


def moment(iso: str, zone: str, language: Language) -> str:
    """ "Friday 20 November 2026, 18:30 (Europe/Istanbul, UTC+03:00)"; the name only when it is known.

    Raises ReportError when `iso` is not ISO 8601 with an offset.
    """
    when, name = localised(iso, zone)
    clock = f"{when:%H}{_SEPARATOR[language]}{when:%M}"
    return f"{_date(when, language)}, {clock} ({name}{_offset(when, language)})"


def day(iso: str, zone: str, language: Language) -> str:
    """ "20 Kasım 2026 Cuma": the day alone. Raises ReportError as `moment` does."""
    return _date(localised(iso, zone)[0], language)


def localised(iso: str, zone: str) -> tuple[datetime, str]:
    """The moment in `zone`, and the zone's name with ", " behind it.

    A zone that this machine does not know leaves the moment in its own offset, without a name:
    a name beside an offset that is not the zone's would be a lie.
    """
    when = parsed(iso)
    try:
        return when.astimezone(ZoneInfo(zone)), "" if zone == "UTC" else f"{zone}, "
    except (KeyError, ValueError, OSError, OverflowError):
        return when, ""


def parsed(iso: str) -> datetime:
    """An ISO 8601 moment with offset. Raises ReportError for anything else."""
    try:
        when = datetime.fromisoformat(iso)
    except (TypeError, ValueError):
        when = None
    if when is None or when.utcoffset() is None:
        raise ReportError(
            f"The transcript holds a time that cannot be read: {str(iso)[:40]!r}.",
            "Times are written as 2026-11-20T18:30:00+03:00; correct it, or export the interview again.",
        )
    return when


def _date(when: datetime, language: Language) -> str:
    day = _DAYS[language].split()[when.weekday()]
    month = _MONTHS[language].split()[when.month - 1]
    if language == "tr":
        return f"{when.day} {month} {when.year} {day}"
    return f"{day} {when.day} {month} {when.year}"


def _offset(when: datetime, language: Language) -> str:
    minutes = int((when.utcoffset() or timedelta()).total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours:02}{_SEPARATOR[language]}{rest:02}"


def stamp(seconds: float) -> str:
    """Seconds since the interview began as mm:ss; minutes go on past 59."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes:02}:{rest:02}"


def duration(seconds: float, language: Language) -> str:
    """ "12 min 40 s", "1 sa. 4 dk."; seconds are left out past the hour."""
    total = max(0, round(seconds))
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    if hours:
        rest = 0
    parts = [f"{n} {unit}" for n, unit in zip((hours, minutes, rest), _UNITS[language], strict=True) if n]
    return " ".join(parts) or f"0 {_UNITS[language][2]}"
