"""From pictures and videos on a disk to enrolment samples: what the window and the commands share.

Which samples are kept is recognition's choice, how they are stored the service's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.camera.pictures import read_picture
from faceapp.errors import (
    EnrolmentError,
    FaceAppError,
    ImportError_,
    NobodyInView,
    PoorPicture,
    SeveralFaces,
)
from faceapp.runtime.parallel import ordered_map
from faceapp.types import CameraState

if TYPE_CHECKING:
    from faceapp.camera import Camera
    from faceapp.pipeline import Analysed, Pipeline
    from faceapp.types import U8, Box, Sample

DOMINANT = 3.0
"""So many times the area of the next face makes a face the picture's only subject."""

LOOK_EVERY_S = 0.2
MOST_LOOKS = 150
"""Of a video: a look every 0.2 s, at most so many, are enough for eight samples."""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What one file gave: samples, or why there are none."""

    path: Path
    samples: tuple[Sample, ...]
    refusal: FaceAppError | None


def sample_of(analysed: Sequence[Analysed], source: str) -> Sample:
    """Return the sample of the one person a picture shows.

    Small faces in the background do not count. Raises NobodyInView, SeveralFaces, PoorPicture.
    """
    if not analysed:
        raise NobodyInView(source=source)
    largest, *others = sorted(analysed, key=lambda one: -_area(one.face.box))
    if any(DOMINANT * _area(other.face.box) > _area(largest.face.box) for other in others):
        raise SeveralFaces(source=source)
    if largest.sample is None:
        reason = largest.quality.reason
        raise PoorPicture(source=source, reason=reason.value if reason else "spoof")
    return largest.sample


def look_at_picture(pipeline: Pipeline, path: Path) -> Looked:
    """Look for one person in the picture ``path``. Raises ModelError."""
    try:
        return _looked_at(pipeline, path, read_picture(path))
    except ImportError_ as error:
        return Looked(path, (), error)


def look_at_video(pipeline: Pipeline, path: Path, open_camera: Callable[[str], Camera]) -> Looked:
    """Collect samples of the one person in the video ``path``. Raises ModelError."""
    samples: list[Sample] = []
    refusal: FaceAppError | None = None
    try:
        with closing(open_camera(str(path))) as camera:
            for rgb in _spread(camera):
                looked = _looked_at(pipeline, path, rgb)
                samples.extend(looked.samples)
                refusal = looked.refusal or refusal
    except FaceAppError as error:
        refusal = error
    if not samples:
        return Looked(path, (), refusal or NobodyInView(source=path.name))
    return Looked(path, tuple(samples), None)


def look_at_pictures(
    paths: Iterable[Path], build_pipeline: Callable[[], Pipeline], threads: int | None = None
) -> Iterator[Looked]:
    """Look at many pictures on all cores; answers in the order of ``paths``. Raises ModelError."""
    for _, looked in ordered_map(build_pipeline, look_at_picture, paths, threads):
        yield looked


def _looked_at(pipeline: Pipeline, path: Path, rgb: U8) -> Looked:
    try:
        return Looked(path, (sample_of(pipeline.analyse(rgb, path.name), path.name),), None)
    except EnrolmentError as error:
        return Looked(path, (), error)


def _spread(camera: Camera) -> Iterator[U8]:
    """Yield pictures of a video, spread over its beginning."""
    next_s, looks = float("-inf"), 0
    while looks < MOST_LOOKS:
        frame = camera.read()
        if frame is not None and frame.t_s >= next_s:
            next_s, looks = frame.t_s + LOOK_EVERY_S, looks + 1
            yield frame.rgb
        elif frame is None and camera.state is not CameraState.OK:
            return


def _area(box: Box) -> float:
    return box.width * box.height
