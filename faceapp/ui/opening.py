"""Opens folders in the system's own file manager."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from faceapp.paths import is_frozen

OURS = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
"""Variables that the packaged program's launcher points to our own libraries."""


def open_folder(folder: Path) -> None:
    """Open ``folder``; do nothing if the system has no file manager."""
    with _system_libraries():
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


@contextmanager
def _system_libraries() -> Iterator[None]:
    """Let programs started in this context load the system's libraries instead of ours."""
    ours = {name: os.environ.pop(name) for name in OURS if is_frozen() and name in os.environ}
    if ours and (former := os.environ.get("LD_LIBRARY_PATH_ORIG")):
        os.environ["LD_LIBRARY_PATH"] = former
    try:
        yield
    finally:
        if ours:
            os.environ.pop("LD_LIBRARY_PATH", None)
            os.environ.update(ours)
