"""The demo camera's script for enrolling: one person who sits there and looks about, for ever.

Pure functions of person and time, as in `demo_tour`. No pictures here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from faceapp.camera.demo_tour import Figure, Light, Moment, eased

_TURN_S = 1.0
_FADE = 0.25  # of a turn: how much of it shows both pictures
_SIDE = 0.78
_TURN_DEG, _LIFT_DEG, _BOW_DEG = 14.0, 11.0, 7.5
_SWAY_DEG = 1.5


class _Look(NamedTuple):
    """A picture, how far the head is turned beyond it, and for how long."""

    pose: str
    turn_deg: float
    nod_deg: float
    holds_s: float


# In the order in which enrolling asks. The pictures are named by where they were taken from, so
# "right" shows a head turned to its own left, and "down" one that looks up. Not everybody's first
# picture is straight enough for a front, but one of the two is; longer they would give fronts only.
_LOOKS = (
    _Look("front", 0.0, 0.0, 1.2),
    _Look("calm", -5.0, 0.0, 0.6),
    _Look("right", _TURN_DEG, 0.0, 2.9),
    _Look("left", -_TURN_DEG, 0.0, 2.9),
    _Look("down", 0.0, _LIFT_DEG, 2.9),
    _Look("up", 0.0, -_BOW_DEG, 2.9),
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """``person`` looks straight, left, right, up and down, and begins again."""

    person: str

    @property
    def seed(self) -> int:
        """Nothing is drawn by lot here."""
        return 0

    @property
    def length_s(self) -> float:
        """Seconds until every look was shown."""
        return sum(look.holds_s + _TURN_S for look in _LOOKS)

    def at(self, t_s: float) -> Moment:
        """Return what is seen ``t_s`` seconds after the start."""
        look, following, way = _looking(t_s % self.length_s)
        turned = eased(way)
        nod_deg = look.nod_deg + turned * (following.nod_deg - look.nod_deg)
        figure = Figure(
            person=self.person,
            pose=look.pose,
            next_pose=following.pose,
            turning=min(1.0, max(0.0, (way - 0.5) / _FADE + 0.5)),
            eyes_x=0.008 * math.sin(t_s * 0.9),
            eyes_y=0.44 + 0.006 * math.sin(t_s * 1.3),
            side=_SIDE * (1 + 0.015 * math.sin(t_s * 0.7)),
            lean_deg=1.2 * math.sin(t_s * 0.8),
            turn_deg=look.turn_deg + turned * (following.turn_deg - look.turn_deg),
            # Nobody holds still; who bows or lifts the head too far does so only now and then.
            nod_deg=nod_deg + _SWAY_DEG * math.sin(t_s * 2.1),
        )
        gain = 0.97 * (1 + 0.03 * math.sin(t_s * 0.9))
        return Moment(figure, Light(gain, gain, gain))


def _looking(t_s: float) -> tuple[_Look, _Look, float]:
    """Return the look of a moment of the round, the next one, and how far, 0..1, the turn is."""
    for number, look in enumerate(_LOOKS):
        if t_s < look.holds_s + _TURN_S:
            following = _LOOKS[(number + 1) % len(_LOOKS)]
            return look, following, max(0.0, (t_s - look.holds_s) / _TURN_S)
        t_s -= look.holds_s + _TURN_S
    return _LOOKS[0], _LOOKS[0], 0.0
