from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.camera.demo import DEMO_FPS, DemoCamera, open_demo, script_of
from faceapp.camera.demo_scene import DemoScene, draw_room
from faceapp.camera.demo_tour import POSES, VISITOR, Tour, read_cast
from faceapp.camera.models import Opening
from faceapp.errors import CameraNotFound, PictureUnreadable
from faceapp.paths import assets_dir
from faceapp.types import CameraState, Frame
from tests.camera.fakes import face_box
from tests.helpers.clock import MONDAY, HandClock

CAST = (*(f"P{number:02d}" for number in range(1, 13)), VISITOR)
TOUR = Tour(CAST, 0)
SHOWN = Tour(read_cast(assets_dir() / "demo"), 0)
SIZE = (640, 480)
QUICKLY = Opening(HandClock(), live=False)
MOMENTS = st.floats(0, 1000)
SEEDS = st.integers(0, 2**31)


def test_everybody_comes_once_a_tour_in_another_order_each_time(demo_people: Path) -> None:
    cast = read_cast(demo_people)
    assert len(cast) == 13
    assert VISITOR in cast
    tour = Tour(cast, 0)
    assert 60 <= tour.length_s <= 70
    orders = [[person for person, _, _ in tour.visits(number)] for number in range(3)]
    assert all(sorted(order) == sorted(cast) for order in orders)
    assert len({tuple(order) for order in orders}) == 3


@given(SEEDS, st.integers(0, 20))
def test_everybody_stands_large_enough_for_two_seconds(seed: int, number: int) -> None:
    tour = Tour(CAST, seed)
    for person, from_s, until_s in tour.visits(number):
        assert until_s - from_s >= 2.0
        for t_s in np.linspace(from_s + 0.001, until_s - 0.001, 9):
            figure = tour.at(float(t_s)).figure
            assert figure is not None
            assert figure.person == person
            box = face_box(figure, SIZE)
            assert box.width >= 100
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.width <= SIZE[0]
            assert box.y + box.height <= SIZE[1]


@given(SEEDS, MOMENTS)
def test_a_moment_is_the_same_whenever_it_is_asked(seed: int, t_s: float) -> None:
    assert Tour(CAST, seed).at(t_s) == Tour(CAST, seed).at(t_s)


@given(MOMENTS)
def test_every_moment_can_be_drawn(t_s: float) -> None:
    moment = TOUR.at(t_s)
    assert all(0.5 < factor < 1.3 for factor in moment.light)
    figure = moment.figure
    if figure is not None:
        assert figure.pose in POSES
        assert figure.next_pose in POSES
        assert 0 <= figure.turning <= 1.001
        assert 0.2 < figure.side < 0.9
        assert abs(figure.lean_deg) < 10


@given(MOMENTS)
def test_nobody_jumps(t_s: float) -> None:
    before, after = TOUR.at(t_s).figure, TOUR.at(t_s + 1 / DEMO_FPS).figure
    if before is not None and after is not None and before.person == after.person:
        assert abs(after.eyes_x - before.eyes_x) < 0.12
        assert abs(after.eyes_y - before.eyes_y) < 0.03
        assert abs(after.side / before.side - 1) < 0.10


def test_between_two_people_there_is_nobody() -> None:
    people = [TOUR.at(index / DEMO_FPS).figure for index in range(int(TOUR.length_s * DEMO_FPS))]
    for before, after in pairwise(people):
        if before is not None and after is not None:
            assert before.person == after.person
    assert sum(figure is None for figure in people) > 10 * DEMO_FPS


def read(camera: DemoCamera, count: int) -> list[Frame]:
    frames = [frame for _ in range(count) if (frame := camera.read())]
    assert len(frames) == count
    return frames


def test_the_same_seed_draws_the_same_frames() -> None:
    def drawn(seed: int) -> list[bytes]:
        tour = Tour(SHOWN.cast, seed)
        camera = DemoCamera(HandClock(), tour, size=(160, 120), real_time=False)
        return [frame.rgb.tobytes() for frame in read(camera, 70)]

    assert drawn(5) == drawn(5)
    assert drawn(5) != drawn(6)


