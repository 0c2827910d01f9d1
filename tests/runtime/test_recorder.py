from __future__ import annotations

import queue
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from faceapp.errors import StoreBusy
from faceapp.runtime.clerk import Clerk
from faceapp.runtime.recorder import Backlog, Recorder
from faceapp.types import Changes, Recorded, RecordOutcome, Sighting
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting
from tests.helpers.seams import WAIT_S


class Heard:
    def __init__(self) -> None:
        self.recorded: queue.Queue[tuple[Sighting, Recorded]] = queue.Queue()
        self.failures: queue.Queue[Exception] = queue.Queue()

    def record(self, seen: Sighting, answer: Recorded) -> None:
        self.recorded.put((seen, answer))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def recorder(clerk: Clerk, heard: Heard) -> Recorder:
    clerk.submit(lambda service: service.enrol(GRACE, [sample(1)])).result(WAIT_S)
    clerk.submit(lambda service: service.enrol(OMAR, [sample(2)])).result(WAIT_S)
    return Recorder(clerk, heard.record, heard.failures.put)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Keep everybody else from writing, as another program may."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def outcomes(heard: Heard, count: int) -> list[tuple[str, RecordOutcome]]:
    told = [heard.recorded.get(timeout=WAIT_S) for _ in range(count)]
    return [(seen.person, answer.outcome) for seen, answer in told]


def test_it_is_told_after_the_commit(
    recorder: Recorder, clerk: Clerk, heard: Heard, database: Path
) -> None:
    recorder.record(sighting(GRACE.id, MONDAY))
    seen, answer = heard.recorded.get(timeout=WAIT_S)
    assert seen.person == GRACE.id
    assert answer.outcome is RecordOutcome.RECORDED
    with closing(sqlite3.connect(database)) as other:
        (count,) = other.execute("SELECT count(*) FROM entries").fetchone()
    assert count == 1
    entries = clerk.submit(lambda service: service.entries()).result(WAIT_S)
    assert [entry.person for entry in entries] == [GRACE.id]


def test_a_sighting_that_makes_no_entry_is_told_as_well(
    recorder: Recorder, clerk: Clerk, heard: Heard
) -> None:
    clerk.submit(lambda service: service.forget(OMAR.id)).result(WAIT_S)
    for person in (GRACE, GRACE, OMAR):
        recorder.record(sighting(person.id, MONDAY))
    assert outcomes(heard, 3) == [
        (GRACE.id, RecordOutcome.RECORDED),
        (GRACE.id, RecordOutcome.DUPLICATE),
        (OMAR.id, RecordOutcome.NOBODY),
    ]


def test_what_could_not_be_written_waits_and_keeps_its_order(
    recorder: Recorder, heard: Heard, database: Path
) -> None:
    with locked(database):
        recorder.record(sighting(GRACE.id, MONDAY))
        assert isinstance(heard.failures.get(timeout=WAIT_S), StoreBusy)
        recorder.record(sighting(OMAR.id, MONDAY))
        assert isinstance(heard.failures.get(timeout=WAIT_S), StoreBusy)
    assert recorder.waiting == 2
    assert heard.recorded.empty()
    recorder.record(sighting(GRACE.id, MONDAY + timedelta(hours=1)))
    assert outcomes(heard, 3) == [
        (GRACE.id, RecordOutcome.RECORDED),
        (OMAR.id, RecordOutcome.RECORDED),
        (GRACE.id, RecordOutcome.RECORDED),
    ]
    assert recorder.waiting == 0


def test_a_retry_writes_what_waits(recorder: Recorder, heard: Heard, database: Path) -> None:
    with locked(database):
        recorder.record(sighting(GRACE.id, MONDAY))
        heard.failures.get(timeout=WAIT_S)
    recorder.retry()
    assert outcomes(heard, 1) == [(GRACE.id, RecordOutcome.RECORDED)]


