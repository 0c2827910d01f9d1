"""Decides about each face from what is seen of it, frame by frame.

Votes are collected per track: a good frame votes for a person when its score reaches the accept
threshold with a clear margin to the second person. k votes for one person among the last n good
frames make the track KNOWN. The target ("1 stranger in X is given a name") applies to a visit, not
to a frame. Three things keep a visit of hundreds of frames from being hundreds of chances:

- k frames must agree, so one unlucky frame never names anybody;
- a track that came out UNKNOWN or UNSURE is looked at only every `Rules.retry_s`;
- frames of one face resemble each other: a stranger far from everybody stays far in every frame.

In simulated visits of ten seconds (a stranger's vector with frame noise, galleries of 50) strangers
were named 1.3 to 2.1 times as often per visit as by a single frame; without the first two rules, 5
to 40 times as often. `threshold` treats people as independent chances, which they are not; a long
visit uses up that slack.

A name is slow to come and quick to go. It is dropped at once when a frame votes for another person
or looks like a spoof, or when the supporting votes run out. It is hidden while the tracker cannot
be sure that it follows the same face. A dropped name returns, or another comes, only through
WAITING and fresh votes.

Nothing here knows about frames, pixels or the gallery.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from faceapp.recognition.match import assign_once
from faceapp.recognition.threshold import Thresholds
from faceapp.recognition.tracks import Followed
from faceapp.types import Decision, Liveness, Match, PersonId, Quality, TrackId

VISIT_OVER_S = 60.0
"""Somebody who did not have a track's name for longer, and has it again, is on another visit: in a
queue, or before a face that never leaves, the same track may follow them twice a day."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How decisions are made: scores, shares and seconds.

    ``votes`` (k) of the last ``window`` (n) good frames must agree. ``min_margin`` is how far the
    score must be above the second person's; different people rarely come closer by chance, two IDs
    of one person always do. A KNOWN face is looked at again every ``recheck_s``, an UNKNOWN or
    UNSURE one every ``retry_s``.
    """

    votes: int = 3
    window: int = 5
    min_margin: float = 0.05
    min_liveness: float = 0.5
    recheck_s: float = 0.5
    retry_s: float = 0.2

    def __post_init__(self) -> None:
        if not 1 <= self.votes <= self.window:
            raise ValueError(
                f"rules: expected 1 <= votes <= window, got {self.votes} of {self.window}"
            )


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame shows of one face; ``match`` is None if it was too poor to be embedded."""

    quality: Quality
    liveness: Liveness | None = None
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision about a face, and the last look behind it. Fields as in `SeenFace`."""

    decision: Decision
    person: PersonId | None
    confirmed_now: bool
    look: Look | None


@dataclass(frozen=True, slots=True)
class _Vote:
    """One good frame: its candidate and whether it reached the accept and unsure thresholds."""

    person: PersonId | None
    accepted: bool
    near: bool


@dataclass(slots=True)
class _Case:
    """What is known about one track. ``person`` is set while it is KNOWN."""

    window: deque[_Vote]
    decision: Decision = Decision.WAITING
    person: PersonId | None = None
    candidate: PersonId | None = None
    doubted: bool = False
    settled: bool = False
    look: Look | None = None
    last_match: Match | None = None
    looked_s: float = float("-inf")
    known_s: dict[PersonId, float] = field(default_factory=dict)

    def restart(self, decision: Decision = Decision.WAITING) -> None:
        """Drop the name and all votes, but remember who was known, and when."""
        self.window.clear()
        self.decision = decision
        self.person = self.candidate = self.last_match = None
        self.doubted = self.settled = False
        self.looked_s = float("-inf")

    def leader(self) -> tuple[PersonId | None, int]:
        """Return the person with the most votes, and their number; None and 0 on a tie."""
        counts = Counter(vote.person for vote in self.window if vote.accepted)
        best = counts.most_common(2)
        if not best or (len(best) == 2 and best[0][1] == best[1][1]):
            return None, 0
        return best[0]

    def support(self, person: PersonId) -> int:
        """Return how many frames of the window reach the unsure threshold for ``person``."""
        return sum(vote.near and vote.person == person for vote in self.window)


class Decider:
    """Decides about every track of a camera. Keeps what the tracks have shown so far."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._cases: dict[TrackId, _Case] = {}

    def reset(self) -> None:
        """Forget every track and who was known."""
        self._cases.clear()

    def take_back(self) -> None:
        """Drop all names and votes, because the gallery or the thresholds have changed.

        A track that has just confirmed a person does not confirm that person again.
        """
        for case in self._cases.values():
            case.restart()

    def is_due(self, followed: Followed, t_s: float) -> bool:
        """Return whether the face must be looked at in this frame; settled ones may be skipped."""
        case = self._cases.get(followed.track)
        if case is None or not followed.steady:
            return True
        waited_s = t_s - case.looked_s
        if case.decision is Decision.KNOWN:
            return not case.settled or case.doubted or waited_s >= self._rules.recheck_s
        if case.decision in (Decision.UNKNOWN, Decision.UNSURE):
            return waited_s >= self._rules.retry_s
        return True

    def update(
        self,
        seen: Sequence[Followed],
        looks: Mapping[TrackId, Look],
        thresholds: Thresholds,
        t_s: float,
    ) -> tuple[Verdict, ...]:
        """Process one frame and return the verdict on each face of ``seen``, in its order.

        ``looks`` maps tracks to the faces that were looked at; faces that were not due may be
        missing. No person is KNOWN twice in one frame.
        """
        for followed in seen:
            self._meet(followed)
        contested = self._contest(seen, looks)
        for track, look in contested.items():
            case = self._cases[track]
            before, case.look = case.person, look
            self._take(case, look, thresholds, t_s)
            if case.person is not None and before is None:
                self._give_way(track, case.person)
        return tuple(self._verdict(self._cases[followed.track], t_s) for followed in seen)

    def keep(self, alive: Iterable[TrackId]) -> None:
        """Forget the tracks that are no longer ``alive``."""
        kept = set(alive)
        for track in [track for track in self._cases if track not in kept]:
            del self._cases[track]

    def _meet(self, followed: Followed) -> None:
        case = self._cases.get(followed.track)
        if case is None:
            case = self._cases[followed.track] = _Case(deque(maxlen=self._rules.window))
        if not followed.steady and case.person is not None:
            case.doubted = True

    def _contest(
        self, seen: Sequence[Followed], looks: Mapping[TrackId, Look]
    ) -> dict[TrackId, Look]:
        """Let only the most similar face of the frame claim each person.

        KNOWN faces that were not looked at in this frame claim with their last match.
        """
        claims: dict[TrackId, Match] = {}
        for followed in seen:
            look, case = looks.get(followed.track), self._cases[followed.track]
            match = look.match if look else None
            if match is None and case.person is not None and not case.doubted:
                match = case.last_match
            if match is not None:
                claims[followed.track] = match
        assigned = dict(zip(claims, assign_once(list(claims.values())), strict=True))
        for track, match in assigned.items():
            if match.person is None and track not in looks:
                # A face more like this person has come: look at the holder again at once.
                self._cases[track].settled = False
        return {
            track: Look(look.quality, look.liveness, assigned.get(track) if look.match else None)
            for track, look in looks.items()
        }

    def _take(self, case: _Case, look: Look, thresholds: Thresholds, t_s: float) -> None:
        if not look.quality.good:
            if case.person is None:
                case.decision = Decision.POOR
            return
        # Written so that NaN counts as a spoof.
        if look.liveness is None or not look.liveness.score >= self._rules.min_liveness:
            case.restart(Decision.SPOOF)
            return
        if look.match is None:
            raise ValueError("look: expected a match of a good and live face")
        case.looked_s = t_s
        case.last_match = look.match
        vote = self._vote(look.match, thresholds)
        if case.person is None:
            case.window.append(vote)
            self._decide(case)
        else:
            self._recheck(case, case.person, vote)

    def _vote(self, match: Match, thresholds: Thresholds) -> _Vote:
        named = match.person is not None
        return _Vote(
            match.person,
            accepted=(
                named
                and match.score >= thresholds.accept
                and match.margin >= self._rules.min_margin
            ),
            near=named and match.score >= thresholds.unsure,
        )

    def _decide(self, case: _Case) -> None:
        """Decide about a track without a name."""
        person, votes = case.leader()
        case.candidate = None
        if person is not None and votes >= self._rules.votes:
            case.decision = Decision.KNOWN
            case.person = person
            case.settled = True
        elif len(case.window) < self._rules.window:
            case.decision = Decision.WAITING
        else:
            case.candidate = self._candidate(case)
            case.decision = Decision.UNKNOWN if case.candidate is None else Decision.UNSURE

    def _candidate(self, case: _Case) -> PersonId | None:
        """Return the person whom a full window without k votes resembles most; None if nobody.

        It takes one vote or k near frames: every second stranger has a single near frame now and
        then.
        """
        near = Counter(vote.person for vote in case.window if vote.near)
        if not near:
            return None
        person, frames = near.most_common(1)[0]
        voted = any(vote.accepted and vote.person == person for vote in case.window)
        return person if voted or frames >= self._rules.votes else None

    def _recheck(self, case: _Case, person: PersonId, vote: _Vote) -> None:
        """Check a KNOWN track against a fresh frame."""
        if vote.accepted and vote.person != person:
            case.restart()
            return
        case.window.append(vote)
        against = len(case.window) - case.support(person)
        if against > self._rules.window - self._rules.votes:
            case.restart()
            return
        case.settled = vote.near and vote.person == person
        if vote.accepted:
            case.doubted = False

    def _give_way(self, track: TrackId, person: PersonId) -> None:
        """Drop the name of every other track with this person: the latest votes win."""
        for other, case in self._cases.items():
            if other != track and case.person == person:
                case.restart()

    def _verdict(self, case: _Case, t_s: float) -> Verdict:
        """Return the verdict on a face of this frame, and note when its person had the name."""
        if case.person is None:
            candidate = case.candidate if case.decision is Decision.UNSURE else None
            return Verdict(case.decision, candidate, False, case.look)
        returned = t_s - case.known_s.get(case.person, float("-inf")) > VISIT_OVER_S
        if not (case.doubted and returned):
            case.known_s[case.person] = t_s  # in doubt too: who only looks down is not away
        if case.doubted:
            return Verdict(Decision.WAITING, None, False, case.look)
        return Verdict(Decision.KNOWN, case.person, returned, case.look)
