"""Looking at pictures and videos that were chosen or dropped; runs on a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.runtime.intake import VIDEO_SUFFIXES, Looked, files_in, look_at_files
from faceapp.ui.ops import Progress

if TYPE_CHECKING:
    from faceapp.config import Settings
    from faceapp.ui.parts import Parts

# What the system's dialog offers first; anything else may be chosen too and is told by its content.
PICTURE_SUFFIXES = (".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
PATTERNS = tuple(f"*{suffix}" for suffix in (*PICTURE_SUFFIXES, *VIDEO_SUFFIXES))


def look_at(
    sources: Sequence[Path], parts: Parts, settings: Settings, progress: Progress
) -> list[Looked]:
    """Look at every file of ``sources``, folders with all that is below them.

    What cannot be read is among the answers with its reason. Ends early when it is cancelled.
    Raises ModelError.
    """
    files = [] if progress.cancelled else files_in(sources).files
    total = len(files)
    build = partial(parts.build_pipeline, settings)
    looks = look_at_files(files, build, lambda source: parts.open_camera(source, live=False))
    found: list[Looked] = []
    with closing(looks):
        if files:
            progress.tell(0, total)
        for looked in looks:
            found.append(looked)
            progress.tell(len(found), total, looked.path.name)
            if progress.cancelled:
                break
    return found
