from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from faceapp.recognition.tracks import GAP_S, LOST_AFTER_FRAMES, LOST_AFTER_S, Followed, Tracker
from faceapp.types import Face, TrackId
from tests.helpers.examples import examples
from tests.recognition.made import face

FPS = 30.0


def ids(followed: tuple[Followed, ...]) -> list[TrackId]:
    return [one.track for one in followed]


def test_a_walking_face_keeps_its_track_and_is_steady() -> None:
    tracker = Tracker()
    seen = [tracker.update([face(100 + 6 * step, 50, 80)], step / FPS)[0] for step in range(60)]
    assert {one.track for one in seen} == {1}
    assert all(one.steady for one in seen)


@pytest.mark.parametrize("fps", [4.0, 10.0, 30.0, 240.0])
def test_a_face_that_comes_nearer_keeps_its_track_at_any_frame_rate(fps: float) -> None:
    tracker = Tracker()
    steps = int(2 * fps)
    sizes = [60.0 * 2.0 ** (step / steps) for step in range(steps + 1)]  # twice as large in 2 s
    seen = {
        tracker.update([face(320 - size / 2, 240 - size / 2, size)], step / fps)[0].track
        for step, size in enumerate(sizes)
    }
    assert seen == {TrackId(1)}


def test_a_face_glides_on_through_a_gap() -> None:
    tracker = Tracker()
    for step in range(10):
        tracker.update([face(40 * step, 30 * step, 80)], step / FPS)  # 1500 px/s
    for step in range(10, 14):
        tracker.update([], step / FPS)
    assert ids(tracker.update([face(40 * 13, 30 * 13, 80)], 14 / FPS)) == [1]


@pytest.mark.parametrize(
    ("away_s", "same", "steady"),
    [
        (GAP_S - 0.05, True, True),
        (GAP_S + 0.05, True, False),
        (LOST_AFTER_S, True, False),
        (LOST_AFTER_S + 0.05, False, True),
    ],
)
def test_a_face_that_was_away_for_long_is_not_steady_and_for_longer_is_another(
    away_s: float, same: bool, steady: bool
) -> None:
    tracker = Tracker()
    tracker.update([face(100, 100, 80)], -1 / FPS)
    tracker.update([face(100, 100, 80)], 0.0)
    (back,) = tracker.update([face(100, 100, 80)], away_s)
    assert (back.track == 1) is same
    assert back.steady is steady


def test_a_face_that_one_frame_did_not_show_is_not_steady_when_it_returns() -> None:
    tracker = Tracker()
    tracker.update([face(100, 100, 80)], 0.0)
    tracker.update([], 1 / FPS)
    steady = [tracker.update([face(100, 100, 80)], at / FPS)[0].steady for at in (2, 3)]
    assert steady == [False, True]


def test_a_camera_of_less_than_one_picture_a_second_keeps_its_tracks() -> None:
    tracker = Tracker()
    seen = [tracker.update([face(100, 100, 80)], 1.25 * step)[0] for step in range(8)]
    assert {one.track for one in seen} == {TrackId(1)}
    assert not any(one.steady for one in seen[1:])


def test_one_long_silence_makes_no_slow_camera() -> None:
    tracker = Tracker()
    for step in range(10):
        tracker.update([face(100, 100, 80)], step / FPS)
    assert ids(tracker.update([face(100, 100, 80)], 3.0)) == [2]


def test_a_lost_track_is_not_alive_and_one_out_of_view_is() -> None:
    tracker = Tracker()
    tracker.update([face(100, 100, 80)], 0.0)
    tracker.update([], 0.5)
    assert tracker.alive == {1}
    tracker.update([], 1.5)
    assert tracker.alive == frozenset()


@pytest.mark.parametrize("another", [face(400, 300, 80), face(20, 20, 240)])
def test_a_face_elsewhere_or_of_quite_another_size_is_another_track(another: Face) -> None:
    tracker = Tracker()
    tracker.update([face(100, 100, 80)], 0.0)
    assert ids(tracker.update([another], 1 / FPS)) == [2]


@pytest.mark.parametrize("jumped", [face(160, 100, 80), face(80, 80, 120)])
def test_a_jump_in_place_or_size_keeps_the_track_but_it_is_not_steady(jumped: Face) -> None:
    tracker = Tracker()
    tracker.update([face(100, 100, 80)], 0.0)
    assert tracker.update([jumped], 1 / FPS) == (Followed(TrackId(1), steady=False),)


def test_a_face_that_came_into_view_before_another_is_not_steady_when_it_parts() -> None:
    tracker = Tracker()
    tracker.update([face(100, 0, 100)], 0.0)
    tracker.update([face(100, 0, 100), face(170, 0, 100)], 1 / FPS)
    parted = tracker.update([face(100, 0, 100), face(190, 0, 100)], 2 / FPS)
    assert [one.steady for one in parted] == [False, False]


