from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from faceapp.errors import AlreadyRunning, StoreBusy, StoreError
from faceapp.store import FileLock
from tests.helpers.clock import HandClock

HOLD = """
import sys
from pathlib import Path
from faceapp.store import FileLock
with FileLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "data" / "faceapp.lock"
    first, second = FileLock(path), FileLock(path)
    with first:
        with pytest.raises(AlreadyRunning) as caught:
            second.acquire()
        assert caught.value.details["path"] == path
    with second:
        pass


def test_another_process_is_refused_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning):
            FileLock(path).acquire()
        holder.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        holder.wait(30)
    assert path.exists()
    with FileLock(path):
        pass


def test_waiting_for_a_lock_ends_with_busy(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.lock"
    clock = HandClock()
    begun_s = clock.t_s
    with FileLock(path), pytest.raises(StoreBusy):
        FileLock(path, wait_s=3.0, clock=clock).acquire()
    assert 3.0 <= clock.t_s - begun_s < 3.1


def test_giving_back_twice_is_harmless_and_taking_twice_a_bug(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "faceapp.lock")
    lock.acquire()
    with pytest.raises(RuntimeError):
        lock.acquire()
    lock.release()
    lock.release()
    with lock:
        pass


def test_a_place_that_cannot_hold_a_lock_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "faceapp.lock"):
        with pytest.raises(StoreError):
            FileLock(path).acquire()
