"""Extracts the first picture of a PNG or GIF, without its animation, and detects damage.

A damaged file can make OpenCV's readers of animated PNG and GIF crash or run for half a minute, and
both silently decode damaged bytes to a wrong picture. So the decoder gets only what one picture
needs, after its checksums have been verified. A JPEG is passed on as it is, unless it would keep
the decoder busy. Pure functions on bytes.
"""

from __future__ import annotations

import re
import struct
import zlib

from faceapp.camera.headers import png_chunks

_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_EXTENSION, _IMAGE = 0x21, 0x2C
_GIF_END = b"\x3b"
_JPEG_SCAN, _JPEG_END = b"\xff\xda", b"\xff\xd9"
_JPEG_SEGMENT = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")

MOST_SCANS = 100
"""Encoders make about ten. Each takes the decoder as long as the whole picture: at 40 megapixels,
a file of 300 KB with 1,500 of them took it 70 s."""


class Damaged(ValueError):
    """The file ends too early or contradicts itself."""


def still_png(data: bytes) -> bytes:
    """Keep only the chunks that make up the picture.

    Raises: Damaged (a checksum does not match, or the end chunk is missing).
    """
    kept, ends = [data[:8]], False
    for kind, start, length in png_chunks(data):
        if kind not in _PNG_KEPT:
            continue
        stop = start + length
        if zlib.crc32(data[start - 4 : stop]) != int.from_bytes(data[stop : stop + 4], "big"):
            raise Damaged("png: a checksum does not fit")
        kept.append(data[start - 8 : stop + 4])
        ends = ends or kind == b"IEND"
    if not ends:
        raise Damaged("png: ends too early")
    return b"".join(kept)


def still_jpeg(data: bytes) -> bytes:
    """Return the file as it is.

    Raises: Damaged (more than `MOST_SCANS` scans).
    """
    # Counted exactly only if need be: other data, such as a film behind the photo, may look alike.
    if data.count(_JPEG_SCAN) > MOST_SCANS and _jpeg_scans(data) > MOST_SCANS:
        raise Damaged("jpeg: too many scans")
    return data


def _jpeg_scans(data: bytes) -> int:
    """Return the number of scans of the first picture; stop counting above `MOST_SCANS`."""
    scans, at = 0, 2
    while scans <= MOST_SCANS:
        found = _JPEG_SEGMENT.search(data, at)
        if found is None or found.group() == _JPEG_END or found.end() + 2 > len(data):
            break
        scans += found.group() == _JPEG_SCAN
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return scans


def still_gif(data: bytes) -> bytes:
    """Keep everything up to the end of the first picture.

    Raises: Damaged (no whole picture, or one that reaches beyond its canvas).
    """
    try:
        return data[: _first_gif_picture(data)] + _GIF_END
    except (struct.error, IndexError) as error:
        raise Damaged("gif: ends too early") from error


def _first_gif_picture(data: bytes) -> int:
    """Return the offset at which the first picture ends."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + _palette_bytes(flags)
    while data[at] == _EXTENSION:
        at = _after_blocks(data, at + 2)
    if data[at] != _IMAGE:
        raise Damaged("gif: no picture")
    left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, at + 1)
    if left + wide > width or top + high > height:
        raise Damaged("gif: a picture beyond its canvas")
    code_size = at + 10 + _palette_bytes(flags)
    if not 2 <= data[code_size] <= 8:
        raise Damaged("gif: impossible code size")
    return _after_blocks(data, code_size + 1)


def _palette_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    """Skip length-prefixed blocks, up to and including the empty one."""
    while data[at]:
        at += data[at] + 1
    return at + 1