def test_faces_that_cross_are_not_steady_until_they_have_parted() -> None:
    tracker = Tracker()
    rights = [300, 250, 200, 160, 200, 250, 300]  # IoU with the face at 100 above 0.1 only at 160
    steady = []
    for step, right in enumerate(rights):
        found = tracker.update([face(100, 0, 100), face(right, 0, 100)], step * 0.2)
        assert ids(found) == [1, 2]
        steady.append([one.steady for one in found])
    assert steady == [[True, True]] * 3 + [[False, False]] * 2 + [[True, True]] * 2


def test_nearest_pairs_are_joined_whatever_the_order_of_the_faces() -> None:
    tracker = Tracker()
    tracker.update([face(0, 0, 80), face(150, 0, 80)], 0.0)
    assert ids(tracker.update([face(145, 0, 80), face(5, 0, 80)], 1 / FPS)) == [2, 1]


@pytest.mark.parametrize("back_s", [0.05, 97.0])
def test_time_that_goes_back_ends_all_tracks_and_no_id_comes_back(back_s: float) -> None:
    tracker = Tracker()
    tracker.update([face(0, 0, 80)], 100.0)
    assert ids(tracker.update([face(0, 0, 80)], 100.0 - back_s)) == [2]
    tracker.reset()
    assert ids(tracker.update([face(0, 0, 80)], 0.0)) == [3]


def test_two_frames_at_one_time_do_no_harm() -> None:
    tracker = Tracker()
    tracker.update([face(0, 0, 80)], 1.0)
    assert ids(tracker.update([face(4, 0, 80)], 1.0)) == [1]


class Street(RuleBasedStateMachine):
    """People appear, walk, vanish and return; the tracker must never mix up or reuse ids."""

    def __init__(self) -> None:
        super().__init__()
        self.tracker = Tracker()
        self.t_s = 0.0
        self.last_frame_s: float | None = None
        self.interval_s: float | None = None
        self.faces: dict[int, Face] = {}
        self.away: dict[int, Face] = {}
        self.last: dict[int, tuple[TrackId, float]] = {}
        self.gone: set[TrackId] = set()
        self.highest = 0

    @rule(place=st.integers(0, 5))
    def somebody_comes_or_leaves(self, place: int) -> None:
        if place in self.faces:
            self.away[place] = self.faces.pop(place)
        else:
            self.faces[place] = self.away.pop(place, face(300.0 * place, 100, 90))

    def everybody_moves(self, x: float, y: float) -> None:
        """So little from frame to frame that nobody gets out of reach, or into a neighbour's."""
        for place, one in self.faces.items():
            near_home = max(300.0 * place - 30, min(300.0 * place + 30, one.box.x + x))
            self.faces[place] = face(near_home, max(0.0, min(200.0, one.box.y + y)), 90)

    @rule(
        passed_s=st.sampled_from([0.0, 0.03, 0.2, 0.9, 1.1, 5.0]),
        backwards=st.booleans(),
        x=st.floats(-4, 4),
        y=st.floats(-4, 4),
    )
    def a_frame_comes(self, passed_s: float, backwards: bool, x: float, y: float) -> None:
        self.everybody_moves(x, y)
        self.t_s += passed_s
        order = sorted(self.faces, reverse=backwards)
        found = self.tracker.update([self.faces[place] for place in order], self.t_s)
        tracks = [one.track for one in found]
        silent_s = None if self.last_frame_s is None else self.t_s - self.last_frame_s
        short_s = min((s for s in (silent_s, self.interval_s) if s is not None), default=0.0)
        lost_after_s = max(LOST_AFTER_S, LOST_AFTER_FRAMES * short_s)
        self.last_frame_s, self.interval_s = self.t_s, silent_s
        assert len(tracks) == len(order)
        assert len(set(tracks)) == len(tracks)
        for place, track in zip(order, tracks, strict=True):
            assert track not in self.gone
            known = self.last.get(place)
            if known is not None and self.t_s - known[1] <= lost_after_s:
                assert track == known[0]
            else:
                assert track > self.highest
            self.last[place] = (track, self.t_s)
        self.highest = max([self.highest, *tracks])
        for place, (track, seen_s) in list(self.last.items()):
            if self.t_s - seen_s > lost_after_s:
                self.gone.add(track)
                del self.last[place]

    @rule()
    def the_camera_starts_again(self) -> None:
        self.tracker.reset()
        self.last_frame_s, self.interval_s = None, None
        self.gone |= {track for track, _ in self.last.values()}
        self.last.clear()

    @invariant()
    def what_is_alive_was_seen_lately(self) -> None:
        assert self.tracker.alive.isdisjoint(self.gone)
        assert len(self.tracker.alive) <= 6


TestStreet = Street.TestCase
TestStreet.settings = settings(max_examples=examples(60), stateful_step_count=40)
