from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training import lfw
from faceapp.training.commands import main
from faceapp.types import Box, Face
from faceapp.vision import align
from tests.vision.made import FRONTAL

NAMES = ("Ann_Lee_0001", "Ann_Lee_0002", "Bo_0001", "Cy_0001", "Cy_0012")
GOOD = """2\t1
Ann_Lee\t1\t2
Ann_Lee\t2\tBo\t1
Cy\t1\t12
Bo\t1\tCy\t12
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "pairs.txt"
    path.write_text(text, "utf-8")
    return path


def test_pairs_are_read_by_fold(tmp_path: Path) -> None:
    pairs = lfw.pairs(written(tmp_path, GOOD), NAMES)
    assert pairs.rows.tolist() == [[0, 1], [1, 2], [3, 4], [2, 4]]
    assert pairs.same.tolist() == [True, False, True, False]
    assert pairs.folds.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not enough values"),
        ("1100\nAnn_Lee\t1\t2\n", "not enough values"),
        (GOOD.replace("2\t1\n", "two\tone\n", 1), "invalid literal"),
        (GOOD.replace("Cy\t1\t12", "Cy 1 12"), "cannot read 'Cy 1 12'"),
        (GOOD.replace("Cy\t1\t12", "Cy\t1"), "cannot read"),
        (GOOD.replace("Cy\t1\t12", "Cy\t1\tBo\t1\t5"), "cannot read"),
        (GOOD.replace("Cy\t1\t12", "Cy\tone\t12"), "invalid literal"),
        (GOOD.replace("Cy\t1\t12", "Cy\t1\t11"), "no picture Cy_0011"),
        (GOOD.replace("Cy\t1\t12\n", ""), "expected 4 pairs, got 3"),
        (GOOD + "Cy\t1\t12\n", "expected 4 pairs, got 5"),
        (GOOD.replace("2\tBo\t1", "2\t1"), "as many pairs of one person as of two"),
        ("1\t1\nCy\t1\t12\nBo\t1\tCy\t12\n", "two folds or more"),
        ("0\t0\n", "two folds or more"),
        ("2\t0\n", "in each as many pairs"),
    ],
)
def test_a_list_that_cannot_be_trusted_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        lfw.pairs(written(tmp_path, text), NAMES)
    assert "pairs.txt" in str(caught.value)


def test_a_list_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    marked = written(tmp_path, "\ufeff" + GOOD)
    assert lfw.pairs(marked, NAMES).rows.tolist() == [[0, 1], [1, 2], [3, 4], [2, 4]]
    marked.write_text(GOOD.replace("Ann", "\xc4nn"), "latin-1")
    with pytest.raises(ValueError, match=r"pairs\.txt: 'utf-8' codec can't decode"):
        lfw.pairs(marked, NAMES)


def test_two_pictures_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two pictures beside it are called Bo_0001"):
        lfw.pairs(written(tmp_path, GOOD), (*NAMES, "Bo_0001"))


@pytest.mark.shared
def test_the_official_list_has_five_folds_of_six_hundred(shared: Path) -> None:
    folder = shared / "faces" / "lfw-dev"
    names = tuple(path.stem for path in sorted(folder.glob("*/*")))
    pairs = lfw.pairs(folder / "pairs.txt", names)
    assert np.bincount(pairs.folds).tolist() == [600] * 5
    assert pairs.same.sum() == 1500
    people = np.array([name[:-5] for name in names])[pairs.rows]
    assert np.array_equal(people[:, 0] == people[:, 1], pairs.same)


def face_at(x: float, y: float, side: float) -> Face:
    return Face(Box(x, y, side, side), FRONTAL, 0.9)


places = st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(20, 100))


@given(st.lists(places, min_size=1, max_size=5))
def test_the_face_in_the_middle_is_whose_name_it_is(boxes: list[tuple[int, int, int]]) -> None:
    chosen = lfw.central(tuple(face_at(*box) for box in boxes), 250, 250)
    assert chosen is not None
    distances = [(x + s / 2 - 125) ** 2 + (y + s / 2 - 125) ** 2 for x, y, s in boxes]
    x, y, s = chosen.box.x, chosen.box.y, chosen.box.width
    assert (x + s / 2 - 125) ** 2 + (y + s / 2 - 125) ** 2 == pytest.approx(min(distances))


def test_a_larger_face_at_the_edge_does_not_take_the_name() -> None:
    middle, edge = face_at(100, 100, 50), face_at(0, 0, 90)
    assert lfw.central((edge, middle), 250, 250) is middle


def test_no_face_is_nobody() -> None:
    assert lfw.central((), 250, 250) is None


@pytest.fixture
def people(tmp_path: Path, demo_people: Path, models: Path) -> Path:
    """Return two demo people and a picture without a face, in LFW's layout."""
    if not (models / "mediapipe" / "face_landmark.tflite").exists():
        pytest.skip("MediaPipe's models are not there: make models")
    folder = tmp_path / "people"
    for number in ("P01", "P02"):
        (source,) = demo_people.glob(f"{number} *")
        (folder / number).mkdir(parents=True)
        for count, picture in enumerate(sorted(source.glob("*.jpg"))[:2], start=1):
            shutil.copy(picture, folder / number / f"{number}_{count:04d}.jpg")
    (folder / "P03").mkdir()
    (folder / "P03" / "P03_0001.pgm").write_bytes(b"P5 64 64 255\n" + bytes(64 * 64))
    return folder


