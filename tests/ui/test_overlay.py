from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceapp.types import TrackId
from faceapp.ui.overlay import GAP_PX, Glide, Look, Mark, fitted, mirrored, place_labels
from faceapp.ui.theme import Size, Theme, scaled
from faceapp.ui.video import VideoView

lengths = st.floats(1, 2000)
places = st.floats(-500, 2000)
boxes = st.builds(QRectF, places, places, lengths, lengths)


@given(box=boxes, width=st.floats(1, 4000))
def test_mirroring_twice_gives_the_box_back(box: QRectF, width: float) -> None:
    again = mirrored(mirrored(box, width), width)
    assert again.x() == pytest.approx(box.x(), abs=1e-6)
    assert (again.y(), again.width(), again.height()) == (box.y(), box.width(), box.height())


@given(box=boxes, width=st.floats(1, 4000))
def test_mirroring_swaps_the_distances_to_the_edges(box: QRectF, width: float) -> None:
    other = mirrored(box, width)
    assert other.left() == pytest.approx(width - box.right(), abs=1e-6)


@given(width=lengths, height=lengths, space=st.builds(QRectF, places, places, lengths, lengths))
def test_a_picture_fits_and_keeps_its_shape(width: float, height: float, space: QRectF) -> None:
    place = fitted(QSizeF(width, height), space)
    assert space.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(place)
    assert place.width() * height == pytest.approx(place.height() * width, rel=1e-6)
    touches = place.width() == pytest.approx(space.width()) or place.height() == pytest.approx(
        space.height()
    )
    assert touches


@given(
    faces=st.lists(
        st.builds(QRectF, st.floats(0, 500), st.floats(0, 300), st.floats(20, 200),
                  st.floats(20, 200)),
        max_size=6,
    )
)  # fmt: skip
def test_labels_stay_inside_the_picture(faces: list[QRectF]) -> None:
    bounds = QRectF(0, 0, 640, 480)
    sizes = [QSizeF(120, 26)] * len(faces)
    for label in place_labels(faces, sizes, bounds):
        assert bounds.contains(label)


def test_a_label_stands_under_the_chin() -> None:
    face = QRectF(200, 100, 100, 120)
    (label,) = place_labels([face], [QSizeF(140, 26)], QRectF(0, 0, 640, 480))
    assert label.top() == face.bottom() + GAP_PX
    assert label.center().x() == face.center().x()


def test_without_room_below_it_stands_above() -> None:
    face = QRectF(200, 300, 100, 175)
    (label,) = place_labels([face], [QSizeF(140, 26)], QRectF(0, 0, 640, 480))
    assert label.bottom() == face.top() - GAP_PX


def test_labels_of_neighbours_do_not_cover_each_other_or_a_face() -> None:
    faces = [QRectF(100, 100, 90, 100), QRectF(200, 100, 90, 100), QRectF(150, 215, 90, 100)]
    labels = place_labels(faces, [QSizeF(160, 26)] * 3, QRectF(0, 0, 640, 480))
    for number, label in enumerate(labels):
        assert not any(label.intersects(other) for other in labels[number + 1 :])
        assert not any(label.intersects(face) for face in faces)


def a_mark(x: float, track: int = 1) -> Mark:
    return Mark(TrackId(track), QRectF(x, 0, 100, 100), "", Look.WAITING)


def test_boxes_glide_towards_their_faces() -> None:
    glide = Glide(moving=True)
    assert glide.follow([a_mark(0)], 0.0)[0].x() == 0
    first = glide.follow([a_mark(30)], 0.033)[0].x()
    second = glide.follow([a_mark(30)], 0.066)[0].x()
    assert 0 < first < second < 30
    assert glide.follow([a_mark(30)], 10.0)[0].x() == pytest.approx(30)


def test_boxes_do_not_fly_across_the_picture_and_forget_who_left() -> None:
    glide = Glide(moving=True)
    glide.follow([a_mark(0)], 0.0)
    assert glide.follow([a_mark(400)], 0.033)[0].x() == 400
    glide.follow([], 0.066)
    assert glide.follow([a_mark(350)], 0.099)[0].x() == 350


def test_boxes_jump_where_people_want_no_motion() -> None:
    glide = Glide(moving=False)
    glide.follow([a_mark(0)], 0.0)
    assert glide.follow([a_mark(30)], 0.001)[0].x() == 30


@pytest.mark.usefixtures("large_text")
def test_the_sign_beside_a_name_grows_with_the_name(qtbot: QtBot, qapp: QApplication) -> None:
    Theme(qapp, "light")
    video = VideoView()
    qtbot.addWidget(video)
    video.resize(640, 480)
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor("gray"))
    face = QRectF(250, 60, 120, 150)
    video.show_picture(picture, [Mark(TrackId(1), face, "Grace Okafor", Look.KNOWN)], 0.0)
    seen = video.grab().toImage()
    below = range(int(face.bottom() + GAP_PX), seen.height())
    rows = [y for y in below if any(seen.pixelColor(x, y) == Look.KNOWN.color for x in range(640))]
    assert rows[-1] - rows[0] + 1 >= scaled(Size.BODY.value)
