"""Reads format, size and orientation of a picture file without decoding it.

Pure functions on bytes. Hostile files are recognized by their header, so that a gigapixel picture
costs nothing. `pictures` decodes; `stills` takes the first picture out of an animation.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

UPRIGHT = 1
_ORIENTATION_TAG = 274
_SHORT, _LONG = 3, 4


class PictureFormat(Enum):
    """Formats that every OpenCV this app runs on can decode."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    BMP = "bmp"
    GIF = "gif"
    TIFF = "tiff"
    JPEG2000 = "jpeg2000"
    AVIF = "avif"
    PNM = "pnm"


@dataclass(frozen=True, slots=True)
class Header:
    """``width`` and ``height`` in px as stored; ``orientation`` is that of EXIF, 1..8."""

    format: PictureFormat
    width: int
    height: int
    orientation: int = UPRIGHT
    alpha: bool = False


class BadHeader(ValueError):
    """The bytes are not a picture of a known format, or end before their size is given."""


def sniff(data: bytes) -> PictureFormat | None:
    """Detect the format from the first bytes; None if it is not a known format."""
    return next((one for one, (fits, _) in _FORMATS.items() if fits(data)), None)


def is_heif(data: bytes) -> bool:
    """Recognize photos that OpenCV cannot decode: HEIC of phones and cameras, or Canon's raw CR3.

    They use a video container, and FFmpeg reads them as a video that shows one tile of the photo.
    AVIF shares some brands, so call `sniff` first.
    """
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS


def parse(data: bytes) -> Header:
    """Read the header.

    Raises: BadHeader.
    """
    picture_format = sniff(data)
    if picture_format is None:
        raise BadHeader("no picture of a known format")
    try:
        _, read = _FORMATS[picture_format]
        header = read(data)
    except (struct.error, IndexError, OverflowError) as error:  # Overflow: an offset too large
        raise BadHeader(f"{picture_format.value}: ends within its header") from error
    if header.width < 1 or header.height < 1:
        raise BadHeader(f"{picture_format.value}: no pixels")
    return header


def exif_orientation(exif: bytes) -> int:
    """Read the orientation from an EXIF block; 1 if it has no valid one."""
    try:
        value = _first_directory(exif.removeprefix(b"Exif\0\0")).get(_ORIENTATION_TAG, UPRIGHT)
    except (struct.error, BadHeader):
        return UPRIGHT
    return value if 1 <= value <= 8 else UPRIGHT


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield type, data offset and length of each PNG chunk; a truncated chunk is left out."""
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return
        yield kind, at + 8, length
        at += 12 + length


def _png(data: bytes) -> Header:
    width, height, _depth, colour = struct.unpack_from(">IIBB", data, 16)
    alpha, orientation = colour in {4, 6}, UPRIGHT
    for kind, start, length in png_chunks(data):
        alpha = alpha or kind == b"tRNS"
        if kind == b"eXIf":
            orientation = exif_orientation(data[start : start + length])
    return Header(PictureFormat.PNG, width, height, orientation, alpha)


def _jpeg(data: bytes) -> Header:
    """Walk the segments up to the start of the frame."""
    at, orientation = 2, UPRIGHT
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:  # fill bytes
            at += 1
        lead, marker, length = struct.unpack_from(">BBH", data, at)
        if lead != 0xFF or marker in {0xD9, 0xDA}:
            raise BadHeader("jpeg: no frame before the data")
        body = at + 4
        if marker == 0xE1 and data[body : body + 6] == b"Exif\0\0":
            orientation = exif_orientation(data[body : at + 2 + length])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", data, body + 1)
            return Header(PictureFormat.JPEG, width, height, orientation)
        at += 2 + length


def _webp(data: bytes) -> Header:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return Header(PictureFormat.WEBP, width & 0x3FFF, height & 0x3FFF)
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        size = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        return Header(PictureFormat.WEBP, *size, alpha=bool(bits >> 28 & 1))
    if kind != b"VP8X":
        raise BadHeader("webp: unknown first chunk")
    width = int.from_bytes(data[24:27], "little") + 1
    height = int.from_bytes(data[27:30], "little") + 1
    orientation, at = UPRIGHT, 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        if name == b"EXIF":
            orientation = exif_orientation(data[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    return Header(PictureFormat.WEBP, width, height, orientation, bool(data[20] & 0x10))


def _bmp(data: bytes) -> Header:
    if struct.unpack_from("<I", data, 14)[0] == 12:
        width, height = struct.unpack_from("<HH", data, 18)
    else:
        width, height = struct.unpack_from("<ii", data, 18)
    return Header(PictureFormat.BMP, abs(width), abs(height))


def _gif(data: bytes) -> Header:
    width, height = struct.unpack_from("<HH", data, 6)
    return Header(PictureFormat.GIF, width, height, alpha=True)


def _tiff(data: bytes) -> Header:
    """Read the first picture's size. OpenCV turns TIFFs upright itself, so orientation stays 1."""
    tags = _first_directory(data)
    try:
        width, height = tags[256], tags[257]
    except KeyError as error:
        raise BadHeader("tiff: no size") from error
    return Header(PictureFormat.TIFF, width, height, alpha=338 in tags)


