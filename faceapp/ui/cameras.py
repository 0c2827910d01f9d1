"""What the window calls cameras and their problems."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from faceapp.addresses import DEMO, is_demo, is_device, is_stream, public_address
from faceapp.types import CameraState
from faceapp.ui.words import live as words

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

# Stands for whatever camera the machine has.
FIRST = "0"


def label_of(info: CameraInfo) -> str:
    """Name a camera for the operator; number it if the system gives no name."""
    if info.id == DEMO:
        return words.DEMO_CAMERA()
    return _numbered(info.id) if info.id.isdecimal() else info.label


def name_of(source: str, cameras: Sequence[CameraInfo]) -> str:
    """Name a source, found or not; omit a stream's user and password."""
    for info in cameras:
        if info.id == source:
            return label_of(info)
    if is_demo(source):
        return words.DEMO_CAMERA()
    if source == FIRST:
        return words.FIRST_CAMERA()
    if source.isdecimal():
        return _numbered(source)
    public = public_address(source)
    return public if is_stream(source) else PurePath(public).name or public


def source_of(typed: str) -> str:
    """Return the source that was typed or pasted: file managers copy a file as an address."""
    source = typed.strip()
    address = QUrl(source)
    return address.toLocalFile() if address.isLocalFile() else source


def trouble_words(source: str, state: CameraState) -> tuple[str, str]:
    """Say what is wrong with ``source`` and what to do, for a state in `words.TROUBLE`."""
    title, text = words.TROUBLE[state]
    if is_stream(source):
        title, text = words.STREAM_TROUBLE.get(state, (title, text))
    elif not is_device(source) and not is_demo(source):
        title, text = words.FILE_TROUBLE.get(state, (title, text))
    return title(), text()


def _numbered(source: str) -> str:
    """Name a camera by its number: people count from one, the system from zero."""
    return words.NUMBERED_CAMERA(number=int(source) + 1)
