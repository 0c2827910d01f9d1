"""What every detector promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.errors import ModelCorrupt, ModelMissing
from faceapp.types import U8, Face, Landmark, RangeMode
from faceapp.vision.detect import MEDIAPIPE_FOLDER, OPENERS, Detector, open_detector
from tests.vision.made import read


@pytest.fixture(scope="module", params=list(RangeMode), ids=lambda mode: mode.value)
def detector(request: pytest.FixtureRequest, models: Path) -> Iterator[Detector]:
    opened = open_detector(request.param, models)
    yield opened
    opened.close()


def portrait(demo_people: Path) -> U8:
    return read(demo_people / "P01 - Clara Bennett" / "front.jpg")


def portraits(demo_people: Path) -> list[tuple[Path, U8]]:
    found = [(path, read(path)) for path in sorted(demo_people.glob("*/front.jpg"))]
    assert found
    return found


def check_sound(face: Face, rgb: U8) -> None:
    """Eyes above the mouth, the person's right on the picture's left, all near the box."""
    height, width = rgb.shape[:2]
    x, y = face.landmarks.T
    assert face.landmarks.shape == (6, 2)
    assert face.landmarks.dtype == np.float32
    assert not face.landmarks.flags.writeable
    assert 0.0 <= face.score <= 1.0
    assert x[Landmark.RIGHT_EYE] < x[Landmark.NOSE_TIP] < x[Landmark.LEFT_EYE]
    assert x[Landmark.RIGHT_EAR] < x[Landmark.RIGHT_EYE]
    assert x[Landmark.LEFT_EAR] > x[Landmark.LEFT_EYE]
    assert max(y[:2]) < y[Landmark.NOSE_TIP] < y[Landmark.MOUTH_CENTRE]
    box = face.box
    assert (x > box.x - 2).all()
    assert (x < box.x + box.width + 2).all()
    assert (y > box.y - 2).all()
    assert (y < box.y + box.height + 2).all()
    assert -0.2 * width < box.x < box.x + box.width < 1.2 * width
    assert -0.2 * height < box.y < box.y + box.height < 1.2 * height


def test_there_is_one_for_every_mode() -> None:
    assert set(OPENERS) == set(RangeMode)


def test_every_portrait_has_one_sound_face(detector: Detector, demo_people: Path) -> None:
    for path, rgb in portraits(demo_people):
        found = detector.detect(rgb)
        assert len(found) == 1, path
        check_sound(found[0], rgb)


def test_points_are_pixels_of_the_picture(detector: Detector, demo_people: Path) -> None:
    """Where the eyes of one demo picture are was marked by hand, to a few pixels."""
    (face,) = detector.detect(portrait(demo_people))
    assert face.landmarks[Landmark.RIGHT_EYE] == pytest.approx([182, 227], abs=8)
    assert face.landmarks[Landmark.LEFT_EYE] == pytest.approx([302, 227], abs=8)


def test_half_the_picture_has_half_the_coordinates(detector: Detector, demo_people: Path) -> None:
    rgb = portrait(demo_people)
    half = np.asarray(cv2.resize(rgb, (240, 240), interpolation=cv2.INTER_AREA), np.uint8)
    (large,), (small,) = detector.detect(rgb), detector.detect(half)
    assert (small.landmarks + 0.5) * 2 - 0.5 == pytest.approx(large.landmarks, abs=5.0)


@pytest.mark.parametrize(("left", "top"), [(0, 0), (437, 61), (800, 240)])
def test_moving_the_face_moves_its_points(
    detector: Detector, demo_people: Path, left: int, top: int
) -> None:
    rgb = portrait(demo_people)
    wide = np.full((720, 1280, 3), 128, np.uint8)
    wide[top : top + 480, left : left + 480] = rgb
    (alone,), (there,) = detector.detect(rgb), detector.detect(wide)
    assert there.landmarks - [left, top] == pytest.approx(alone.landmarks, abs=5.0)


def test_the_largest_face_comes_first(detector: Detector, demo_people: Path) -> None:
    wide = np.full((480, 960, 3), 128, np.uint8)
    small = cv2.resize(read(demo_people / "P03 - Omar Haddad" / "front.jpg"), (240, 240))
    wide[120:360, 60:300] = small
    wide[:, 440:920] = portrait(demo_people)
    first, second = detector.detect(wide)
    assert first.box.area > second.box.area
    assert second.box.x < 300
    assert first.box.x > 440


def test_the_same_picture_gives_the_same_faces(detector: Detector, demo_people: Path) -> None:
    rgb = portrait(demo_people)
    (one,), (other,) = detector.detect(rgb), detector.detect(rgb)
    assert one.box == other.box
    assert one.score == other.score
    assert np.array_equal(one.landmarks, other.landmarks)


def test_the_picture_is_left_as_it_is_and_may_be_read_only_or_a_view(
    detector: Detector, demo_people: Path
) -> None:
    rgb = portrait(demo_people)
    kept = rgb.copy()
    rgb.flags.writeable = False
    assert len(detector.detect(rgb)) == 1
    assert len(detector.detect(rgb[:, ::-1])) == 1
    assert len(detector.detect(rgb[::2, ::2])) == 1
    assert np.array_equal(rgb, kept)


def test_a_grey_picture_has_the_face_too(detector: Detector, demo_people: Path) -> None:
    grey = cv2.cvtColor(portrait(demo_people), cv2.COLOR_RGB2GRAY)
    rgb = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
    assert len(detector.detect(rgb)) == 1


@pytest.mark.parametrize("angle_deg", [-60, -25, 25, 60])
def test_a_tilted_head_is_found(detector: Detector, demo_people: Path, angle_deg: float) -> None:
    turn = cv2.getRotationMatrix2D((240, 240), angle_deg, 0.8)
    rgb = np.asarray(cv2.warpAffine(portrait(demo_people), turn, (480, 480)), np.uint8)
    (face,) = detector.detect(rgb)
    across = face.landmarks[Landmark.LEFT_EYE] - face.landmarks[Landmark.RIGHT_EYE]
    assert np.degrees(np.arctan2(across[1], across[0])) == pytest.approx(-angle_deg, abs=5.0)


def test_a_face_upside_down_is_never_taken_for_an_upright_one(
    detector: Detector, demo_people: Path
) -> None:
    """The models would see eyes where the mouth is; such faces resemble each other."""
    everybody, seen = portraits(demo_people), 0
    for path, rgb in everybody:
        (upright,) = detector.detect(rgb)
        for face in detector.detect(rgb[::-1, ::-1]):
            turned = [rgb.shape[1] - 1, rgb.shape[0] - 1] - face.landmarks
            assert turned == pytest.approx(upright.landmarks, abs=8.0), path
            seen += 1
    assert seen > len(everybody) / 2


def test_a_face_with_a_mask_is_not_taken_for_one_upside_down(
    detector: Detector, demo_people: Path
) -> None:
    """A mask looks almost as much like a forehead."""
    everybody, seen = portraits(demo_people), 0
    for _, rgb in everybody:
        (bare,) = detector.detect(rgb)
        right_eye, left_eye, nose, mouth = bare.landmarks[:4]
        eyes_px = float(np.linalg.norm(left_eye - right_eye))
        centre, axes = ((nose + mouth) / 2).tolist(), (1.9 * eyes_px, 1.5 * eyes_px)
        for colour in [(160, 190, 220), (190, 150, 90)]:
            painted = cv2.ellipse(rgb.copy(), (centre, axes, 0.0), colour, -1)
            masked = np.asarray(painted, np.uint8)
            for face in detector.detect(masked):
                check_sound(face, rgb)
                seen += 1
    assert seen > len(everybody)


@pytest.mark.parametrize(
    ("height", "width"),
    [(1, 1), (19, 19), (20, 20), (5, 900), (900, 5), (21, 2000), (250, 250), (481, 639)],
)
def test_nobody_is_found_where_nobody_is(detector: Detector, height: int, width: int) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (height, width, 3)).astype(np.uint8)
    assert detector.detect(noise) == ()
    assert detector.detect(np.zeros((height, width, 3), np.uint8)) == ()


def test_a_tiny_picture_of_a_face_is_no_error(detector: Detector, demo_people: Path) -> None:
    for side in (8, 16, 24, 40):
        tiny = np.asarray(cv2.resize(portrait(demo_people), (side, side)), np.uint8)
        assert len(detector.detect(tiny)) <= 1


def test_closing_twice_is_harmless(models: Path, demo_people: Path) -> None:
    for mode in RangeMode:
        opened = open_detector(mode, models)
        assert len(opened.detect(portrait(demo_people))) == 1
        opened.close()
        opened.close()


@pytest.mark.parametrize("mode", RangeMode)
def test_without_models_it_says_which_is_missing(tmp_path: Path, mode: RangeMode) -> None:
    with pytest.raises(ModelMissing) as raised:
        open_detector(mode, tmp_path)
    assert str(raised.value.details["path"]).endswith(".tflite")


@pytest.mark.parametrize("mode", RangeMode)
@pytest.mark.parametrize("name", ["face_detection_short_range.tflite", "face_landmark.tflite"])
def test_a_damaged_model_never_reaches_native_code(
    models: Path, tmp_path: Path, mode: RangeMode, name: str
) -> None:
    folder = tmp_path / MEDIAPIPE_FOLDER
    folder.mkdir()
    for model in (models / MEDIAPIPE_FOLDER).glob("face_*.tflite"):
        content = bytearray(model.read_bytes())
        if model.name == name:
            content[len(content) // 2] ^= 0xFF
        (folder / model.name).write_bytes(content)
    with pytest.raises(ModelCorrupt) as raised:
        open_detector(mode, tmp_path)
    assert raised.value.details == {"path": folder / name, "why": "checksum"}
