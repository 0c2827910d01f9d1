"""The composition root: the only file that names concrete classes.

Heavy rooms are imported only when one of their parts is opened, so that the command line's help and
lists need no camera, no model and no window.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp import paths as places
from faceapp.clock import Clock, SystemClock
from faceapp.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from faceapp.camera import Camera, CameraInfo
    from faceapp.config import Settings
    from faceapp.pipeline import Pipeline
    from faceapp.service import Service
    from faceapp.store import Store
    from faceapp.types import Backup, Quality
    from faceapp.ui.paint_check import Painted
    from faceapp.vision.modelcard import ModelCard

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that works on one data folder; each part is opened on demand."""

    data_dir: Path
    clock: Clock = field(default_factory=SystemClock)

    @property
    def paths(self) -> places.Paths:
        """The files of the data folder."""
        return places.Paths(self.data_dir)

    @property
    def settings(self) -> Settings:
        """The settings of the data folder. Raises SettingsError."""
        from faceapp import config

        return config.load(self.paths.settings)

    def open_service(self) -> Service:
        """Open the database on this thread. Raises StoreError.

        Damaged settings do not prevent this: the defaults are used, which delete nothing. Reading
        `settings` still raises the error.
        """
        from faceapp.store import open_store

        return self._serve(open_store)

    def open_reading(self) -> Service:
        """Open the database, which is already open, again for reading only. Raises StoreError."""
        from faceapp.store import open_for_reading

        return self._serve(open_for_reading)

    def card(self) -> ModelCard:
        """Read the card of the shipped model. Raises ModelError."""
        from faceapp.vision.modelcard import find_card, load_card

        return load_card(find_card(places.models_dir()))

    def build_pipeline(self, settings: Settings) -> Pipeline:
        """Load the models for this thread. Raises ModelError."""
        from faceapp.pipeline import Engines, Pipeline
        from faceapp.recognition.decide import Rules
        from faceapp.types import RangeMode
        from faceapp.vision.detect import for_everybody, for_pictures, open_detector
        from faceapp.vision.embed import open_embedder
        from faceapp.vision.liveness import NoLiveness

        models = places.models_dir()
        embedder = open_embedder(self.card(), models, settings.embed_threads)
        mode = RangeMode(settings.range_mode)
        log.info("model %s, range %s", embedder.model_id, mode)
        detector = open_detector(mode, models)
        pictures = for_pictures(mode, detector, models)
        everybody = for_everybody(mode, detector, models)
        engines = Engines(detector, pictures, everybody, NoLiveness(), embedder)
        rules = Rules(settings.confirm_votes, settings.confirm_window)
        return Pipeline(engines, rules, self.clock)

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
        """Open a camera, stream, video or "demo"; a far view needs more pixels.

        Raises CameraError.
        """
        from faceapp.camera import DEFAULT_SIZE, FAR_SIZE, open_camera

        size = FAR_SIZE if far else DEFAULT_SIZE
        return open_camera(source, clock=self.clock, live=live, size=size)

    def list_cameras(self) -> Sequence[CameraInfo]:
        """Find the cameras of this machine."""
        from faceapp.camera import list_cameras

        return list_cameras()

    def load_window(self) -> None:
        """Load Qt and connect to the display."""
        from faceapp.ui.run import application

        application()

    def run_window(self) -> int:
        """Open the window and return its exit code when it is closed.

        Raises AlreadyRunning if another window uses the data folder, StoreError, SettingsError,
        and ExportError or StoreError if the closed window left a file unwritten.
        """
        from faceapp.ui.run import run_window

        return run_window(self)

    def paint_window(self) -> Painted:
        """Open the window without a display, paint it and close it: for the self-test."""
        from faceapp.ui.paint_check import paint_window

        return paint_window(self)

    def hold(self) -> AbstractContextManager[object]:
        """Return a lock that keeps other windows off the data folder while it is held.

        Entering it raises AlreadyRunning if a window holds it already.
        """
        from faceapp.store import FileLock

        return FileLock(self.paths.lock)

    def inspect_backup(self, source: Path) -> Backup:
        """Look into a backup before it is put back; see `store.inspect_backup`."""
        from faceapp.store import inspect_backup

        return inspect_backup(source, self.paths.database)

    def restore(self, source: Path) -> Path | None:
        """Replace all data with a backup while nothing is open; see `store.restore`."""
        from faceapp.store import restore

        return restore(source, self.paths.database, self.paths.lock)

    def _serve(self, open_store: Callable[[Path], Store]) -> Service:
        from faceapp.config import Settings
        from faceapp.service import Service, local_zone

        try:
            settings = self.settings
        except SettingsError:
            settings = Settings()
        store = open_store(self.paths.database)
        return Service(store, settings, self.clock, local_zone, _score)


def open_parts(data_dir: Path | None) -> Parts:
    """Make the parts of a data folder; None means the platform's own.

    Raises StoreError if the folder is relative to one that was deleted.
    """
    folder = data_dir or places.default_data_dir()
    try:
        return Parts(folder.absolute())
    except FileNotFoundError as error:
        path = places.Paths(folder).database
        raise StoreError(path=path, why="folder_missing") from error


def _score(quality: Quality) -> float:
    from faceapp.vision.quality import score

    return score(quality)
