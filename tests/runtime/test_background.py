"""The thread for slow work: jobs in order, and an end even if one of them never returns."""

from __future__ import annotations

from concurrent.futures import CancelledError
from threading import Event, current_thread

import pytest

from faceapp.runtime.background import Background


def test_jobs_run_in_order_on_one_thread() -> None:
    work = Background("work")
    threads = [work.submit(lambda: current_thread().name) for _ in range(3)]
    assert [done.result() for done in threads] == ["work"] * 3
    work.close()


def test_an_error_comes_to_whoever_asks_and_the_next_job_runs() -> None:
    work = Background("work")
    failed = work.submit(lambda: 1 // 0)
    assert work.submit(lambda: 2).result() == 2
    with pytest.raises(ZeroDivisionError):
        failed.result()
    work.close()


def test_closing_waits_for_the_running_job_and_drops_the_others() -> None:
    work, begun, hold = Background("work"), Event(), Event()

    def job() -> bool:
        begun.set()
        return hold.wait()

    def last_wish() -> bool:
        hold.set()  # closing waits already
        return False

    running = work.submit(job)
    waiting = work.submit(lambda: None)
    begun.wait()
    work.close(last_wish)
    work.close()
    assert running.result()
    with pytest.raises(CancelledError):
        waiting.result()
    with pytest.raises(RuntimeError, match="work is closed"):
        work.submit(lambda: None)


def test_without_jobs_there_is_nothing_to_close() -> None:
    Background("work").close()


@pytest.mark.expect_log("left behind: work")
def test_a_job_that_never_returns_is_left_behind() -> None:
    work, begun, answer = Background("work"), Event(), Event()

    def job() -> bool:
        begun.set()
        return answer.wait()

    stuck = work.submit(job)
    begun.wait()
    work.close(lambda: True)
    assert not stuck.done()
    answer.set()  # only so that this test leaves no thread
    assert stuck.result()
