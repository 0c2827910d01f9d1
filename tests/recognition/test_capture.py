from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition.capture import (
    ENOUGH_SAMPLES,
    EnrolmentSession,
    Offered,
    Pose,
    Progress,
)
from faceapp.recognition.selection import MAX_SAMPLES
from faceapp.types import PoorReason, SeenFace
from tests.recognition.made import pictured, sample, seen, towards, unit

SAME_FACE = 0.4
POSES = {
    Pose.FRONT: (0.0, 0.0),
    Pose.LEFT: (20.0, 0.0),
    Pose.RIGHT: (-20.0, 0.0),
    Pose.UP: (0.0, 25.0),
    Pose.DOWN: (0.0, -25.0),
}


def posed(pose: Pose, seed: int, tilt: float = 0.0) -> SeenFace:
    yaw, pitch = POSES[pose]
    return seen(sample(pictured(seed), yaw, pitch + tilt))


def session_with(*poses: Pose, tilt: float = 0.0) -> tuple[EnrolmentSession, Progress]:
    session = EnrolmentSession(SAME_FACE)
    for at, pose in enumerate(poses):
        progress = session.offer([posed(pose, at, tilt)], float(2 * at))
    return session, progress


def test_five_poses_finish_it() -> None:
    session, progress = session_with(*Pose)
    assert progress.finished
    assert progress.can_finish
    assert progress.wanted is None
    assert progress.counts == dict.fromkeys(Pose, 1)
    assert len(session.samples) == 5
    assert session.offer([posed(Pose.FRONT, 9)], 99.0).outcome is Offered.FINISHED
    assert len(session.samples) == 5


def test_the_poses_are_asked_for_in_order_but_taken_as_they_come() -> None:
    session, progress = session_with(Pose.FRONT, Pose.DOWN)
    assert progress.wanted is Pose.LEFT
    assert session.offer([posed(Pose.UP, 7)], 9.0).outcome is Offered.TAKEN
    assert session.offer([posed(Pose.LEFT, 8)], 19.0).wanted is Pose.RIGHT


@pytest.mark.parametrize("pose", [pose for pose in Pose if pose is not Pose.FRONT])
def test_the_front_comes_first(pose: Pose) -> None:
    session, progress = session_with(pose)
    assert progress.outcome is Offered.FRONT_FIRST
    assert progress.wanted is Pose.FRONT
    assert session.samples == ()


def test_poses_are_measured_from_the_persons_own_front() -> None:
    _, progress = session_with(Pose.FRONT, Pose.UP, Pose.DOWN, tilt=-10.0)
    assert progress.counts[Pose.UP] == 1
    assert progress.counts[Pose.DOWN] == 1


def test_between_two_poses_nothing_is_taken() -> None:
    session, _ = session_with(Pose.FRONT)
    progress = session.offer([seen(sample(pictured(5), yaw=10.0))], 9.0)
    assert progress.outcome is Offered.BETWEEN_POSES


@pytest.mark.parametrize(
    ("faces", "outcome"),
    [
        ([], Offered.NOBODY),
        ([posed(Pose.FRONT, 1), posed(Pose.FRONT, 2)], Offered.SEVERAL_FACES),
        ([seen(None, reason=PoorReason.BLURRED)], Offered.POOR),
        ([seen(None)], Offered.SPOOF),
        ([seen(None, size=40, reason=PoorReason.TOO_SMALL), posed(Pose.FRONT, 1)], Offered.TAKEN),
        ([seen(None, size=60, reason=PoorReason.TOO_DARK), posed(Pose.FRONT, 1)],
         Offered.SEVERAL_FACES),
    ],
)  # fmt: skip
def test_only_one_good_live_face_before_the_camera_is_taken(
    faces: list[SeenFace], outcome: Offered
) -> None:
    assert EnrolmentSession(SAME_FACE).offer(faces, 0.0).outcome is outcome


def test_a_poor_face_says_why() -> None:
    progress = EnrolmentSession(SAME_FACE).offer([seen(None, reason=PoorReason.BACKLIT)], 0.0)
    assert progress.reason is PoorReason.BACKLIT


def test_another_face_is_refused_and_the_first_goes_on() -> None:
    session, _ = session_with(Pose.FRONT)
    stranger = seen(sample(towards(0.1, 16, axis=3), yaw=20.0))
    assert session.offer([stranger], 5.0).outcome is Offered.OTHER_FACE
    assert session.offer([posed(Pose.LEFT, 3)], 6.0).outcome is Offered.TAKEN


def test_a_turned_face_need_be_like_one_of_those_before_only() -> None:
    session, _ = session_with(Pose.FRONT)
    front = session.samples[0].vector
    left, right = unit(front + towards(0.0, 16, 7)), unit(front - towards(0.0, 16, 7))
    assert float(left @ right) < SAME_FACE
    assert session.offer([seen(sample(left, yaw=20.0))], 5.0).outcome is Offered.TAKEN
    assert session.offer([seen(sample(right, yaw=-20.0))], 6.0).outcome is Offered.TAKEN


def test_one_more_like_the_last_waits_until_it_is_different_or_time_has_passed() -> None:
    session, _ = session_with(Pose.FRONT)
    again = seen(sample(unit(pictured(0) + np.float32(0.01) * pictured(3))))
    assert session.offer([again], 0.1).outcome is Offered.TOO_SOON
    assert session.offer([again], 1.0).outcome is Offered.TOO_SIMILAR
    assert session.offer([posed(Pose.FRONT, 1)], 1.0).outcome is Offered.TAKEN
    assert session.offer([again], 1.5).outcome is Offered.TOO_SIMILAR  # to the first of two
    assert session.offer([again], 3.0).outcome is Offered.TAKEN


