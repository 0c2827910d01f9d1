"""``doctor``: checks everything the app needs and shows how to mend what is wrong."""

from __future__ import annotations

import logging
import os
import platform
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import click

from faceapp import __version__
from faceapp.addresses import DEMO, public_address
from faceapp.cli.arguments import json_option
from faceapp.cli.damage import described
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import count, line, record
from faceapp.errors import FaceAppError
from faceapp.messages import sentence
from faceapp.paths import is_frozen
from faceapp.ui.parts import model_in_use

if TYPE_CHECKING:
    from faceapp.cli.parts import CommandParts

log = logging.getLogger(__name__)

LEAST_FREE_MB = 200

PACKAGES = ("mediapipe", "ai-edge-litert", "opencv-python-headless", "PySide6-Essentials", "numpy")
SECOND_QT = ("opencv-python", "opencv-contrib-python")
"""OpenCV with a Qt of its own, which keeps the window from opening. docs/adr/002."""


class State(Enum):
    """BAD: the app cannot work. CAUTION: a part of it cannot."""

    GOOD = "ok"
    CAUTION = "caution"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, what was found, and how to mend it."""

    what: str
    state: State
    found: str
    mend: str = ""


@click.command()
@json_option
@pass_invocation
def doctor(invocation: Invocation, as_json: bool) -> None:
    """Look at versions, data folder, database, models, camera and display.

    Exit code 1 when something is wrong that keeps the app from working.
    """
    bad = False
    for finding in findings(invocation.parts):
        bad = bad or finding.state is State.BAD
        if as_json:
            record(
                check=finding.what,
                state=finding.state.value,
                found=finding.found,
                mend=finding.mend or None,
            )
        else:
            line(f"{finding.state.value:8}{finding.what}: {finding.found}")
            if finding.mend:
                line(f"        -> {finding.mend}")
    if bad:
        click.get_current_context().exit(1)


def findings(parts: CommandParts) -> Iterator[Finding]:
    """Check one thing after the other; a failure does not stop the next check."""
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
        yield _looked(what, look, parts)


def _looked(what: str, look: Callable[[CommandParts], Finding], parts: CommandParts) -> Finding:
    try:
        return look(parts)
    except FaceAppError as error:
        happened, hint = sentence(error)
        return Finding(what, State.BAD, happened, hint)
    except Exception as error:
        # Finding a library that does not load is what this command is for.
        log.exception("doctor: %s", what)
        found = f"{type(error).__name__}: {error}"
        return Finding(what, State.BAD, found, "Install the app again.")


def _versions(parts: CommandParts) -> Finding:
    del parts
    found = f"faceapp {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return Finding("versions", State.GOOD, found)


def _packages(parts: CommandParts) -> Finding:
    del parts
    found = _installed(PACKAGES)
    missing = [name for name in PACKAGES if name not in found]
    if missing and not is_frozen():
        return Finding(
            "packages", State.BAD, f"missing: {', '.join(missing)}", 'Run "make run" again.'
        )
    named = ", ".join(f"{name} {version}" for name, version in found.items()) or "bundled"
    second = " ".join(_installed(SECOND_QT))
    if second:
        mend = f'The window may not open: "pip uninstall {second}", then install the app again.'
        return Finding("packages", State.CAUTION, f"{named}; beside them {second}", mend)
    return Finding("packages", State.GOOD, named)


def _installed(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of the installed ones of these packages."""
    from importlib import metadata  # slow, and not needed where the window starts

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
        mend = "Choose another one with --data-dir."
        return Finding("data folder", State.BAD, f"{folder}: {error.strerror}", mend)
    found = f"{folder}, {free_mb} MB free"
    if not os.access(folder, os.W_OK):
        return Finding("data folder", State.BAD, found, "Writing there is not allowed.")
    if free_mb < LEAST_FREE_MB:
        return Finding("data folder", State.CAUTION, found, "Free some space on this disk.")
    if os.name != "nt" and folder.stat().st_mode & 0o077:
        mend = f"Unless that is wanted: chmod 700 {shlex.quote(str(folder))}"
        return Finding("data folder", State.CAUTION, f"{found}, open to other users", mend)
    return Finding("data folder", State.GOOD, found)


def _settings(parts: CommandParts) -> Finding:
    settings = parts.settings
    found = (
        f"camera {public_address(settings.camera)}, {settings.range_mode}, "
        f"at most 1 stranger in {settings.stranger_odds} is given a name"
    )
    return Finding("settings", State.GOOD, found)


def _database(parts: CommandParts) -> Finding:
    service = parts.open_service()
    try:
        service.verify()
        everybody, entries = service.people(model_in_use(parts)), service.count_entries()
        damage = service.damage()
    finally:
        service.close()
    people = len(everybody)
    lost = [row.person.id for row in everybody if row.templates and not row.usable]
    counts = f"{count(people, 'person', 'people')}, {count(entries, 'entry', 'entries')}"
    found = f"{parts.paths.database}, {counts}, all pages readable"
    said = list(described(damage))
    if lost:
        said.append(
            (
                f"not recognized, as no sample is of use with this model: {', '.join(lost)}",
                "Add new samples to these people.",
            )
        )
    found = "; ".join((found, *(what for what, _ in said)))
    mend = " ".join(hint for _, hint in said)
    return Finding("database", State.CAUTION if said else State.GOOD, found, mend)


def _models(parts: CommandParts) -> Finding:
    from faceapp.cli.selfcheck import check_models

    return Finding("models", State.GOOD, "; ".join(found for _, found in check_models(parts)))


def _camera(parts: CommandParts) -> Finding:
    cameras = [camera for camera in parts.list_cameras() if camera.id != DEMO]
    if cameras:
        return Finding("camera", State.GOOD, ", ".join(camera.label for camera in cameras))
    hint = "Plug one in and allow its use (Linux: group video), or use the demo camera."
    return Finding("camera", State.CAUTION, "none found", hint)


def _display(parts: CommandParts) -> Finding:
    from faceapp.cli.window import display_trouble

    del parts
    trouble = display_trouble(os.environ, sys.platform)
    if trouble is None:
        return Finding("display", State.GOOD, "there is one")
    hint = "The window needs one; all other commands work without."
    return Finding("display", State.CAUTION, trouble, hint)
