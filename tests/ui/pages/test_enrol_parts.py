"""What the enrol page decides: IDs, which samples count, twins, trials, coaching, the ring."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from faceapp.errors import (
    NobodyInView,
    PictureTooLarge,
    PictureUnreadable,
    PoorPicture,
    SeveralFaces,
    StoreFull,
)
from faceapp.recognition.capture import Offered, Pose, Progress
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.selection import Refusal
from faceapp.recognition.threshold import Thresholds
from faceapp.runtime.intake import Looked
from faceapp.runtime.keeper import Snapshot
from faceapp.types import F32, ModelId, PersonId, PoorReason, Quality, Sample
from faceapp.ui.icons import Icons
from faceapp.ui.pages.enrol.capture import coaching
from faceapp.ui.pages.enrol.ring import RingState, draw_ring, oval_in
from faceapp.ui.pages.enrol.samples import SIDE_PX, SampleSquare, reason_text
from faceapp.ui.pages.enrol.squares import Reason, Square, choose
from faceapp.ui.pages.enrol.trial import Outcome, live_trial, picture_trial
from faceapp.ui.suggest import suggest_id
from faceapp.ui.theme import DARK, Theme, Token
from faceapp.ui.words import enrol as words
from faceapp.ui.words import states

MODEL = ModelId("made-3d")
SAME_FACE = 0.5
GOOD = Quality(40.0, 120.0, 50.0, 0.0, 0.0, 0.0, 80.0, None)
THUMBNAIL = np.zeros((112, 112, 3), np.uint8)

ids = st.text(max_size=12).map(PersonId)


def sample(*direction: float) -> Sample:
    vector = np.array(direction, np.float32)
    return Sample(vector / np.linalg.norm(vector), GOOD, MODEL, "made", THUMBNAIL)


def derive(chances: float) -> Thresholds:
    return Thresholds(0.9 if chances > 8 else 0.8, 0.6)


def everybody(**people: tuple[float, ...]) -> Snapshot:
    vectors: F32 = np.stack([sample(*direction).vector for direction in people.values()])
    gallery = Gallery.of(vectors, [PersonId(code) for code in people])
    return Snapshot(gallery, derive(gallery.chances), MODEL, derive, SAME_FACE)


NOBODY = Snapshot(Gallery.empty(3), derive(0), MODEL, derive, SAME_FACE)


@given(st.lists(ids, max_size=20))
def test_a_suggested_id_is_free(taken: list[PersonId]) -> None:
    suggested = suggest_id(taken)
    assert suggested not in taken
    assert suggest_id(taken[::-1]) == suggested


@pytest.mark.parametrize(
    ("taken", "suggested"),
    [
        ([], "P01"),
        (["P01", "P02"], "P03"),
        (["P09"], "P10"),
        (["7", "12"], "13"),
        (["S-0099", "P01", "S-0003"], "S-0100"),
        (["anna", "otto"], "P01"),
        (["anna", "P01"], "P02"),
        (["P999999999", "P1000000000"], "P1000000001"),
    ],
)
def test_ids_are_counted_on(taken: list[str], suggested: str) -> None:
    assert suggest_id(map(PersonId, taken)) == suggested


@pytest.mark.parametrize("prefix", "ABCDEFGH")
def test_of_two_ways_to_write_the_last_number_the_longer_counts(prefix: str) -> None:
    assert suggest_id([PersonId(f"{prefix}{figures}") for figures in ("1", "01")]) == f"{prefix}02"


def looked(path: str, *samples: Sample) -> Looked:
    return Looked(Path(path), samples, None)


def test_pictures_are_chosen_and_the_refused_ones_say_why() -> None:
    unreadable = PictureUnreadable(path="c.txt")
    squares = choose(
        (),
        [
            looked("a.jpg", sample(1, 0, 0)),
            looked("a copy.jpg", sample(1, 0.001, 0)),
            looked("b.jpg", sample(1, 0.6, 0)),
            looked("other.jpg", sample(-1, 0, 1)),
            Looked(Path("c.txt"), (), unreadable),
        ],
        SAME_FACE,
    )
    reasons = {str(square.path): square.reason for square in squares}
    assert [square.taken for square in squares] == [True, True, False, False, False]
    assert reasons["b.jpg"] is None
    assert Refusal.TOO_SIMILAR in (reasons["a.jpg"], reasons["a copy.jpg"])
    assert reasons["other.jpg"] is Refusal.OTHER_FACE
    assert reasons["c.txt"] is unreadable


def test_frames_of_a_video_that_were_not_needed_are_not_shown() -> None:
    film = looked("film.mp4", *(sample(1, 0.02 * step, 0) for step in range(60)))
    squares = choose((), [film], SAME_FACE)
    assert squares
    assert all(square.taken for square in squares)


def test_a_refused_picture_is_shown_although_a_taken_one_has_its_name() -> None:
    both = [looked(f"{folder}/1.jpg", sample(1, 0, 0)) for folder in ("monday", "friday")]
    squares = choose((), both, SAME_FACE)
    assert [square.reason for square in squares] == [None, Refusal.TOO_SIMILAR]


def test_of_more_camera_samples_than_are_kept_the_best_are_chosen() -> None:
    camera = [sample(1, 0.2 * step, 0) for step in range(9)]
    eight, nine = choose(camera[:8], (), SAME_FACE), choose(camera, (), SAME_FACE)
    assert [square.sample for square in eight] == camera[:8]
    assert sum(square.taken for square in nine) <= 8 < len(nine)


@given(
    st.lists(
        st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda v: any(abs(x) > 0.1 for x in v)),
        max_size=25,
    )
)
def test_however_many_pictures_at_most_eight_samples_are_kept(
    directions: list[tuple[float, float, float]],
) -> None:
    pictures = [looked(f"{at}.jpg", sample(*one)) for at, one in enumerate(directions)]
    squares = choose((), pictures, SAME_FACE)
    assert len(squares) == len(directions)
    assert sum(square.taken for square in squares) <= 8
    unclear = any(square.reason is Refusal.FACES_DIFFER for square in squares)
    assert any(square.taken for square in squares) == bool(directions and not unclear)


def test_a_look_is_tried_against_the_samples_and_everybody() -> None:
    snapshot = everybody(P1=(1, 0, 0), P2=(0, 1, 0))
    own = [sample(0, 0, 1)]
    assert live_trial(sample(0, 0.1, 1), own, snapshot).outcome is Outcome.KNOWN
    assert live_trial(sample(1, 1, 1), own, snapshot).outcome is Outcome.UNKNOWN
    other = live_trial(sample(0, 1, 0.1), own, snapshot)
    assert (other.outcome, other.other) == (Outcome.OTHER, "P2")
    allowed = live_trial(sample(0, 1, 0.1), own, snapshot, PersonId("P2"))
    assert allowed.outcome is Outcome.UNKNOWN
    assert live_trial(sample(0, 0, 1), own, NOBODY).outcome is Outcome.KNOWN


def test_a_trial_is_as_strict_as_recognition_will_be() -> None:
    """Many samples more make the gallery larger, and the threshold with it."""
    near = [sample(1, 0.7, 0)] * 17
    assert live_trial(sample(1, 0, 0), near[:1], NOBODY).outcome is Outcome.KNOWN
    assert live_trial(sample(1, 0, 0), near, NOBODY).outcome is Outcome.UNKNOWN
    unlike = [sample(1, 0.7 * (at % 2), 0) for at in range(2)]
    assert picture_trial(unlike, NOBODY).outcome is Outcome.KNOWN
    assert picture_trial([unlike[0], *near], NOBODY).known == 17


def test_pictures_are_tried_against_each_other() -> None:
    assert picture_trial([sample(1, 0, 0)], NOBODY).outcome is Outcome.TOO_FEW
    three = [sample(1, 0, 0), sample(1, 0.2, 0), sample(0, 0, 1)]
    trial = picture_trial(three, NOBODY)
    assert (trial.outcome, trial.known, trial.tried) == (Outcome.KNOWN, 2, 3)
    assert picture_trial([three[0], three[2]], NOBODY).outcome is Outcome.UNKNOWN


def progress(outcome: Offered, reason: PoorReason | None = None, *, done: bool = False) -> Progress:
    counts = dict.fromkeys(Pose, int(done))
    return Progress(outcome, reason, counts, None if done else Pose.LEFT, done, done)


@pytest.mark.parametrize("outcome", list(Offered))
def test_every_outcome_has_one_sentence(outcome: Offered) -> None:
    assert coaching(progress(outcome))
    assert coaching(progress(outcome, done=True)) == words.COACH[Offered.FINISHED]()


def test_the_sentence_is_about_what_is_wrong_first() -> None:
    poor = progress(Offered.POOR, PoorReason.TOO_DARK)
    assert coaching(poor) == states.COACHING[PoorReason.TOO_DARK]()
    assert coaching(progress(Offered.TAKEN)) == words.ASK[Pose.LEFT]()
    assert coaching(progress(Offered.OTHER_FACE)) == words.COACH[Offered.OTHER_FACE]()


@pytest.mark.parametrize(
    "reason",
    [
        *Refusal,
        NobodyInView(source="a"),
        SeveralFaces(source="a"),
        PictureTooLarge(path="a", limit="40 MP"),
        PictureUnreadable(path="a"),
        PictureUnreadable(path="a", why="heic"),
        StoreFull(path="a"),
        *[PoorPicture(source="a", reason=reason.value) for reason in PoorReason],
        PoorPicture(source="a", reason="spoof"),
        PoorPicture(source="a"),
    ],
)
def test_every_refusal_has_a_short_reason(reason: Reason) -> None:
    assert 0 < len(reason_text(reason)) <= 24


def test_a_sample_is_shown_as_it_is_in_its_picture(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    lit = THUMBNAIL.copy()
    lit[:, :56] = 255  # the left half
    square = Square(Path("a.jpg"), replace(sample(1, 0, 0), thumbnail=lit))
    made = SampleSquare(square, 1, theme, icons)
    qtbot.addWidget(made)
    shown = made.grab().toImage()
    left, right = ((made.width() + side * SIDE_PX // 2) // 2 for side in (-1, 1))
    assert shown.pixelColor(left, SIDE_PX // 2).lightness() == 255
    assert shown.pixelColor(right, SIDE_PX // 2).lightness() == 0


@pytest.mark.parametrize(
    "pose", [Pose.LEFT, Pose.RIGHT, Pose.UP, Pose.DOWN], ids=lambda pose: pose.value
)
@pytest.mark.usefixtures("qapp")
def test_a_done_pose_is_lit_on_its_own_side(pose: Pose) -> None:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    draw_ring(painter, QRectF(0, 0, 640, 480), RingState({pose: 1}, None))
    painter.end()
    oval = oval_in(QRectF(0, 0, 640, 480)).adjusted(-14, -14, 14, 14)
    places = {
        Pose.LEFT: QPointF(oval.left(), oval.center().y()),
        Pose.RIGHT: QPointF(oval.right(), oval.center().y()),
        Pose.UP: QPointF(oval.center().x(), oval.top()),
        Pose.DOWN: QPointF(oval.center().x(), oval.bottom()),
    }
    good = QColor(DARK[Token.GOOD])
    lit = [side for side, place in places.items() if image.pixelColor(place.toPoint()) == good]
    assert lit == [pose]


@given(st.floats(50, 4_000), st.floats(50, 4_000))
def test_the_oval_stays_in_the_picture(width: float, height: float) -> None:
    picture = QRectF(0, 0, width, height)
    assert picture.contains(oval_in(picture))
