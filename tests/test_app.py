"""What the composition root decides itself."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from faceapp.app import open_parts


@pytest.mark.parametrize(("far", "size"), [(False, (480, 640)), (True, (720, 1280))])
def test_a_far_view_asks_the_camera_for_more_pixels(
    data_dir: Path, far: bool, size: tuple[int, int]
) -> None:
    with closing(open_parts(data_dir).open_camera("demo", live=False, far=far)) as camera:
        frame = camera.read()
    assert frame is not None
    assert frame.rgb.shape[:2] == size
