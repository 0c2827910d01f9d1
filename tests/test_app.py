"""What the composition root decides itself."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from faceapp.app import open_parts
from faceapp.errors import StoreError


@pytest.mark.skipif(os.name == "nt", reason="the current folder cannot be deleted there")
def test_a_data_folder_within_a_deleted_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(StoreError, match="why=folder_missing"):
        open_parts(Path("data"))
    assert open_parts(tmp_path).data_dir == tmp_path


@pytest.mark.parametrize(("far", "size"), [(False, (480, 640)), (True, (720, 1280))])
def test_a_far_view_asks_the_camera_for_more_pixels(
    data_dir: Path, far: bool, size: tuple[int, int]
) -> None:
    with closing(open_parts(data_dir).open_camera("demo", live=False, far=far)) as camera:
        frame = camera.read()
    assert frame is not None
    assert frame.rgb.shape[:2] == size
