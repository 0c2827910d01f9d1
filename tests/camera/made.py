"""Picture files, made at test time by another encoder than the app's decoder if possible."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from faceapp.types import U8

QUARTERS = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 0]]], np.uint8)


HEIF_STARTS = {
    "iphone": b"\0\0\0\x24ftypheic\0\0\0\0mif1MiHMMiPrmiafMiHBheic",
    "plain heif": b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic",
    "burst": b"\0\0\0\x18ftyphevc\0\0\0\0msf1hevc",
    "canon raw": b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom",
}
"""How photos begin whose container is that of videos."""


def quarters(height: int = 40, width: int = 64) -> U8:
    """Red, green / blue, yellow: looks different in each of the eight orientations."""
    return QUARTERS.repeat(height // 2, 0).repeat(width // 2, 1)


def encoded(rgb: U8, kind: str, mode: str = "RGB", **options: Any) -> bytes:
    """A file of the picture, by Pillow."""
    image = Image.fromarray(rgb).convert(mode)
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def animated(rgb: U8, kind: str) -> bytes:
    """Two pictures in one file; the second is turned on its head."""
    second = Image.fromarray(np.ascontiguousarray(rgb[::-1]))
    return encoded(rgb, kind, save_all=True, append_images=[second], duration=100)


def exif(orientation: int) -> Image.Exif:
    block = Image.Exif()
    block[274] = orientation
    return block


def sixteen_bit(rgb: U8, suffix: str) -> bytes:
    """A file of 16 bits a channel, by OpenCV."""
    done, data = cv2.imencode(suffix, rgb[..., ::-1].astype(np.uint16) * 257)
    assert done
    return data.tobytes()


def png_of_size(width: int, height: int) -> bytes:
    """A small PNG that says it has so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def tiff_of_size(order: str, width: int, height: int) -> bytes:
    """Return a TIFF without pixels; ``order`` of its bytes is ``<`` or ``>``."""
    start = struct.pack(order + "2sHIH", b"II" if order == "<" else b"MM", 42, 8, 2)
    sizes = struct.pack(order + "HHIIHHII", 256, 4, 1, width, 257, 4, 1, height)
    return start + sizes + bytes(4)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def with_size(data: bytes, at: int, layout: str, *size: int) -> bytes:
    """The file with another size written into its header."""
    changed = bytearray(data)
    struct.pack_into(layout, changed, at, *size)
    return bytes(changed)


X = Path("x.jpg")
"""Any name; what a picture holds does not depend on it."""

NOISE = np.random.default_rng(1).integers(0, 256, (48, 64, 3), dtype=np.uint8)

WHOLE = {
    "jpeg": encoded(NOISE, "JPEG"),
    "progressive": encoded(NOISE, "JPEG", progressive=True),
    "png": encoded(NOISE, "PNG"),
    "webp": encoded(NOISE, "WEBP"),
    "lossless": encoded(NOISE, "WEBP", lossless=True),
    "bmp": encoded(NOISE, "BMP"),
    "gif": encoded(NOISE, "GIF"),
    "tiff": encoded(NOISE, "TIFF", compression="tiff_lzw"),
    "jpeg2000": encoded(NOISE, "JPEG2000"),
    "avif": encoded(NOISE, "AVIF"),
    "pnm": encoded(NOISE, "PPM"),
}
"""A whole file of that noise, by each encoder."""
