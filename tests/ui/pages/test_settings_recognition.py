"""How strict recognition is, in words and numbers, and what that asks of the people enrolled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from faceapp.recognition.gallery import Gallery
from faceapp.types import PersonId, Sample
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.pages.settings.strictness import STEPS, cost_of, step_of
from faceapp.ui.words import common
from faceapp.ui.words import settings as words
from tests.helpers.seams import MODEL
from tests.ui.kept import saved
from tests.ui.rooms import QUALITY, TABLE, Room
from tests.ui.seen import press

pytestmark = pytest.mark.usefixtures("noon")


def gallery(spread: float) -> Gallery:
    """Ten people with three samples each that are alike up to ``spread``."""
    rng = np.random.default_rng(5)
    rows, owners = [], []
    for person in range(10):
        base = rng.standard_normal(64)
        base /= np.linalg.norm(base)
        for _ in range(3):
            turned = base + spread * rng.standard_normal(64) / 8
            rows.append(turned / np.linalg.norm(turned))
            owners.append(PersonId(f"P{person}"))
    return Gallery.of(np.array(rows, np.float32), owners)


def test_the_slider_speaks_words_and_numbers(room: Room) -> None:
    section = room.open(SettingsPage).recognition
    section.slider.setFocus()
    room.qtbot.keyClick(section.slider, Qt.Key.Key_Right)
    assert "2" in section.target.text()
    assert section.target.text() in section.slider.accessibleName()
    room.until(lambda: saved(room).stranger_odds == 2_000)


def test_odds_between_two_steps_stay_until_the_slider_is_moved(room: Room) -> None:
    room.desk.settings.change("stranger_odds", 3_333)
    section = room.open(SettingsPage).recognition
    assert "3" in section.target.text()
    assert section.odds == 3_333
    assert STEPS[section.slider.value()] in (2_000, 5_000)


@given(st.integers(100, 1_000_000))
def test_the_nearest_step_is_taken(odds: int) -> None:
    step = step_of(odds)
    nearest = abs(np.log(STEPS[step] / odds))
    assert all(nearest <= abs(np.log(other / odds)) + 1e-12 for other in STEPS)


def test_what_a_target_needs_is_measured_again_when_it_is_taken_back(room: Room) -> None:
    room.enrol("P1", "Grace")
    vector = np.array([0.66, 0.5644**0.5], np.float32)
    other = Sample(vector, QUALITY, MODEL, "test", np.zeros((112, 112, 3), np.uint8))
    room.do(lambda service: service.add_samples(PersonId("P1"), [other]))
    section = room.open(SettingsPage).recognition
    easy = words.ODDS_WITH(1, picture=words.ANY_PICTURE())
    room.until(lambda: section.needs.text() == easy)
    room.qtbot.keyClick(section.slider, Qt.Key.Key_Right)
    assert section.needs.text() == ""
    room.until(lambda: section.needs.text() == words.ODDS_WITH(1, picture=words.HARD_PICTURE()))
    press(room.window.toast, common.UNDO())
    assert section.needs.text() == ""
    room.until(lambda: section.needs.text() == easy)


def test_stricter_targets_recognize_fewer_of_ones_own() -> None:
    shares = [cost_of(gallery(0.6), TABLE, odds).recognized for odds in STEPS]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]
    alike = cost_of(gallery(0.0), TABLE, 100)
    assert (alike.people, alike.samples, alike.recognized) == (10, 30, 1.0)
    assert alike.needs is words.ANY_PICTURE
    assert replace(alike, recognized=0.0).needs is words.HARD_PICTURE
    one_sample_each = Gallery.of(np.eye(2, dtype=np.float32), [PersonId("P1"), PersonId("P2")])
    for nothing_to_measure in (Gallery.empty(8), one_sample_each):
        assert cost_of(nothing_to_measure, TABLE, 1_000).needs is None


def test_more_votes_than_pictures_cannot_be_asked_for(room: Room) -> None:
    section = room.open(SettingsPage).recognition
    section.votes.setValue(9)
    assert (saved(room).confirm_votes, saved(room).confirm_window) == (5, 5)
    section.window_field.setValue(2)
    assert saved(room).confirm_window == 5
    section.votes.setValue(2)
    section.window_field.setValue(2)
    assert (saved(room).confirm_votes, saved(room).confirm_window) == (2, 2)
