from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from faceapp.config import Settings
from faceapp.errors import IdTaken, StoreCorrupt, UnknownPerson
from faceapp.runtime.clerk import Clerk
from faceapp.service import Service
from faceapp.types import Changes, PersonId
from tests.helpers.data import GRACE, OMAR, sample, service_on
from tests.helpers.seams import WAIT_S
from tests.runtime.conftest import OpenService


def test_every_job_runs_on_one_thread_in_order(clerk: Clerk) -> None:
    done: list[int] = []
    threads: set[int] = set()

    def job(number: int) -> Callable[[Service], int]:
        def run(_service: Service) -> int:
            done.append(number)
            threads.add(threading.get_ident())
            return number

        return run

    futures = [clerk.submit(job(number)) for number in range(100)]
    assert [future.result(WAIT_S) for future in futures] == list(range(100))
    assert done == list(range(100))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_closing_does_all_that_was_submitted(open_service: OpenService, database: Path) -> None:
    clerk = Clerk(open_service)
    gate = threading.Event()
    clerk.submit(lambda _: gate.wait(WAIT_S))
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)]))
    clerk.submit(lambda service: service.enrol(OMAR, [sample(2)]))
    gate.set()
    clerk.close()
    with service_on(database) as service:
        assert [row.person.id for row in service.people()] == ["P01", "P02"]


def test_closing_twice_is_harmless_and_a_late_job_is_refused(
    open_service: OpenService,
) -> None:
    clerk = Clerk(open_service)
    clerk.close()
    clerk.close()
    with pytest.raises(RuntimeError, match="closed"):
        clerk.submit(lambda _: None)


def test_an_error_of_the_world_goes_to_its_future_and_no_other(clerk: Clerk) -> None:
    wrong = clerk.submit(lambda service: service.person(PersonId("nobody")))
    right = clerk.submit(lambda service: service.people())
    with pytest.raises(UnknownPerson):
        wrong.result(WAIT_S)
    assert right.result(WAIT_S) == []


@pytest.mark.expect_log("a job failed")
def test_a_bug_goes_to_its_future_and_to_the_log(clerk: Clerk) -> None:
    broken = clerk.submit(lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        broken.result(WAIT_S)


def test_a_database_that_cannot_be_opened_fails_the_jobs_so_far_and_the_next_one_tries_again(
    open_service: OpenService, database: Path
) -> None:
    tries: list[int] = []
    gate = threading.Event()

    def opened() -> Service:
        tries.append(len(tries))
        gate.wait(WAIT_S)
        return open_service()

    database.write_bytes(b"no database" * 100)
    clerk = Clerk(opened)
    early = [clerk.submit(lambda service: service.people()) for _ in range(3)]
    gate.set()
    for job in early:
        with pytest.raises(StoreCorrupt):
            job.result(WAIT_S)
    assert tries == [0]
    assert database.read_bytes() == b"no database" * 100
    database.unlink()
    assert clerk.submit(lambda service: service.people()).result(WAIT_S) == []
    assert clerk.submit(lambda service: service.people()).result(WAIT_S) == []
    assert tries == [0, 1]
    clerk.close()


def test_listeners_are_told_of_changes_on_the_clerks_thread(clerk: Clerk) -> None:
    heard: list[tuple[str, Changes, int]] = []

    def listener(service: Service, changes: Changes) -> None:
        people = ",".join(row.person.id for row in service.people())
        heard.append((people, changes, threading.get_ident()))

    clerk.listen(listener)
    clerk.submit(lambda service: service.people()).result(WAIT_S)
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    clerk.submit(lambda service: service.use_settings(Settings())).result(WAIT_S)
    thread = clerk.submit(lambda _: threading.get_ident()).result(WAIT_S)
    assert heard == [
        ("P01", Changes(people=True, templates=True), thread),
        ("P01", Changes(settings=True), thread),
    ]


@pytest.mark.expect_log("a job failed")
def test_what_a_job_wrote_before_it_failed_is_heard(clerk: Clerk) -> None:
    heard: list[Changes] = []
    clerk.listen(lambda _service, changes: heard.append(changes))

    def job(service: Service) -> None:
        service.enrol(GRACE, [sample(1)])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        clerk.submit(job).result(WAIT_S)
    with pytest.raises(IdTaken):
        clerk.submit(lambda service: service.enrol(GRACE, [sample(2)])).result(WAIT_S)
    assert heard == [Changes(people=True, templates=True)]
