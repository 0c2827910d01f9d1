from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faceapp.types import RangeMode
from faceapp.vision.detect import Detector, open_detector
from tests.vision.made import Portraits, read


@pytest.fixture(scope="session")
def near(models: Path) -> Iterator[Detector]:
    detector = open_detector(RangeMode.NEAR, models)
    yield detector
    detector.close()


@pytest.fixture(scope="session")
def far(models: Path) -> Iterator[Detector]:
    detector = open_detector(RangeMode.FAR, models)
    yield detector
    detector.close()


@pytest.fixture(scope="session")
def portraits(near: Detector, demo_people: Path) -> Portraits:
    """Every demo picture with its face."""
    found = {}
    for path in sorted(demo_people.glob("*/*.jpg")):
        rgb = read(path)
        (face,) = near.detect(rgb)
        found[f"{path.parent.name}/{path.stem}"] = rgb, face
    return found
