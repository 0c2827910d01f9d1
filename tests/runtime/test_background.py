"""The thread for slow work: jobs in order, and an end even if one of them never returns."""

from __future__ import annotations

from functools import partial
from threading import Event, Thread, current_thread

import pytest

from faceapp.runtime.background import Background
from tests.helpers.seams import WAIT_S


def test_jobs_run_in_order_on_one_thread() -> None:
    work, go_on = Background("work"), Event()
    ran: list[tuple[int, Thread]] = []

    def job(number: int) -> None:
        ran.append((number, current_thread()))

    work.submit(partial(go_on.wait, WAIT_S))  # until all the others wait
    jobs = [work.submit(partial(job, number)) for number in range(3)]
    go_on.set()
    for done in jobs:
        done.result(WAIT_S)
    assert [number for number, _ in ran] == [0, 1, 2]
    assert [thread.name for thread in {thread for _, thread in ran}] == ["work"]
    work.close()


def test_an_error_comes_to_whoever_asks_and_the_next_job_runs() -> None:
    work = Background("work")
    failed = work.submit(lambda: 1 // 0)
    assert work.submit(lambda: 2).result(WAIT_S) == 2
    with pytest.raises(ZeroDivisionError):
        failed.result(WAIT_S)
    work.close()


def test_closing_waits_for_all_jobs() -> None:
    work, begun, hold = Background("work"), Event(), Event()

    def job() -> bool:
        begun.set()
        return hold.wait(WAIT_S)

    def last_wish() -> bool:
        hold.set()  # closing waits already
        return False

    running = work.submit(job)
    waiting = work.submit(lambda: 2)
    assert begun.wait(WAIT_S)
    work.close(last_wish)
    work.close()
    assert running.done()
    assert waiting.done()
    with pytest.raises(RuntimeError, match="work is closed"):
        work.submit(lambda: None)


def test_without_jobs_there_is_nothing_to_close() -> None:
    Background("work").close()


@pytest.mark.expect_log("left behind: work")
def test_a_job_that_never_returns_is_left_behind() -> None:
    work, begun, answer = Background("work"), Event(), Event()

    def job() -> bool:
        begun.set()
        return answer.wait(WAIT_S)

    stuck = work.submit(job)
    assert begun.wait(WAIT_S)
    work.close(lambda: True)
    assert not stuck.done()
    answer.set()  # only so that this test leaves no thread
    assert stuck.result(WAIT_S)
