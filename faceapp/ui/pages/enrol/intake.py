"""Looks at chosen or dropped pictures and videos, on the background thread."""

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

# The file dialog's first filter. Other files can be chosen too; their content decides.
PICTURE_SUFFIXES = (
    *(".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"),
    *(".heic", ".heif"),  # cannot be read; hidden, nobody would learn why
)
PATTERNS = tuple(f"*{suffix}" for suffix in (*PICTURE_SUFFIXES, *VIDEO_SUFFIXES))


def look_at(
    files: Sequence[Path], parts: WindowParts, settings: Settings, progress: JobProgress
) -> list[Looked]:
    """Look at ``files``, as `runtime.intake.files_in` finds them.

    The result includes unreadable files, with the reason. Ends early when cancelled. Raises
    ModelError.
    """
    # Finding out which files are videos opens each one, which takes time.
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
