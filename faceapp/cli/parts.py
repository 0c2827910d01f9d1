"""What the commands need from the composition root, and how they get it. No concrete classes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from faceapp.camera import Camera, CameraInfo
    from faceapp.clock import Clock
    from faceapp.config import Settings
    from faceapp.paths import Paths
    from faceapp.pipeline import Pipeline
    from faceapp.service import Service
    from faceapp.vision.modelcard import ModelCard


class Parts(Protocol):
    """Openers of everything that works on one data folder."""

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
        """The settings of the data folder. Raises SettingsError."""
        ...

    def open_service(self) -> Service:
        """Open the database on this thread. Raises StoreError."""
        ...

    def card(self) -> ModelCard:
        """The card of the shipped model. Raises ModelError."""
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

    def run_window(self) -> int:
        """Open the window and return its exit code when it is closed. Raises AlreadyRunning."""
        ...

    def paint_window(self) -> tuple[int, int, int]:
        """Paint the window without a display; return width, height in px and its colours."""
        ...


PartsFactory = Callable[[Path | None], Parts]
"""Makes the parts of a data folder; None means the platform's own."""


class Desk:
    """What a command is handed: the factory and the data folder that was asked for."""

    def __init__(self, factory: PartsFactory, data_dir: Path | None) -> None:
        self.factory = factory
        self.data_dir = data_dir
        self.parts = factory(data_dir)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """Open the database for the time of a command."""
        with closing(self.parts.open_service()) as service:
            yield service


class Name(click.ParamType[str]):
    """The name of a source, person or group, never an empty one, as of a variable without value.

    An empty source would mean the present folder, an empty person everybody.
    """

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it is."""
        if not value:
            self.fail("a name is empty.", param, ctx)
        return value


class FileName(click.Path):
    """The name of a file or, with ``folder``, of a folder; never an empty one, as above."""

    def __init__(self, *, folder: bool = False, exists: bool = False) -> None:
        super().__init__(exists=exists, file_okay=not folder, dir_okay=folder, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path."""
        if not os.fspath(value):
            self.fail("a name is empty.", param, ctx)
        return super().convert(value, param, ctx)


pass_desk = click.make_pass_decorator(Desk)
