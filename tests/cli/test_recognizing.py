"""Watching a camera from the command line: a scripted camera and engines, all between them real."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Semaphore
from types import MappingProxyType

import cv2
import numpy as np
import pytest

from faceapp.app import Parts
from faceapp.camera import Camera
from faceapp.cli.lines import Line
from faceapp.cli.recognizing import LOOK_AGAIN_S, PURGE_AGAIN_S, Recognizer
from faceapp.cli.waiting import AGAIN_S
from faceapp.config import Settings
from faceapp.errors import CameraBusy, CameraLost, CameraNotFound, StoreBusy, StoreMoved
from faceapp.pipeline import Pipeline
from faceapp.service import Service
from faceapp.types import (
    U8,
    CameraState,
    Face,
    Frame,
    ModelId,
    Recorded,
    RecordOutcome,
    Sample,
)
from faceapp.vision.modelcard import ModelCard
from tests.helpers.data import GOOD, GRACE, MONDAY, OMAR, made_card, service_on, sighting
from tests.helpers.disk import no_file_beyond
from tests.helpers.seams import (
    MODEL,
    HandClock,
    OneFace,
    ScriptedCamera,
    Step,
    a_frame,
    scripted_pipeline,
)
from tests.helpers.signals import BREAKS, heard

Happens = Mapping[int, Callable[[], object]]
"""What is to happen, on the thread that looks, before it looks at a frame."""

NOTHING: Happens = MappingProxyType({})


class PacedCamera(ScriptedCamera):
    """Gives the next frame when the one before is looked at, so that none is dropped."""

    def __init__(self, steps: Sequence[Step], **states: CameraState) -> None:
        super().__init__(steps, **states)
        self.looked = Semaphore(1)

    def read(self) -> Frame | None:
        return super().read() if self.looked.acquire(timeout=0.05) else None


class Eyes(OneFace):
    """Looks at what a paced camera gives."""

    def __init__(self, camera: PacedCamera, happens: Happens) -> None:
        super().__init__()
        self._camera = camera
        self._happens = happens
        self._frames = 0

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        self._happens.get(self._frames, lambda: None)()
        self._frames += 1
        self._camera.looked.release()
        return super().detect(rgb)


@dataclass(frozen=True, slots=True)
class ScriptedParts(Parts):
    """The app's parts, but for the camera and what looks at pixels."""

    camera: PacedCamera = PacedCamera([])  # noqa: RUF009
    happens: Happens = field(default_factory=dict)

    def card(self) -> ModelCard:
        return made_card(MODEL, 2)

    def build_pipeline(self, settings: Settings) -> Pipeline:
        return scripted_pipeline(HandClock(), votes=2, eyes=Eyes(self.camera, self.happens))

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
        return self.camera


Shown = list[tuple[Line, Recorded | None]]
Watch = Callable[..., Shown]


def a_sample(x: float, y: float, model: ModelId = MODEL) -> Sample:
    picture = np.zeros((112, 112, 3), np.uint8)
    return Sample(np.array([x, y], np.float32), GOOD, model, "a.jpg", picture)


@pytest.fixture
def service(service: Service) -> Service:
    """Enrol Grace, whose face is the one that is seen."""
    service.enrol(GRACE, [a_sample(1.0, 0.0)])
    return service


@pytest.fixture
def watch(service: Service, data_dir: Path) -> Watch:
    """Watch a camera to its end, or for ``seconds``; return what was shown."""

    def run(
        camera: PacedCamera,
        happens: Happens = NOTHING,
        *,
        log: bool = False,
        clock: HandClock | None = None,
        seconds: float | None = None,
    ) -> Shown:
        shown: Shown = []
        parts = ScriptedParts(data_dir, clock or HandClock(), camera, happens)
        Recognizer(parts, service, lambda *line: shown.append(line), log=log).camera("0", seconds)
        return shown

    return run


def interrupted() -> None:
    raise KeyboardInterrupt


def frames(count: int) -> list[Step]:
    return [lambda index=index: a_frame(index) for index in range(count)]  # type: ignore[misc]


def test_somebody_known_is_told_once_and_at_once(watch: Watch) -> None:
    camera = PacedCamera(frames(30), end=CameraState.ENDED)
    ((line, recorded),) = watch(camera)
    assert (line.person, line.frame, line.source) == (GRACE.id, 1, "0")
    assert recorded is None
    assert camera.closed.is_set()


def test_who_looks_slowly_looks_at_the_newest_frame(watch: Watch) -> None:
    camera = PacedCamera(frames(8), end=CameraState.ENDED)
    camera.looked.release(100)  # it waits for nobody

    def slowly() -> None:
        assert camera.closed.wait(10)  # it has given all it had

    ((line, _),) = watch(camera, {0: slowly})
    assert line.frame == 7


