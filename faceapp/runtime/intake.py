"""Turns pictures and videos on disk into enrolment samples, for the window and the commands.

`recognition` chooses which samples to keep; the service stores them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.camera.pictures import pictures_and_others, read_picture
from faceapp.camera.source import SourceKind, kind_of
from faceapp.errors import (
    CameraError,
    EnrolmentError,
    FaceAppError,
    ImportError_,
    NobodyInView,
    PictureUnreadable,
    PoorPicture,
    SeveralFaces,
)
from faceapp.paths import is_folder
from faceapp.runtime.parallel import ordered_map
from faceapp.types import CameraState

if TYPE_CHECKING:
    from faceapp.camera import Camera
    from faceapp.pipeline import Analysed, Pipeline
    from faceapp.types import U8, Sample

DOMINANT = 3.0
"""A face is the picture's only subject if its area is this many times that of the next one."""

LOOK_EVERY_S = 0.2
MOST_LOOKS = 150
"""A look every 0.2 s of a video, and at most this many at somebody, is enough for eight samples."""

LONGEST_S = 600.0
"""How much of a video is searched for somebody: hours in which nobody comes are not."""

VIDEO_SUFFIXES = (".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm")
"""Files in a folder that count as videos. A file that is given directly is judged by content."""


@dataclass(slots=True)
class Found:
    """What the sources contain: files to look at, other files, and folders with none to look at."""

    files: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    bare: list[Path] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """The result for one file: samples, or why there are none."""

    path: Path
    samples: tuple[Sample, ...]
    refusal: FaceAppError | None


def sample_of(analysed: Sequence[Analysed], source: str) -> Sample:
    """Return the sample of the only person a picture shows.

    Small faces in the background do not count. Raises NobodyInView, SeveralFaces, PoorPicture.
    """
    if not analysed:
        raise NobodyInView(source=source)
    largest, *others = sorted(analysed, key=lambda one: -one.face.box.area)
    if any(DOMINANT * other.face.box.area > largest.face.box.area for other in others):
        raise SeveralFaces(source=source)
    if largest.sample is None:
        reason = largest.quality.reason
        raise PoorPicture(source=source, reason=reason.value if reason else "spoof")
    return largest.sample


def files_in(sources: Iterable[Path]) -> Found:
    """Find the files among ``sources``, and in folders the pictures and videos, each once.

    A folder that cannot be listed is returned among the files: looking at it gives the reason.
    """
    found = Found()
    for source in dict.fromkeys(sources):
        if not is_folder(source):
            found.files.append(source)
            continue
        try:
            pictures, others = pictures_and_others(source)
        except PictureUnreadable:
            found.files.append(source)
            continue
        before = len(found.files)
        found.files += pictures
        for path in others:
            is_video = path.suffix.lower() in VIDEO_SUFFIXES
            (found.files if is_video else found.others).append(path)
        if len(found.files) == before:
            found.bare.append(source)
    found.files = list(dict.fromkeys(found.files))
    return found


def look_at_files(
    files: Iterable[Path],
    build_pipeline: Callable[[], Pipeline],
    open_camera: Callable[[str], Camera],
) -> Generator[Looked | None]:
    """Look at every file: first the pictures, on all cores, then the videos. Raises ModelError.

    A video takes a while, so None is yielded after each look into it: a chance to stop.
    """
    videos: list[Path] = []

    def pictures() -> Iterator[Path]:
        """Sort files lazily, so that the first of many need not wait for the rest."""
        for path in files:
            if _is_video(path):
                videos.append(path)
            else:
                yield path

    for _, looked in ordered_map(build_pipeline, look_at_picture, pictures()):
        yield looked
    if videos:
        with closing(build_pipeline()) as pipeline:
            for path in videos:
                yield (yield from look_at_video(pipeline, path, open_camera))


def look_at_picture(pipeline: Pipeline, path: Path) -> Looked:
    """Look for one person in the picture ``path``. Raises ModelError."""
    try:
        return _looked_at(pipeline, path, read_picture(path))
    except ImportError_ as error:
        return _refused(path, error)


def look_at_video(
    pipeline: Pipeline, path: Path, open_camera: Callable[[str], Camera]
) -> Generator[None, None, Looked]:
    """Collect samples of the only person in the video ``path``; yield after each look into it.

    Raises ModelError.
    """
    samples: list[Sample] = []
    refusal: FaceAppError | None = None
    try:
        with closing(open_camera(str(path))) as camera:
            looks = 0
            for rgb in _spread(camera):
                looked = _looked_at(pipeline, path, rgb)
                samples.extend(looked.samples)
                if not isinstance(looked.refusal, NobodyInView):
                    refusal, looks = looked.refusal or refusal, looks + 1
                yield
                if looks == MOST_LOOKS:
                    break
    except (CameraError, ImportError_) as error:
        refusal = error
    if not samples:
        return _refused(path, refusal or NobodyInView(source=path.name))
    return Looked(path, tuple(samples), None)


def _is_video(path: Path) -> bool:
    try:
        return kind_of(str(path)) is SourceKind.VIDEO
    except CameraError:
        return False  # reading it as a picture gives the reason


def _looked_at(pipeline: Pipeline, path: Path, rgb: U8) -> Looked:
    try:
        return Looked(path, (sample_of(pipeline.analyse(rgb, path.name), path.name),), None)
    except EnrolmentError as error:
        return _refused(path, error)


def _refused(path: Path, error: FaceAppError) -> Looked:
    """Return the result for a file that ``error`` kept out.

    The error is copied: the frames of its traceback would keep the whole picture in memory.
    """
    return Looked(path, (), type(error)(**error.details))


def _spread(camera: Camera) -> Iterator[U8]:
    """Yield a picture every `LOOK_EVERY_S` of a video, up to `LONGEST_S`."""
    next_s = float("-inf")
    while next_s < LONGEST_S:
        frame = camera.read()
        if frame is not None and frame.t_s >= next_s:
            next_s = frame.t_s + LOOK_EVERY_S
            yield frame.rgb
        elif frame is None and camera.state is not CameraState.OK:
            return
