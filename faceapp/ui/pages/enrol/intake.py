"""Looking at pictures and videos that were chosen or dropped; runs on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.camera.pictures import pictures_and_others
from faceapp.camera.source import SourceKind, kind_of
from faceapp.errors import FaceAppError
from faceapp.runtime.intake import Looked, look_at_pictures, look_at_video
from faceapp.ui.ops import Progress

if TYPE_CHECKING:
    from faceapp.config import Settings
    from faceapp.pipeline import Pipeline
    from faceapp.ui.parts import Parts

# What the system's dialog offers first; anything else may be chosen too and is told by its content.
PICTURE_SUFFIXES = (".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
VIDEO_SUFFIXES = (".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm")
PATTERNS = tuple(f"*{suffix}" for suffix in (*PICTURE_SUFFIXES, *VIDEO_SUFFIXES))


def look_at(
    sources: Sequence[Path], parts: Parts, settings: Settings, progress: Progress
) -> list[Looked]:
    """Look at every file of ``sources``, folders with all that is below them.

    What cannot be read is among the answers with its reason. Ends early when it is cancelled.
    Raises ModelError.
    """
    pictures: list[Path] = []
    videos: list[Path] = []
    for path in files_in(sources):
        if progress.cancelled:
            return []
        (videos if _is_video(path) else pictures).append(path)
    total = len(pictures) + len(videos)
    build = partial(parts.build_pipeline, settings)
    found: list[Looked] = []
    with closing(_looks(pictures, videos, build, parts)) as looks:
        progress.tell(0, total)
        for looked in looks:
            found.append(looked)
            progress.tell(len(found), total, looked.path.name)
            if progress.cancelled:
                break
    return found


def _looks(
    pictures: Sequence[Path],
    videos: Sequence[Path],
    build: Callable[[], Pipeline],
    parts: Parts,
) -> Generator[Looked]:
    if pictures:
        yield from look_at_pictures(pictures, build)
    if videos:
        with closing(build()) as pipeline:
            for path in videos:
                yield look_at_video(
                    pipeline, path, lambda source: parts.open_camera(source, live=False)
                )


def files_in(sources: Sequence[Path]) -> Iterator[Path]:
    """Give the files among ``sources``, and of folders the pictures and videos below them."""
    for source in sources:
        if source.is_dir():
            yield from _below(source)
        else:
            yield source


def _below(folder: Path) -> Iterator[Path]:
    try:
        pictures, others = pictures_and_others(folder)
    except FaceAppError:
        # Reading it as a picture says why it cannot be listed.
        yield folder
        return
    yield from pictures
    yield from (path for path in others if path.suffix.lower() in VIDEO_SUFFIXES)


def _is_video(path: Path) -> bool:
    try:
        return kind_of(str(path)) is SourceKind.VIDEO
    except FaceAppError:
        # Whoever reads it as a picture says what is wrong with it.
        return False