@pytest.mark.parametrize("number", BREAKS)
def test_a_signal_never_interrupts_the_look_at_a_frame(
    watch: Watch, number: signal.Signals
) -> None:
    camera, looked = PacedCamera(frames(30)), []

    def stop() -> None:
        signal.raise_signal(number)
        looked.append(number)

    with heard():
        ((line, _),) = watch(camera, {1: stop})
    assert (line.decision, line.reason) == ("unsure", "too_few_frames")
    assert looked == [number]


def test_ctrl_c_tells_who_was_still_in_view(watch: Watch) -> None:
    camera = PacedCamera(frames(30))
    ((line, _),) = watch(camera, {1: interrupted})
    assert (line.decision, line.reason) == ("unsure", "too_few_frames")
    assert line.person is None
    assert camera.closed.is_set()


def test_logging_records_and_says_so(watch: Watch, service: Service) -> None:
    ((_, recorded),) = watch(PacedCamera(frames(9), end=CameraState.ENDED), log=True)
    assert recorded is not None
    assert recorded.outcome is RecordOutcome.RECORDED
    (entry,) = service.entries()
    assert (entry.person, entry.camera, entry.model_id) == (GRACE.id, "scripted", MODEL)
    assert entry.at == a_frame(1).at


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


def test_an_entry_from_a_picture_does_not_keep_the_files_name(
    service: Service, data_dir: Path
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
    (row,) = service._store._connection.rows("SELECT key FROM entries")
    made_of = f"seen|1|{entry.at.isoformat()}|picture"
    assert row["key"] == hashlib.sha256(made_of.encode()).digest()
    name = b"Grace Okafor 0"
    assert not any(name in file.read_bytes() for file in data_dir.glob("faceapp.db*"))


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (CameraState.MISSING, CameraNotFound),
        (CameraState.BUSY, CameraBusy),
        (CameraState.OPENING, CameraLost),
        (CameraState.LOST, CameraLost),
    ],
)
def test_a_camera_that_never_gives_a_picture_is_an_error(
    watch: Watch, state: CameraState, error: type[Exception]
) -> None:
    clock = HandClock()

    class Silent(PacedCamera):
        def read(self) -> Frame | None:
            clock.sleep(0.5)
            self.closed.wait(0.005)
            return None

    camera = Silent([], state=state)
    with pytest.raises(error):
        watch(camera, clock=clock)
    assert camera.closed.is_set()


def test_a_demo_without_its_people_is_a_camera_that_is_not_there(
    service: Service, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(data_dir), raising=False)
    recognizer = Recognizer(ScriptedParts(data_dir), service, lambda *_: None, log=False)
    with pytest.raises(CameraNotFound):
        recognizer.demo()


def test_a_camera_is_watched_for_so_many_seconds(watch: Watch) -> None:
    clock, read = HandClock(), []

    def step() -> Frame:
        clock.sleep(0.1)
        read.append(clock.monotonic())
        return a_frame(len(read))

    watch(PacedCamera([step] * 1000), clock=clock, seconds=2.0)
    assert 18 <= len(read) <= 25


def test_an_id_that_is_given_to_somebody_else_meanwhile_is_not_told_of_the_former(
    watch: Watch, service: Service, data_dir: Path
) -> None:
    clock = HandClock()

    def elsewhere() -> None:
        with service_on(data_dir / "faceapp.db") as window:
            window.forget(GRACE.id)
            window.enrol(replace(OMAR, id=GRACE.id), [a_sample(0.0, 1.0)])
        clock.sleep(LOOK_AGAIN_S)

    steps = [*frames(10), *frames(150)[100:]]
    camera = PacedCamera(steps, end=CameraState.ENDED)
    shown = watch(camera, {9: elsewhere}, log=True, clock=clock)
    assert [line.person for line, _ in shown] == [GRACE.id, None]
    assert len(service.entries()) == 1


@pytest.fixture
def other(data_dir: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the database."""
    with closing(sqlite3.connect(data_dir / "faceapp.db", isolation_level=None)) as connection:
        yield connection


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
def kept_long(service: Service) -> None:
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


def test_samples_of_another_model_are_said(
    service: Service, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Recognizer(ScriptedParts(data_dir), service, lambda *_: None, log=False)
    assert capsys.readouterr().err == ""
    service.enrol(OMAR, [a_sample(1.0, 0.0, ModelId("older"))])
    Recognizer(ScriptedParts(data_dir), service, lambda *_: None, log=False)
    assert (
        "Not recognized until new samples are added (their samples belong to another model "
        'or are damaged): P02; see "faceapp doctor".' in capsys.readouterr().err
    )
