"""``doctor``: checks everything the app needs and shows how to repair what is wrong."""

from __future__ import annotations

import logging
import os
import platform
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import click

from faceapp import __version__
from faceapp.addresses import DEMO, is_device, public_address
from faceapp.cli.arguments import json_option
from faceapp.cli.damage import described
from faceapp.cli.disks import network_file_system
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import count, line, record
from faceapp.errors import CameraError, FaceAppError, ImportError_, SettingsError
from faceapp.messages import sentence
from faceapp.paths import is_frozen
from faceapp.ui.parts import model_in_use

if TYPE_CHECKING:
    from pathlib import Path

    from faceapp.cli.parts import CommandParts

log = logging.getLogger(__name__)

LEAST_FREE_MB = 200

PACKAGES = ("mediapipe", "ai-edge-litert", "opencv-python-headless", "PySide6-Essentials", "numpy")
SECOND_QT = ("opencv-python", "opencv-contrib-python")
"""OpenCV with its own Qt, which keeps the window from opening. docs/adr/002."""


class State(Enum):
    """BAD: the app cannot work. CAUTION: part of it cannot."""

    GOOD = "ok"
    CAUTION = "caution"
    BAD = "bad"


class Finding(NamedTuple):
    """The result of one check, and how to repair what is wrong."""

    state: State
    found: str
    mend: str = ""


@click.command()
@json_option
@pass_invocation
def doctor(invocation: Invocation, as_json: bool) -> None:
    """Check versions, data folder, settings, database, models, camera and display.

    The exit code is 1 if something keeps the app from working.
    """
    bad = False
    for what, look in (
        ("versions", _versions),
        ("packages", _packages),
        ("data folder", _data_folder),
        ("settings", _settings),
        ("database", _database),
        ("models", _models),
        ("camera", _camera),
        ("display", _display),
    ):
        state, found, mend = _looked(what, look, invocation.parts)
        bad = bad or state is State.BAD
        if as_json:
            record(check=what, state=state.value, found=found, mend=mend or None)
        else:
            line(f"{state.value:8}{what}: {found}")
            if mend:
                line(f"        -> {mend}")
    if bad:
        click.get_current_context().exit(1)


def _looked(what: str, look: Callable[[CommandParts], Finding], parts: CommandParts) -> Finding:
    """Run one check; a failure is a finding too and does not stop the next check."""
    try:
        return look(parts)
    except FaceAppError as error:
        return Finding(State.BAD, *sentence(error))
    except Exception as error:
        # This command is meant to find libraries that do not load.
        log.exception("doctor: %s", what)
        found = f"{type(error).__name__}: {error}"
        return Finding(State.BAD, found, "Install the app again.")


def _versions(parts: CommandParts) -> Finding:
    del parts
    found = f"faceapp {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return Finding(State.GOOD, found)


def _packages(parts: CommandParts) -> Finding:
    del parts
    found = _installed(PACKAGES)
    missing = [name for name in PACKAGES if name not in found]
    if missing and not is_frozen():
        return Finding(State.BAD, f"missing: {', '.join(missing)}", 'Run "make run" again.')
    named = ", ".join(f"{name} {version}" for name, version in found.items()) or "bundled"
    second = " ".join(_installed(SECOND_QT))
    if second:
        mend = f'The window may not open. Run "pip uninstall {second}", then install the app again.'
        return Finding(State.CAUTION, f"{named}; also installed: {second}", mend)
    return Finding(State.GOOD, named)


