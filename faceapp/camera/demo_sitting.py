"""The demo camera's script for enrolling: one person sits and looks around, for ever.

Pure functions of person and time, as in `demo_tour`. No pictures here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from faceapp.camera.demo_tour import Figure, Light, Moment, eased

_TURN_S = 1.0
_FADE = 0.25  # share of a turn in which both pictures show
_SIDE = 0.78
_TURN_DEG, _LIFT_DEG, _BOW_DEG = 14.0, 11.0, 7.5
_SWAY_DEG = 1.5


class _Look(NamedTuple):
    """A picture, how far the head is turned beyond it, and how long it holds."""

    pose: str
    turn_deg: float
    nod_deg: float
    holds_s: float


# In the order in which enrolment asks for them. The pictures are named after the camera's position:
# "right" shows a head turned to its own left, "down" a head that looks up. "front" is not straight
# enough for everybody's front sample, but "front" or "calm" is. If they were shown for longer,
# enrolment would collect fronts only.
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
    """``person`` looks straight, left, right, up and down, and starts again."""

    person: str

    @property
    def seed(self) -> int:
        """Always 0: nothing is random here."""
        return 0

    @property
    def length_s(self) -> float:
        """Seconds until every look has been shown."""
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
            # Nobody holds still. Owing to the sway, a head nods too far only part of the time.
            nod_deg=nod_deg + _SWAY_DEG * math.sin(t_s * 2.1),
        )
        gain = 0.97 * (1 + 0.03 * math.sin(t_s * 0.9))
        return Moment(figure, Light(gain, gain, gain))


def _looking(t_s: float) -> tuple[_Look, _Look, float]:
    """Return the look at ``t_s`` of the round, the next look, and the progress 0..1 towards it."""
    for number, look in enumerate(_LOOKS):
        if t_s < look.holds_s + _TURN_S:
            following = _LOOKS[(number + 1) % len(_LOOKS)]
            return look, following, max(0.0, (t_s - look.holds_s) / _TURN_S)
        t_s -= look.holds_s + _TURN_S
    return _LOOKS[0], _LOOKS[0], 0.0
