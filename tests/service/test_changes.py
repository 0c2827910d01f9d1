from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from faceapp.config import Settings
from faceapp.errors import CorrectionRefused
from faceapp.service import Service
from faceapp.types import Changes, EntryId, EntryKind, Person, PersonId
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting

IN = EntryKind.IN
LATER = MONDAY + timedelta(hours=4)
NEW = Person(PersonId("P03"), "Nora", ("Class 4",))
PEOPLE = Changes(people=True)
SAMPLES = Changes(people=True, templates=True)
ENTRIES = Changes(entries=True)
SHOWN = Changes(people=True, entries=True)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY + timedelta(days=1))


@pytest.fixture
def service(tmp_path: Path, clock: HandClock) -> Iterator[Service]:
    """Open a database with Grace, who has a sample and an entry, and Omar, who has neither."""
    with service_on(tmp_path / "faceapp.db", clock, Settings(retention_days=1)) as service:
        service.enrol(GRACE, [sample(1)])
        service.add_person(OMAR)
        service.record(sighting(GRACE.id, MONDAY))
        service.take_changes()
        yield service


@pytest.mark.parametrize(
    ("write", "changes"),
    [
        (lambda s: s.enrol(NEW, [sample(2)]), SAMPLES),
        (lambda s: s.add_person(NEW), PEOPLE),
        (lambda s: s.add_samples(OMAR.id, [sample(3)]), SAMPLES),
        (lambda s: s.record_agreement(GRACE.id), PEOPLE),
        (lambda s: s.edit_person(GRACE.id, "Grace"), SHOWN),
        (lambda s: s.edit_person(GRACE.id, GRACE.name, ["Staff"]), SHOWN),
        (lambda s: s.edit_person(GRACE.id, GRACE.name, agreed=False), SHOWN),
        (lambda s: s.forget(GRACE.id), SHOWN | SAMPLES),
        (lambda s: s.record(sighting(GRACE.id, LATER)), ENTRIES),
        (lambda s: s.add_entry(OMAR.id, MONDAY, IN, "saw him"), ENTRIES),
        (lambda s: s.add_recognized(OMAR.id, MONDAY, None, "saw him"), ENTRIES),
        (lambda s: s.void_entry(EntryId(1), "somebody else"), ENTRIES),
        (lambda s: s.replace_entry(EntryId(1), LATER, IN, "later"), ENTRIES),
        (lambda s: s.reassign_entry(EntryId(1), OMAR.id, "it was he"), ENTRIES),
        (lambda s: s.use_settings(Settings()), Changes(settings=True)),
        # Nothing was written, so nothing need be read again.
        (lambda s: s.record(sighting(GRACE.id, MONDAY)), Changes()),
        (lambda s: s.record(sighting(PersonId("nobody"), MONDAY)), Changes()),
        (lambda s: s.purge_expired(), Changes()),
        (lambda s: s.people(), Changes()),
    ],
)
def test_the_changes_of_a_write_are_told_once(
    service: Service, write: Callable[[Service], object], changes: Changes
) -> None:
    write(service)
    assert service.take_changes() == changes
    assert service.take_changes() == Changes()


def test_deleted_entries_are_changes(service: Service, clock: HandClock) -> None:
    clock.move(3 * 86_400)
    assert service.purge_expired(confirmed=True) == 1
    assert service.take_changes() == ENTRIES


def test_what_was_rolled_back_is_no_change(service: Service) -> None:
    with pytest.raises(CorrectionRefused):  # after the old entry was struck
        service.replace_entry(EntryId(1), MONDAY + timedelta(days=9), IN, "in the future")
    assert service.take_changes() == Changes()
