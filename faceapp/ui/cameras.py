"""What cameras are called in the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from faceapp.ui.words import live as words

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

# The camera that is always there: people who do not exist walk up to it.
DEMO = "demo"


def is_device(source: str) -> bool:
    """Tell a camera of this machine from the demo camera, streams, files and folders."""
    return not source.startswith(DEMO) and not any(mark in source for mark in "/\\")


def label_of(info: CameraInfo) -> str:
    """Name a camera for the operator."""
    return words.DEMO_CAMERA() if info.id == DEMO else info.label


def name_of(source: str, cameras: Sequence[CameraInfo]) -> str:
    """Name a source that perhaps was not found."""
    for info in cameras:
        if info.id == source:
            return label_of(info)
    if source == DEMO:
        return words.DEMO_CAMERA()
    return words.NUMBERED_CAMERA(number=source) if source.isdecimal() else source
