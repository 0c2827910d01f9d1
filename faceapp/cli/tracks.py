"""Collects what is known about each track of a video or camera: one line with its decision."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from faceapp.cli.lines import Line, Place, face_line
from faceapp.types import Decision, FrameResult, PersonId, SeenFace, TrackId

OVER_AFTER_S = 1.5
"""A face not seen for this long has left; if it comes back, the tracker gives it a new track..."""

OVER_AFTER_FRAMES = 3.0
"""... unless fewer frames than this came in that time: a slow source may be between two frames."""

_WEIGHT = {Decision.WAITING: 0, Decision.POOR: 1}


@dataclass(slots=True)
class _Story:
    seen: SeenFace
    place: Place
    last_s: float
    printed: PersonId | None = None
    known: tuple[SeenFace, Place] | None = None
    """The last moment at which the face was known, whatever was decided since."""

    def update(self, seen: SeenFace, place: Place) -> None:
        """Store the newest decision."""
        self.seen, self.place = seen, place
        if _known(seen) is not None:
            self.known = seen, place


class TrackBook:
    """Follows tracks through frames and makes one line for each.

    ``at_once``: yield a line as soon as somebody becomes known, for cameras watched live.
    """

    def __init__(
        self,
        source: str,
        names: Mapping[PersonId, str],
        *,
        unsure_from: float,
        at_once: bool,
    ) -> None:
        self._source = source
        self._names = names
        self.unsure_from = unsure_from
        self._at_once = at_once
        self._stories: dict[TrackId, _Story] = {}
        self.tracks = 0
        self._began_s: float | None = None
        self._times_s: deque[float] = deque(maxlen=3)

    def add(self, result: FrameResult) -> Iterator[Line]:
        """Add a frame and yield the lines of the tracks that are now decided."""
        now_s = result.frame.t_s
        if self._began_s is None:
            self._began_s = now_s
        self._times_s.append(now_s)
        # The shorter of the last two intervals: a single long gap does not mean a slow source.
        interval_s = min((b - a for a, b in pairwise(self._times_s)), default=0.0)
        over_after_s = max(OVER_AFTER_S, OVER_AFTER_FRAMES * interval_s)
        place = Place(self._source, result.frame.index, now_s - self._began_s)
        for seen in result.faces:
            yield from self._add(seen, place, now_s)
        for track, story in list(self._stories.items()):
            person = _known(story.seen)
            if self._at_once and person not in (None, story.printed):
                story.printed = person
                yield self._line(story.seen, story.place)
            if abs(now_s - story.last_s) > over_after_s:
                yield from self._end(track)

    def finish(self) -> Iterator[Line]:
        """Yield the lines of the tracks that were still in view."""
        for track in list(self._stories):
            yield from self._end(track)

    def _add(self, seen: SeenFace, place: Place, now_s: float) -> Iterator[Line]:
        """Update a face's story; first yield the line of a person whom another one replaces.

        A track may pass from one person to another who takes their place: both were seen.
        """
        story = self._stories.get(seen.track)
        if story is None:
            self.tracks += 1
            story = self._stories[seen.track] = _Story(seen, place, now_s)
            story.update(seen, place)
            return
        story.last_s = now_s
        # The face of somebody walking away becomes poor, which does not undo its decision.
        weight, before = _weight(seen.decision), _weight(story.seen.decision)
        said, told = (seen.decision, seen.person), (story.seen.decision, story.seen.person)
        news = said != told or seen.confirmed_now
        if weight >= before and (news or weight == 0):
            if seen.confirmed_now:  # another visit, perhaps of the same person
                yield from self._former(story, None)
                story.printed = None
            elif _known(seen) is not None:
                yield from self._former(story, _known(seen))
            story.update(seen, place)

    def _former(self, story: _Story, person: PersonId | None) -> Iterator[Line]:
        """Yield the line of whoever was known before ``person``, unless it was printed."""
        if story.known is None:
            return
        former, place = story.known
        if former.person not in (person, story.printed):
            yield self._line(former, place)

    def _end(self, track: TrackId) -> Iterator[Line]:
        """Yield the track's last line; before it, that of somebody known whom a stranger replaced.

        They were seen, and have an entry if entries are recorded.
        """
        story = self._stories.pop(track)
        person = _known(story.seen)
        yield from self._former(story, person)
        if person is None or person != story.printed:
            yield self._line(story.seen, story.place)

    def _line(self, seen: SeenFace, place: Place) -> Line:
        return face_line(place, seen, self._names, track=seen.track, unsure_from=self.unsure_from)


def _known(seen: SeenFace) -> PersonId | None:
    return seen.person if seen.decision is Decision.KNOWN else None


def _weight(decision: Decision) -> int:
    return _WEIGHT.get(decision, 2)
