from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.camera.demo import DEMO_FPS, script_of, sitter_address
from faceapp.camera.demo_scene import DemoScene
from faceapp.camera.demo_sitting import Sitting
from faceapp.camera.demo_tour import POSES, code_of, read_cast
from faceapp.paths import assets_dir
from tests.camera.fakes import face_box

CAST = read_cast(assets_dir() / "demo")
CODES = [code_of(person) for person in CAST]
SITTING = Sitting("P01")
SIZE = (640, 480)


@given(st.floats(0, 1000))
def test_one_person_stays_and_nothing_jumps(t_s: float) -> None:
    figure, following = SITTING.at(t_s).figure, SITTING.at(t_s + 1 / DEMO_FPS).figure
    assert figure is not None
    assert following is not None
    assert figure.person == following.person == "P01"
    assert {figure.pose, figure.next_pose} <= set(POSES)
    assert 0 <= figure.turning <= 1
    assert abs(following.turn_deg - figure.turn_deg) < 1.5
    assert abs(following.nod_deg - figure.nod_deg) < 1.5
    assert abs(following.eyes_x - figure.eyes_x) < 0.005
    assert abs(following.side / figure.side - 1) < 0.005
    if following.pose != figure.pose:
        # The next picture was there already.
        assert (figure.next_pose, round(figure.turning, 6)) == (following.pose, 1.0)
    box = face_box(figure, SIZE)
    assert 0 <= box.x <= SIZE[0] - box.width
    assert 0 <= box.y <= SIZE[1] - box.height


def test_all_directions_come_in_the_order_in_which_they_are_asked_for() -> None:
    seen: list[tuple[int, int]] = []
    for index in range(int(SITTING.length_s * DEMO_FPS)):
        figure = SITTING.at(index / DEMO_FPS).figure
        assert figure is not None
        turn, nod = figure.turn_deg / 13, figure.nod_deg / 7
        way = int(turn), int(nod)
        if (max(abs(turn), abs(nod)) < 0.3 or way.count(0) == 1) and way not in seen:
            seen.append(way)
    assert seen == [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
    assert 15 <= SITTING.length_s <= 25


def test_a_sitting_repeats_for_ever() -> None:
    once, again = SITTING.at(2.0).figure, SITTING.at(2.0 + 7 * SITTING.length_s).figure
    assert once is not None
    assert again is not None
    assert (once.pose, once.turn_deg) == (again.pose, pytest.approx(again.turn_deg))


@pytest.mark.parametrize("size", [SIZE, (1280, 720), (320, 240)])
def test_a_turned_head_keeps_its_outline_and_moves_within(size: tuple[int, int]) -> None:
    scene = DemoScene(assets_dir(), size, 0)
    straight = Sitting(CAST[0]).at(0.0)
    assert straight.figure is not None
    drawn = {
        turn: scene.draw(replace(straight, figure=replace(straight.figure, turn_deg=turn)), 0)
        for turn in (0.0, 10.0, -10.0)
    }
    box = face_box(straight.figure, size)
    inside = np.s_[int(box.y) : int(box.y + box.height), int(box.x) : int(box.x + box.width)]
    for turn in (10.0, -10.0):
        changed = np.abs(drawn[turn].astype(int) - drawn[0.0].astype(int)).max(axis=2) > 12
        assert changed[inside].mean() > 0.3
        changed[inside] = False
        assert changed.mean() < 0.05
    assert not np.array_equal(drawn[10.0], drawn[-10.0])


def test_one_after_the_other_sits_down() -> None:
    addresses = [sitter_address(enrolled, None) for enrolled in range(14)]
    assert addresses == [f"demo:{code}" for code in (*CODES, CODES[0])]
    for address, person in zip(addresses, CAST, strict=False):
        assert script_of(address) == Sitting(person)


def test_who_is_known_sits_down_for_more_samples() -> None:
    assert sitter_address(12, "P03") == "demo:P03"
    assert sitter_address(1, "A-17") == sitter_address(1, None)
