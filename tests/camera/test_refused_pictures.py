"""What is damaged, too large or no picture is refused with its reason, before it does harm."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.camera.headers import parse
from faceapp.camera.pictures import MAX_BYTES, decode_picture, read_picture
from faceapp.camera.stills import MOST_SCANS
from faceapp.errors import PictureTooLarge, PictureUnreadable
from tests.camera.made import (
    HEIF_STARTS,
    NOISE,
    WHOLE,
    X,
    encoded,
    png_of_size,
    tiff_of_size,
    with_size,
)

SCAN = b"\xff\xda"


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999])
def test_a_picture_that_ends_too_early_is_refused(kind: str, share: float) -> None:
    data = WHOLE[kind][: max(1, int(len(WHOLE[kind]) * share) - 2)]
    with pytest.raises(PictureUnreadable, match=r"why=(damaged|no_picture)"):
        decode_picture(data, X)


def test_a_cut_off_picture_never_shows_the_one_before() -> None:
    good = decode_picture(WHOLE["jpeg"], X)
    for cut in range(20, len(WHOLE["jpeg"]) - 2, 97):
        with pytest.raises(PictureUnreadable):
            decode_picture(WHOLE["jpeg"][:cut], X)
    assert np.array_equal(decode_picture(WHOLE["jpeg"], X), good)


def test_a_png_with_a_wrong_checksum_is_refused() -> None:
    data = bytearray(WHOLE["png"])
    data[len(data) // 2] ^= 1
    with pytest.raises(PictureUnreadable):
        decode_picture(bytes(data), X)


def test_a_gif_picture_beyond_its_canvas_is_refused() -> None:
    with pytest.raises(PictureUnreadable):
        decode_picture(with_size(WHOLE["gif"], 6, "<HH", 10, 10), X)


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    """Every scan is decoded for the whole picture, and takes a few bytes only."""
    whole = encoded(NOISE, "JPEG", progressive=True)
    last = whole.rindex(SCAN)
    with pytest.raises(PictureUnreadable, match="why=damaged"):
        decode_picture(whole[:-2] + whole[last:-2] * MOST_SCANS + whole[-2:], X)


@pytest.mark.parametrize("progressive", [False, True])
def test_what_only_looks_like_scans_of_a_jpeg_does_no_harm(progressive: bool) -> None:
    alike = SCAN * (MOST_SCANS + 1)
    whole = encoded(NOISE, "JPEG", comment=alike, progressive=progressive)
    assert whole.count(SCAN) > MOST_SCANS
    assert np.array_equal(decode_picture(whole + alike, X), decode_picture(whole, X))


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_whatever_is_changed_it_is_a_picture_or_an_error(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(damaged), 200) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    with suppress(PictureUnreadable, PictureTooLarge):
        rgb = decode_picture(bytes(damaged), X)
        assert (rgb.dtype, rgb.ndim) == (np.uint8, 3)


NO_PICTURES = {
    "text": b"id,name\nP01,Grace\n",
    "html": b"<html><b>not found</b></html>",
    "pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00",
    "video": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    "jpeg start only": b"\xff\xd8\xff",
    "jpeg without a frame": b"\xff\xd8\xff\xd9",
    "jpeg with a frame behind its data": b"\xff\xd8\xff\xda\0\2\xff\xc0\0\x11\x08\0\x28\0\x40"
    + bytes(9),
    "jpeg of fill bytes": b"\xff\xd8" + b"\xff" * 5000,
    "png start only": b"\x89PNG\r\n\x1a\n",
    "webp of an unknown kind": b"RIFF\x20\0\0\0WEBPVP9 " + bytes(30),
    "tiff without a directory": b"II*\0\xff\xff\xff\x7f",
    "tiff without a size": b"II*\0\x08\0\0\0\0\0\0\0\0\0",
    "jpeg 2000 box of no length": b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x02uuid" + bytes(40),
    "jpeg 2000 box of endless length": b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x01junk" + b"\xff" * 8,
    "avif without a size": b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + bytes(40),
    "pnm without a size": b"P6\nwide high\n255\n",
    "pnm of endless digits": b"P6\n" + b"9" * 4000 + b" 1\n255\n",
    "pam, whose colours OpenCV swaps": b"P7\nHEIGHT 1\nWIDTH 1\nDEPTH 3\nMAXVAL 255\nENDHDR\nabc",
    "gif of no size": b"GIF89a" + bytes(60),
    "radiance": b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\0\0\0\0",
}


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_called_that(name: str) -> None:
    with pytest.raises(PictureUnreadable) as caught:
        decode_picture(NO_PICTURES[name], X)
    assert caught.value.details == {"path": X, "why": "no_picture"}


@pytest.mark.parametrize("name", HEIF_STARTS)
def test_a_photo_that_cannot_be_decoded_is_called_by_its_format(name: str) -> None:
    with pytest.raises(PictureUnreadable, match="why=heic"):
        decode_picture(HEIF_STARTS[name] + bytes(5000), X)


JPEG_FRAME = WHOLE["jpeg"].index(b"\xff\xc0") + 5


TOO_MANY_PIXELS = {
    "png": png_of_size(30_000, 30_000),
    "png of half a billion": png_of_size(2**31 - 1, 2**31 - 1),
    "just above": png_of_size(40_000_001, 1),
    "jpeg": with_size(WHOLE["jpeg"], JPEG_FRAME, ">HH", 65_000, 65_000),
    "bmp": with_size(WHOLE["bmp"], 18, "<ii", 100_000, -100_000),
    "gif": with_size(WHOLE["gif"], 6, "<HH", 65_535, 65_535),
    "webp": with_size(WHOLE["webp"], 26, "<HH", 16_383, 16_383),
    "lossless": with_size(WHOLE["lossless"], 21, "<I", 0x3FFF | 0x3FFF << 14),
    "jpeg 2000": with_size(
        WHOLE["jpeg2000"], WHOLE["jpeg2000"].index(b"\xff\x4f\xff\x51") + 8, ">II", 10**5, 10**5
    ),
    # 64 x 64, if only half of each number were read.
    "tiff": tiff_of_size("<", 65_600, 65_600),
    "tiff, largest byte first": tiff_of_size(">", 65_600, 65_600),
    "avif": with_size(WHOLE["avif"], WHOLE["avif"].index(b"ispe") + 8, ">II", 10**5, 10**5),
    "pnm": b"P6\n99999 99999\n255\n" + bytes(100),
}


@pytest.mark.parametrize("name", TOO_MANY_PIXELS)
def test_a_decompression_bomb_is_refused_before_it_is_decoded(name: str) -> None:
    tracemalloc.start()
    with pytest.raises(PictureTooLarge) as caught:
        decode_picture(TOO_MANY_PIXELS[name], X)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.details["limit"] == "40 MP"
    assert peak_bytes < 1_000_000


@pytest.mark.parametrize("size", [(32_001, 24), (24, 32_001)])
def test_a_side_too_long_for_the_decoder_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(PictureTooLarge, match="limit=32,000 px a side"):
        decode_picture(png_of_size(*size), X)


def test_forty_megapixels_are_not_too_many() -> None:
    assert parse(png_of_size(8_000, 5_000)).width == 8_000
    with pytest.raises(PictureUnreadable):  # it lies, but not about too much
        decode_picture(png_of_size(8_000, 5_000), X)


def test_a_file_above_25_mb_is_refused_whatever_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    path.touch()
    os.truncate(path, MAX_BYTES + 1)
    with pytest.raises(PictureTooLarge) as caught:
        read_picture(path)
    assert caught.value.details == {"path": path, "limit": "25 MB"}


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        (Path.touch, "empty"),
        (Path.resolve, "missing"),
        (Path.mkdir, "folder"),
        (os.mkfifo, "not_a_file"),
        (lambda path: path.symlink_to(path), "missing"),
    ],
    ids=["zero bytes", "missing", "folder", "pipe", "circle of links"],
)
def test_what_is_no_file_is_refused(
    prepare: Callable[[Path], None], why: str, tmp_path: Path
) -> None:
    path = tmp_path / "picture.jpg"
    prepare(path)
    with pytest.raises(PictureUnreadable) as caught:
        read_picture(path)
    assert caught.value.details == {"path": path, "why": why}


@pytest.mark.parametrize("name", ["a\0b.jpg", "x" * 300 + ".jpg"])
def test_impossible_names_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable):
        read_picture(tmp_path / name)