def test_pictures_go_through_the_apps_own_alignment_once(people: Path, tmp_path: Path) -> None:
    reported: list[tuple[int, int]] = []
    first = lfw.pictures(
        people, tmp_path / "cache", lambda done, total: reported.append((done, total))
    )
    assert first.names == ("P01_0001", "P01_0002", "P02_0001", "P02_0002", "P03_0001")
    assert first.people.tolist() == [0, 0, 1, 1, 2]
    assert first.found.tolist() == [True] * 4 + [False]
    assert first.chips[:4].std(axis=(1, 2, 3)).min() > 10
    assert not first.chips[4].any()
    assert reported == [(5, 5)]
    again = lfw.pictures(people, tmp_path / "cache", lambda *_: pytest.fail("aligned again"))
    assert np.array_equal(again.chips, first.chips)
    assert again.found.tolist() == first.found.tolist()
    (people / "P03" / "P03_0001.pgm").unlink()
    fewer = lfw.pictures(people, tmp_path / "cache", lambda *_: None)
    assert len(fewer.names) == len(fewer.chips) == 4
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_another_version_of_the_app_aligns_again_and_replaces_what_was_kept(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chips of all of LFW are 144 MB."""
    cache = tmp_path / "cache"
    first = lfw.pictures(people, cache, lambda *_: None)
    other = shutil.copytree(Path(align.__file__).parent, tmp_path / "vision")
    (other / "align.py").write_text("# changed", "utf-8")
    monkeypatch.setattr(align, "__file__", str(other / "align.py"))
    reported: list[tuple[int, int]] = []
    again = lfw.pictures(people, cache, lambda done, total: reported.append((done, total)))
    assert reported == [(5, 5)]
    assert np.array_equal(again.chips, first.chips)
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("size", [0, 100, 20_000])
def test_a_damaged_cache_is_made_again(size: int, people: Path, tmp_path: Path) -> None:
    """A power cut may leave a file without all of its contents."""
    cache = tmp_path / "cache"
    first = lfw.pictures(people, cache, lambda *_: None)
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:size])
    again = lfw.pictures(people, cache, lambda *_: None)
    assert np.array_equal(again.chips, first.chips)
    assert len(kept.read_bytes()) == len(whole)


def test_stray_files_are_no_pictures_and_a_damaged_one_is_not_acquired(
    people: Path, tmp_path: Path
) -> None:
    (people / "P01" / ".DS_Store").write_bytes(b"Bud1")
    (people / "P01" / "Thumbs.db").write_bytes(b"thumbs")
    (people / "P01" / "._P01_0001.jpg").write_bytes(b"fork")
    (people / ".thumbnails").mkdir()
    shutil.copy(people / "P01" / "P01_0001.jpg", people / ".thumbnails")
    torn = people / "P02" / "P02_0002.jpg"
    torn.write_bytes(torn.read_bytes()[: torn.stat().st_size // 2])
    seen = lfw.pictures(people, tmp_path / "cache", lambda *_: None)
    assert seen.names == ("P01_0001", "P01_0002", "P02_0001", "P02_0002", "P03_0001")
    assert seen.people.tolist() == [0, 0, 1, 1, 2]
    assert seen.found.tolist() == [True, True, True, False, False]


def test_other_pictures_of_the_same_names_are_aligned_again(people: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = lfw.pictures(people, cache, lambda *_: None)
    namesake = shutil.copytree(people, tmp_path / "elsewhere" / people.name)
    for one, other in (("P01_0001", "P02_0001"), ("P02_0001", "P01_0001")):
        shutil.copy2(people / one[:3] / f"{one}.jpg", namesake / other[:3] / f"{other}.jpg")
    swapped = lfw.pictures(namesake, cache, lambda *_: None)
    assert np.array_equal(swapped.chips[[0, 2]], first.chips[[2, 0]])
    shutil.copy(people / "P01" / "P01_0001.jpg", people / "P02" / "P02_0001.jpg")
    changed = lfw.pictures(people, cache, lambda *_: None)
    assert np.array_equal(changed.chips[2], first.chips[0])


def test_a_folder_without_a_list_of_pairs_is_one_line(
    people: Path, tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["evaluate", str(models / "faceapp.tflite"), "--lfw", str(people)]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 1
    aligned, said = answer.stderr.split()[:2], answer.stderr.splitlines()[-1]
    assert aligned == ["aligning", "5/5"]
    assert said == f"Error: [Errno 2] No such file or directory: '{people / 'pairs.txt'}'"
    assert "Traceback" not in answer.output


def test_an_interrupted_alignment_leaves_nothing_that_looks_whole(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(file: Path, **_: np.ndarray) -> None:
        Path(file).write_bytes(b"PK")
        raise KeyboardInterrupt

    cache = tmp_path / "cache"
    monkeypatch.setattr("numpy.savez", torn)
    with pytest.raises(KeyboardInterrupt):
        lfw.pictures(people, cache, lambda *_: None)
    monkeypatch.undo()
    assert lfw.pictures(people, cache, lambda *_: None).found.sum() == 4


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_folder_whose_name_is_no_text_is_aligned(people: Path, tmp_path: Path) -> None:
    renamed = people.rename(tmp_path / os.fsdecode(b"\xff"))
    assert lfw.pictures(renamed, tmp_path / "cache", lambda *_: None).found.sum() == 4


def evaluated(folder: Path, models: Path, *words: str) -> Result:
    """Evaluate the shipped model on ``folder``."""
    if not (models / "faceapp.tflite").exists():
        pytest.skip("there is no models/faceapp.tflite yet")
    words = ("evaluate", str(models / "faceapp.tflite"), *words, "--lfw", str(folder))
    return CliRunner().invoke(main, words)


def test_what_was_measured_is_shown_though_it_cannot_be_written(
    people: Path, tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in (3, 4):
        shutil.copy(people / "P01" / "P01_0001.jpg", people / "P01" / f"P01_{number:04d}.jpg")
    written(people, "2\t1\nP01\t1\t2\nP01\t1\tP02\t1\nP02\t1\t2\nP01\t2\tP02\t2\n")
    (tmp_path / "file").touch()
    answer = evaluated(people, models, "--out", "file")
    assert answer.exit_code == 1
    assert "100.00" in answer.stdout.splitlines()[-1]
    assert "File exists: 'file'" in answer.stderr.splitlines()[-1]


def test_pictures_of_which_nobody_can_be_enrolled_are_refused(
    people: Path, tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(people, "2\t1\nP01\t1\t2\nP01\t1\tP02\t1\nP02\t1\t2\nP01\t2\tP02\t2\n")
    answer = evaluated(people, models)
    assert answer.exit_code == 1
    assert "expected somebody with 4 or more" in answer.stderr.splitlines()[-1]