def test_without_real_time_the_times_belong_to_the_demo() -> None:
    clock = HandClock()
    camera = DemoCamera(clock, SHOWN, size=(160, 120), fps=10, real_time=False)
    clock.move(55)
    frames = read(camera, 30)
    assert [frame.index for frame in frames] == list(range(30))
    assert [frame.t_s for frame in frames] == pytest.approx([k / 10 for k in range(30)])
    assert [(frame.at - MONDAY).total_seconds() for frame in frames] == pytest.approx(
        [frame.t_s - SHOWN.length_s for frame in frames]
    )
    assert clock.t_s == HandClock().t_s + 55


def test_without_real_time_nothing_is_dated_ahead() -> None:
    camera = DemoCamera(HandClock(), SHOWN, size=(160, 120), fps=1, real_time=False)
    frames = read(camera, int(SHOWN.length_s) + 9)
    assert frames[-1].t_s > SHOWN.length_s
    assert max(frame.at for frame in frames) == MONDAY


def test_in_real_time_it_keeps_its_pace_and_its_place() -> None:
    clock = HandClock()
    camera = DemoCamera(clock, SHOWN, size=(160, 120))
    started_s = clock.t_s
    frames = read(camera, 31)
    assert clock.t_s - started_s == pytest.approx(1.0)
    assert frames[-1].t_s == clock.t_s
    clock.move(0.2)  # a slow reader misses six frames
    assert read(camera, 1)[0].index == 36
    clock.move(60)  # a stopped one misses nothing
    assert read(camera, 1)[0].index == 37


def test_consecutive_frames_differ_even_when_nobody_is_there() -> None:
    camera = DemoCamera(HandClock(), SHOWN, real_time=False)
    frames = [frame.rgb for frame in read(camera, 14)]
    assert all(SHOWN.at(index / DEMO_FPS).figure is None for index in range(14))
    for index, before in enumerate(frames):
        assert not any(np.array_equal(before, after) for after in frames[index + 1 :])


def test_the_person_is_where_the_picture_changes() -> None:
    _, from_s, until_s = SHOWN.visits()[0]
    index = int((from_s + until_s) / 2 * DEMO_FPS)
    scene = DemoScene(assets_dir(), SIZE, 0)
    moment = SHOWN.at(index / DEMO_FPS)
    figure = moment.figure
    assert figure is not None
    with_person = scene.draw(moment, index).astype(int)
    without = scene.draw(type(moment)(None, moment.light), index).astype(int)
    changed = np.abs(with_person - without).max(axis=2) > 12
    box = face_box(figure, SIZE)
    inside = changed[int(box.y) : int(box.y + box.height), int(box.x) : int(box.x + box.width)]
    assert inside.mean() > 0.8
    assert changed[:, :40].mean() < 0.05


def test_every_pose_of_everybody_has_a_picture_and_an_outline(demo_people: Path) -> None:
    assets = demo_people.parent
    for person in read_cast(demo_people):
        for pose in POSES:
            assert (assets / "demo" / person / f"{pose}.jpg").is_file()
            assert (assets / "demo-outlines" / person / f"{pose}.png").is_file()


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (320, 240)])
def test_frames_have_the_size_that_was_asked_for(size: tuple[int, int]) -> None:
    camera = DemoCamera(HandClock(), SHOWN, size=size, fps=1, real_time=False)
    assert {frame.rgb.shape for frame in read(camera, 8)} == {(size[1], size[0], 3)}
    assert draw_room(size).shape == (size[1], size[0], 3)


def test_missing_assets_are_told(tmp_path: Path) -> None:
    figure_s = TOUR.visits()[0][1] + 0.5
    scene = DemoScene(tmp_path, SIZE, 0)
    with pytest.raises(PictureUnreadable):
        scene.draw(TOUR.at(figure_s), 0)


def test_another_seed_is_another_order() -> None:
    assert script_of("demo:12") == Tour(SHOWN.cast, 12)
    assert script_of("demo") == SHOWN


def test_a_closed_camera_gives_nothing() -> None:
    camera = open_demo("demo:12", QUICKLY)
    camera.close()
    assert camera.state is CameraState.STOPPED
    assert camera.read() is None


@pytest.mark.parametrize("source", ["demo:x", "demo:P99", "demo:p01", "demo:1234567890", "demo:²"])
def test_a_demo_of_nobody_in_the_cast_is_not_found(source: str) -> None:
    with pytest.raises(CameraNotFound):
        open_demo(source, QUICKLY)
