"""The demo camera: people who do not exist walk up one at a time, or one of them sits there.

For trying the app without a camera, for screenshots and for tests. The scripts in `demo_tour`
and `demo_sitting` say who is in view when; `demo_scene` draws it.
"""

from __future__ import annotations

from datetime import timedelta

from faceapp.addresses import DEMO
from faceapp.camera.demo_scene import DemoScene
from faceapp.camera.demo_sitting import Sitting
from faceapp.camera.demo_tour import Tour, code_of, read_cast
from faceapp.camera.models import DEFAULT_SIZE, Opening
from faceapp.clock import Clock
from faceapp.errors import CameraNotFound, ImportError_
from faceapp.paths import assets_dir
from faceapp.types import CameraState, Frame

DEMO_FPS = 30.0
_LATE_S = 0.5
_MOST_DIGITS = 9


Script = Tour | Sitting


class DemoCamera:
    """Draws the same frames for the same script.

    In real time frames come at their own pace, and a frame whose time has passed is skipped.
    Otherwise they come as fast as they are read: ``t_s`` starts at 0, ``at`` one round of the
    script before the time of opening. Both advance by 1 / ``fps`` s; ``at`` is never in the future.
    """

    def __init__(
        self,
        clock: Clock,
        script: Script,
        *,
        size: tuple[int, int] = DEFAULT_SIZE,
        fps: float = DEMO_FPS,
        real_time: bool = True,
    ) -> None:
        self._clock = clock
        self._real_time = real_time
        self._fps = fps
        self._script = script
        self._scene = DemoScene(assets_dir(), size, script.seed)
        self._start_s = clock.monotonic()
        # When read as fast as possible, frames are dated like a video's: as if it had just ended.
        self._start_at = clock.now() - timedelta(seconds=script.length_s)
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

    def read(self) -> Frame | None:
        """Draw the next frame."""
        if self._state is CameraState.STOPPED:
            return None
        if self._real_time:
            self._keep_pace()
        index, position_s = self._index, self._index / self._fps
        self._index += 1
        try:
            rgb = self._scene.draw(self._script.at(position_s), index)
        except ImportError_ as error:
            raise CameraNotFound(source=DEMO, why="assets") from error
        if self._real_time:
            return Frame(rgb, self._clock.monotonic(), self._clock.now(), index)
        at = min(self._start_at + timedelta(seconds=position_s), self._clock.now())
        return Frame(rgb, position_s, at, index)

    def close(self) -> None:
        """Stop."""
        self._state = CameraState.STOPPED

    def _keep_pace(self) -> None:
        """Wait for the next frame's time; skip late frames; after a long gap continue from now."""
        elapsed_s = self._clock.monotonic() - self._start_s
        ahead_s = self._index / self._fps - elapsed_s
        if ahead_s > 0:
            self._clock.sleep(ahead_s)
        elif ahead_s < -_LATE_S:
            self._start_s -= ahead_s
        else:
            self._index = max(self._index, int(elapsed_s * self._fps))


def open_demo(source: str, opening: Opening) -> DemoCamera:
    """Open "demo", "demo:SEED" for another order, or "demo:ID" for one person who stays.

    Raises: CameraNotFound (also when the demo people are missing).
    """
    script = script_of(source)
    return DemoCamera(opening.clock, script, size=opening.size, real_time=opening.live)


def sitter_address(enrolled: int, wanted: str | None) -> str:
    """Return the demo address of the next person to enrol.

    It is the person whose ID is ``wanted``, if there is one. Otherwise the people come in turn, the
    first ``enrolled`` of them skipped, so that people already enrolled from the demo do not come
    again.

    Raises: CameraNotFound (the demo people are missing).
    """
    codes = [code_of(person) for person in _cast()]
    code = wanted if wanted in codes else codes[enrolled % len(codes)]
    return f"{DEMO}:{code}"


def script_of(source: str) -> Script:
    """Return the script of a demo address; `open_demo` lists the forms.

    Raises: CameraNotFound (also when the demo people are missing).
    """
    _, _, wanted = source.partition(":")
    cast = _cast()
    if not wanted:
        return Tour(cast, 0)
    if wanted.isdecimal() and len(wanted) <= _MOST_DIGITS:
        return Tour(cast, int(wanted))
    person = next((one for one in cast if code_of(one) == wanted), None)
    if person is None:
        raise CameraNotFound(source=source)
    return Sitting(person)


def _cast() -> tuple[str, ...]:
    try:
        cast = read_cast(assets_dir() / "demo")
    except OSError as error:
        raise CameraNotFound(source=DEMO, why="assets") from error
    if not cast:
        raise CameraNotFound(source=DEMO, why="assets")
    return cast
