"""Determines which kind of camera a source names.

Reads at most the first bytes of a file; opens no camera.
"""

from __future__ import annotations

import errno
import re
from enum import Enum
from pathlib import Path

from faceapp.addresses import is_demo, is_device, public_address
from faceapp.camera.headers import is_heif, sniff
from faceapp.errors import CameraNotFound, SourceUnreadable

STREAM_SCHEMES = frozenset({"rtsp", "rtsps", "http", "https"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_LOOK_AT_BYTES = 64 * 1024
_MPEG_TS_PACKET_BYTES = 188
_VIDEO_STARTS = (
    b"\x1a\x45\xdf\xa3",  # Matroska, WebM
    b"OggS",
    b"FLV\x01",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF: WMV
    b"\0\0\x01\xba",  # MPEG
    b"\0\0\x01\xb3",
)


class SourceKind(Enum):
    """Kinds of sources; each has its opener."""

    DEMO = "demo"
    WEBCAM = "webcam"
    STREAM = "stream"
    FOLDER = "folder"
    PICTURE = "picture"
    VIDEO = "video"


def kind_of(source: str) -> SourceKind:
    """Classify a source by its form, and a file by its content, not its name.

    Raises: CameraNotFound (no such file; an unknown scheme), SourceUnreadable (a file
        that is neither picture nor video, a photo that cannot be read: ``why`` "heic", or a pipe).
    """
    if is_demo(source):
        return SourceKind.DEMO
    if scheme := _SCHEME.match(source):
        if scheme.group(1).lower() in STREAM_SCHEMES:
            return SourceKind.STREAM
        raise CameraNotFound(source=public_address(source), why="scheme")
    if is_device(source):
        return SourceKind.WEBCAM
    return _kind_of_file(source)


def is_video(start: bytes) -> bool:
    """Recognize a video container by its first bytes.

    FFmpeg would accept far more: subtitles, plain text, and playlists that refer to other files and
    addresses.
    """
    return (
        start.startswith(_VIDEO_STARTS)
        or start[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
        or (start[:4] == b"RIFF" and start[8:12] == b"AVI ")
        or (start[:1] == b"\x47" and start[_MPEG_TS_PACKET_BYTES:][:1] == b"\x47")
    )


def _kind_of_file(source: str) -> SourceKind:
    path = Path(source)
    try:
        if not source or not path.exists():  # an empty path would be the current folder
            raise CameraNotFound(source=public_address(source))  # maybe an address without scheme
        if path.is_dir():
            return SourceKind.FOLDER
        if not path.is_file():
            raise SourceUnreadable(source=source, why="not_a_file")
        with path.open("rb") as file:
            start = file.read(_LOOK_AT_BYTES)
    except ValueError as error:  # a NUL in the name
        raise CameraNotFound(source=public_address(source)) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise CameraNotFound(source=public_address(source)) from error
        raise SourceUnreadable(source=source, why="unreadable") from error
    if sniff(start) is not None:
        return SourceKind.PICTURE
    if is_heif(start):
        raise SourceUnreadable(source=source, why="heic")
    if is_video(start):
        return SourceKind.VIDEO
    raise SourceUnreadable(source=source, why="no_video" if start else "empty")