def test_whatever_waits_is_tried_at_once_and_not_one_by_one(
    recorder: Recorder, clerk: Clerk, heard: Heard, database: Path
) -> None:
    """Each try takes seconds while another program keeps the database busy."""
    go_on = Event()
    with locked(database):
        clerk.submit(lambda _: go_on.wait(WAIT_S))
        for person in (GRACE, OMAR):
            recorder.record(sighting(person.id, MONDAY))
            recorder.retry()
        go_on.set()
        clerk.submit(lambda _: None).result(WAIT_S)
        assert heard.failures.qsize() == 1
    recorder.retry()
    assert outcomes(heard, 2) == [
        (GRACE.id, RecordOutcome.RECORDED),
        (OMAR.id, RecordOutcome.RECORDED),
    ]


@pytest.mark.expect_log("a sighting makes no entry")
def test_a_sighting_that_is_a_bug_is_told_and_holds_up_nobody(
    recorder: Recorder, heard: Heard
) -> None:
    naive = MONDAY.replace(tzinfo=None)
    recorder.record(sighting(GRACE.id, naive))
    recorder.record(sighting(OMAR.id, MONDAY))
    assert outcomes(heard, 1) == [(OMAR.id, RecordOutcome.RECORDED)]
    assert not isinstance(heard.failures.get(timeout=WAIT_S), StoreBusy)
    assert recorder.waiting == 0


def is_closed(clerk: Clerk) -> bool:
    """Wait until the clerk takes no more jobs."""
    until_s = monotonic() + WAIT_S
    while monotonic() < until_s:
        try:
            clerk.submit(lambda _: None)
        except RuntimeError:
            return True
    return False


@pytest.mark.expect_log("a sighting makes no entry")
def test_a_sighting_that_is_a_bug_holds_up_nobody_when_the_program_ends(
    recorder: Recorder, clerk: Clerk, heard: Heard
) -> None:
    go_on = Event()
    clerk.submit(lambda _: go_on.wait(WAIT_S))
    for seen in (sighting(GRACE.id, MONDAY.replace(tzinfo=None)), sighting(OMAR.id, MONDAY)):
        recorder.record(seen)
    ending = Thread(target=clerk.close)
    ending.start()
    assert is_closed(clerk)
    go_on.set()
    ending.join(WAIT_S)
    assert outcomes(heard, 1) == [(OMAR.id, RecordOutcome.RECORDED)]
    assert recorder.waiting == 0


def test_a_sighting_after_the_end_is_refused_each_time(recorder: Recorder, clerk: Clerk) -> None:
    clerk.close()
    for _ in range(2):
        with pytest.raises(RuntimeError, match="the clerk is closed"):
            recorder.record(sighting(GRACE.id, MONDAY))


class InterruptedClock(HandClock):
    """Something comes between once, while somebody asks for the time."""

    between: type[BaseException] | None = None

    def now(self) -> datetime:
        between, self.between = self.between, None
        if between is not None:
            raise between
        return super().now()


@pytest.mark.parametrize("between", [KeyboardInterrupt, MemoryError])
def test_a_sighting_that_is_interrupted_waits(
    heard: Heard, database: Path, between: type[BaseException]
) -> None:
    clock = InterruptedClock()
    backlog = Backlog(heard.record, heard.failures.put)
    with service_on(database, clock) as service:
        service.enrol(GRACE, [sample(1)])
        backlog.add(sighting(GRACE.id, MONDAY))
        clock.between = between
        with pytest.raises(between):
            backlog.write(service)
        assert len(backlog) == 1
        backlog.write(service)
        assert len(backlog) == 0
    assert outcomes(heard, 1) == [(GRACE.id, RecordOutcome.RECORDED)]


def test_entries_are_changes_that_listeners_hear(recorder: Recorder, clerk: Clerk) -> None:
    changed: queue.Queue[Changes] = queue.Queue()
    clerk.listen(lambda _service, changes: changed.put(changes))
    recorder.record(sighting(GRACE.id, MONDAY))
    assert changed.get(timeout=WAIT_S) == Changes(entries=True)