def _first_directory(data: bytes) -> dict[int, int]:
    """Read the short and long tags of the first directory, the first value of each."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or struct.unpack_from(order + "H", data, 2)[0] != 42:
        raise BadHeader("no TIFF directory")
    at = struct.unpack_from(order + "I", data, 4)[0]
    count = struct.unpack_from(order + "H", data, at)[0]
    tags = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind = struct.unpack_from(order + "HH", data, entry)
        if kind in {_SHORT, _LONG}:
            layout = order + ("H" if kind == _SHORT else "I")
            tags[tag] = int(struct.unpack_from(layout, data, entry + 8)[0])
    return tags


def _jpeg2000(data: bytes) -> Header:
    """Find the code stream, bare or in its box, and read its size marker."""
    at = 0
    while not data.startswith(b"\xff\x4f\xff\x51", at):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"jp2c":
            at += 16 if length == 1 else 8
        elif length == 1:
            at += max(16, struct.unpack_from(">Q", data, at + 8)[0])
        elif length >= 8:
            at += length
        else:
            raise BadHeader("jpeg2000: no code stream")
    right, bottom, left, top = struct.unpack_from(">IIII", data, at + 8)
    return Header(PictureFormat.JPEG2000, right - left, bottom - top)


def _avif(data: bytes) -> Header:
    """Take the largest size of any item; rotation and mirror boxes become an orientation."""
    sizes = [
        struct.unpack_from(">II", data, found.end() + 4) for found in re.finditer(b"ispe", data)
    ]
    if not sizes:
        raise BadHeader("avif: no size")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    turn = re.search(rb"irot(.)", data, re.DOTALL)
    mirror = re.search(rb"imir(.)", data, re.DOTALL)
    quarters = turn.group(1)[0] & 3 if turn else 0  # anticlockwise, before mirroring
    axis = mirror.group(1)[0] & 1 if mirror else None
    orientation = _AVIF_ORIENTATIONS[axis][quarters]
    return Header(PictureFormat.AVIF, width, height, orientation, b"auxC" in data)


_AVIF_ORIENTATIONS: dict[int | None, tuple[int, int, int, int]] = {
    None: (1, 8, 3, 6),
    0: (4, 5, 2, 7),  # upside down
    1: (2, 7, 4, 5),  # left to right
}


def _pnm(data: bytes) -> Header:
    plain = re.match(rb"P[1-6]\s+(\d{1,9})\s+(\d{1,9})\s", re.sub(rb"#[^\n]*", b"", data[:4096]))
    if plain is None:
        raise BadHeader("pnm: no size")
    return Header(PictureFormat.PNM, int(plain.group(1)), int(plain.group(2)))


_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"crx "}
)
_JPEG2000_STARTS = (b"\0\0\0\x0cjP  \r\n", b"\xff\x4f\xff\x51")

_FORMATS: dict[PictureFormat, tuple[Callable[[bytes], bool], Callable[[bytes], Header]]] = {
    PictureFormat.JPEG: (lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    PictureFormat.PNG: (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), _png),
    PictureFormat.WEBP: (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
    PictureFormat.BMP: (lambda data: data.startswith(b"BM") and data[15:18] == b"\0\0\0", _bmp),
    PictureFormat.GIF: (lambda data: data[:6] in {b"GIF87a", b"GIF89a"}, _gif),
    PictureFormat.TIFF: (lambda data: data[:4] in {b"II*\0", b"MM\0*"}, _tiff),
    PictureFormat.JPEG2000: (lambda data: data.startswith(_JPEG2000_STARTS), _jpeg2000),
    PictureFormat.AVIF: (lambda data: data[4:8] == b"ftyp" and b"avif" in data[8:40], _avif),
    PictureFormat.PNM: (lambda data: re.match(rb"P[1-6]\s", data[:3]) is not None, _pnm),
}
"""For each format, the check of its first bytes and the reader of its header."""
