"""Looking at pictures and videos that were chosen or dropped; runs on a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.runtime.intake import VIDEO_SUFFIXES, Looked, look_at_files
from faceapp.ui.ops import JobProgress

if TYPE_CHECKING:
    from faceapp.config import Settings
    from faceapp.ui.parts import WindowParts

# What the system's dialog offers first; anything else may be chosen too and is told by its content.
PICTURE_SUFFIXES = (".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
PATTERNS = tuple(f"*{suffix}" for suffix in (*PICTURE_SUFFIXES, *VIDEO_SUFFIXES))


def look_at(
    files: Sequence[Path], parts: WindowParts, settings: Settings, progress: JobProgress
) -> list[Looked]:
    """Look at ``files``, as `runtime.intake.files_in` finds them.

    What cannot be read is among the answers with its reason. Ends early when it is cancelled.
    Raises ModelError.
    """
    # Finding out which are videos opens each of them.
    wanted = takewhile(lambda _: not progress.cancelled, files)
    build = partial(parts.build_pipeline, settings)
    looks = look_at_files(wanted, build, lambda source: parts.open_camera(source, live=False))
    found: list[Looked] = []
    with closing(looks):
        if files and not progress.cancelled:
            progress.tell(0, len(files))
        for looked in looks:
            if looked is not None:
                found.append(looked)
                progress.tell(len(found), len(files), looked.path.name)
            if progress.cancelled:
                break
    return found
