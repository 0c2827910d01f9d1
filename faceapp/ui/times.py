"""Formats times for people: local and short, exact only in tooltips. Stored data stay in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from faceapp.types import Entry
from faceapp.ui.words import attendance, common


def clock(moment: datetime) -> str:
    """Format as "09:02"."""
    return f"{moment.hour:02}:{moment.minute:02}"  # thousands of rows: strftime is much slower


def day(moment: date) -> str:
    """Format a day in the window's language: short, with the year."""
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), day_format())


def day_and_weekday(moment: date) -> str:
    """Format as "Mon 23/11/2026"."""
    shown = QDate(moment.year, moment.month, moment.day)
    return f"{QLocale().toString(shown, 'ddd')} {day(moment)}"


def when(moment: datetime, now: datetime) -> str:
    """Format as "09:02" (today), "yesterday 17:31" or else "23/11/2026 17:31".

    ``moment`` is local, ``now`` aware.
    """
    today = now.astimezone(moment.tzinfo).date()
    if moment.date() == today:
        return clock(moment)
    if moment.date() == today - timedelta(days=1):
        return common.YESTERDAY_AT(time=clock(moment))
    return f"{day(moment.date())} {clock(moment)}"


def when_shortly(moment: datetime, now: datetime) -> str:
    """Format like `when`, but without the time of days before yesterday; for a narrow column."""
    before = now.astimezone(moment.tzinfo).date() - moment.date() > timedelta(days=1)
    return day(moment.date()) if before else when(moment, now)


def local(moment: datetime) -> datetime:
    """Convert an aware moment to this machine's time zone."""
    return moment.astimezone()


def exact(moment: datetime, zone: str = "") -> str:
    """Format a local moment to the second, with its zone and offset."""
    offset = moment.strftime("%z")
    return attendance.EXACT_TIP(
        date=day_and_weekday(moment.date()),
        time=moment.strftime("%H:%M:%S"),
        zone=zone or moment.tzname() or "",
        offset=f"{offset[:3]}:{offset[3:5]}",
    )


def hours(duration_s: int) -> str:
    """Format a duration in hours and minutes: "7:05"."""
    minutes = duration_s // 60
    return attendance.HOURS_TEXT(hours=minutes // 60, minutes=minutes % 60)


def number(value: int) -> str:
    """Format a number with the language's thousands separator."""
    return QLocale().toString(value)


def to_utc(day: QDate, time: QTime) -> datetime:
    """Convert a date and time in this machine's time zone to an aware UTC moment."""
    return _naive(day, time).astimezone(UTC)


def moved(entry: Entry, day: QDate, time: QTime) -> datetime:
    """Convert an entry's new day and time to aware UTC; if unchanged, return its own moment."""
    own = entry.local_at
    naive = _naive(day, time)
    # Fields have no seconds and cannot tell apart the two hours when clocks go back.
    if naive == own.replace(second=0, microsecond=0, tzinfo=None):
        return entry.at
    if local(entry.at).utcoffset() != own.utcoffset():
        return naive.replace(tzinfo=own.tzinfo).astimezone(UTC)
    # The entry is in this machine's zone, where the new day may have another UTC offset.
    either = (naive.astimezone(), naive.replace(fold=1).astimezone())
    here = next((one for one in either if one.utcoffset() == own.utcoffset()), either[0])
    return here.astimezone(UTC)


def _naive(day: QDate, time: QTime) -> datetime:
    return datetime(  # noqa: DTZ001 - its callers make it aware
        day.year(), day.month(), day.day(), time.hour(), time.minute()
    )


def long_day(moment: date) -> str:
    """Format as "Monday 23 November"."""
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), common.LONG_DAY())


def day_format() -> str:
    """Return the language's short date format for Qt, with the full year: 26 may be a day."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return "yyyy-MM-dd"
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")
