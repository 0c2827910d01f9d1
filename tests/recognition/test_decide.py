from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from faceapp.recognition.decide import VISIT_OVER_S, Decider, Look, Rules, Verdict
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.threshold import Thresholds
from faceapp.types import Decision, Liveness, Match, PersonId, PoorReason, TrackId
from tests.helpers.examples import examples
from tests.recognition.made import followed, match, quality, unit, units

THRESHOLDS = Thresholds(accept=0.5, unsure=0.35)
FPS = 30.0

YES, NO = match("A", 0.7), match("A", 0.1)
NEARLY, CLOSE_CALL = match("A", 0.4), match("A", 0.7, margin=0.01)
OTHER = match("B", 0.7)

K, W, U, Q = Decision.KNOWN, Decision.WAITING, Decision.UNKNOWN, Decision.UNSURE


def good(found: Match) -> Look:
    return Look(quality(), Liveness(1.0), found)


def poor(reason: PoorReason = PoorReason.TOO_DARK) -> Look:
    return Look(quality(reason=reason))


SPOOF = Look(quality(), Liveness(0.1))


class Scene:
    """One decider and its clock."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.decider = Decider(rules or Rules())
        self.t_s = 0.0

    def frame(self, looks: dict[int, Look | None], unsteady: tuple[int, ...] = ()) -> list[Verdict]:
        """Show one frame; None is a face in view that is not looked at."""
        seen = [followed(track, track not in unsteady) for track in looks]
        given = {TrackId(track): look for track, look in looks.items() if look is not None}
        self.t_s += 1 / FPS
        return list(self.decider.update(seen, given, THRESHOLDS, self.t_s))

    def watch(self, looks: list[Look]) -> list[Decision]:
        """Show one face, frame by frame."""
        return [self.frame({1: look})[0].decision for look in looks]


@pytest.mark.parametrize(
    ("matches", "decisions"),
    [
        ([YES, YES, YES], [W, W, K]),
        ([YES, NO, YES, NO, YES], [W, W, W, W, K]),
        ([NO, NO, NO, NO, NO], [W, W, W, W, U]),
        ([NO] * 5 + [YES] * 3, [W] * 4 + [U] + [Q, Q, K]),
        ([NEARLY] * 5, [W] * 4 + [Q]),
        ([NO, NO, NO, NEARLY, NEARLY], [W] * 4 + [U]),
        ([NO, NO, NEARLY, NEARLY, NEARLY], [W] * 4 + [Q]),
        ([NO, NO, NO, NO, YES], [W] * 4 + [Q]),
        ([CLOSE_CALL] * 5, [W] * 4 + [Q]),
        ([YES, OTHER, YES, OTHER, NO], [W] * 4 + [Q]),
        ([YES, OTHER, YES, OTHER, YES], [W] * 4 + [K]),
        ([match(None, -1.0)] * 5, [W] * 4 + [U]),
    ],
)
def test_three_votes_of_five_name_a_face(matches: list[Match], decisions: list[Decision]) -> None:
    assert Scene().watch([good(found) for found in matches]) == decisions


def test_a_vote_for_each_of_two_people_leads_to_neither() -> None:
    assert Scene(Rules(votes=2, window=4)).watch([good(YES), good(OTHER), good(OTHER)]) == [W, W, K]
    assert Scene(Rules(votes=2, window=2)).watch([good(YES), good(OTHER)])[-1] is Q


def test_what_lies_on_a_threshold_has_reached_it() -> None:
    accepted = match("A", THRESHOLDS.accept, Rules().min_margin)
    near = match("A", THRESHOLDS.unsure)
    alive = Look(quality(), Liveness(Rules().min_liveness), YES)
    assert Scene().watch([good(accepted)] * 3)[-1] is K
    assert Scene().watch([alive] * 3)[-1] is K
    assert Scene().watch([good(near)] * 5)[-1] is Q


def test_an_unsure_face_has_a_candidate_and_an_unknown_one_has_none() -> None:
    scene = Scene()
    for _ in range(4):
        scene.frame({1: good(NEARLY), 2: good(match("B", 0.1))})
    unsure, unknown = scene.frame({1: good(NEARLY), 2: good(match("B", 0.1))})
    assert (unsure.decision, unsure.person) == (Q, "A")
    assert (unknown.decision, unknown.person) == (U, None)


def test_poor_frames_do_not_count_and_say_why() -> None:
    scene = Scene()
    scene.watch([good(YES), good(YES)])
    (verdict,) = scene.frame({1: poor(PoorReason.TURNED_AWAY)})
    assert verdict.decision is Decision.POOR
    assert verdict.look is not None
    assert verdict.look.quality.reason is PoorReason.TURNED_AWAY
    assert scene.watch([poor()] * 10 + [good(YES)])[-1] is K


def test_a_known_face_stays_known_while_it_is_poor() -> None:
    assert Scene().watch([good(YES)] * 3 + [poor()] * 10) == [W, W] + [K] * 11


def test_a_spoof_takes_every_vote_and_the_name() -> None:
    assert Scene().watch([good(YES)] * 2 + [SPOOF] + [good(YES)] * 3) == [
        W, W, Decision.SPOOF, W, W, K,
    ]  # fmt: skip
    assert Scene().watch([good(YES)] * 3 + [SPOOF, good(YES)]) == [W, W, K, Decision.SPOOF, W]


@pytest.mark.parametrize("look", [Look(quality()), Look(quality(), Liveness(float("nan")), YES)])
def test_liveness_that_is_missing_or_not_a_number_is_no_proof_of_life(look: Look) -> None:
    assert Scene().watch([look] * 5) == [Decision.SPOOF] * 5


def test_a_good_live_face_without_a_match_is_a_bug() -> None:
    with pytest.raises(ValueError, match="match"):
        Scene().frame({1: Look(quality(), Liveness(1.0))})


def test_it_is_confirmed_once() -> None:
    scene = Scene()
    verdicts = [scene.frame({1: good(YES)})[0] for _ in range(20)]
    assert [verdict.confirmed_now for verdict in verdicts].index(True) == 2
    assert sum(verdict.confirmed_now for verdict in verdicts) == 1
    for _ in range(20):
        scene.t_s += VISIT_OVER_S / 10
        assert scene.frame({1: poor()})[0] == Verdict(K, PersonId("A"), False, poor())


def test_it_is_not_confirmed_again_after_the_gallery_was_replaced() -> None:
    scene = Scene()
    scene.watch([good(YES)] * 3)
    scene.decider.take_back()
    verdicts = [scene.frame({1: good(YES)})[0] for _ in range(3)]
    assert [verdict.decision for verdict in verdicts] == [W, W, K]
    assert not any(verdict.confirmed_now for verdict in verdicts)


@pytest.mark.parametrize("between", [[NO] * 5, [OTHER] * 5], ids=["a stranger", "somebody else"])
@pytest.mark.parametrize("late", [False, True])
def test_who_returns_to_a_track_that_never_ended_is_confirmed_after_a_while(
    between: list[Match], late: bool
) -> None:
    scene = Scene()
    scene.watch([good(YES)] * 5 + [good(one) for one in between])
    scene.t_s += VISIT_OVER_S + (1 if late else -1)
    back = [scene.frame({1: good(YES)})[0] for _ in range(6)]
    assert back[-1].person == "A"
    assert [one.confirmed_now for one in back].count(True) == late


@pytest.mark.parametrize(("frames", "away_s"), [(1, VISIT_OVER_S + 1), (20, VISIT_OVER_S / 10)])
def test_a_doubt_ends_with_another_visit_only_after_an_absence(frames: int, away_s: float) -> None:
    scene = Scene()
    scene.watch([good(YES)] * 3)
    scene.frame({1: poor()}, unsteady=(1,))
    for _ in range(frames):
        scene.t_s += away_s
        assert scene.frame({1: poor()})[0].decision is W
    assert scene.frame({1: good(YES)})[0].confirmed_now is (frames == 1)


def test_a_vote_for_another_takes_the_name_and_the_other_needs_fresh_votes() -> None:
    scene = Scene()
    verdicts = [scene.frame({1: good(one)})[0] for one in [YES] * 5 + [OTHER] * 4]
    assert [(verdict.decision, verdict.person) for verdict in verdicts[4:]] == [
        (K, "A"), (W, None), (W, None), (W, None), (K, "B"),
    ]  # fmt: skip
    assert [verdict.confirmed_now for verdict in verdicts].count(True) == 2


def test_a_frame_that_is_only_nearly_another_leaves_the_name_and_is_looked_into() -> None:
    scene = Scene()
    assert scene.watch([good(YES)] * 5 + [good(match("B", 0.4))])[-1] is K
    assert scene.decider.is_due(followed(1), scene.t_s)


def test_even_a_single_vote_never_turns_one_name_into_another() -> None:
    scene = Scene(Rules(votes=1, window=1))
    assert scene.watch([good(YES), good(OTHER), good(OTHER)]) == [K, W, K]


def test_a_name_fades_when_frames_stop_being_like_it() -> None:
    assert Scene().watch([good(YES)] * 5 + [good(NO)] * 3) == [W, W, K, K, K, K, K, W]
    # Nearly is near enough to keep a name that was earned.
    assert Scene().watch([good(YES)] * 3 + [good(NEARLY)] * 9)[-1] is K


def test_a_doubted_name_is_hidden_until_the_face_is_accepted_again() -> None:
    scene = Scene()
    scene.watch([good(YES)] * 3)
    assert scene.frame({1: poor()}, unsteady=(1,))[0].decision is W
    assert scene.frame({1: good(NEARLY)})[0].decision is W
    (back,) = scene.frame({1: good(YES)})
    assert (back.decision, back.person, back.confirmed_now) == (K, "A", False)
    # Looked at in the very frame of the jump, nothing is to be seen of the doubt.
    assert scene.frame({1: good(YES)}, unsteady=(1,))[0].decision is K


def test_a_doubted_face_is_looked_at_until_it_is_clear_and_holds_no_name_meanwhile() -> None:
    scene = Scene()
    scene.watch([good(match("A", 0.8))] * 3)
    scene.frame({1: None}, unsteady=(1,))
    assert scene.decider.is_due(followed(1), scene.t_s)
    for _ in range(3):
        doubted, other = scene.frame({1: None, 2: good(match("A", 0.7))})
    assert doubted.decision is not K
    assert (other.decision, other.person) == (K, "A")


def test_doubt_about_one_name_does_not_hide_the_next() -> None:
    scene = Scene()
    scene.watch([good(YES)] * 3)
    scene.frame({1: poor()}, unsteady=(1,))
    decisions = scene.watch([good(OTHER)] * 4)
    assert decisions == [W, W, W, K]


def test_the_nearer_face_gets_the_name_and_the_other_none() -> None:
    scene = Scene()
    for _ in range(5):
        near, far = scene.frame({1: good(match("A", 0.8)), 2: good(match("A", 0.7))})
    assert (near.decision, near.person) == (K, "A")
    assert (far.decision, far.person) == (U, None)


def test_a_known_face_that_is_not_looked_at_still_holds_its_name() -> None:
    scene = Scene()
    for _ in range(3):
        scene.frame({1: good(match("A", 0.8))})
    for _ in range(5):
        holder, other = scene.frame({1: None, 2: good(match("A", 0.7))})
    assert holder.decision is K
    assert other.decision is U


def test_somebody_more_like_the_person_makes_the_holder_be_looked_at_and_takes_the_name() -> None:
    scene = Scene()
    for _ in range(3):
        scene.frame({1: good(match("A", 0.6))})
    assert not scene.decider.is_due(followed(1), scene.t_s)
    scene.frame({1: None, 2: good(match("A", 0.9))})
    assert scene.decider.is_due(followed(1), scene.t_s)
    for _ in range(2):
        holder, other = scene.frame({1: poor(), 2: good(match("A", 0.9))})
    assert (other.decision, other.confirmed_now) == (K, True)
    assert holder.decision is not K


def test_only_settled_faces_may_be_skipped_and_not_for_long() -> None:
    rules = Rules(recheck_s=0.5, retry_s=0.2)
    scene = Scene(rules)
    one = followed(1)
    assert scene.decider.is_due(one, 0.0)
    scene.watch([good(YES)] * 2)
    assert scene.decider.is_due(one, scene.t_s)
    scene.watch([good(YES)])
    scene.frame({1: None})
    assert not scene.decider.is_due(one, scene.t_s + 0.4)
    assert scene.decider.is_due(one, scene.t_s + 0.5)
    assert scene.decider.is_due(followed(1, steady=False), scene.t_s)
    scene.watch([good(NO)])  # one frame against it: looked at until it is clear
    assert scene.decider.is_due(one, scene.t_s)

    stranger = Scene(rules)
    stranger.watch([good(NO)] * 5)
    assert not stranger.decider.is_due(one, stranger.t_s + 0.15)
    assert stranger.decider.is_due(one, stranger.t_s + 0.2)


def test_tracks_that_ended_are_forgotten() -> None:
    scene = Scene()
    scene.watch([good(YES)] * 3)
    scene.decider.keep([TrackId(2)])
    assert scene.frame({1: None})[0].decision is W
    scene.watch([good(YES)] * 3)
    scene.decider.reset()
    assert scene.frame({1: None})[0].decision is W


@pytest.mark.parametrize(("votes", "window"), [(0, 5), (6, 5)])
def test_rules_that_can_never_be_met_are_refused(votes: int, window: int) -> None:
    with pytest.raises(ValueError, match="votes"):
        Rules(votes=votes, window=window)


looks = st.one_of(
    st.none(),
    st.builds(poor),
    st.just(SPOOF),
    st.builds(
        good,
        st.builds(
            Match,
            st.sampled_from(["A", "B", "C"]).map(PersonId),
            st.sampled_from([0.1, 0.4, 0.6, 0.7, 0.8]),
            st.sampled_from([0.01, 0.3]),
        ),
    ),
)


class Door(RuleBasedStateMachine):
    """Any looks in any order: what must never happen does not."""

    def __init__(self) -> None:
        super().__init__()
        self.needed = 2
        self.scene = Scene(Rules(votes=self.needed, window=3))
        self.known_s: dict[tuple[int, PersonId], float] = {}
        self.known: dict[int, PersonId] = {}
        self.accepted: defaultdict[tuple[int, PersonId], int] = defaultdict(int)

    @rule(
        frame=st.dictionaries(st.integers(1, 3), looks, max_size=3),
        unsteady=st.sets(st.integers(1, 3)),
    )
    def a_frame_comes(self, frame: dict[int, Look | None], unsteady: set[int]) -> None:
        for track, look in frame.items():
            found = look.match if look else None
            if found and found.person and found.score >= 0.5 and found.margin >= 0.05:
                self.accepted[track, found.person] += 1
        verdicts = dict(zip(frame, self.scene.frame(frame, tuple(unsteady)), strict=True))
        named = [one.person for one in verdicts.values() if one.decision is K]
        assert len(set(named)) == len(named)
        for track, verdict in verdicts.items():
            self.judge(track, verdict)

    def judge(self, track: int, verdict: Verdict) -> None:
        assert (verdict.person is not None) == (verdict.decision in (K, Q))
        before = self.known.get(track)
        if verdict.decision is not K or verdict.person is None:
            assert not verdict.confirmed_now
            self.known.pop(track, None)
            return
        assert before in (None, verdict.person)
        assert self.accepted[track, verdict.person] >= self.needed
        self.known[track] = verdict.person
        visit = track, verdict.person
        away_s = self.scene.t_s - self.known_s.get(visit, float("-inf"))
        assert verdict.confirmed_now == (away_s > VISIT_OVER_S)
        self.known_s[visit] = self.scene.t_s
        if verdict.confirmed_now:
            # An entry is made with this frame's score, which must be that person's.
            assert verdict.look is not None
            assert verdict.look.match is not None
            assert verdict.look.match.person == verdict.person
            assert verdict.look.match.score >= THRESHOLDS.accept

    @rule()
    def a_while_passes(self) -> None:
        """Too long for a face in view: the tracker is no longer sure of any."""
        self.scene.t_s += VISIT_OVER_S + 1
        self.a_frame_comes(dict.fromkeys(self.known), set(self.known))

    @rule()
    def the_gallery_is_replaced(self) -> None:
        self.scene.decider.take_back()
        self.accepted.clear()


TestDoor = Door.TestCase
TestDoor.settings = settings(max_examples=examples(80), stateful_step_count=30)


def test_a_long_visit_gives_strangers_hardly_more_chances_than_one_frame() -> None:
    """Ten seconds of frames each: wrong names per visit against wrong frames per frame."""
    rng = np.random.default_rng(5)
    gallery = Gallery.of(units(50, 64, 1), [PersonId(f"P{at}") for at in range(50)])
    visits, frames, accept = 150, 300, 0.35
    thresholds = Thresholds(accept, accept - 0.1)
    named = single = 0
    for visit in range(visits):
        stranger = units(1, 64, 1000 + visit)
        jitter = rng.standard_normal((frames, 64)).astype(np.float32) * np.float32(0.05)
        matches = gallery.search(unit(stranger + jitter))  # cosine about 0.93 between frames
        single += sum(m.score >= accept and m.margin >= 0.05 for m in matches)
        decider, confirmed = Decider(Rules()), False
        for at, found in enumerate(matches):
            one, t_s = followed(1), at / FPS
            shown = {one.track: good(found)} if decider.is_due(one, t_s) else {}
            (verdict,) = decider.update([one], shown, thresholds, t_s)
            confirmed = confirmed or verdict.confirmed_now
        named += confirmed
    per_frame, per_visit = single / (visits * frames), named / visits
    assert per_frame > 0.01  # otherwise nothing is tested
    assert per_visit < 3 * per_frame
