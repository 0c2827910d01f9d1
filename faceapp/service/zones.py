"""Finds this machine's time zone, and the local time of a moment.

An entry stores the offset, zone and date of its own moment, so that a later change of the zone or
its rules does not shift anybody's attendance.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCALTIME = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class WallTime:
    """The local side of a moment: offset from UTC, the zone's name, the date."""

    utc_offset_s: int
    zone: str
    local_date: date


def wall_time(at: datetime, zone: tzinfo) -> WallTime:
    """Return the local side, in ``zone``, of the aware moment ``at``."""
    local = at.astimezone(zone)
    offset = local.utcoffset() or timedelta(0)
    name = getattr(zone, "key", None) or local.tzname() or "UTC"
    return WallTime(int(offset.total_seconds()), name, local.date())


def local_date(at: datetime, zone: tzinfo) -> date:
    """Return the date in ``zone`` at the aware moment ``at``."""
    return at.astimezone(zone).date()


def local_zone() -> tzinfo:
    """Find this machine's zone of now by name; without a name, use the system's own rules.

    From then on the C library, by which moments are shown, uses the same zone.
    """
    if sys.platform != "win32":
        time.tzset()
    try:
        return ZoneInfo(_zone_name())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return SystemZone()


def _zone_name() -> str:
    """Name the zone as the C library does: from TZ if set, even to nonsense, else from the link."""
    wanted = os.environ.get("TZ")
    if wanted is None:
        return _name_of_link(_LOCALTIME)
    wanted = wanted.removeprefix(":")
    return _name_of_link(Path(wanted)) if Path(wanted).is_absolute() else wanted


def _name_of_link(link: Path) -> str:
    """Read the zone's name from a link's target; most systems link ``/etc/localtime`` to it."""
    _, found, name = str(link.resolve()).partition("zoneinfo/")
    return name.removeprefix("posix/") if found else ""


class SystemZone(tzinfo):
    """The zone of this machine by the C library's rules: for Windows, which has its own names."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return the offset at a wall time of this zone."""
        return None if moment is None else _system(moment).utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Return None: the C library gives only the whole offset."""
        del moment
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """Return the system's name for the zone at a wall time."""
        return None if moment is None else _system(moment).tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """Convert a UTC time that carries this zone to the wall time."""
        local = moment.replace(tzinfo=UTC).astimezone()
        wall = local.replace(tzinfo=self, fold=0)
        # The hour that occurs twice in autumn: only the second one has the other offset.
        second = _system(wall).utcoffset() != local.utcoffset()
        return wall.replace(fold=1) if second else wall


def _system(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None).astimezone()
