"""Databases of some days, what is in them, and copies that no backup made."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from faceapp.service import Service
from faceapp.store.connection import side_files
from tests.helpers.clock import MONDAY
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting, templates_of_all


def some_days(service: Service) -> None:
    for number, person in enumerate((GRACE, OMAR)):
        service.enrol(person, [sample(number), sample(number + 10)])
        for day in range(3):
            service.record(sighting(person.id, MONDAY + timedelta(days=day)))


def everything(service: Service) -> tuple[object, ...]:
    templates = templates_of_all(service)
    vectors = [(one.id, one.person, one.vector.tobytes()) for one in templates]
    return service.people(), service.entries(), vectors


def content(database: Path) -> tuple[object, ...]:
    with service_on(database) as service:
        return everything(service)


def copy_by_hand(path: Path, copy: Path) -> None:
    """Put a database into use and leave at ``copy`` what a crash leaves of it: file and log."""
    with service_on(path) as service:
        some_days(service)
        copy.write_bytes(path.read_bytes())
        side_files(copy)[0].write_bytes(side_files(path)[0].read_bytes())
    assert side_files(copy)[0].stat().st_size > 0
