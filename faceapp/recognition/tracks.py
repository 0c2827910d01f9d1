"""Tells which face of a frame is which face of the last one, from boxes and times alone.

A track's id is never reused. Whose face it is is up to `decide`; a track only records whether it is
certainly still the same face (``steady``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, hypot, isfinite

from faceapp.types import Box, Face, TrackId

LOST_AFTER_S = 1.0
"""A face that was not seen for this long gets a new track when it returns..."""

LOST_AFTER_FRAMES = 2.5
"""... unless that time is at most this many frame intervals, or faces of a slow camera could never
be followed."""

GAP_S = 0.3
"""After a longer gap somebody else may be in the same place, so the track is no longer steady."""

_REACH = 0.8  # how far a face may be from its expected place, in face sizes
_REACH_PER_S = 4.0  # ... and how much farther for every second since it was last seen
_GROWTH = 1.7  # how much larger or smaller a face may have become
_STEADY_REACH = 0.6  # a longer step, in face sizes, is a jump
_CROSSING_IOU = 0.1  # faces that overlap more may be mistaken for each other
_GLIDE_S = 0.25  # how quickly a face that is no longer seen is assumed to stop
_FRESH = 0.5  # weight of the newest step in the speed


@dataclass(frozen=True, slots=True)
class Followed:
    """The tracker's answer for one face.

    ``steady`` is False if the id may now belong to another face: after a jump, a gap, a frame
    without the face, a sudden change of size, or while the face overlaps another one. A new track
    is steady.
    """

    track: TrackId
    steady: bool


@dataclass(slots=True)
class _Track:
    """A face being followed: centre and speed in px and px/s, size = mean of width and height."""

    id: TrackId
    box: Box
    seen_s: float
    speed: tuple[float, float] = (0.0, 0.0)
    crossing: bool = False

    def expected_centre(self, t_s: float) -> tuple[float, float]:
        """Return where the face should be: it moves on and comes to rest."""
        ahead_s = _GLIDE_S * (1.0 - exp(-(t_s - self.seen_s) / _GLIDE_S))
        x, y = self.box.centre
        return x + self.speed[0] * ahead_s, y + self.speed[1] * ahead_s

    def step_to(self, box: Box, t_s: float) -> tuple[float, float]:
        """Return (distance from the expected centre in face sizes, growth >= 1)."""
        expected, found = self.expected_centre(t_s), box.centre
        before, now = _size(self.box), _size(box)
        distance = hypot(found[0] - expected[0], found[1] - expected[1])
        return distance / max(before, now), max(before, now) / min(before, now)

    def move(self, box: Box, t_s: float) -> None:
        passed_s = t_s - self.seen_s
        if passed_s > 0.0:
            old, new = self.box.centre, box.centre
            self.speed = (
                _FRESH * (new[0] - old[0]) / passed_s + (1.0 - _FRESH) * self.speed[0],
                _FRESH * (new[1] - old[1]) / passed_s + (1.0 - _FRESH) * self.speed[1],
            )
        self.box, self.seen_s = box, t_s


class Tracker:
    """Follows faces from frame to frame."""

    def __init__(self) -> None:
        self._tracks: list[_Track] = []
        self._next_id = 1
        self._last_s = float("-inf")
        self._interval_s: float | None = None

    @property
    def alive(self) -> frozenset[TrackId]:
        """Every track that may still be found again, seen in the last frame or not."""
        return frozenset(track.id for track in self._tracks)

    def reset(self) -> None:
        """Forget every track; ids are not reused."""
        self._tracks.clear()
        self._last_s = float("-inf")
        self._interval_s = None

    def update(self, faces: Sequence[Face], t_s: float) -> tuple[Followed, ...]:
        """Assign a track to every face of a frame, in the order of ``faces``.

        The nearest pairs are joined first. A time before the last frame's (another video, a seek)
        ends all tracks.
        """
        if t_s < self._last_s:
            self.reset()
        passed_s = t_s - self._last_s if isfinite(self._last_s) else None
        # The shorter of the last two intervals: a single long gap does not mean a slow camera.
        intervals = [one for one in (passed_s, self._interval_s) if one is not None]
        lost_after_s = max(LOST_AFTER_S, LOST_AFTER_FRAMES * min(intervals, default=0.0))
        # Inclusive: a face that returns after exactly this time is still found.
        self._tracks = [one for one in self._tracks if t_s - one.seen_s <= lost_after_s]
        boxes = [face.box for face in faces]
        joined = self._join(boxes, t_s)
        crossing = _crossing(boxes)
        followed = tuple(
            self._follow(joined.get(index), box, t_s, crossing[index])
            for index, box in enumerate(boxes)
        )
        self._last_s, self._interval_s = t_s, passed_s
        return followed

    def _join(self, boxes: Sequence[Box], t_s: float) -> dict[int, _Track]:
        pairs = []
        for index, box in enumerate(boxes):
            for track in self._tracks:
                distance, growth = track.step_to(box, t_s)
                reach = _REACH + _REACH_PER_S * min(t_s - track.seen_s, GAP_S)
                if distance <= reach and growth <= _GROWTH:
                    pairs.append((distance + (growth - 1.0), index, track.id, track))
        joined: dict[int, _Track] = {}
        taken: set[TrackId] = set()
        for _, index, track_id, track in sorted(pairs, key=lambda pair: pair[:3]):
            if index not in joined and track_id not in taken:
                joined[index] = track
                taken.add(track_id)
        return joined

    def _follow(self, track: _Track | None, box: Box, t_s: float, crossing: bool) -> Followed:
        if track is None:
            track = _Track(TrackId(self._next_id), box, t_s, crossing=crossing)
            self._next_id += 1
            self._tracks.append(track)
            return Followed(track.id, steady=True)
        distance, growth = track.step_to(box, t_s)
        steady = (
            distance <= _STEADY_REACH
            and growth <= (1.0 + _GROWTH) / 2
            and t_s - track.seen_s <= GAP_S
            # In the last frame too: whoever takes somebody's place does so while nobody is seen.
            and track.seen_s == self._last_s
            # Also not in the frame in which faces part again: only then would a swap show.
            and not (crossing or track.crossing)
        )
        track.crossing = crossing
        track.move(box, t_s)
        return Followed(track.id, steady)


def _size(box: Box) -> float:
    return max((box.width + box.height) / 2, 1.0)


def _crossing(boxes: Sequence[Box]) -> list[bool]:
    return [
        any(box.iou(other) > _CROSSING_IOU for at, other in enumerate(boxes) if at != index)
        for index, box in enumerate(boxes)
    ]
