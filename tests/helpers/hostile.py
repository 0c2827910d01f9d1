"""Files that try to break what reads them, and pictures in every form one portrait may come in.

Made by Pillow, so that the app's own decoder is not tested against itself.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

EXIF_ORIENTATION = 0x0112

# What undoes each EXIF orientation is known to the app; this is what brings it about.
_TURNS: dict[int, tuple[Image.Transpose, ...]] = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_270,),
}


def forms(portrait: Path, folder: Path) -> dict[str, Path]:
    """Write one portrait in every form that must be read; name -> file."""
    with Image.open(portrait) as opened:
        image = opened.convert("RGB")
    grey16 = image.convert("L").convert("I").point(lambda value: value * 257)
    ways: dict[str, Callable[[Path], None]] = {
        "plain.jpg": lambda path: image.save(path, quality=92),
        "grey.jpg": lambda path: image.convert("L").save(path, quality=92),
        "cmyk.jpg": lambda path: image.convert("CMYK").save(path, quality=92),
        "progressive.jpg": lambda path: image.save(path, quality=92, progressive=True),
        "alpha.png": lambda path: image.convert("RGBA").save(path),
        "palette.png": lambda path: image.quantize(256).save(path),
        "grey16.png": lambda path: grey16.convert("I;16").save(path),
        "plain.webp": lambda path: image.save(path, quality=92),
        "plain.bmp": image.save,
        "plain.tiff": image.save,
        "moving.gif": lambda path: image.save(path, save_all=True, append_images=[image]),
        "moving.png": lambda path: image.save(path, save_all=True, append_images=[image]),
        "wrong_ending.png": lambda path: image.save(path, format="JPEG", quality=92),
        "UPPER.JPG": lambda path: image.save(path, format="JPEG", quality=92),
        "name with spaces, 😀 and فاطمة.jpg": lambda path: image.save(path, quality=92),
        f"{'x' * 200}.jpg": lambda path: image.save(path, quality=92),
        "=cmd|'calc'!A1.jpg": lambda path: image.save(path, quality=92),
        "two\nlines \x1b[31m.jpg": lambda path: image.save(path, quality=92),
    }
    for name, save in ways.items():
        save(folder / name)
    files = {name: folder / name for name in ways}
    for orientation, turns in _TURNS.items():
        turned = image
        for turn in turns:
            turned = turned.transpose(turn)
        exif = Image.Exif()
        exif[EXIF_ORIENTATION] = orientation
        path = folder / f"exif{orientation}.jpg"
        turned.save(path, quality=92, exif=exif)
        files[path.name] = path
    return files


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
