"""The demo camera's script: who is where at which moment. Pure functions of cast, seed and time.

`demo_scene` draws it, and tests compare with it. No pictures here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

POSES = ("front", "left", "right", "up", "down", "smile", "calm")
VISITOR = "visitor"  # the one person who is never enrolled
SLOT_S = 4.9
PAUSE_S = 2.3
ARRIVES_S, STANDS_S, LEAVES_S, GONE_S = 0.5, 1.7, 3.9, 4.7
EYE_LINE = 0.47  # share of a picture's height, from the top
_POSE_S, _TURN_S = 0.55, 0.18
_FAR, _NEAR, _PASSING = 0.26, 0.78, 0.62  # a picture's side over the frame's height


@dataclass(frozen=True, slots=True)
class Figure:
    """A person in view. Lengths are in frame heights, ``x`` from the frame's middle.

    ``eyes_x`` and ``eyes_y`` (from the top) locate the point between the eyes; ``side`` is the size
    of the square picture as drawn. ``turning`` 0..1 is how far ``pose`` has become
    ``next_pose``. ``turn_deg`` (to the person's own left) and ``nod_deg`` (up) turn the head beyond
    what the picture shows.
    """

    person: str
    pose: str
    next_pose: str
    turning: float
    eyes_x: float
    eyes_y: float
    side: float
    lean_deg: float
    turn_deg: float = 0.0
    nod_deg: float = 0.0

    @property
    def turned(self) -> bool:
        """Whether the head is turned beyond its picture."""
        return self.turn_deg != 0 or self.nod_deg != 0


class Light(NamedTuple):
    """Factors on red, green and blue."""

    red: float
    green: float
    blue: float


@dataclass(frozen=True, slots=True)
class Moment:
    """What the demo camera sees at a given time. ``figure`` is None while nobody is there."""

    figure: Figure | None
    light: Light


@dataclass(frozen=True, slots=True)
class Tour:
    """The whole cast comes once, then, after a pause, again in another order, for ever."""

    cast: tuple[str, ...]
    seed: int

    @property
    def length_s(self) -> float:
        """Seconds until everybody has come."""
        return len(self.cast) * SLOT_S + PAUSE_S

    def at(self, t_s: float) -> Moment:
        """Return what is seen ``t_s`` seconds after the start."""
        number, in_tour_s = divmod(t_s, self.length_s)
        slot, in_slot_s = divmod(in_tour_s, SLOT_S)
        visit = _Visit.of(self.seed, int(number), int(slot))
        light = visit.light(t_s)
        if slot >= len(self.cast) or not ARRIVES_S <= in_slot_s < GONE_S:
            return Moment(None, light)
        person = self.cast[self.order(int(number))[int(slot)]]
        return Moment(visit.figure(person, in_slot_s), light)

    def order(self, number: int) -> list[int]:
        """Return the order of the cast, as indices, on the tour ``number``, counted from 0."""
        shuffled = np.random.default_rng([self.seed, number]).permutation(len(self.cast))
        return [int(index) for index in shuffled]

    def visits(self, number: int = 0) -> list[tuple[str, float, float]]:
        """List who stands in front of the camera on a tour, with start and end in seconds."""
        start_s = number * self.length_s
        return [
            (self.cast[who], start_s + slot * SLOT_S + STANDS_S, start_s + slot * SLOT_S + LEAVES_S)
            for slot, who in enumerate(self.order(number))
        ]


def read_cast(folder: Path) -> tuple[str, ...]:
    """List the people whose pictures a folder contains, sorted by name.

    Raises: OSError when the folder cannot be listed.
    """
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def code_of(person: str) -> str:
    """Return the ID within a cast member's name."""
    return person.partition(" - ")[0]


@dataclass(frozen=True, slots=True)
class _Visit:
    """How one person comes, stands and goes; random, seeded by seed, tour and slot."""

    from_left: float  # 1 or -1
    phase: float
    lightness: float
    warmth: float
    poses: tuple[str, ...]

    @classmethod
    def of(cls, seed: int, tour: int, slot: int) -> _Visit:
        random = np.random.default_rng([seed, tour, slot, 1])
        others = [str(pose) for pose in random.permutation(POSES[1:])]
        return cls(
            from_left=1.0 if random.random() < 0.5 else -1.0,
            phase=float(random.uniform(0, 2 * math.pi)),
            lightness=float(random.uniform(0.80, 1.08)),
            warmth=float(random.uniform(-0.05, 0.05)),
            poses=("front", *others),
        )

    def light(self, t_s: float) -> Light:
        """Return the light of this visit, with a cloud that passes now and then."""
        gain = self.lightness * (1 + 0.06 * math.sin(t_s * 0.9 + self.phase))
        return Light(gain * (1 + self.warmth), gain, gain * (1 - self.warmth))

    def figure(self, person: str, t_s: float) -> Figure:
        """Return where the person is ``t_s`` seconds into the slot."""
        x, side, steps = self._path(t_s)
        swing = math.sin(t_s * 2.1 + self.phase)
        pose, next_pose, turning = self._pose(t_s)
        return Figure(
            person=person,
            pose=pose,
            next_pose=next_pose,
            turning=turning,
            eyes_x=x + 0.015 * side * swing,
            eyes_y=0.44 + 0.02 * side * math.sin(t_s * 1.3) + steps,
            side=side * (1 + 0.05 * math.sin(t_s * 1.7 + self.phase)),
            lean_deg=2.5 * swing,
        )

    def _path(self, t_s: float) -> tuple[float, float, float]:
        """Return the horizontal position, the size, and the bob of the steps."""
        if t_s < STANDS_S:
            way = (t_s - ARRIVES_S) / (STANDS_S - ARRIVES_S)
            side = _FAR * (_NEAR / _FAR) ** eased(way)  # as with a steady walk in perspective
            x = -self.from_left * 0.80 * (1 - eased(min(1.0, way * 1.25)))
        elif t_s < LEAVES_S:
            return 0.0, _NEAR, 0.0
        else:
            way = (t_s - LEAVES_S) / (GONE_S - LEAVES_S)
            side = _NEAR + (_PASSING - _NEAR) * way
            x = self.from_left * 1.15 * way**2
        return x, side, 0.02 * side * abs(math.sin(t_s * 2 * math.pi * 1.7)) * _bump(way)

    def _pose(self, t_s: float) -> tuple[str, str, float]:
        """Return the pose, the next pose, and the progress of the turn between them."""
        count, within_s = divmod(max(0.0, t_s - STANDS_S), _POSE_S)
        pose = self.poses[int(count) % len(self.poses)]
        following = self.poses[(int(count) + 1) % len(self.poses)]
        if not STANDS_S <= t_s < LEAVES_S:
            following = pose
        return pose, following, max(0.0, (within_s - _POSE_S + _TURN_S) / _TURN_S)


def eased(way: float) -> float:
    """Return the progress 0..1 of a movement that starts and stops gently, at time ``way`` 0..1."""
    return way * way * (3 - 2 * way)


def _bump(way: float) -> float:
    return min(1.0, 4 * min(way, 1 - way))
