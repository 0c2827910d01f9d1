"""The story of each track of a video or camera: its final decision, told when it is over."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from faceapp.cli.lines import Line, Place, face_line
from faceapp.types import Decision, FrameResult, PersonId, SeenFace, TrackId

OVER_AFTER_S = 1.5
"""A face not seen for so long has left; the tracker gives it another track when it comes back..."""

OVER_AFTER_FRAMES = 3.0
"""... unless so few frames came in that time: from a slow source it may just be between two."""

_WEIGHT = {Decision.WAITING: 0, Decision.POOR: 1}


@dataclass(slots=True)
class _Story:
    seen: SeenFace
    place: Place
    last_s: float
    told: PersonId | None = None


class TrackBook:
    """Follows tracks through frames and makes one line of each.

    ``at_once``: somebody who becomes known is told at once, for cameras that somebody watches.
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
        """Take in a frame and yield the lines of the tracks that are decided by now."""
        now_s = result.frame.t_s
        if self._began_s is None:
            self._began_s = now_s
        self._times_s.append(now_s)
        # Of two intervals the shorter: one long silence makes no slow source.
        interval_s = min((b - a for a, b in pairwise(self._times_s)), default=0.0)
        over_after_s = max(OVER_AFTER_S, OVER_AFTER_FRAMES * interval_s)
        place = Place(self._source, result.frame.index, now_s - self._began_s)
        for seen in result.faces:
            yield from self._add(seen, place, now_s)
        for track, story in list(self._stories.items()):
            person = _known(story.seen)
            if self._at_once and person not in (None, story.told):
                story.told = person
                yield self._line(story)
            if abs(now_s - story.last_s) > over_after_s:
                yield from self._end(track)

    def finish(self) -> Iterator[Line]:
        """Yield the lines of the tracks that were still in view."""
        for track in list(self._stories):
            yield from self._end(track)

    def _add(self, seen: SeenFace, place: Place, now_s: float) -> Iterator[Line]:
        """Go on with a face's story; where somebody else stands in its place, tell of the former.

        A track may pass from one person to the next who steps there: both were seen.
        """
        story = self._stories.get(seen.track)
        if story is None:
            self.tracks += 1
            self._stories[seen.track] = _Story(seen, place, now_s)
            return
        story.last_s = now_s
        # Whoever walks away becomes poor in the end: that takes back nothing.
        weight, before = _weight(seen.decision), _weight(story.seen.decision)
        news = (seen.decision, seen.person) != (story.seen.decision, story.seen.person)
        if weight >= before and (news or weight == 0):
            former, person = _known(story.seen), _known(seen)
            if None not in (former, person) and former not in (person, story.told):
                yield self._line(story)
            story.seen, story.place = seen, place

    def _end(self, track: TrackId) -> Iterator[Line]:
        story = self._stories.pop(track)
        if story.told is None:
            yield self._line(story)

    def _line(self, story: _Story) -> Line:
        return face_line(
            story.place,
            story.seen,
            self._names,
            track=story.seen.track,
            unsure_from=self.unsure_from,
        )


def _known(seen: SeenFace) -> PersonId | None:
    return seen.person if seen.decision is Decision.KNOWN else None


def _weight(decision: Decision) -> int:
    return _WEIGHT.get(decision, 2)
