"""What cameras are called in the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from faceapp.addresses import public_address
from faceapp.ui.words import live as words

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

# The camera that is always there: people who do not exist walk up to it.
DEMO = "demo"
# Means whatever camera the machine has.
FIRST = "0"

_DEVICES = "/dev/"


def is_device(source: str) -> bool:
    """Tell a camera of this machine from the demo camera, streams, files and folders."""
    return source.isdecimal() or source.startswith(_DEVICES)


def label_of(info: CameraInfo) -> str:
    """Name a camera for the operator, in the window's words where the system gives no name."""
    if info.id == DEMO:
        return words.DEMO_CAMERA()
    return _numbered(info.id) if info.id.isdecimal() else info.label


def name_of(source: str, cameras: Sequence[CameraInfo]) -> str:
    """Name a source that perhaps was not found; never with a stream's user and password."""
    for info in cameras:
        if info.id == source:
            return label_of(info)
    if source == DEMO or source.startswith(f"{DEMO}:"):
        return words.DEMO_CAMERA()
    if source == FIRST:
        return words.FIRST_CAMERA()
    if source.isdecimal():
        return _numbered(source)
    if "://" in source:
        return public_address(source)
    return PurePath(source).name or source


def _numbered(source: str) -> str:
    """People count from one, the system from zero."""
    return words.NUMBERED_CAMERA(number=int(source) + 1)
