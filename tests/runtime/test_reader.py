from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
import sqlite_utils

from faceapp.config import Settings
from faceapp.errors import StoreCorrupt, StoreError
from faceapp.runtime.background import Background
from faceapp.runtime.clerk import Clerk
from faceapp.runtime.reader import Reader
from faceapp.service import Service
from faceapp.store import open_for_reading
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import BERLIN, GRACE, OMAR, sample, score, sighting
from tests.helpers.seams import WAIT_S
from tests.runtime.conftest import OpenService

T = TypeVar("T")


class Read(Protocol):
    """One of the ways to read."""

    def __call__(self, job: Callable[[Service], T]) -> Future[T]: ...


class LongRead:
    """Counts the people of one moment once it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, service: Service) -> int:
        with service.at_one_moment():
            service.groups()
            self.begun.set()
            assert self.go_on.wait(WAIT_S)
            return len(service.people())


@pytest.fixture
def reader(clerk: Clerk, database: Path) -> Iterator[Reader]:
    def opened() -> Service:
        return Service(open_for_reading(database), Settings(), HandClock(), lambda: BERLIN, score)

    reader = Reader(clerk, opened)
    yield reader
    reader.close()


@pytest.fixture(params=["on the reader's thread", "on another thread"])
def read(reader: Reader, request: pytest.FixtureRequest) -> Iterator[Read]:
    if request.param == "on the reader's thread":
        yield reader.submit
        return
    with closing(Background("aside")) as aside:

        def aside_read(job: Callable[[Service], T]) -> Future[T]:
            return aside.submit(lambda: reader.read_here(job))

        yield aside_read


def test_an_arrival_is_on_the_disk_while_a_long_list_is_read(clerk: Clerk, read: Read) -> None:
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    begun, go_on = threading.Event(), threading.Event()

    def long_list(service: Service) -> list[int]:
        seen = [len(service.entries())]
        begun.set()
        assert go_on.wait(WAIT_S)
        return [*seen, len(service.entries())]

    listed = read(long_list)
    assert begun.wait(WAIT_S)
    clerk.submit(lambda service: service.record(sighting(GRACE.id, MONDAY))).result(WAIT_S)
    assert not listed.done()
    go_on.set()
    assert listed.result(WAIT_S) == [0, 1]


def test_it_can_write_nothing(clerk: Clerk, read: Read) -> None:
    with pytest.raises(StoreError):
        read(lambda service: service.enrol(OMAR, [sample(2)])).result(WAIT_S)
    assert clerk.submit(lambda service: service.people()).result(WAIT_S) == []


def test_another_program_that_opens_and_closes_the_database_takes_no_log_away(
    clerk: Clerk, read: Read, database: Path
) -> None:
    """Closing the file in this process, other than by SQLite, would take SQLite's locks away."""

    def count_elsewhere() -> str:
        code = (
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]);"
            "print(db.execute('SELECT count(*) FROM entries').fetchone()[0]); db.close()"
        )
        command = [sys.executable, "-c", code, str(database)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    assert len(read(lambda service: service.people()).result(WAIT_S)) == 1
    assert count_elsewhere() == "0"
    clerk.submit(lambda service: service.record(sighting(GRACE.id, MONDAY))).result(WAIT_S)
    assert count_elsewhere() == "1"


def test_what_a_read_kept_in_the_file_is_removed_when_it_ends(clerk: Clerk, read: Read) -> None:
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    long = LongRead()
    listed = read(long)
    assert long.begun.wait(WAIT_S)
    clerk.submit(lambda service: service.forget(GRACE.id)).result(WAIT_S)
    assert clerk.submit(lambda service: service.traces_left()).result(WAIT_S)
    long.go_on.set()
    listed.result(WAIT_S)
    assert not clerk.submit(lambda service: service.traces_left()).result(WAIT_S)


def test_what_two_reads_kept_in_the_file_is_removed_when_the_last_one_ends(
    clerk: Clerk, reader: Reader
) -> None:
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    export, listing = LongRead(), LongRead()
    with closing(Background("aside")) as aside:
        exported = aside.submit(lambda: reader.read_here(export))
        assert export.begun.wait(WAIT_S)
        clerk.submit(lambda service: service.forget(GRACE.id)).result(WAIT_S)
        listed = reader.submit(listing)
        assert listing.begun.wait(WAIT_S)
        export.go_on.set()
        exported.result(WAIT_S)
    assert clerk.submit(lambda service: service.traces_left()).result(WAIT_S)
    listing.go_on.set()
    listed.result(WAIT_S)
    assert not clerk.submit(lambda service: service.traces_left()).result(WAIT_S)


def test_without_a_log_the_clerk_reads(
    open_service: OpenService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_utils.Database, "enable_wal", lambda _: None)
    clerk = Clerk(open_service)
    reader = Reader(clerk, open_service)
    thread = clerk.submit(lambda _: threading.get_ident()).result(WAIT_S)
    assert reader.submit(lambda _: threading.get_ident()).result(WAIT_S) == thread
    assert reader.read_here(lambda _: threading.get_ident()) == thread
    reader.close()
    clerk.close()


def test_it_goes_by_the_settings_in_force(clerk: Clerk, read: Read) -> None:
    other = Settings(policy="alternating")
    assert read(lambda service: service.settings.policy).result(WAIT_S) != other.policy
    clerk.submit(lambda service: service.use_settings(other)).result(WAIT_S)
    assert read(lambda service: service.settings).result(WAIT_S) is other


def test_it_waits_for_the_clerk_to_open_the_database_and_shares_its_troubles(
    open_service: OpenService, database: Path
) -> None:
    database.write_bytes(b"no database at all" * 100)
    clerk = Clerk(open_service)
    reader = Reader(clerk, open_service)
    with pytest.raises(StoreCorrupt):
        reader.submit(lambda service: service.people()).result(WAIT_S)
    with pytest.raises(StoreCorrupt):
        reader.read_here(lambda service: service.people())
    database.unlink()
    assert clerk.submit(lambda service: service.people()).result(WAIT_S) == []
    assert reader.submit(lambda service: service.people()).result(WAIT_S) == []
    reader.close()
    clerk.close()


def test_a_list_is_read_while_another_read_takes_long(clerk: Clerk, reader: Reader) -> None:
    export = LongRead()
    with closing(Background("aside")) as aside:
        exported = aside.submit(lambda: reader.read_here(export))
        assert export.begun.wait(WAIT_S)
        clerk.submit(lambda service: service.add_person(OMAR)).result(WAIT_S)
        assert len(reader.submit(lambda service: service.people()).result(WAIT_S)) == 1
        assert not exported.done()
        export.go_on.set()
        assert exported.result(WAIT_S) == 0
