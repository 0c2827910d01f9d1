"""Painting people who do not exist, and cutting them like the app's chips."""

from __future__ import annotations

import importlib.util
from contextlib import closing
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training.painted import fitting, painter
from faceapp.types import CHIP_SIZE_PX, RangeMode
from faceapp.vision import align, geometry
from faceapp.vision.detect import open_detector
from tests.training.made import chips

CPU = torch.device("cpu")


@pytest.mark.parametrize("turn_deg", [-8.0, 0.0, 12.0])
def test_chips_are_cut_as_the_app_cuts_them(turn_deg: float) -> None:
    picture = cv2.GaussianBlur(cv2.resize(chips(1)[0], (256, 256)), (0, 0), 3.0)
    scale, angle = 0.58, np.deg2rad(turn_deg)
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    place = np.array([a, b, -18.0, -17.0], np.float32)
    matrix = np.array([[a, -b, -18.0], [b, a, -17.0]])
    planes = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 127.5 - 1.0
    mine = painter.cut(planes, torch.from_numpy(place)[None])[0].numpy()
    theirs = geometry.warp(np.asarray(picture, np.uint8), matrix, CHIP_SIZE_PX)
    assert np.abs(mine.astype(int) - theirs).max() <= 4


class Portrait(painter.Generator):
    """One person's portrait, moved by the first two numbers of a style, six pixels each."""

    def __init__(self, photo: NDArray[np.uint8]) -> None:
        self.device, self._photo = CPU, photo

    def styles(self, count: int, chance: Any) -> Any:
        return torch.randn(count, painter.STYLES, generator=chance)

    def pictures(self, styles: Any) -> Any:
        moved = []
        for right, down in styles[:, :2].tolist():
            matrix = np.array([[1.0, 0.0, 6.0 * right], [0.0, 1.0, 6.0 * down]])
            moved.append(
                cv2.warpAffine(self._photo, matrix, (256, 256), borderMode=cv2.BORDER_REPLICATE)
            )
        return torch.from_numpy(np.stack(moved)).permute(0, 3, 1, 2).float() / 127.5 - 1.0

    def maps(self, styles: Any) -> Any:
        seen = torch.nn.functional.pixel_unshuffle(self.pictures(styles), 2)
        return torch.nn.functional.pad(seen, (0, 0, 0, 0, 0, painter.MAPS - seen.shape[1]))


@pytest.fixture
def portrait(demo_people: Path, models: Path) -> Portrait:
    """Return a generator of one of the demo people."""
    if not (models / "mediapipe" / "face_landmark.tflite").exists():
        pytest.skip("MediaPipe's models are not there: make models")
    path = next(demo_people.glob("P01 *")) / "front.jpg"
    photo = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    assert photo is not None
    return Portrait(np.asarray(cv2.resize(photo, (256, 256))[..., ::-1], np.uint8))


def test_a_painter_learns_to_finish_pictures_and_to_find_faces(
    portrait: Portrait, models: Path, tmp_path: Path
) -> None:
    heard: list[str] = []
    learned = fitting.fit(portrait, tmp_path, lambda stage, *_: heard.append(stage), 16, steps=2)
    assert list(dict.fromkeys(heard)) == ["painting examples", "finding faces", "fitting"]
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "painter.pt"
    torch.save({"straight": learned.finish.skip.weight}, path)
    with pytest.raises(ValueError, match=r"painter\.pt: a painter of another version"):
        painter.Painter.load(path)
    torch.save(learned.state_dict(), path)
    styles = portrait.styles(16, torch.Generator().manual_seed(1))  # those it learned from
    painted = painter.Painter.load(path).chips(portrait, styles).numpy()
    with closing(open_detector(RangeMode.NEAR, models)) as detector:
        for picture, chip in zip(portrait.pictures(styles), painted, strict=True):
            rgb = np.ascontiguousarray(
                (picture * 127.5 + 127.5).round().byte().permute(1, 2, 0).numpy()
            )
            wanted = align.align(rgb, detector.detect(rgb)[0]).rgb
            assert np.abs(chip.astype(int) - wanted).mean() < 12


@pytest.mark.skipif(
    importlib.util.find_spec("random_face") is None, reason="pip install --no-deps random-face"
)
def test_each_style_is_another_face(models: Path) -> None:
    generator = painter.Generator(CPU)
    styles = generator.styles(2, torch.Generator().manual_seed(3))
    assert generator.maps(styles).shape == (2, painter.MAPS, 128, 128)
    pictures = generator.pictures(styles)
    assert pictures.shape == (2, 3, 256, 256)
    assert (pictures[0] - pictures[1]).abs().mean() > 0.1
    with closing(open_detector(RangeMode.NEAR, models)) as detector:
        for picture in pictures:
            rgb = (picture * 127.5 + 127.5).round().byte().permute(1, 2, 0).numpy()
            assert len(detector.detect(np.ascontiguousarray(rgb))) == 1
