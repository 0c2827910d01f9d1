"""Detects a folder of several people, which the page for one person does not look through."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from faceapp.paths import APP_NAME, default_data_dir, is_folder, is_frozen
from faceapp.ui.notices import Action, Notice
from faceapp.ui.words import enrol as words
from faceapp.ui.words import one_line

if TYPE_CHECKING:
    from faceapp.paths import Paths


def staff_folder(sources: Sequence[Path], files: Sequence[Path]) -> Path | None:
    """Find a folder that looks like several people: pictures only in sub-folders, in several.

    ``files`` are all files in ``sources``.
    """
    return next((one for one in sources if is_folder(one) and _of_several(one, files)), None)


def staff_notice(folder: Path, paths: Paths) -> Notice:
    """Return the notice that says how to enrol several people at once."""
    command = import_command(folder, paths)
    copy = Action(words.STAFF_COPY(), lambda: QGuiApplication.clipboard().setText(command))
    what = words.STAFF(folder=one_line(folder.name))
    return Notice(what, words.STAFF_HINT(command=command), action=copy, key="staff folder")


def import_command(folder: Path, paths: Paths) -> str:
    """Return the command that enrols everybody in a folder into this window's data."""
    own = paths.data_dir.absolute() != default_data_dir()
    data = ["--data-dir", str(paths.data_dir.absolute())] if own else []
    return " ".join(map(_quoted, [*_program(), *data, "import", str(folder.absolute())]))


def _program() -> list[str]:
    """Return what starts the app in a terminal: only a package puts its name on the path."""
    if shutil.which(APP_NAME):
        return [APP_NAME]
    if is_frozen():
        return [os.environ.get("APPIMAGE", sys.executable)]
    return [sys.executable, "-m", APP_NAME]


def _of_several(folder: Path, files: Sequence[Path]) -> bool:
    places = {file.parent for file in files if file.is_relative_to(folder)}
    return folder not in places and len(places) > 1


def _quoted(word: str) -> str:
    if os.name != "nt":
        return shlex.quote(word)
    return f'"{word}"' if " " in word else word
