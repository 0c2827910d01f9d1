"""What the window needs from the composition root. `faceapp.app` fills it with concrete classes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo
    from faceapp.clock import Clock
    from faceapp.config import Settings
    from faceapp.paths import Paths
    from faceapp.pipeline import Pipeline
    from faceapp.runtime.clerk import Clerk
    from faceapp.runtime.keeper import Keeper
    from faceapp.runtime.session import Session, SessionHooks


class Parts(Protocol):
    """Openers; each is called on the thread that will use what it opens."""

    @property
    def paths(self) -> Paths:
        """The files of the data folder."""
        ...

    @property
    def clock(self) -> Clock:
        """What the time is."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings as they were loaded."""
        ...

    def open_clerk(self) -> Clerk:
        """Start the thread that owns the database."""
        ...

    def open_session(self, settings: Settings, hooks: SessionHooks) -> Session:
        """Make a session (not started) on the camera and range of ``settings``."""
        ...

    def open_keeper(self, clerk: Clerk, settings: Settings) -> Keeper:
        """Make what turns changed people into a new gallery."""
        ...

    def build_pipeline(self, settings: Settings) -> Pipeline:
        """Make a pipeline for single pictures. Slow; not on the GUI thread."""
        ...

    def list_cameras(self) -> Sequence[CameraInfo]:
        """Find the cameras of this machine. Slow; not on the GUI thread."""
        ...

    def model_problem(self) -> Path | None:
        """Give the model file that is missing, None when all are there."""
        ...
