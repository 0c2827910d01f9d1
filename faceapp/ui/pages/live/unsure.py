"""Decides which unsure faces to ask the operator about. No widgets, no clock of its own."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from faceapp.recognition.tracks import GAP_S
from faceapp.types import Box, Decision, FrameResult, PersonId, TrackId

# Many faces are unsure for some frames before they are known.
PATIENCE_S = 1.5
MOST = 50


@dataclass(frozen=True, slots=True)
class Unsure:
    """A face that stayed unsure: perhaps ``person``, last seen at ``at`` in ``box``."""

    key: int
    track: TrackId
    person: PersonId
    at: datetime
    box: Box


@dataclass(slots=True)
class UnsureLog:
    """Keeps one open question per candidate; recognizing the face or the candidate closes it.

    A question whose face left waits for its candidate or the operator alone: whoever is in the
    track next may be somebody else. It may also be the same face after a turn of the head, so no
    track is asked about twice with the same candidate.
    """

    _seen_s: dict[TrackId, float] = field(default_factory=dict)
    _since_s: dict[TrackId, float] = field(default_factory=dict)
    _open: dict[PersonId, Unsure] = field(default_factory=dict)
    _asked: set[tuple[TrackId, PersonId]] = field(default_factory=set)
    _settled: set[TrackId] = field(default_factory=set)
    _next: int = 1

    @property
    def items(self) -> tuple[Unsure, ...]:
        """Return the open questions, oldest first."""
        return tuple(self._open.values())

    def update(self, result: FrameResult) -> tuple[Unsure, ...]:
        """Process a frame; return the questions that it opened."""
        t_s = result.frame.t_s
        visible = {seen.track for seen in result.faces}
        self._since_s = {t: since for t, since in self._since_s.items() if t in visible}
        first = self._next
        self._let_go(visible, t_s)
        for seen in result.faces:
            if seen.decision is Decision.KNOWN and seen.person is not None:
                self._close(seen.track, seen.person)
            elif seen.decision is Decision.UNSURE and seen.person is not None:
                since_s = self._since_s.setdefault(seen.track, t_s)
                if t_s - since_s >= PATIENCE_S and seen.track not in self._settled:
                    self._ask(seen.track, seen.person, result, seen.face.box)
        return tuple(item for item in self._open.values() if item.key >= first)

    def resolve(self, key: int) -> None:
        """Close a question that the operator answered; its face is not asked about again."""
        for person, item in list(self._open.items()):
            if item.key == key:
                del self._open[person]
                self._settled.add(item.track)

    def forget(self, person: PersonId) -> None:
        """Close the question about this candidate."""
        self._open.pop(person, None)

    def restart(self) -> None:
        """Prepare for a new run of the camera, whose track numbers start over.

        Open questions stay.
        """
        self._free(item.track for item in self.items)
        self._seen_s.clear()
        self._since_s.clear()
        self._asked.clear()
        self._settled.clear()

    def _let_go(self, visible: AbstractSet[TrackId], t_s: float) -> None:
        """Free the questions about faces that have been out of the picture for a while."""
        self._seen_s.update(dict.fromkeys(visible, t_s))
        gone = {track for track, seen_s in self._seen_s.items() if t_s - seen_s > GAP_S}
        for track in gone:
            del self._seen_s[track]
        if gone:
            self._settled -= gone
            self._free(gone)

    def _free(self, tracks: Iterable[TrackId]) -> None:
        """Give the questions about these tracks a number that no track has."""
        freed = set(tracks)
        self._open = {
            person: replace(item, track=TrackId(-1 - item.key)) if item.track in freed else item
            for person, item in self._open.items()
        }

    def _ask(self, track: TrackId, person: PersonId, result: FrameResult, box: Box) -> None:
        asked = person in self._open or (track, person) in self._asked
        if asked or any(item.track == track for item in self._open.values()):
            return
        self._asked.add((track, person))
        item = Unsure(self._next, track, person, result.frame.at, box)
        self._next += 1
        self._open[person] = item
        while len(self._open) > MOST:
            del self._open[next(iter(self._open))]

    def _close(self, track: TrackId, person: PersonId) -> None:
        self._since_s.pop(track, None)
        self._open = {
            candidate: item
            for candidate, item in self._open.items()
            if item.track != track and candidate != person
        }
