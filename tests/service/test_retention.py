"""What is deleted because it was kept for long enough, and what a wrong clock must not delete."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from faceapp.config import Settings
from faceapp.service import Service
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, sample, sighting

DAY_S = 86_400


@pytest.fixture
def service(service: Service) -> Service:
    """Keep entries for ten days, and enrol Grace."""
    service.use_settings(Settings(retention_days=10))
    service.enrol(GRACE, [sample(1)])
    return service


def seen_daily(service: Service, days: int) -> None:
    for day in range(days):
        service.record(sighting(GRACE.id, MONDAY + timedelta(days=day)))


def test_retention_deletes_what_is_older_and_only_that(service: Service, clock: HandClock) -> None:
    seen_daily(service, 20)
    service.void_entry(service.entries()[0].id, "no")
    clock.move(19 * DAY_S)
    assert service.purge_expired() == 9
    dates = [entry.local_date for entry in service.entries()]
    assert (dates[0], dates[-1], len(dates)) == (date(2026, 12, 2), date(2026, 12, 12), 11)
    assert service.purge_expired() == 0
    service.use_settings(Settings(retention_days=0))
    clock.move(1000 * DAY_S)
    assert service.purge_expired() == 0
    assert len(service.entries()) == 11


def test_what_a_slow_clock_has_dated_stays_with_its_neighbours(
    service: Service, clock: HandClock
) -> None:
    years_ago = datetime(2019, 1, 1, 8, tzinfo=UTC)
    for at in (MONDAY, years_ago, MONDAY + timedelta(days=2)):
        service.record(sighting(GRACE.id, at))
    clock.move(3 * DAY_S)
    assert service.purge_expired() == 0
    assert len(service.entries()) == 3
    clock.move(9 * DAY_S)
    assert service.purge_expired() == 2
    assert [entry.at for entry in service.entries()] == [MONDAY + timedelta(days=2)]


@pytest.mark.expect_log("no entry is young")
def test_a_clock_that_is_ahead_for_a_day_costs_no_entries(
    service: Service, clock: HandClock
) -> None:
    seen_daily(service, 3)
    right = MONDAY + timedelta(days=3)
    for ahead in (1500, 3000):
        clock.wall = right + timedelta(days=ahead)
        assert service.purge_expired() == 0
        service.record(sighting(GRACE.id, clock.now()))
        assert service.purge_expired() == 0
        clock.wall = right
        assert service.purge_expired() == 0
    assert len(service.entries()) == 5


@pytest.mark.expect_log("no entry is young")
def test_after_a_break_what_expired_goes_a_day_later(service: Service, clock: HandClock) -> None:
    seen_daily(service, 1)
    service.void_entry(service.entries()[0].id, "no")
    assert service.purge_expired() == 0
    assert not service.purge_put_off()
    clock.move(40 * DAY_S)
    assert service.purge_expired() == 0
    assert service.purge_put_off()
    service.use_settings(Settings(retention_days=0))
    assert not service.purge_put_off()
    service.use_settings(Settings(retention_days=10))
    clock.move(DAY_S)
    assert service.purge_expired() == 1
    assert not service.purge_put_off()
    assert service.entries() == []


@pytest.mark.expect_log("no entry is young")
@pytest.mark.parametrize("damaged", [0, 1 << 40, -(1 << 63)])
def test_a_damaged_note_of_what_was_put_off_only_puts_it_off_again(
    service: Service, clock: HandClock, damaged: int
) -> None:
    seen_daily(service, 1)
    clock.move(40 * DAY_S)
    assert service.purge_expired() == 0
    service._store._connection.run("UPDATE housekeeping SET value = ?", (damaged,))
    clock.move(DAY_S)
    assert service.purge_expired() == 0
    assert service.purge_put_off()
    clock.move(DAY_S)
    assert service.purge_expired() == 1


def test_retention_takes_the_last_trace_of_the_forgotten(
    service: Service, clock: HandClock
) -> None:
    seen_daily(service, 1)
    service.forget(GRACE.id)
    clock.move(20 * DAY_S)
    service.purge_expired(confirmed=True)
    assert service._store._connection.rows("SELECT * FROM people") == []
