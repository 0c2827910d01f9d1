from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.types import U8, Box, Landmark
from faceapp.vision import mesh
from faceapp.vision.detect import Detector, blaze
from faceapp.vision.detect.blaze import INPUT_PX, BlazeFace
from faceapp.vision.detect.candidates import FLOOR, Candidate, best_of_each_place, same_place
from faceapp.vision.detect.far import TILE_PX, tiles
from faceapp.vision.detect.patch import PatchDetector, anchor_centres, merged
from faceapp.vision.mesh import FaceMesh
from tests.vision.made import Portraits, paste, read

sides = st.floats(1, 300)
places = st.floats(-100, 700)
boxes = st.builds(Box, places, places, sides, sides)
candidates = st.lists(
    st.builds(Candidate, boxes, st.just(np.zeros((6, 2), np.float32)), st.floats(0, 1)), max_size=12
)


@given(boxes, boxes)
def test_being_one_place_is_mutual_and_a_box_is_its_own(one: Box, other: Box) -> None:
    assert same_place(one, one)
    assert same_place(one, other) == same_place(other, one)


def test_neighbours_are_two_and_a_face_in_a_face_is_one() -> None:
    face = Box(100, 100, 100, 120)
    assert not same_place(face, Box(205, 100, 100, 120))
    assert not same_place(face, Box(170, 110, 100, 120))
    assert same_place(face, Box(120, 110, 100, 120))
    assert same_place(face, Box(130, 130, 30, 30))


@given(candidates)
def test_every_place_keeps_its_best(found: list[Candidate]) -> None:
    kept = best_of_each_place(found)
    assert [one.score for one in kept] == sorted((one.score for one in kept), reverse=True)
    for at, one in enumerate(kept):
        assert not any(same_place(one.box, other.box) for other in kept[:at])
    for one in found:
        better = [k for k in kept if same_place(k.box, one.box)]
        assert any(k.score >= one.score for k in better)


def test_one_face_seen_several_times_is_their_weighted_mean() -> None:
    points = np.zeros((6, 2), np.float32)
    seen = [
        Candidate(Box(10, 10, 40, 40), points, 0.9),
        Candidate(Box(14, 10, 40, 44), points + 4, 0.3),
        Candidate(Box(90, 90, 30, 30), points, 0.5),
    ]
    first, second = merged(seen)
    assert first.box == pytest.approx((11, 10, 40, 41))
    assert first.points == pytest.approx(points + 1)
    assert first.score == 0.9
    assert second.box == seen[2].box


def test_anchors_cover_the_patch_evenly() -> None:
    centres = anchor_centres()
    assert centres.shape == (896, 2)
    assert centres.mean(axis=0) == pytest.approx([INPUT_PX / 2] * 2)
    assert np.unique(centres[:512], axis=0).shape == (256, 2)
    assert centres[0].tolist() == [4.0, 4.0]
    assert centres[-1].tolist() == [120.0, 120.0]


def test_our_decoding_sees_what_mediapipe_sees(models: Path, demo_people: Path) -> None:
    folder = models / "mediapipe"
    theirs, ours = BlazeFace(folder), PatchDetector(folder, FLOOR)
    for path in sorted(demo_people.glob("*/front.jpg")):
        small = cv2.resize(read(path), (INPUT_PX, INPUT_PX), interpolation=cv2.INTER_AREA)
        patch = np.asarray(small, np.uint8)
        (expected,), (found,) = (
            [one for one in eyes.find(patch) if one.score >= 0.5] for eyes in (theirs, ours)
        )
        assert found.score == pytest.approx(expected.score, abs=0.01)
        assert found.points == pytest.approx(expected.points, abs=0.75)
        assert found.box == pytest.approx(expected.box, abs=1.5)
    theirs.close()