def _installed(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of those of the packages that are installed."""
    from importlib import metadata  # slow, and not needed to start the window

    found = {}
    for name in names:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _data_folder(parts: CommandParts) -> Finding:
    folder = parts.paths.data_dir
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        free_mb = shutil.disk_usage(folder).free // 2**20
    except OSError as error:
        mend = "Choose another folder with --data-dir."
        return Finding(State.BAD, f"{folder}: {error.strerror}", mend)
    found = f"{folder}, {free_mb} MB free"
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        mend = "Allow reading and writing there, or choose another folder with --data-dir."
        return Finding(State.BAD, found, mend)
    if free_mb < LEAST_FREE_MB:
        return Finding(State.CAUTION, found, "Free some space on this disk.")
    return _with_cautions(found, _cautions(folder, parts.paths.logs))


def _cautions(folder: Path, logs: Path) -> Iterator[tuple[str, str]]:
    """Say what is wrong with a data folder that works, and how to repair it."""
    from faceapp.logs import FILE_NAME

    if os.name != "nt" and folder.stat().st_mode & 0o077:
        mend = f"Unless you want that, run: chmod 700 {shlex.quote(str(folder))}"
        yield "open to other users", mend
    kind = network_file_system(folder)
    if kind is not None:
        yield (
            f"on a network share ({kind}), where entries may be damaged or lost",
            "Choose a folder on a disk of this computer with --data-dir.",
        )
    if not os.access(logs / FILE_NAME, os.W_OK):  # every command begins its log there
        yield (
            "without a log, because it cannot be written",
            f"Allow writing to {logs} and the files in it, or move it away.",
        )


def _with_cautions(found: str, cautions: Iterable[tuple[str, str]]) -> Finding:
    said = list(cautions)
    found = "; ".join((found, *(what for what, _ in said)))
    mend = " ".join(hint for _, hint in said)
    return Finding(State.CAUTION if said else State.GOOD, found, mend)


def _settings(parts: CommandParts) -> Finding:
    settings = parts.settings
    found = (
        f"camera {public_address(settings.camera)}, {settings.range_mode}, "
        f"at most 1 stranger in {settings.stranger_odds} gets a name"
    )
    return _with_cautions(found, _settings_cautions(parts.paths.settings))


def _settings_cautions(path: Path) -> Iterator[tuple[str, str]]:
    from faceapp.config import left_aside

    kept = left_aside(path)
    if kept:
        yield (
            f"these are the defaults, since the former settings were damaged: {kept[-1]}",
            f"Correct that file and rename it to {path.name}, or choose the settings again.",
        )


def _database(parts: CommandParts) -> Finding:
    with closing(parts.open_service()) as service:
        service.verify()
        everybody, entries = service.people(model_in_use(parts)), service.count_entries()
        damage = service.damage()
    lost = [row.person.id for row in everybody if row.unrecognizable]
    counts = f"{count(len(everybody), 'person', 'people')}, {count(entries, 'entry', 'entries')}"
    said = list(described(damage))
    if lost:
        what = f"not recognized, because no sample works with this model: {', '.join(lost)}"
        said.append((what, "Add new samples to these people."))
    return _with_cautions(f"{parts.paths.database}, {counts}, all pages readable", said)


def _models(parts: CommandParts) -> Finding:
    from faceapp.cli.modelcheck import check_models

    return Finding(State.GOOD, "; ".join(found for _, found in check_models(parts)))


def _camera(parts: CommandParts) -> Finding:
    from faceapp.config import Settings

    try:
        chosen = parts.settings.camera
    except SettingsError:
        chosen = Settings().camera  # which the window then uses
    return _webcam(parts, chosen) if is_device(chosen) else _other_source(parts, chosen)


def _webcam(parts: CommandParts, chosen: str) -> Finding:
    """Look whether the chosen webcam is plugged in, without switching on its light."""
    from faceapp.camera import find_webcam

    cameras = [camera for camera in parts.list_cameras() if camera.id != DEMO]
    found = ", ".join(camera.label for camera in cameras)
    if not cameras:
        hint = "Plug one in and allow access to it (Linux: group video), or use the demo camera."
        return Finding(State.CAUTION, "none found", hint)
    node = find_webcam(chosen)  # elsewhere the listed ones are all there are
    if node is None and chosen not in [camera.id for camera in cameras]:
        hint = "Plug it in, or choose another one under Settings."
        return Finding(State.CAUTION, f"{found}; {chosen} of the settings was not found", hint)
    if node is not None and not os.access(node, os.R_OK | os.W_OK):
        hint = (
            "Add your account to the group video (sudo usermod -aG video NAME), then log in again."
        )
        return Finding(State.CAUTION, f"{found}; your account may not use {node}", hint)
    return Finding(State.GOOD, found)


def _other_source(parts: CommandParts, chosen: str) -> Finding:
    """Open the chosen network camera or file, as taking attendance would."""
    try:
        parts.open_camera(chosen, live=False).close()
    except (CameraError, ImportError_) as error:
        return Finding(State.CAUTION, *sentence(error))
    return Finding(State.GOOD, f"{public_address(chosen)} can be opened")


def _display(parts: CommandParts) -> Finding:
    from faceapp.cli.window import display_trouble

    del parts
    trouble = display_trouble(os.environ, sys.platform)
    if trouble is None:
        return Finding(State.GOOD, "available")
    hint = "The window needs one; all other commands work without it."
    return Finding(State.CAUTION, trouble, hint)
