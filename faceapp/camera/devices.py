"""Finds this machine's webcams without opening them.

Only Linux has names that survive replugging; elsewhere cameras are numbered as OpenCV counts them.
Nothing here uses OpenCV, so listing is cheap and switches no camera light on.
"""

from __future__ import annotations

import os
import platform
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faceapp.camera.models import CameraInfo

_QUERY_CAPABILITIES = 0x80685600  # VIDIOC_QUERYCAP of linux/videodev2.h
_CAPABILITIES_BYTES = 104
_VIDEO_CAPTURE = 0x1 | 0x1000  # single- and multi-planar
_HAS_DEVICE_CAPABILITIES = 0x80000000
_NUMBERS_OFFERED = 2


def delivers_pictures(node: Path) -> bool:
    """Ask a V4L2 node whether it captures video; half of a webcam's nodes carry only metadata.

    A node that cannot be opened (permissions, in exclusive use) counts as capturing: the operator
    must see it to learn why it does not work.
    """
    if sys.platform == "win32":
        return True  # there are no such nodes
    import fcntl  # noqa: PLC0415 (exists on Unix only)

    answer = bytearray(_CAPABILITIES_BYTES)
    try:
        descriptor = os.open(node, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return True
    try:
        fcntl.ioctl(descriptor, _QUERY_CAPABILITIES, answer)
    except OSError:
        return False  # a node of another kind
    finally:
        os.close(descriptor)
    whole, of_this_node = struct.unpack_from("<II", answer, 84)
    return bool((of_this_node if whole & _HAS_DEVICE_CAPABILITIES else whole) & _VIDEO_CAPTURE)


@dataclass(frozen=True, slots=True)
class LinuxDevices:
    """The V4L2 nodes below ``dev`` with their names from ``sys``; tests pass other folders."""

    dev: Path = Path("/dev")
    sys: Path = Path("/sys/class/video4linux")
    delivers: Callable[[Path], bool] = delivers_pictures

    def listed(self) -> list[CameraInfo]:
        """List nodes that deliver pictures, by number; each under its most stable name."""
        stable = self._stable_names()
        cameras = [
            CameraInfo(str(stable.get(node, node)), self._card_name(node))
            for node in self._nodes()
            if self.delivers(node)
        ]
        return _told_apart(cameras)

    def find(self, source: str) -> Path | None:
        """Find the node that a source names: a path or a number.

        0 falls back to the first node that delivers pictures.
        """
        if not source.isdecimal():
            return Path(source) if Path(source).exists() else None
        node = self.dev / f"video{int(source)}"
        if int(source) == 0 and not (node.exists() and self.delivers(node)):
            return next((other for other in self._nodes() if self.delivers(other)), None)
        return node if node.exists() else None

    def _nodes(self) -> list[Path]:
        numbered = [
            (int(number), node)
            for node in self.dev.glob("video*")
            if (number := node.name.removeprefix("video")).isdecimal()
        ]
        return [node for _, node in sorted(numbered)]

    def _stable_names(self) -> dict[Path, Path]:
        links = sorted((self.dev / "v4l" / "by-id").glob("*"))
        return {link.resolve(): link for link in reversed(links)}

    def _card_name(self, node: Path) -> str:
        try:
            name = (self.sys / node.name / "name").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return node.name
        return " ".join(name.split()) or node.name


def list_webcams(system: str | None = None) -> list[CameraInfo]:
    """List this machine's webcams.

    Where the system reveals no names without opening devices, the first few numbers are offered,
    whether or not there is a camera behind them.
    """
    if (system or platform.system()) == "Linux":
        return LinuxDevices().listed()
    return [CameraInfo(str(number), f"Camera {number + 1}") for number in range(_NUMBERS_OFFERED)]


def find_webcam(source: str) -> Path | None:
    """Find the node of the webcam that a source names; None if there is none, or not on Linux."""
    return LinuxDevices().find(source) if platform.system() == "Linux" else None


def _told_apart(cameras: list[CameraInfo]) -> list[CameraInfo]:
    """Number cameras that have the same label."""
    seen: dict[str, int] = {}
    told = []
    for camera in cameras:
        count = seen[camera.label] = seen.get(camera.label, 0) + 1
        label = camera.label if count == 1 else f"{camera.label} ({count})"
        told.append(CameraInfo(camera.id, label))
    return told
