"""What the composition root decides itself."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from faceapp import config
from faceapp.app import open_parts
from faceapp.config import Settings


@pytest.mark.parametrize(("mode", "size"), [("near", (480, 640)), ("far", (720, 1280))])
def test_a_far_view_asks_the_camera_for_more_pixels(
    data_dir: Path, mode: str, size: tuple[int, int]
) -> None:
    parts = open_parts(data_dir)
    config.save(parts.paths.settings, replace(Settings(), range_mode=mode))
    with closing(parts.open_camera("demo", live=False)) as camera:
        frame = camera.read()
    assert frame is not None
    assert frame.rgb.shape[:2] == size
