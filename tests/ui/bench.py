"""A desk on a real database, clerk and settings file: what pages are tried on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtWidgets import QApplication

from faceapp import config
from faceapp.errors import CameraNotFound, ModelMissing
from faceapp.paths import Paths
from faceapp.runtime.background import Background
from faceapp.runtime.clerk import Clerk
from faceapp.service import Service, local_zone
from faceapp.store import open_store
from faceapp.types import (
    Changes,
    ModelId,
    Person,
    PersonId,
    Quality,
    Sample,
    Sighting,
)
from faceapp.ui.bridge import Live, LiveTools
from faceapp.ui.desk import ChangeHub, Desk, SettingsDesk
from faceapp.ui.engine import Engine
from faceapp.ui.icons import Icons
from faceapp.ui.notices import Notice, Notices
from faceapp.ui.ops import Ops
from faceapp.ui.page import Navigator, PageKey
from faceapp.ui.theme import Theme

if TYPE_CHECKING:
    from faceapp.camera import Camera, CameraInfo
    from faceapp.clock import Clock
    from faceapp.config import Settings
    from faceapp.pipeline import Pipeline
    from faceapp.vision.modelcard import ModelCard

T = TypeVar("T")
MODEL = ModelId("made-8d")
QUALITY = Quality(40.0, 120.0, 50.0, 0.0, 0.0, 0.0, 80.0, None)


class StoppedClock:
    """It is noon of a Wednesday, here, until a test says otherwise."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 18, 12, 0).astimezone().astimezone(UTC)  # noqa: DTZ001

    def monotonic(self) -> float:
        return self.at.timestamp()

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=max(seconds, 0.0))


class BareParts:
    """A data folder without models and cameras: everything else is real."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self.paths = Paths(data_dir)
        self.clock = clock

    @property
    def settings(self) -> Settings:
        return config.load(self.paths.settings)

    def open_service(self) -> Service:
        store = open_store(self.paths.database)
        return Service(store, self.settings, self.clock, local_zone(), lambda _: 0.8)

    def card(self) -> ModelCard:
        raise ModelMissing(path=self.paths.data_dir / "faceapp.json")

    def build_pipeline(self, settings: Settings) -> Pipeline:
        raise ModelMissing(path=self.paths.data_dir / f"faceapp.tflite {settings.range_mode}")

    def open_camera(self, source: str, *, live: bool) -> Camera:
        raise CameraNotFound(source=source, live=live)

    def list_cameras(self) -> Sequence[CameraInfo]:
        return ()


class Bench:
    """A desk and what was told on it. Close it."""

    def __init__(self, app: QApplication, parts: BareParts, theme: str = "light") -> None:
        self.parts = parts
        self.clerk = Clerk(parts.open_service)
        self.background = Background("aside")
        self.control = Background("control")
        notices = Notices()
        ops = Ops(self.clerk, self.background, notices)
        self.notices: list[Notice] = []
        self.toasts: list[Notice] = []
        self.bugs: list[BaseException] = []
        self.went: list[tuple[PageKey, object]] = []
        notices.told.connect(self.notices.append)
        notices.toasted.connect(self.toasts.append)
        notices.bug_found.connect(self.bugs.append)
        settings = SettingsDesk(parts.settings, parts.paths.settings, ops, notices)
        engine = Engine(parts, self.clerk)
        live = Live(LiveTools(engine, self.control, self.clerk, ops, notices), parts.settings)
        self.theme = Theme(app, theme)
        navigator = Navigator()
        navigator.wanted.connect(lambda page, argument: self.went.append((page, argument)))
        self.hub = ChangeHub()
        self.clerk.listen(self._hear)
        self.desk = Desk(
            ops=ops,
            live=live,
            settings=settings,
            theme=self.theme,
            icons=Icons(self.theme),
            notices=notices,
            changes=self.hub,
            navigator=navigator,
            paths=parts.paths,
            parts=parts,
            clock=parts.clock,
        )

    def _hear(self, _service: Service, changes: Changes) -> None:
        self.hub.changed.emit(changes)

    def do(self, job: Callable[[Service], T]) -> T:
        """Do something to the data and wait for it."""
        return self.clerk.submit(job).result(timeout=60)

    def enrol(self, code: str, name: str, *groups: str, samples: int = 5) -> None:
        """Enrol somebody with vectors that are nobody else's."""
        rng = np.random.default_rng(abs(hash(code)) % 2**32)
        made = [sample(rng) for _ in range(samples)]
        self.do(lambda service: service.enrol(Person(PersonId(code), name, groups), made))

    def see(self, code: str, *ats: datetime) -> None:
        """Let somebody be seen."""
        for at in ats:
            sighting = Sighting(
                f"{code}{at}", PersonId(code), at, "demo", 0.71, 0.42, MODEL
            )
            self.do(lambda service, one=sighting: service.record(one))  # type: ignore[misc]

    def close(self) -> None:
        """Wait for all threads to end."""
        self.desk.live.close()
        self.control.close()
        self.background.close()
        self.clerk.close()


def sample(rng: np.random.Generator, dimension: int = 8) -> Sample:
    """Make a sample that looks in a random direction."""
    vector = rng.standard_normal(dimension).astype(np.float32)
    thumbnail = rng.integers(0, 255, (112, 112, 3), dtype=np.uint8)
    return Sample(vector / np.linalg.norm(vector), QUALITY, MODEL, "camera", thumbnail)


def here(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of November 2026 on this machine's clock."""
    return datetime(2026, 11, day, hour, minute).astimezone().astimezone(UTC)  # noqa: DTZ001
