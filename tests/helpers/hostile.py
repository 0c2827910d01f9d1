"""Files that try to break what reads them, and pictures in every form one portrait may come in.

Made by Pillow, so that the app's own decoder is not tested against itself.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

EXIF_ORIENTATION = 0x0112


def _jpeg(image: Image.Image, path: Path, **options: Any) -> None:
    image.save(path, format="JPEG", quality=92, **options)


def _grey16(image: Image.Image, path: Path) -> None:
    image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16").save(path)


def _moving(image: Image.Image, path: Path) -> None:
    image.save(path, save_all=True, append_images=[image])


def _turned(image: Image.Image, path: Path, turn: Image.Transpose | None, orientation: int) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    _jpeg(image if turn is None else image.transpose(turn), path, exif=exif)


# What undoes each EXIF orientation, 1 to 8, is known to the app; this is what brings it about.
_TURNS = (
    None,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_90,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_270,
)

FORMS: dict[str, Callable[[Image.Image, Path], None]] = {
    "plain.jpg": _jpeg,
    "grey.jpg": lambda image, path: _jpeg(image.convert("L"), path),
    "cmyk.jpg": lambda image, path: _jpeg(image.convert("CMYK"), path),
    "progressive.jpg": partial(_jpeg, progressive=True),
    "alpha.png": lambda image, path: image.convert("RGBA").save(path),
    "palette.png": lambda image, path: image.quantize(256).save(path),
    "grey16.png": _grey16,
    "plain.webp": lambda image, path: image.save(path, quality=92),
    "plain.bmp": Image.Image.save,
    "plain.tiff": Image.Image.save,
    "moving.gif": _moving,
    "moving.png": _moving,
    "wrong_ending.png": _jpeg,
    "UPPER.JPG": _jpeg,
    "name with spaces, 😀 and فاطمة.jpg": _jpeg,
    f"{'x' * 200}.jpg": _jpeg,
    "=cmd|'calc'!A1.jpg": _jpeg,
    "two\nlines \x1b[31m.jpg": _jpeg,
    **{
        f"exif{number}.jpg": partial(_turned, turn=turn, orientation=number)
        for number, turn in enumerate(_TURNS, 1)
    },
}
"""Every form of a picture that must be read: the file's name, and what writes it."""


def forms(portrait: Path, folder: Path) -> dict[str, Path]:
    """Write one portrait in all `FORMS`; name -> file."""
    with Image.open(portrait) as opened:
        image = opened.convert("RGB")
    for name, write in FORMS.items():
        write(image, folder / name)
    return {name: folder / name for name in FORMS}


def broken(portrait: Path, folder: Path) -> dict[str, Path]:
    """Write files that are called pictures and cannot be read; name -> file."""
    whole = portrait.read_bytes()
    png = io.BytesIO()
    with Image.open(portrait) as image:
        image.save(png, format="PNG")
    contents = {
        "empty.jpg": b"",
        "truncated.jpg": whole[: len(whole) // 2],
        "truncated.png": png.getvalue()[: len(png.getvalue()) // 2],
        "text.jpg": b"this is no picture\n" * 50,
        "html.png": b"<html><body>404</body></html>",
        "zeros.bmp": bytes(5000),
        "bomb.png": bomb(30_000),
        "fat.jpg": whole + bytes(26_000_000),
        "header_only.jpg": whole[:20],
        "heic.jpg": b"\0\0\0\x24ftypheic\0\0\0\0mif1MiHMMiPrmiafMiHBheic" + bytes(5000),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}


def bomb(side: int) -> bytes:
    """A small PNG that would be side x side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = zlib.compress(bytes(side // 8 + 1) * 100)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