def test_a_picture_that_never_changes_is_one_sample_however_long_it_is_shown() -> None:
    session, _ = session_with(Pose.FRONT)
    again = posed(Pose.FRONT, 0)
    outcomes = {session.offer([again], float(t_s)).outcome for t_s in range(1, 30)}
    assert outcomes == {Offered.TOO_SIMILAR}
    assert len(session.samples) == 1


def test_reopened_it_asks_for_the_last_pose_again_and_keeps_its_sample() -> None:
    session, _ = session_with(*Pose)
    before = session.samples
    session.reopen()
    assert set(map(id, session.samples)) == set(map(id, before))
    assert session.offer([posed(Pose.DOWN, 4)], 20.0).outcome is Offered.TOO_SIMILAR
    progress = session.offer([posed(Pose.DOWN, 9)], 21.0)
    assert (progress.outcome, progress.finished) == (Offered.TAKEN, True)
    assert len(session.samples) == 6
    session.discard(before[-1])
    assert before[-1] not in session.samples
    assert len(session.samples) == 5


def test_a_sample_that_stayed_when_it_was_reopened_says_whose_the_next_ones_are() -> None:
    session, _ = session_with(*Pose)
    session.reopen()
    (stayed,) = [one for one in session.samples if one.quality.pitch_deg == POSES[Pose.DOWN][1]]
    for taken in session.samples:
        if taken is not stayed:
            session.discard(taken)
    stranger = seen(sample(towards(0.1, 16, axis=3)))
    assert session.offer([stranger], 20.0).outcome is Offered.OTHER_FACE
    assert session.samples == (stayed,)
    assert session.offer([posed(Pose.FRONT, 9)], 21.0).outcome is Offered.TAKEN


@pytest.mark.parametrize("fronts", [1, 3, 5])
def test_who_looks_straight_again_and_again_is_asked_for_every_pose_all_the_same(
    fronts: int,
) -> None:
    first, *turns = Pose
    session, progress = session_with(*[first] * fronts)
    t_s = 100.0
    for at, turn in enumerate(turns):
        assert not progress.finished
        for seed, pose in enumerate((turn, turn, first, first), 20 + 4 * at):
            t_s += 2.0
            progress = session.offer([posed(pose, seed)], t_s)
    assert progress.finished
    assert 0 not in progress.counts.values()
    assert len(session.samples) <= MAX_SAMPLES + 1


def test_a_full_pose_is_full() -> None:
    session, _ = session_with(Pose.FRONT, Pose.LEFT, Pose.LEFT)
    assert session.offer([posed(Pose.LEFT, 9)], 99.0).outcome is Offered.POSE_FULL


def test_second_samples_leave_room_for_missing_poses() -> None:
    poses = [Pose.FRONT] * 3 + [Pose.LEFT] * 2 + [Pose.RIGHT]
    session, progress = session_with(*poses)
    assert progress.outcome is Offered.TAKEN
    assert session.offer([posed(Pose.RIGHT, 20)], 50.0).outcome is Offered.POSE_FULL
    session.offer([posed(Pose.UP, 21)], 60.0)
    assert session.offer([posed(Pose.DOWN, 22)], 70.0).finished


@pytest.mark.parametrize(
    ("poses", "can_finish"),
    [
        ([Pose.FRONT], False),
        ([Pose.FRONT] * 4, False),
        ([Pose.FRONT] * 5, True),
        ([Pose.FRONT, Pose.LEFT], False),
        ([Pose.FRONT, Pose.LEFT, Pose.UP], True),
    ],
)
def test_the_operator_may_finish_early(poses: list[Pose], can_finish: bool) -> None:
    session, progress = session_with(*poses)
    assert progress.can_finish is can_finish
    assert session.finish().finished is can_finish


def test_a_sample_given_back_makes_room_again() -> None:
    session, _ = session_with(*Pose)
    session.discard(session.samples[1])
    progress = session.offer([], 98.0)
    assert (progress.finished, progress.wanted) == (False, Pose.LEFT)
    assert len(session.samples) == 4
    assert session.offer([posed(Pose.LEFT, 11)], 99.0).finished


def test_a_sample_from_elsewhere_is_nothing_to_give_back() -> None:
    session, _ = session_with(*Pose)
    session.discard(sample(pictured(0)))
    assert len(session.samples) == 5
    assert session.offer([], 99.0).finished


def test_a_pipeline_not_asked_for_samples_is_a_bug() -> None:
    made = seen(sample(pictured(0)))
    without = SeenFace(
        made.face, made.track, made.decision, made.quality, None, None, None, False, 0.5
    )
    with pytest.raises(ValueError, match="samples"):
        EnrolmentSession(SAME_FACE).offer([without], 0.0)


@given(
    st.lists(
        st.tuples(st.floats(-40, 40), st.floats(-30, 30), st.integers(0, 20), st.floats(0, 2)),
        max_size=60,
    )
)
def test_whatever_is_offered_the_samples_are_few_and_begin_with_the_front(
    offers: list[tuple[float, float, int, float]],
) -> None:
    session, t_s = EnrolmentSession(SAME_FACE), 0.0
    for yaw, pitch, seed, passed_s in offers:
        t_s += passed_s
        before = len(session.samples)
        progress = session.offer([seen(sample(pictured(seed), yaw, pitch))], t_s)
        samples = len(session.samples)
        assert (samples > before) == (progress.outcome is Offered.TAKEN)
        assert sum(progress.counts.values()) == samples <= MAX_SAMPLES + 1
        assert progress.finished == (progress.wanted is None)
        if samples:
            assert progress.counts[Pose.FRONT] >= 1
            assert abs(session.samples[0].quality.yaw_deg) <= 16.0
        if progress.finished:
            assert samples >= ENOUGH_SAMPLES
