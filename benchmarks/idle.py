"""What the window costs while it takes attendance and nobody comes: CPU time, not elapsed time.

The camera shows a made room at 30 frames a second, with a sensor's noise: 640x480 for near faces,
1280x720 for far ones.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt

from benchmarks.measure import Figure
from benchmarks.window import listen
from faceapp import config
from faceapp.app import Parts
from faceapp.camera import DEFAULT_SIZE, FAR_SIZE, Camera
from faceapp.clock import Clock
from faceapp.config import Settings
from faceapp.runtime.pace import REST_AFTER_S
from faceapp.types import U8, CameraState, Frame, RangeMode
from faceapp.ui.bridge import Purpose
from faceapp.ui.page import PageKey
from faceapp.ui.run import application, prepare_process
from faceapp.ui.shell import Shell

FPS = 30
STARTED_S = 2.0
WATCH_S = 6.0


class EmptyRoom:
    """A camera that shows the same room for ever."""

    name = "room"
    state = CameraState.OK

    def __init__(self, size: tuple[int, int], clock: Clock) -> None:
        self._pictures = _room(size)
        self._clock = clock
        self._index = 0
        self._due_s = clock.monotonic()

    def read(self) -> Frame | None:
        """Wait for the next frame's time and return it."""
        self._due_s = max(self._due_s + 1 / FPS, self._clock.monotonic() - 1 / FPS)
        time.sleep(max(self._due_s - self._clock.monotonic(), 0.0))
        rgb = self._pictures[self._index % len(self._pictures)].copy()
        self._index += 1
        return Frame(rgb, self._clock.monotonic(), self._clock.now(), self._index)

    def close(self) -> None:
        """Release nothing."""


class EmptyParts(Parts):
    """The app before an empty room."""

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:  # noqa: ARG002
        """Open the room, whatever is asked for."""
        return EmptyRoom(FAR_SIZE if far else DEFAULT_SIZE, self.clock)


def figures() -> Iterator[Figure]:
    """Measure one range after the other."""
    for mode in RangeMode:
        with tempfile.TemporaryDirectory() as folder:
            yield from _mode(Path(folder), mode)


def _mode(data_dir: Path, mode: RangeMode) -> Iterator[Figure]:
    parts = EmptyParts(data_dir)
    config.save(parts.paths.settings, Settings(range_mode=mode.value))
    prepare_process()
    shell = Shell(application(), parts)
    shell.window.setWindowState(Qt.WindowState.WindowNoState)
    shell.window.resize(1280, 800)
    shell.open()
    shell.window.open(PageKey.LIVE)
    listen(STARTED_S)
    yield _figure(f"{mode.value}: without a camera")
    shell.desk.camera.start(Purpose.TAKING)
    listen(STARTED_S)
    yield _figure(f"{mode.value}: taking, every frame is looked at")
    listen(REST_AFTER_S)
    yield _figure(f"{mode.value}: taking, at rest")
    shell.window.open(PageKey.PEOPLE)
    yield _figure(f"{mode.value}: the same, another page in front")
    shell.window.close()


def _figure(what: str) -> Figure:
    began_s, used_s = time.monotonic(), time.process_time()
    listen(WATCH_S)
    share = (time.process_time() - used_s) / (time.monotonic() - began_s)
    return Figure(what, f"{share:.1%} of one core")


def _room(size: tuple[int, int]) -> list[U8]:
    """Return pictures of (width, height) px of a wall with a door, uint8 (H, W, 3)."""
    width, height = size
    y, x = np.mgrid[:height, :width]
    wall = np.stack([90 + 60 * y / height, 100 + 50 * x / width, 110 + 0 * x], axis=-1)
    wall[height // 4 :, width // 2 : width // 2 + width // 6] -= 50
    random = np.random.default_rng(0)
    noisy = (wall + random.normal(0, 3, wall.shape) for _ in range(16))
    return [np.clip(one, 0, 255).astype(np.uint8) for one in noisy]
