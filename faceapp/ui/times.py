"""Moments as people say them: local, short, exact only in tooltips. Data keep their UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from faceapp.ui.words import attendance, common


def clock(moment: datetime) -> str:
    """Say "09:02"."""
    return moment.strftime("%H:%M")


def day(moment: date) -> str:
    """Say the day in the window's language and short, with the year."""
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), day_format())


def day_and_weekday(moment: date) -> str:
    """Say "Mon 23/11/2026"."""
    shown = QDate(moment.year, moment.month, moment.day)
    return f"{QLocale().toString(shown, 'ddd')} {day(moment)}"


def when(moment: datetime, now: datetime) -> str:
    """Say "09:02" of today, "yesterday 17:31", else "23/11/2026 17:31".

    ``moment`` is local, ``now`` aware.
    """
    today = now.astimezone(moment.tzinfo).date()
    if moment.date() == today:
        return clock(moment)
    if moment.date() == today - timedelta(days=1):
        return common.YESTERDAY_AT(time=clock(moment))
    return f"{day(moment.date())} {clock(moment)}"


def when_shortly(moment: datetime, now: datetime) -> str:
    """Say when, of days before yesterday only the day: for a narrow column."""
    before = now.astimezone(moment.tzinfo).date() - moment.date() > timedelta(days=1)
    return day(moment.date()) if before else when(moment, now)


def local(moment: datetime) -> datetime:
    """Return an aware moment on this machine's clock."""
    return moment.astimezone()


def exact(moment: datetime, zone: str = "") -> str:
    """Say a local moment to the second, with its offset."""
    offset = moment.strftime("%z")
    return attendance.EXACT_TIP(
        date=day_and_weekday(moment.date()),
        time=moment.strftime("%H:%M:%S"),
        zone=zone or moment.tzname() or "",
        offset=f"{offset[:3]}:{offset[3:5]}",
    )


def hours(duration_s: int) -> str:
    """Say how long, "7:05" being seven hours and five minutes."""
    minutes = duration_s // 60
    return attendance.HOURS_TEXT(hours=minutes // 60, minutes=minutes % 60)


def number(value: int) -> str:
    """Say a number with its thousands parted as the language does."""
    return QLocale().toString(value)


def to_utc(day_text: QDate, time: QTime) -> datetime:
    """Read a date and a time of this machine's clock as an aware UTC moment."""
    naive = datetime(  # noqa: DTZ001 - it is made aware in the next line
        day_text.year(), day_text.month(), day_text.day(), time.hour(), time.minute()
    )
    return naive.astimezone().astimezone(UTC)


def long_day(moment: date) -> str:
    """Say "Monday 23 November"."""
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), common.LONG_DAY())


def day_format() -> str:
    """Return the language's short date, in Qt's letters, with the whole year: 26 may be a day."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return "yyyy-MM-dd"
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")