def test_the_checksums_are_those_of_the_set_up(models: Path) -> None:
    listed = (models / "mediapipe.sha256").read_text("ascii").splitlines()
    assert {tuple(line.split()) for line in listed} == {
        (blaze.MODEL_SHA256, blaze.MODEL_FILE),
        (mesh.MODEL_SHA256, mesh.MODEL_FILE),
    }


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_tiles_cover_the_whole_frame_and_their_number_is_bounded(height: int, width: int) -> None:
    laid = tiles(height, width)
    assert len(laid) <= 36
    if not laid:
        assert max(height, width) <= TILE_PX
        return
    covered_x = {(left, left + side) for left, _, side in laid}
    covered_y = {(top, top + side) for _, top, side in laid}
    for spans, length in ((covered_x, width), (covered_y, height)):
        ends = sorted(spans)
        assert ends[0][0] == 0
        assert ends[-1][1] >= length
        for (_, end), (start, _) in pairwise(ends):
            assert end - start >= 0.19 * laid[0][2]
        assert all(end <= max(length, laid[0][2]) for _, end in ends)


def small_faces(portraits: Portraits, ears_px: float) -> tuple[U8, list[np.ndarray]]:
    """Paste twelve portraits into 1280x720 so that each has ``ears_px`` between the ears."""
    frame = np.full((720, 1280, 3), 110, np.uint8)
    truth = []
    fronts = [portraits[name] for name in sorted(portraits) if name.endswith("/front")][:12]
    for at, (rgb, face) in enumerate(fronts):
        ears = face.landmarks[Landmark.LEFT_EAR] - face.landmarks[Landmark.RIGHT_EAR]
        side = round(480 * ears_px / float(np.hypot(*ears)))
        left, top = at % 4 * 320 + 17 * at, at // 4 * 240 + 9 * at
        paste(rgb, frame, left, top, side)
        truth.append((face.landmarks + 0.5) * (side / 480) - 0.5 + [left, top])
    return frame, truth


def test_far_finds_faces_of_32_px_between_the_ears(far: Detector, portraits: Portraits) -> None:
    frame, truth = small_faces(portraits, 32)
    found = far.detect(frame)
    assert len(found) == len(truth) == 12
    for points in truth:
        misses = [float(np.abs(face.landmarks - points)[:4].max()) for face in found]
        assert min(misses) < 3.0


def test_near_sees_no_faces_of_32_px(near: Detector, portraits: Portraits) -> None:
    frame, _ = small_faces(portraits, 32)
    assert near.detect(frame) == ()


def test_points_are_exact_for_small_faces_too(near: Detector, portraits: Portraits) -> None:
    """A face of a sixth of the frame keeps its points to a few percent of the eyes' distance."""
    misses = []
    for name, (rgb, face) in portraits.items():
        if not name.endswith("/front"):
            continue
        frame = np.full((480, 640, 3), 110, np.uint8)
        paste(rgb, frame, 400, 300, 160)
        (found,) = near.detect(frame)
        expected = (face.landmarks + 0.5) / 3 - 0.5 + [400, 300]
        misses.append(np.abs(found.landmarks - expected)[:4].max())
    assert len(misses) >= 12
    assert np.median(misses) < 1.5
    assert max(misses) < 4.0


def test_the_mesh_says_how_sure_it_is(models: Path, portraits: Portraits) -> None:
    fitter = FaceMesh(models / "mediapipe")
    rgb, face = portraits["P01 - Clara Bennett/front"]
    line = face.landmarks[Landmark.LEFT_EYE] - face.landmarks[Landmark.RIGHT_EYE]
    seen = fitter.fit(rgb, face.box, line)
    assert seen is not None
    assert seen.presence > 0.99
    assert seen.landmarks == pytest.approx(face.landmarks, abs=4.0)
    empty = fitter.fit(np.full_like(rgb, 127), face.box, line)
    assert empty is not None
    assert empty.presence < 0.5
    assert fitter.fit(rgb, Box(10, 10, 0, 0), line) is None


@pytest.mark.shared
def test_every_webcam_person_is_found_near_and_far(
    near: Detector, far: Detector, shared: Path
) -> None:
    paths = sorted((shared / "faces" / "webcam" / "real").glob("*/*.webp"))[::10]
    assert len(paths) >= 10
    for path in paths:
        rgb = read(path)
        one, other = near.detect(rgb)[0], far.detect(rgb)[0]
        assert np.abs(one.landmarks - other.landmarks).max() < 8.0, path.name
