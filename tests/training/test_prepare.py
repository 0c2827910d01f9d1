from __future__ import annotations

import csv
import os
import shutil
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from faceapp.training import chipset
from faceapp.training.commands import main
from faceapp.training.embedders import Embedder
from faceapp.training.prepare import prepare
from tests.helpers import hostile
from tests.vision.made import read, texture

PORTRAITS = {"P01": 3, "P02": 2, "P05": 1}


def silent(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""


@pytest.fixture
def folder(tmp_path: Path, demo_people: Path, models: Path) -> Path:
    """Return some portraits of three demo people, and a person without pictures."""
    if not (models / "mediapipe" / "face_landmark.tflite").exists():
        pytest.skip("MediaPipe's models are not there: make models")
    folder = tmp_path / "pictures"
    for number, count in PORTRAITS.items():
        (source,) = demo_people.glob(f"{number} *")
        (folder / source.name).mkdir(parents=True)
        for picture in sorted(source.glob("*.jpg"))[:count]:
            shutil.copy(picture, folder / source.name)
    (folder / "P99 - Nobody").mkdir()
    (folder / "notes.txt").write_text("not a person")
    return folder


def person(folder: Path, number: str) -> Path:
    (found,) = folder.glob(f"{number} *")
    return found


def spoil(folder: Path) -> dict[str, str]:
    """Add pictures that cannot be used; return the reason for each by its name."""
    clara, asha = person(folder, "P01"), person(folder, "P02")
    (clara / "empty.jpg").write_bytes(b"")
    (clara / "text.png").write_text("this is no picture")
    first = sorted(clara.glob("*.jpg"))[1]
    (clara / "torn.jpg").write_bytes(first.read_bytes()[: first.stat().st_size // 2])
    cv2.imwrite(str(clara / "wall.png"), texture(240, 320))
    two = np.concatenate(
        [read(next(one.glob("*.jpg"))) for one in (asha, person(folder, "P05"))], 1
    )
    cv2.imwrite(str(asha / "two.png"), two[..., ::-1])
    blurred = cv2.GaussianBlur(read(next(asha.glob("*.jpg"))), (0, 0), 12)
    cv2.imwrite(str(asha / "blurred.png"), blurred[..., ::-1])
    return {
        "empty.jpg": "picture_unreadable",
        "text.png": "picture_unreadable",
        "torn.jpg": "picture_unreadable",
        "wall.png": "no_face",
        "two.png": "several_faces",
    }


def test_a_small_person_in_a_large_picture_is_found_as_in_the_app(
    folder: Path, tmp_path: Path
) -> None:
    portrait = cv2.resize(read(next(person(folder, "P01").glob("*.jpg"))), (200, 200))
    large = np.full((1500, 2400, 3), 127, np.uint8)
    large[900:1100, 300:500] = portrait
    wide = tmp_path / "wide" / "Clara"
    wide.mkdir(parents=True)
    cv2.imwrite(str(wide / "yard.png"), large[..., ::-1])
    done = prepare(wide.parent, tmp_path / "set", None, silent)
    assert (done.chips, done.dropped) == (1, {})


def test_a_folder_of_people_becomes_a_set(folder: Path, tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    done = prepare(folder, tmp_path / "set", None, lambda *said: heard.append(said))
    assert (done.chips, done.people, done.dropped) == (6, 3, {})
    packed = chipset.ChipSet.load(tmp_path / "set")
    assert packed.chips.shape == (6, 112, 112, 3)
    assert packed.chips.dtype == np.uint8
    assert packed.people.tolist() == [0, 0, 0, 1, 1, 2]
    assert packed.teacher is None
    assert min(chip.std() for chip in packed.chips) > 10
    assert heard == [("preparing", done, 6) for done in range(1, 7)]
    assert chipset.is_own(tmp_path / "set")
    assert not list((tmp_path / "set").glob("*.part*"))


def test_a_picture_counts_once_and_for_one_person(folder: Path, tmp_path: Path) -> None:
    clara, asha = person(folder, "P01"), person(folder, "P02")
    first = min(clara.glob("*.jpg"))
    shutil.copy(first, clara / "zcopy.jpg")
    shutil.copy(first, asha / "zstray.jpg")
    done = prepare(folder, tmp_path / "set", None, silent)
    assert (done.chips, done.dropped) == (6, {"copy": 1, "copy_of_another_person": 1})
    assert np.load(tmp_path / "set" / "people.npy").tolist() == [0, 0, 0, 1, 1, 2]
    listed = (tmp_path / "set" / "dropped.csv").read_text("utf-8")
    assert f"{clara / 'zcopy.jpg'},copy\n" in listed.replace("\r\n", "\n")
    assert "zstray.jpg,copy_of_another_person" in listed


def test_what_is_dropped_is_listed_with_its_reason(folder: Path, tmp_path: Path) -> None:
    reasons = spoil(folder)
    done = prepare(folder, tmp_path / "set", None, silent)
    with (tmp_path / "set" / "dropped.csv").open(newline="", encoding="utf-8") as file:
        dropped = {Path(row["picture"]).name: row["reason"] for row in csv.DictReader(file)}
    assert reasons.items() <= dropped.items()
    assert set(dropped) == {*reasons, "blurred.png"}  # refused for its quality, whichever part
    assert sum(done.dropped.values()) == len(dropped)
    assert done.dropped["picture_unreadable"] == 3
    assert (done.chips, done.people) == (6, 3)


def test_hidden_folders_are_nobody(folder: Path, tmp_path: Path) -> None:
    for name in (".stversions", ".thumbnails"):
        shutil.copytree(person(folder, "P01"), folder / name)
    done = prepare(folder, tmp_path / "set", None, silent)
    assert (done.chips, done.people, done.dropped) == (6, 3, {})


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may read everywhere")
def test_a_person_whose_folder_cannot_be_read_is_dropped(folder: Path, tmp_path: Path) -> None:
    closed = folder / "P99 - Nobody"
    closed.chmod(0)
    done = prepare(folder, tmp_path / "set", None, silent)
    closed.chmod(0o700)
    assert (done.chips, done.people, done.dropped) == (6, 3, {"picture_unreadable": 1})
    assert f"{closed},picture_unreadable" in (tmp_path / "set" / "dropped.csv").read_text("utf-8")


def test_every_form_of_a_portrait_is_read(folder: Path, tmp_path: Path) -> None:
    clara = person(folder, "P01")
    portrait = min(clara.glob("*.jpg"))
    (folder / "forms").mkdir()
    forms = hostile.forms(portrait, folder / "forms")
    done = prepare(folder, tmp_path / "set", None, silent)
    assert done.dropped.keys() <= {"copy", "copy_of_another_person"}  # some have the same pixels
    assert done.chips + sum(done.dropped.values()) == 6 + len(forms)


def test_a_set_without_teacher_does_not_keep_an_older_ones(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"
    target.mkdir()
    np.save(target / "teacher.npy", np.ones((40, 8), np.float32))
    np.save(target / "people.npy", np.zeros(40, np.int32))
    prepare(folder, target, None, silent)
    assert chipset.ChipSet.load(target).teacher is None
    assert len(chipset.ChipSet.load(target)) == 6


def test_a_teacher_says_its_word_on_every_chip(folder: Path, tmp_path: Path, models: Path) -> None:
    if not (models / "faceapp.tflite").exists():
        pytest.skip("there is no models/faceapp.tflite yet")
    heard: list[str] = []
    teacher = Embedder(models / "faceapp.tflite")
    prepare(folder, tmp_path / "set", teacher, lambda stage, _done, _total: heard.append(stage))
    packed = chipset.ChipSet.load(tmp_path / "set")
    assert packed.teacher is not None
    assert np.allclose(packed.teacher, teacher.embed(packed.chips))
    assert heard == ["preparing"] * 6 + ["asking the teacher"] * 6


def test_a_folder_without_a_face_is_refused(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    (empty / "wall").mkdir(parents=True)
    cv2.imwrite(str(empty / "wall" / "wall.png"), texture(240, 320))
    prepare(folder, tmp_path / "set", None, silent)
    with pytest.raises(ValueError, match="no usable face in 1 pictures of 1 people"):
        prepare(empty, tmp_path / "set", None, silent)
    assert not (tmp_path / "set" / "people.npy").exists()


def test_the_command_says_what_it_did(folder: Path, tmp_path: Path) -> None:
    spoil(folder)
    target = tmp_path / "set"
    result = CliRunner().invoke(main, ["prepare", str(folder), str(target)])
    assert result.exit_code == 0, result.output
    assert "6 chips of 3 people" in result.stdout
    assert "dropped 3: picture_unreadable" in result.stdout
    assert "no chip of 1 more, " in result.stdout


def test_a_folder_without_people_costs_no_earlier_set(folder: Path, tmp_path: Path) -> None:
    """As when its name is mistyped, or all pictures lie side by side."""
    target = tmp_path / "set"
    prepare(folder, target, None, silent)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    for wrong in (person(folder, "P01"), person(folder, "P99")):
        refused = CliRunner().invoke(main, ["prepare", str(wrong), str(target)])
        assert refused.exit_code == 1
        assert (
            refused.stderr
            == f"Error: {wrong}: expected a sub-folder with pictures for each person\n"
        )
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_dropped_picture_whose_name_is_no_text_is_listed(folder: Path, tmp_path: Path) -> None:
    (person(folder, "P01") / os.fsdecode(b"\xff.jpg")).write_bytes(b"")
    done = prepare(folder, tmp_path / "set", None, silent)
    assert (done.chips, done.dropped) == (6, {"picture_unreadable": 1})
    assert "\\udcff.jpg,picture_unreadable" in (tmp_path / "set" / "dropped.csv").read_text("utf-8")


def test_an_interrupted_set_leaves_no_half_of_its_chips(folder: Path, tmp_path: Path) -> None:
    def interrupt(_stage: str, done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(folder, tmp_path / "set", None, interrupt)
    assert list((tmp_path / "set").iterdir()) == []


def test_the_command_says_what_is_wrong_in_one_line(
    folder: Path, tmp_path: Path, models: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "text.tflite").write_text("no model")
    landmarks = models / "mediapipe" / "face_landmark.tflite"  # wants chips of 192 px
    for target, teacher, why in (
        ("file/set", models / "faceapp.tflite", "Not a directory"),
        ("set", tmp_path / "text.tflite", "text.tflite: expected a model of 112x112 RGB chips"),
        ("set", landmarks, "face_landmark.tflite: expected a model of 112x112 RGB chips"),
    ):
        words = ["prepare", str(folder), str(tmp_path / target), "--teacher", str(teacher)]
        answer = CliRunner().invoke(main, words)
        assert (answer.exit_code, answer.stderr.count("\n")) == (1, 1), answer.output
        assert why in answer.stderr
