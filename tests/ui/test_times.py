"""How days, moments and durations are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QLocale, QTime

from faceapp.ui import times
from faceapp.ui.translation import LANGUAGES, locale_of


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.integers(-14 * 4, 14 * 4))  # noqa: DTZ001
def test_moments_are_said_shortly_and_exactly(naive: datetime, quarters: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    clock = f"{moment:%H:%M}"
    assert times.when(moment, moment) == clock
    assert clock in times.when(moment, moment + timedelta(days=1))
    for days in (2, 40):
        long_ago = times.when(moment, moment + timedelta(days=days))
        assert long_ago == f"{times.when_shortly(moment, moment + timedelta(days=days))} {clock}"
        assert str(moment.year) in long_ago
    assert times.when_shortly(moment, moment) == clock
    assert f"{moment:%H:%M:%S}" in times.exact(moment, "Here")


@given(st.integers(0, 400_000))
def test_hours_are_said_as_people_write_them(duration_s: int) -> None:
    hours, minutes = times.hours(duration_s).split(":")
    assert len(minutes) == 2
    assert 0 <= duration_s - (int(hours) * 3600 + int(minutes) * 60) < 60


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_a_typed_moment_is_this_machines(moment: datetime) -> None:
    typed = moment.replace(second=0, microsecond=0)
    day = QDate(typed.year, typed.month, typed.day)
    made = times.to_utc(day, QTime(typed.hour, typed.minute))
    assert made.tzinfo is UTC
    local = times.local(made).replace(tzinfo=None)
    # Of the hour that is skipped in spring, or the day beside the date line, there is no moment.
    skipped = typed.astimezone(UTC).astimezone().replace(tzinfo=None) != typed
    assert local == typed or skipped


@pytest.mark.parametrize("language", ["C", "en_US", "en_GB", "de_DE", "ja_JP", "fa_IR"])
def test_days_carry_their_whole_year(set_locale: Callable[[QLocale], None], language: str) -> None:
    set_locale(QLocale(language))
    digits = QLocale().toString(2026).replace(QLocale().groupSeparator(), "")
    assert digits in times.day(date(2026, 2, 3))


@pytest.mark.parametrize(
    ("code", "system", "expected"),
    [
        ("en", "de_DE", "27/11/2026"),
        ("en", "en_US", "11/27/2026"),
        ("en", "ja_JP", "2026/11/27"),
        ("en", "vi_VN", "27/11/2026"),
        ("en", "C", "27/11/2026"),
        ("de", "en_US", "27.11.2026"),
        ("de", "fr_CH", "27.11.2026"),
    ],
)
def test_a_window_of_another_language_writes_dates_as_in_the_systems_country(
    set_locale: Callable[[QLocale], None], code: str, system: str, expected: str
) -> None:
    set_locale(locale_of(LANGUAGES[code], QLocale(system)))
    assert times.day(date(2026, 11, 27)) == expected
    assert QLocale().language() == LANGUAGES[code]
