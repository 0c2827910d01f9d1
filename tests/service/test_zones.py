from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.config import Settings
from faceapp.service import Service
from faceapp.service.zones import SystemZone, local_date, local_zone, wall_time
from faceapp.store import open_store
from faceapp.types import EntryKind
from tests.helpers.clock import HandClock
from tests.helpers.data import GRACE, score, sighting

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/St_Johns",
    "Asia/Kathmandu",
    "UTC",
]


@pytest.mark.parametrize(
    ("zone", "at", "offset_h", "day", "clock"),
    [
        # Berlin's 23 hour day, the hour that is not there
        ("Europe/Berlin", "2026-03-29T00:59:59", 1, "2026-03-29", "01:59:59"),
        ("Europe/Berlin", "2026-03-29T01:00:00", 2, "2026-03-29", "03:00:00"),
        # and its 25 hour day, the hour that comes twice
        ("Europe/Berlin", "2026-10-25T00:30:00", 2, "2026-10-25", "02:30:00"),
        ("Europe/Berlin", "2026-10-25T01:30:00", 1, "2026-10-25", "02:30:00"),
        # midnight
        ("Europe/Berlin", "2026-11-23T22:59:59", 1, "2026-11-23", "23:59:59"),
        ("Europe/Berlin", "2026-11-23T23:00:00", 1, "2026-11-24", "00:00:00"),
        # half hours and the other side of the world
        ("Asia/Kolkata", "2026-11-23T18:30:00", 5.5, "2026-11-24", "00:00:00"),
        ("Australia/Lord_Howe", "2026-04-04T14:59:59", 11, "2026-04-05", "01:59:59"),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00", 10.5, "2026-04-05", "01:30:00"),
        ("Pacific/Apia", "2026-12-31T10:59:59", 13, "2026-12-31", "23:59:59"),
        ("Pacific/Apia", "2026-12-31T11:00:00", 13, "2027-01-01", "00:00:00"),
        # beyond 32 bit seconds
        ("Europe/Berlin", "2040-01-01T00:00:00", 1, "2040-01-01", "01:00:00"),
    ],
)
def test_local_time_follows_the_rules_of_its_zone(
    zone: str, at: str, offset_h: float, day: str, clock: str
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    wall = wall_time(moment, ZoneInfo(zone))
    assert (wall.utc_offset_s, wall.zone) == (offset_h * 3600, zone)
    shown = moment + timedelta(seconds=wall.utc_offset_s)
    assert shown.time().isoformat() == clock
    assert wall.local_date == local_date(moment, ZoneInfo(zone)) == date.fromisoformat(day)


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Let the C library of this process keep another zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change a process's zone")

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ZONES)
def test_the_systems_own_rules_agree_with_the_zones(
    in_zone: Callable[[str], None], name: str
) -> None:
    in_zone(name)
    zone, system = ZoneInfo(name), SystemZone()
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for half_hour in range(0, 365 * 48, 7):
        moment = start + timedelta(minutes=30 * half_hour)
        theirs, ours = wall_time(moment, zone), wall_time(moment, system)
        assert (ours.utc_offset_s, ours.local_date) == (theirs.utc_offset_s, theirs.local_date)
        assert moment.astimezone(system).astimezone(UTC) == moment


def test_the_zone_is_found_by_name(in_zone: Callable[[str], None]) -> None:
    in_zone("Asia/Kolkata")
    assert local_zone() == ZoneInfo("Asia/Kolkata")
    in_zone(":America/New_York")
    assert local_zone() == ZoneInfo("America/New_York")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such paths")
def test_the_zone_is_found_by_the_path_of_its_rules(
    in_zone: Callable[[str], None], tmp_path: Path
) -> None:
    rules = tmp_path / "zoneinfo" / "America" / "St_Johns"
    rules.parent.mkdir(parents=True)
    rules.touch()
    in_zone(f":{rules}")
    assert local_zone() == ZoneInfo("America/St_Johns")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such link")
def test_a_zone_without_a_name_is_taken_as_the_system_has_it(
    in_zone: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    link = tmp_path / "zoneinfo" / "Europe" / "Berlin"
    link.parent.mkdir(parents=True)
    link.touch()
    (tmp_path / "localtime").symlink_to(link)
    monkeypatch.setattr("faceapp.service.zones._LOCALTIME", tmp_path / "localtime")
    # What TZ says counts for the C library, and so for the window, whatever the link is.
    in_zone("XST-3:15")
    wall = wall_time(datetime(2026, 11, 23, tzinfo=UTC), local_zone())
    assert (wall.utc_offset_s, wall.zone) == (11_700, "XST")
    in_zone("")
    assert wall_time(datetime(2026, 11, 23, tzinfo=UTC), local_zone()).utc_offset_s == 0
    monkeypatch.delenv("TZ")
    assert local_zone() == ZoneInfo("Europe/Berlin")
    monkeypatch.setattr("faceapp.service.zones._LOCALTIME", tmp_path / "none")
    assert isinstance(local_zone(), SystemZone)


def test_a_zone_that_changes_while_the_data_is_open_is_followed(
    in_zone: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_zone("America/New_York")
    clock = HandClock(datetime(2026, 11, 23, 16, tzinfo=UTC))
    store = open_store(tmp_path / "faceapp.db")
    with closing(Service(store, Settings(), clock, local_zone, score)) as service:
        service.add_person(GRACE)
        service.record(sighting(GRACE.id, clock.now()))
        monkeypatch.setenv("TZ", "Asia/Tokyo")  # the C library has not looked yet
        clock.move(3600)
        service.record(sighting(GRACE.id, clock.now()))
        there, here = service.entries()
        assert [(one.zone, one.local_at.hour) for one in (there, here)] == [
            ("America/New_York", 11),
            ("Asia/Tokyo", 2),
        ]
        assert service.today().local_date == here.local_date == there.local_date + timedelta(days=1)
        assert clock.now().astimezone().date() == here.local_date
        service.replace_entry(there.id, there.at - timedelta(hours=1), EntryKind.IN, "earlier")
        assert service.entries()[0].zone == there.zone


@given(
    st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(ZONES),
)
def test_offset_and_time_give_the_date_back(at: datetime, name: str) -> None:
    wall = wall_time(at, ZoneInfo(name))
    shown = at + timedelta(seconds=wall.utc_offset_s)
    assert shown.date() == wall.local_date
