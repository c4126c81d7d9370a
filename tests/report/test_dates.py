from __future__ import annotations

import pytest

from mulakat.errors import ReportError
from mulakat.report import dates


def test_turkish_moment_has_day_name_behind_and_points_in_the_clock() -> None:
    shown = dates.moment("2026-11-20T18:30:00+03:00", "Europe/Istanbul", "tr")
    assert shown == "20 Kasım 2026 Cuma, 18.30 (Europe/Istanbul, UTC+03.00)"


def test_english_moment_without_a_zone_name() -> None:
    shown = dates.moment("2026-11-20T18:30:00+03:00", "", "en")
    assert shown == "Friday 20 November 2026, 18:30 (UTC+03:00)"


def test_moment_moves_into_the_zone_and_over_midnight() -> None:
    shown = dates.moment("2026-07-31T22:05:00Z", "Europe/Istanbul", "tr")
    assert shown == "1 Ağustos 2026 Cumartesi, 01.05 (Europe/Istanbul, UTC+03.00)"


def test_moment_west_of_greenwich_with_half_an_hour() -> None:
    shown = dates.moment("2026-01-05T09:00:00-03:30", "", "en")
    assert shown == "Monday 5 January 2026, 09:00 (UTC-03:30)"


@pytest.mark.parametrize("zone", ["Nowhere/Atlantis", "../../etc/passwd", "/etc/passwd", "a\x00b", " "])
def test_unknown_zone_is_left_out_and_the_offset_stays(zone: str) -> None:
    shown = dates.moment("2026-11-20T18:30:00+03:00", zone, "en")
    assert shown == "Friday 20 November 2026, 18:30 (UTC+03:00)"


@pytest.mark.parametrize(
    "iso", ["", "yesterday", "2026-11-20", "2026-11-20T18:30:00", "2026-13-01T00:00:00Z"]
)
def test_unreadable_moment_is_an_error_with_a_fix(iso: str) -> None:
    with pytest.raises(ReportError) as caught:
        dates.moment(iso, "", "en")
    assert caught.value.fix


def test_year_9999_does_not_overflow_into_a_later_zone() -> None:
    assert "9999" in dates.moment("9999-12-31T23:30:00+00:00", "Asia/Tokyo", "en")


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "00:00"), (59.9, "00:59"), (725, "12:05"), (6000, "100:00"), (-3, "00:00")]
)
def test_stamp(seconds: float, shown: str) -> None:
    assert dates.stamp(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "english", "turkish"),
    [
        (0, "0 s", "0 sn."),
        (59.6, "1 min", "1 dk."),
        (872, "14 min 32 s", "14 dk. 32 sn."),
        (3600, "1 h", "1 sa."),
        (4500, "1 h 15 min", "1 sa. 15 dk."),
    ],
)
def test_duration(seconds: float, english: str, turkish: str) -> None:
    assert dates.duration(seconds, "en") == english
    assert dates.duration(seconds, "tr") == turkish
