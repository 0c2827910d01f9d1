"""What the window needs from the composition root. No concrete classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from faceapp.errors import ModelError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from faceapp.camera import Camera, CameraInfo
    from faceapp.clock import Clock
    from faceapp.config import Settings
    from faceapp.paths import Paths
    from faceapp.pipeline import Pipeline
    from faceapp.service import Service
    from faceapp.types import Backup, Model
    from faceapp.vision.modelcard import ModelCard


def model_in_use(parts: WindowParts) -> Model | None:
    """Return the recognition model; None if its card cannot be read."""
    try:
        return parts.card().model
    except ModelError:
        return None


class WindowParts(Protocol):
    """Factories for everything that works on one data folder.

    All but the properties are slow. Call them on the thread that uses the result, and never on the
    GUI thread while a window is open.
    """

    @property
    def paths(self) -> Paths:
        """The files of the data folder."""
        ...

    @property
    def clock(self) -> Clock:
        """The source of the current time."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings of the data folder. Raises SettingsError."""
        ...

    def open_service(self) -> Service:
        """Open the database on this thread. Raises StoreError."""
        ...

    def open_reading(self) -> Service:
        """Open the database a second time, for reading only. Raises StoreError."""
        ...

    def card(self) -> ModelCard:
        """Read the card of the shipped model. Raises ModelError."""
        ...

    def build_pipeline(self, settings: Settings) -> Pipeline:
        """Load the models for this thread. Raises ModelError."""
        ...

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
        """Open a camera, stream, video or "demo". Raises CameraError."""
        ...

    def list_cameras(self) -> Sequence[CameraInfo]:
        """Find the cameras of this machine."""
        ...

    def hold(self) -> AbstractContextManager[object]:
        """Keep other windows off the data folder. Raises AlreadyRunning."""
        ...

    def inspect_backup(self, source: Path) -> Backup:
        """Inspect a backup without changing anything. Raises StoreError."""
        ...

    def restore(self, source: Path) -> Path | None:
        """Restore a backup while nothing is open; return where the former data are kept.

        Raises StoreError.
        """
        ...
