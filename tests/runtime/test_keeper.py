from __future__ import annotations

import threading
from pathlib import Path

import pytest

from faceapp.errors import StoreCorrupt
from faceapp.runtime.clerk import Clerk
from faceapp.runtime.keeper import Keeper, Snapshot
from tests.helpers.clock import MONDAY
from tests.helpers.data import (
    DIMENSION,
    GRACE,
    MODEL,
    OLDER,
    OMAR,
    made_card,
    sample,
    service_on,
    sighting,
)
from tests.helpers.disk import damage_table
from tests.helpers.seams import WAIT_S

CARD = made_card(MODEL, DIMENSION)


@pytest.fixture
def keeper(clerk: Clerk) -> Keeper:
    return Keeper(clerk, CARD, odds=1000)


def people(snapshot: Snapshot) -> list[str]:
    return sorted(snapshot.gallery.people)


def test_the_first_snapshot_is_made_when_it_is_asked_for(keeper: Keeper) -> None:
    assert keeper.snapshot is None
    snapshot = keeper.refresh().result(WAIT_S)
    assert keeper.snapshot is snapshot
    assert people(snapshot) == []
    assert snapshot.gallery.dimension == DIMENSION
    assert snapshot.model_id == MODEL


def test_changed_people_make_a_new_one_before_the_job_is_answered(
    keeper: Keeper, clerk: Clerk
) -> None:
    taken: list[Snapshot] = []
    threads: list[str] = []

    def taker(snapshot: Snapshot) -> None:
        taken.append(snapshot)
        threads.append(threading.current_thread().name)

    keeper.watch(taker)
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1), sample(2)])).result(WAIT_S)
    clerk.submit(lambda service: service.enrol(OMAR, [sample(3)])).result(WAIT_S)
    clerk.submit(lambda service: service.forget(GRACE.id)).result(WAIT_S)
    assert [people(snapshot) for snapshot in taken] == [["P01"], ["P01", "P02"], ["P02"]]
    assert [snapshot.gallery.templates for snapshot in taken] == [2, 3, 1]
    assert keeper.snapshot is taken[-1]
    assert all(name.startswith("clerk") for name in threads)


def test_what_another_process_writes_makes_no_new_one_unless_faces_changed(
    keeper: Keeper, clerk: Clerk, database: Path
) -> None:
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    taken: list[Snapshot] = []
    keeper.watch(taken.append)
    # All it can tell of another process is that it wrote something.
    with service_on(database) as command_line:
        command_line.add_person(OMAR)
    assert clerk.submit(lambda service: service.changed_elsewhere()).result(WAIT_S)
    clerk.submit(lambda service: service.edit_person(GRACE.id, "Grace Haddad")).result(WAIT_S)
    assert len(taken) == 1
    clerk.submit(lambda service: service.add_samples(GRACE.id, [sample(5)])).result(WAIT_S)
    assert [snapshot.gallery.templates for snapshot in taken] == [1, 2]


def test_entries_make_no_new_one(keeper: Keeper, clerk: Clerk) -> None:
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    before = keeper.snapshot
    clerk.submit(lambda service: service.record(sighting(GRACE.id, MONDAY))).result(WAIT_S)
    assert keeper.snapshot is before


def test_more_people_and_longer_odds_ask_for_more_likeness(keeper: Keeper, clerk: Clerk) -> None:
    one = keeper.refresh().result(WAIT_S).thresholds
    clerk.submit(lambda service: service.enrol(GRACE, [sample(n) for n in range(8)])).result(WAIT_S)
    assert keeper.snapshot is not None
    many = keeper.snapshot.thresholds
    assert many.accept > one.accept
    strict = keeper.set_odds(100_000).result(WAIT_S).thresholds
    assert strict.accept > many.accept
    clerk.submit(lambda service: service.forget(GRACE.id)).result(WAIT_S)
    assert keeper.snapshot.thresholds.accept > one.accept


def test_templates_of_another_model_are_left_out(keeper: Keeper, clerk: Clerk) -> None:
    other = sample(1, model=OLDER)
    clerk.submit(lambda service: service.enrol(GRACE, [other])).result(WAIT_S)
    assert keeper.snapshot is not None
    assert people(keeper.snapshot) == []


@pytest.mark.expect_log("a change is not known everywhere: store_corrupt")
def test_what_was_done_is_no_failure_although_the_gallery_cannot_be_read(
    keeper: Keeper, clerk: Clerk, database: Path
) -> None:
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    taken: list[Snapshot] = []
    keeper.watch(taken.append)
    repair = clerk.submit(lambda service: damage_table(service, "templates")).result(WAIT_S)
    clerk.submit(lambda service: service.add_person(OMAR)).result(WAIT_S)
    assert keeper.snapshot is None
    with pytest.raises(StoreCorrupt):
        keeper.refresh().result(WAIT_S)
    clerk.submit(lambda _: repair()).result(WAIT_S)
    with service_on(database) as command_line:
        command_line.add_samples(OMAR.id, [sample(2)])
    # Whatever changes next, whoever runs a session learns what it missed.
    clerk.submit(lambda service: service.record(sighting(GRACE.id, MONDAY))).result(WAIT_S)
    assert keeper.snapshot is taken[-1]
    assert people(taken[-1]) == ["P01", "P02"]


def test_a_late_taker_gets_the_present_one_and_none_after_it_left(
    keeper: Keeper, clerk: Clerk
) -> None:
    taken: list[Snapshot] = []
    present = keeper.refresh().result(WAIT_S)
    keeper.watch(taken.append)
    assert taken == [present]
    keeper.unwatch(taken.append)
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    assert taken == [present]
