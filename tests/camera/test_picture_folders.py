"""The pictures of a folder are found in order, and what cannot be read ends no batch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from faceapp.camera.pictures import iter_pictures, pictures_and_others, read_picture
from faceapp.errors import PictureUnreadable
from tests.camera.made import WHOLE

NAMES = [
    "b.JPG",
    "a.png",
    "ä 🙂.webp",
    "\u202egpj.exe.jpeg",
    "=cmd|' C calc'!A0.jpg",
    "<b>bold<b>.jpg",
    "n" * 195 + ".jpg",
]


def test_pictures_of_a_folder_are_found_by_suffix_sorted_and_below_it(tmp_path: Path) -> None:
    for name in [*NAMES, "notes.txt", ".hidden.jpg", "clip.mp4"]:
        (tmp_path / name).write_bytes(WHOLE["jpeg"])
    below = tmp_path / "c"
    below.mkdir()
    (below / "z.gif").write_bytes(WHOLE["gif"])
    (tmp_path / ".thumbs").mkdir()
    (tmp_path / ".thumbs" / "t.jpg").write_bytes(b"x")
    (below / "circle").symlink_to(tmp_path)

    found = list(iter_pictures(tmp_path, recursive=False))
    assert found == [tmp_path / name for name in sorted(NAMES)]
    everything = list(iter_pictures(tmp_path))
    assert set(everything) == {*found, below / "z.gif"}
    pictures, others = pictures_and_others(tmp_path)
    assert pictures == everything
    assert others == [below / "circle", tmp_path / "clip.mp4", tmp_path / "notes.txt"]
    assert all(read_picture(path).shape == (48, 64, 3) for path in everything)


def test_a_folder_of_thousands_is_listed_quickly_and_in_order(tmp_path: Path) -> None:
    names = [f"{number:05d}.jpg" for number in range(5000)]
    for name in reversed(names):
        (tmp_path / name).touch()
    assert [path.name for path in iter_pictures(tmp_path)] == names


def test_folders_may_be_nested_deeper_than_calls(tmp_path: Path) -> None:
    innermost = tmp_path.joinpath(*"a" * 600)
    innermost.mkdir(parents=True)
    (innermost / "b.jpg").touch()
    (tmp_path / "c.jpg").touch()
    assert list(iter_pictures(tmp_path)) == [innermost / "b.jpg", tmp_path / "c.jpg"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable):
        list(iter_pictures(tmp_path / "gone"))


def test_a_folder_that_cannot_be_listed_does_not_end_the_batch(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(WHOLE["jpeg"])
    (tmp_path / "b").mkdir()
    (tmp_path / "c.jpg").write_bytes(WHOLE["jpeg"])
    pictures = iter_pictures(tmp_path)
    assert next(pictures) == tmp_path / "a.jpg"
    (tmp_path / "b").rmdir()
    assert list(pictures) == [tmp_path / "b", tmp_path / "c.jpg"]
    with pytest.raises(PictureUnreadable):
        read_picture(tmp_path / "b")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may read everywhere")
def test_a_folder_below_that_cannot_be_listed_is_reported_as_unreadable(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0)
    (given,) = iter_pictures(tmp_path)
    with pytest.raises(PictureUnreadable) as caught:
        read_picture(given)
    locked.chmod(0o700)
    assert caught.value.details == {"path": locked, "why": "unreadable"}
