"""What is recorded while a camera or pictures are looked at, what waits, and what is deleted."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import cv2
import pytest

from faceapp.cli.recognizing import PURGE_AGAIN_S, Recognizer
from faceapp.cli.waiting import AGAIN_S
from faceapp.config import Settings
from faceapp.errors import StoreBusy, StoreMoved
from faceapp.service import Service
from faceapp.types import CameraState, RecordOutcome
from tests.cli.watching import PacedCamera, ScriptedParts, Shown, Watch, frames
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, sighting
from tests.helpers.disk import no_file_beyond
from tests.helpers.seams import MODEL, a_frame


def test_logging_records_and_says_so(watch: Watch, service: Service) -> None:
    ((_, recorded),) = watch(PacedCamera(frames(9), end=CameraState.ENDED), log=True)
    assert recorded is not None
    assert recorded.outcome is RecordOutcome.RECORDED
    (entry,) = service.entries()
    assert (entry.person, entry.camera, entry.model_id) == (GRACE.id, "scripted", MODEL)
    assert entry.at == a_frame(1).at


@pytest.mark.usefixtures("grace")
def test_an_entry_from_a_picture_does_not_keep_the_files_name(
    service: Service, other: sqlite3.Connection, data_dir: Path
) -> None:
    shown: Shown = []
    paths = [data_dir / f"Grace Okafor {number}.png" for number in range(2)]
    for path in paths:
        cv2.imwrite(str(path), a_frame(1).rgb)
    recognizer = Recognizer(
        ScriptedParts(data_dir), service, lambda *line: shown.append(line), log=True
    )
    assert recognizer.pictures(paths) is None
    assert [line.source for line, _ in shown] == [str(path) for path in paths]
    (entry,) = service.entries()  # at one moment the same person is there once
    assert (entry.person, entry.camera) == (GRACE.id, "picture")
    # Time and camera stand in the row too: with the ID in it as well, the key would tell the ID.
    ((key,),) = other.execute("SELECT key FROM entries")
    made_of = f"seen|1|{entry.at.isoformat()}|picture"
    assert key == hashlib.sha256(made_of.encode()).digest()
    name = b"Grace Okafor 0"
    assert not any(name in file.read_bytes() for file in data_dir.glob("faceapp.db*"))


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_nothing_is_called_recorded_in_a_database_that_was_moved_away(
    watch: Watch, service: Service, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, elsewhere = data_dir / "faceapp.db", data_dir / "elsewhere.db"
    camera = PacedCamera(frames(9), end=CameraState.ENDED)

    def move() -> None:
        path.rename(elsewhere)

    with pytest.raises(StoreMoved):
        watch(camera, {1: move}, log=True)
    said = capsys.readouterr().err
    assert "could not be saved: 1" in said
    assert "tried again" not in said  # waiting would not help
    assert service.entries() == []


def test_an_entry_waits_while_the_database_is_busy(
    watch: Watch, service: Service, other: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = HandClock()

    def free() -> None:
        assert service.entries() == []
        other.execute("ROLLBACK")
        clock.sleep(AGAIN_S)

    camera = PacedCamera(frames(30), end=CameraState.ENDED)
    happens = {0: lambda: other.execute("BEGIN IMMEDIATE"), 20: free}
    watch(camera, happens, log=True, clock=clock)
    (entry,) = service.entries()
    assert (entry.person, entry.at) == (GRACE.id, a_frame(1).at)
    assert capsys.readouterr().err.count("The database is busy; entries are kept") == 1


def test_an_entry_waits_while_the_disk_takes_no_more(
    watch: Watch, service: Service, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock, limit = HandClock(), ExitStack()

    def used_up() -> None:
        limit.enter_context(no_file_beyond((data_dir / "faceapp.db-wal").stat().st_size))

    def free() -> None:
        assert service.entries() == []
        limit.close()
        clock.sleep(AGAIN_S)

    camera = PacedCamera(frames(30), end=CameraState.ENDED)
    with limit:
        watch(camera, {0: used_up, 20: free}, log=True, clock=clock)
    assert [entry.at for entry in service.entries()] == [a_frame(1).at]
    said = "The database cannot be written to; entries are kept"
    assert capsys.readouterr().err.count(said) == 1


def test_an_entry_that_could_not_be_made_in_the_end_is_an_error_and_said_to_be_lost(
    watch: Watch, other: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        watch(PacedCamera(frames(9), end=CameraState.ENDED), log=True)
    assert capsys.readouterr().err.endswith("lost because they could not be saved: 1\n")


@pytest.fixture
def kept_long(service: Service, grace: None) -> None:
    """Make an entry that may be deleted, and a younger one."""
    service.use_settings(Settings(retention_days=30))
    service.record(sighting(GRACE.id, MONDAY - timedelta(days=60)))
    service.record(sighting(GRACE.id, MONDAY - timedelta(days=7), camera="Yard"))


@pytest.mark.usefixtures("kept_long")
@pytest.mark.parametrize("log", [False, True])
def test_whoever_records_deletes_what_was_kept_for_long_enough(
    watch: Watch, service: Service, log: bool
) -> None:
    watch(PacedCamera(frames(9), end=CameraState.ENDED), log=log)
    cameras = {entry.camera for entry in service.entries()}
    assert cameras == ({"Yard", "scripted"} if log else {"Hall", "Yard"})


@pytest.mark.usefixtures("kept_long")
@pytest.mark.parametrize("log", [False, True])
def test_whoever_records_from_pictures_deletes_too(
    service: Service, data_dir: Path, log: bool
) -> None:
    cv2.imwrite(str(data_dir / "one.png"), a_frame(1).rgb)
    recognizer = Recognizer(ScriptedParts(data_dir), service, lambda *_: None, log=log)
    assert recognizer.pictures([data_dir / "one.png"]) is None
    cameras = {entry.camera for entry in service.entries()}
    assert cameras == ({"Yard", "picture"} if log else {"Hall", "Yard"})


@pytest.mark.expect_log("no entry is young")
def test_a_deletion_that_is_put_off_is_noted_once(
    watch: Watch, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    service.use_settings(Settings(retention_days=30))
    service.record(sighting(GRACE.id, MONDAY - timedelta(days=60)))
    clock = HandClock()
    happens = dict.fromkeys(range(1, 4), lambda: clock.sleep(PURGE_AGAIN_S))
    watch(PacedCamera(frames(9), end=CameraState.ENDED), happens, log=True, clock=clock)
    assert MONDAY - timedelta(days=60) in [entry.at for entry in service.entries()]
    assert capsys.readouterr().err.count("Old entries will not be deleted today") == 1
