"""Judges whether a live camera's pictures are usable: fresh, bright and frequent enough.

Pure bookkeeping of pictures and times: it opens nothing, waits for nothing and reads no clock.
"""

from __future__ import annotations

import numpy as np

from faceapp.types import U8, CameraState

FIRST_PICTURE_S = 3.0
SILENCE_S = 0.8
FROZEN_S = 0.8
BLACK_S = 0.5
RATE_WINDOW_S = 1.0
SLOW_BELOW_FPS = 5
_LONGEST_SILENCE_S = 5.0
_BLACK_MEAN, _BLACK_PEAK = 16.0, 32.0
_SAMPLE_STEP_PX = 8
_FEW = 4


class CameraWatch:
    """Judges one opening of a camera.

    `saw` is called by the capturing thread. `state` may be called by any thread at any time, even
    while the driver hangs: the values it reads are replaced as a whole, never modified.

    ``last_picture`` is the last picture before a reopening: a driver that keeps delivering it has
    not recovered.
    """

    def __init__(
        self, opened_s: float, last_picture: U8 | None = None, frozen_after_s: float = FROZEN_S
    ) -> None:
        self.last_picture = last_picture
        self._opened_s = opened_s
        self._frozen_after_s = frozen_after_s
        self._arrivals_s: tuple[float, ...] = ()
        self._first_s: float | None = None
        self._fresh_s: float | None = None
        self._black_since_s: float | None = None

    @property
    def delivered(self) -> bool:
        """Whether this opening has given a picture yet."""
        return self._first_s is not None

    def saw(self, rgb: U8, t_s: float) -> bool:
        """Note a picture (H, W, 3) that arrived at ``t_s``; return whether it is a new one."""
        fresh = self.last_picture is None or not np.array_equal(rgb, self.last_picture)
        if fresh:
            self.last_picture = rgb
            self._fresh_s = t_s
        if not _is_black(rgb):
            self._black_since_s = None
        elif self._black_since_s is None:
            self._black_since_s = t_s
        if self._first_s is None:
            self._first_s = t_s
        recent = [at for at in self._arrivals_s if t_s - RATE_WINDOW_S < at]
        few = list(self._arrivals_s[-_FEW:])
        self._arrivals_s = (*max(recent, few, key=len), t_s)
        return fresh

    def state(self, now_s: float) -> CameraState:
        """Return what the camera is doing at ``now_s``, at most a second late.

        A camera that was slow before is given longer before it counts as lost.
        """
        arrivals_s, first_s, fresh_s = self._arrivals_s, self._first_s, self._fresh_s
        black_since_s = self._black_since_s
        if not arrivals_s or first_s is None:
            waited = now_s - self._opened_s
            return CameraState.OPENING if waited < FIRST_PICTURE_S else CameraState.LOST
        if now_s - arrivals_s[-1] > _patience_s(arrivals_s):
            return CameraState.LOST
        if black_since_s is not None and now_s - black_since_s >= BLACK_S:
            return CameraState.BLACK
        unchanged_since_s = first_s if fresh_s is None else fresh_s
        repeats = fresh_s is None or arrivals_s[-1] > fresh_s
        if repeats and now_s - unchanged_since_s >= self._frozen_after_s:
            return CameraState.FROZEN
        if fresh_s is None:
            return CameraState.OPENING
        recent = sum(1 for at in arrivals_s if now_s - RATE_WINDOW_S < at)
        if now_s - first_s >= RATE_WINDOW_S and recent < SLOW_BELOW_FPS * RATE_WINDOW_S:
            return CameraState.SLOW
        return CameraState.OK


def _patience_s(arrivals_s: tuple[float, ...]) -> float:
    """Return how long this camera may be silent: 2.5 of its latest intervals, within limits."""
    few = arrivals_s[-_FEW:]
    if len(few) < 2:
        return SILENCE_S
    interval_s = (few[-1] - few[0]) / (len(few) - 1)
    return min(max(SILENCE_S, 2.5 * interval_s), _LONGEST_SILENCE_S)


def _is_black(rgb: U8) -> bool:
    sample = rgb[::_SAMPLE_STEP_PX, ::_SAMPLE_STEP_PX]
    return bool(sample.mean() < _BLACK_MEAN and np.percentile(sample, 99) < _BLACK_PEAK)
