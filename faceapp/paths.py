"""Where things are: the data folder's files, assets and models.

Only this module knows whether the app runs from a checkout, an installed wheel or a frozen bundle.
Nothing here creates, opens or writes a file.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "faceapp"


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one data folder."""

    data_dir: Path

    @property
    def database(self) -> Path:
        """People, templates and entries."""
        return self.data_dir / "faceapp.db"

    @property
    def settings(self) -> Path:
        """What the operator chose."""
        return self.data_dir / "settings.toml"

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.data_dir / "logs"

    @property
    def lock(self) -> Path:
        """Held by the one app that works on this folder."""
        return self.data_dir / "faceapp.lock"

    @property
    def may_be_mistyped(self) -> bool:
        """Whether there is no database yet, in a folder that is not this user's usual one."""
        try:
            return self.data_dir != default_data_dir() and not self.database.exists()
        except OSError:
            return False  # whoever opens it says what is wrong


def is_frozen() -> bool:
    """Return whether this is the packaged executable."""
    return bool(getattr(sys, "frozen", False))


def default_data_dir() -> Path:
    """Name the platform's folder for this user's data of this app."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def assets_dir() -> Path:
    """Name the folder of icons, styles, translations and demo people."""
    return _beside("assets")


def models_dir() -> Path:
    """Name the folder of the models and their cards; MediaPipe's are in ``mediapipe`` below it."""
    return _beside("models")


def guides_dir() -> Path:
    """Name the folder of the user guides and the files they refer to."""
    return _beside("docs")


def licences_file() -> Path:
    """Name the file with the licences of a bundle's contents; outside a bundle, the NOTICE."""
    return _beside("licences.txt") if is_frozen() else _beside("NOTICE")


def _beside(name: str) -> Path:
    """Find a folder or file that is shipped with the app.

    A bundle unpacks it to its own folder, a wheel contains it inside the package, a checkout has
    it beside the package.
    """
    if is_frozen():
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)) / name
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.exists() else package.parent / name


def is_folder(path: Path) -> bool:
    """Return whether ``path`` is a folder; False if unknown (no permission, name too long).

    Reading it as a file then raises an error that says why.
    """
    try:
        return path.is_dir()
    except OSError:
        return False
