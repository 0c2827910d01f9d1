"""Which frames of a live camera are looked at: fewer while nobody is there."""

from __future__ import annotations

from math import inf

REST_AFTER_S = 10.0
"""After this long without a face, only some frames are looked at: most of the day nobody comes."""

LOOK_EVERY_S = 0.12
"""So often while resting. Whoever comes is noticed that much later, and every frame counts again.

At 30 frames a second it is every fourth one; a little below an eighth of a second, since frames do
not come exactly on time.
"""


class Pace:
    """Counts in the frames' own seconds, also if they start over, as those of a video do."""

    def __init__(self) -> None:
        self._looked_s = -inf
        self._busy_s = inf

    def is_due(self, t_s: float) -> bool:
        """Return whether the frame of ``t_s`` should be looked at."""
        if t_s - self._busy_s < REST_AFTER_S:
            return True
        return not 0.0 <= t_s - self._looked_s < LOOK_EVERY_S

    def looked(self, t_s: float, *, faces: bool) -> None:
        """Note that the frame of ``t_s`` was looked at, and whether there were faces in it."""
        if faces or t_s < self._busy_s:
            self._busy_s = t_s
        self._looked_s = t_s
