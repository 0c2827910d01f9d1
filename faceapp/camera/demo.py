"""The demo camera: people who do not exist walk up one at a time, for ever.

For trying the app without a camera, for screenshots and for tests, which ask `DemoCamera.truth`
who is in view. The script is in `demo_tour`, the drawing in `demo_scene`.
"""

from __future__ import annotations

from datetime import timedelta

from faceapp.camera.demo_scene import DemoScene
from faceapp.camera.demo_tour import Moment, Tour, read_cast
from faceapp.camera.models import DEFAULT_SIZE, Opening
from faceapp.clock import Clock
from faceapp.errors import CameraNotFound, ImportError_
from faceapp.paths import assets_dir
from faceapp.types import CameraState, Frame

DEMO_FPS = 30.0
_LATE_S = 0.5
_MOST_DIGITS = 9


class DemoCamera:
    """Draws the same frames for the same seed.

    In real time frames come at their own pace, and a frame whose time has passed is skipped.
    Otherwise they come as fast as they are read: ``t_s`` starts at 0, ``at`` at the clock's time of
    opening, and both advance by 1 / ``fps``.

    Raises: CameraNotFound (the demo people are not there).
    """

    def __init__(
        self,
        clock: Clock,
        *,
        seed: int = 0,
        size: tuple[int, int] = DEFAULT_SIZE,
        fps: float = DEMO_FPS,
        real_time: bool = True,
    ) -> None:
        self._clock = clock
        self._real_time = real_time
        self._fps = fps
        try:
            cast = read_cast(assets_dir() / "demo")
        except OSError as error:
            raise CameraNotFound(source="demo", why="assets") from error
        if not cast:
            raise CameraNotFound(source="demo", why="assets")
        self._tour = Tour(cast, seed)
        self._scene = DemoScene(assets_dir(), size, seed)
        self._start_s = clock.monotonic()
        # Read as fast as possible, it is dated like a video: as if a round had just ended.
        self._start_at = clock.now() - timedelta(seconds=self._tour.length_s)
        self._state = CameraState.OK
        self._index = 0

    @property
    def name(self) -> str:
        """The name of this camera in entries."""
        return "demo"

    @property
    def state(self) -> CameraState:
        """OK or STOPPED."""
        return self._state

    @property
    def tour(self) -> Tour:
        """Who comes when."""
        return self._tour

    def truth(self, index: int) -> Moment:
        """Return what frame ``index`` shows."""
        return self._tour.at(index / self._fps)

    def read(self) -> Frame | None:
        """Draw the next frame."""
        if self._state is CameraState.STOPPED:
            return None
        if self._real_time:
            self._keep_pace()
        index, position_s = self._index, self._index / self._fps
        self._index += 1
        try:
            rgb = self._scene.draw(self._tour.at(position_s), index)
        except ImportError_ as error:
            raise CameraNotFound(source="demo", why="assets") from error
        if self._real_time:
            return Frame(rgb, self._clock.monotonic(), self._clock.now(), index)
        at = min(self._start_at + timedelta(seconds=position_s), self._clock.now())
        return Frame(rgb, position_s, at, index)

    def close(self) -> None:
        """Stop."""
        self._state = CameraState.STOPPED

    def _keep_pace(self) -> None:
        """Wait until the next frame's time; after a long absence continue from now."""
        elapsed_s = self._clock.monotonic() - self._start_s
        ahead_s = self._index / self._fps - elapsed_s
        if ahead_s > 0:
            self._clock.sleep(ahead_s)
        elif ahead_s < -_LATE_S:
            self._start_s -= ahead_s
        else:
            self._index = max(self._index, int(elapsed_s * self._fps))


def open_demo(source: str, opening: Opening) -> DemoCamera:
    """Open "demo", or "demo:SEED" for another order.

    Raises: CameraNotFound.
    """
    _, _, seed = source.partition(":")
    if seed and not (seed.isdecimal() and len(seed) <= _MOST_DIGITS):
        raise CameraNotFound(source=source)
    return DemoCamera(opening.clock, seed=int(seed or 0), size=opening.size, real_time=opening.live)
