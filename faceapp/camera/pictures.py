"""Picture files: reading one, and finding them in a folder.

Every picture that enters the app from disk comes through `read_picture`: limits are checked before
decoding, and the result is always whole, upright and RGB. No file is ever written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from faceapp.camera.headers import BadHeader, Header, PictureFormat, is_heif, parse
from faceapp.camera.stills import Damaged, still_gif, still_jpeg, still_png
from faceapp.errors import PictureTooLarge, PictureUnreadable
from faceapp.types import U8

MAX_BYTES = 25_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE_PX = 32_000
"""Image libraries count the pixels of a side in 16 bits; beyond that, one ends the process."""
_SUFFIXES = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".dib", ".gif", ".tif", ".tiff"),
    *(".jp2", ".j2k", ".avif", ".pbm", ".pgm", ".ppm", ".pnm"),
    *(".heic", ".heif", ".hif"),  # cannot be read; the error says what to do instead
)
_STRIP_ROWS = 256
_STILLS = {
    PictureFormat.JPEG: still_jpeg,
    PictureFormat.PNG: still_png,
    PictureFormat.GIF: still_gif,
}


def read_picture(path: Path) -> U8:
    """Read a picture as contiguous uint8 (H, W, 3) RGB, turned upright by its EXIF orientation.

    Of several pictures the first is read. 16 bits become 8, grey and CMYK become RGB, transparent
    parts become white.

    Raises: PictureTooLarge (above 40 megapixels, 32,000 px or 25 MB, checked before decoding),
        PictureUnreadable (missing, not a file, not a picture, truncated, damaged); ``why`` says
        which.
    """
    return decode_picture(_read_bytes(path), path)


def decode_picture(data: bytes, path: Path) -> U8:
    """Decode a picture file's bytes as `read_picture` does; ``path`` is used only in errors."""
    if not data:
        raise PictureUnreadable(path=path, why="empty")
    try:
        header = parse(data)
    except BadHeader as error:
        why = "heic" if is_heif(data) else "no_picture"
        raise PictureUnreadable(path=path, why=why) from error
    if header.width * header.height > MAX_PIXELS:
        raise PictureTooLarge(path=path, limit="40 MP")
    if max(header.width, header.height) > MAX_SIDE_PX:
        raise PictureTooLarge(path=path, limit="32,000 px a side")
    try:
        still = _STILLS[header.format](data) if header.format in _STILLS else data
        pixels = _decode(still, header)
    except (Damaged, cv2.error, MemoryError) as error:
        raise PictureUnreadable(path=path, why="damaged") from error
    return turn_upright(pixels, header.orientation)


def iter_pictures(folder: Path, recursive: bool = True) -> Iterator[Path]:
    """Yield the picture files of a folder, by suffix, sorted by path, without hidden ones.

    A sub-folder that cannot be listed is yielded itself: reading it raises the reason, as with any
    other file, and the rest is still listed. Links to folders are not followed, since they may form
    a cycle.

    Raises: PictureUnreadable when the folder itself cannot be listed.
    """
    return (path for path, is_picture in _files(folder, recursive) if is_picture)


def pictures_and_others(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files that `iter_pictures` yields, and the visible files that it skips.

    Raises: PictureUnreadable when the folder itself cannot be listed.
    """
    pictures: list[Path] = []
    others: list[Path] = []
    for path, is_picture in _files(folder, recursive=True):
        (pictures if is_picture else others).append(path)
    return pictures, others


def _files(folder: Path, recursive: bool) -> Iterator[tuple[Path, bool]]:
    """Yield every visible file, and whether to read it as a picture."""
    open_folders = [iter(_listed(folder))]  # outermost first; nesting may be of any depth
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
            continue
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if not entry.is_dir(follow_symlinks=False):
            yield path, path.suffix.lower() in _SUFFIXES
        elif recursive:
            try:
                open_folders.append(iter(_listed(path)))
            except PictureUnreadable:
                yield path, True


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (OSError, ValueError) as error:
        raise PictureUnreadable(path=folder, why="unreadable") from error


def turn_upright(pixels: U8, orientation: int) -> U8:
    """Undo an EXIF orientation 1..8: (H, W, 3) -> (H, W, 3) or (W, H, 3), contiguous."""
    if orientation >= 5:  # stored with rows and columns swapped
        pixels = pixels.transpose(1, 0, 2)
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def _read_bytes(path: Path) -> bytes:
    """Read no more than the limit, even from a file that grows or reports no size."""
    try:
        if not path.is_file():
            raise PictureUnreadable(path=path, why=_what_instead(path))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise PictureUnreadable(path=path, why="unreadable") from error
    if len(data) > MAX_BYTES:
        raise PictureTooLarge(path=path, limit="25 MB")
    return data


def _what_instead(path: Path) -> str:
    """Return why ``path`` is not a regular file. Pipes and devices are not read: they may not end.

    Raises: OSError for a folder that cannot be listed.
    """
    if path.is_dir():
        with os.scandir(path):
            return "folder"
    return "not_a_file" if path.exists() else "missing"


def _decode(data: bytes, header: Header) -> U8:
    """Decode to RGB (H, W, 3), not yet upright.

    Raises: Damaged, cv2.error.
    """
    colour = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    flags = cv2.IMREAD_UNCHANGED if header.alpha else colour
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if pixels is None or pixels.size == 0:
        raise Damaged("no whole picture")
    if header.alpha:
        pixels = _without_alpha(pixels)
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
        raise Damaged("pixels of no known kind")
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB).astype(np.uint8, copy=False)


def _without_alpha(pixels: np.ndarray) -> np.ndarray:
    """Blend a picture of any depth and number of channels onto white: uint8 (H, W, 3) BGR.

    White, since transparent pixels often hold black or left-over colour.
    """
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    if channels == 1:
        return cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
    if channels != 4 or pixels.dtype != np.uint8:
        return pixels
    laid = np.empty((*pixels.shape[:2], 3), np.uint8)
    for top in range(0, len(pixels), _STRIP_ROWS):  # in strips: the uint16 sums are large
        strip = pixels[top : top + _STRIP_ROWS]
        alpha = strip[..., 3:].astype(np.uint16)
        mixed = strip[..., :3] * alpha + (255 - alpha) * 255 + 127
        laid[top : top + _STRIP_ROWS] = mixed // 255
    return laid
