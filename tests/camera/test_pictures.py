from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from faceapp.camera.headers import parse
from faceapp.camera.pictures import (
    MAX_BYTES,
    decode_picture,
    iter_pictures,
    pictures_and_others,
    read_picture,
    turn_upright,
)
from faceapp.errors import PictureTooLarge, PictureUnreadable
from faceapp.types import U8
from tests.camera.made import (
    HEIF_STARTS,
    animated,
    encoded,
    exif,
    png_chunk,
    png_of_size,
    quarters,
    sixteen_bit,
    tiff_of_size,
    with_size,
)

RGB = quarters()
NOISE = np.random.default_rng(1).integers(0, 256, (48, 64, 3), dtype=np.uint8)
X = Path("x.jpg")

# name: (file, what must come out, how far off channels may be on average)
ODD: dict[str, tuple[bytes, U8, int]] = {
    "jpeg": (encoded(RGB, "JPEG", quality=95, subsampling=0), RGB, 4),
    "jpeg progressive": (encoded(RGB, "JPEG", quality=95, subsampling=0, progressive=True), RGB, 4),
    "jpeg grey": (
        encoded(RGB, "JPEG", "L", quality=95),
        np.asarray(Image.fromarray(RGB).convert("L").convert("RGB")),
        3,
    ),
    "jpeg cmyk": (encoded(RGB, "JPEG", "CMYK", quality=95), RGB, 6),
    "png": (encoded(RGB, "PNG"), RGB, 0),
    "png palette": (encoded(RGB, "PNG", "P"), RGB, 12),
    "png 1 bit": (encoded(RGB[:, :1] * 0 + 255, "PNG", "1"), RGB[:, :1] * 0 + 255, 0),
    "png grey with alpha": (
        encoded(RGB, "PNG", "LA"),
        np.asarray(Image.fromarray(RGB).convert("L").convert("RGB")),
        1,
    ),
    "png 16 bit": (sixteen_bit(RGB, ".png"), RGB, 0),
    "png animated": (animated(RGB, "PNG"), RGB, 0),
    "webp": (encoded(RGB, "WEBP", quality=95), RGB, 4),
    "webp lossless": (encoded(RGB, "WEBP", lossless=True), RGB, 0),
    "webp animated": (animated(RGB, "WEBP"), RGB, 6),
    "bmp": (encoded(RGB, "BMP"), RGB, 0),
    "bmp palette": (encoded(RGB, "BMP", "P"), RGB, 12),
    "gif": (encoded(RGB, "GIF"), RGB, 12),
    "gif animated": (animated(RGB, "GIF"), RGB, 12),
    "tiff": (encoded(RGB, "TIFF"), RGB, 0),
    "tiff lzw": (encoded(RGB, "TIFF", compression="tiff_lzw"), RGB, 0),
    "tiff cmyk": (encoded(RGB, "TIFF", "CMYK"), RGB, 0),
    "tiff 16 bit": (sixteen_bit(RGB, ".tiff"), RGB, 0),
    "tiff two pages": (animated(RGB, "TIFF"), RGB, 0),
    "jpeg 2000": (encoded(RGB, "JPEG2000"), RGB, 0),
    "jpeg 2000 bare": (encoded(RGB, "JPEG2000", no_jp2=True), RGB, 0),
    "avif": (encoded(RGB, "AVIF", quality=95, subsampling="4:4:4"), RGB, 6),
    "ppm": (encoded(RGB, "PPM"), RGB, 0),
    "ppm with a remark": (encoded(RGB, "PPM").replace(b"P6\n", b"P6\n# 9 9\n", 1), RGB, 0),
    "zeros after the end": (encoded(RGB, "JPEG", quality=95, subsampling=0) + bytes(500), RGB, 4),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pictures_come_out_as_eight_bit_rgb(name: str, tmp_path: Path) -> None:
    data, expected, tolerance = ODD[name]
    path = tmp_path / "picture.jpg"  # the name says nothing
    path.write_bytes(data)
    rgb = read_picture(path)
    assert rgb.dtype == np.uint8
    assert rgb.flags.c_contiguous
    assert rgb.shape == expected.shape
    assert float(np.abs(rgb.astype(int) - expected).mean()) <= tolerance


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("WEBP", {"lossless": True, "exact": True}), ("TIFF", {}), ("AVIF", {})],
)
def test_transparent_parts_become_white(kind: str, options: dict[str, bool]) -> None:
    alpha = np.full((40, 64, 1), 255, np.uint8)
    alpha[:20, :32] = 0
    rgb = decode_picture(encoded(np.dstack([RGB, alpha]), kind, "RGBA", **options), X)
    assert rgb[2:18, 2:30].min() >= 250
    assert np.abs(rgb[22:38, 2:30].astype(int) - [0, 0, 255]).max() <= 8


def test_half_transparent_parts_are_mixed_with_white_in_sixteen_bit_too() -> None:
    import cv2

    half = np.dstack([RGB[..., ::-1], np.full((40, 64), 128, np.uint8)]).astype(np.uint16) * 257
    done, data = cv2.imencode(".png", half)
    assert done
    assert decode_picture(data.tobytes(), X)[5, 5].tolist() == [255, 127, 127]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 95, "subsampling": 0}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("TIFF", {}),
        ("AVIF", {"quality": 95, "subsampling": "4:4:4"}),
    ],
)
def test_pictures_are_turned_upright(kind: str, options: dict[str, Any], orientation: int) -> None:
    image = Image.fromarray(RGB)
    image.getexif()[274] = orientation
    expected = np.asarray(ImageOps.exif_transpose(image)).astype(int)
    rgb = decode_picture(encoded(RGB, kind, exif=exif(orientation), **options), X)
    assert rgb.shape == expected.shape
    assert np.abs(rgb - expected).max() <= 8


STORED_AS: dict[int, Callable[[U8], U8]] = {
    # What a camera stores when the scene, seen upright, is the argument: EXIF 2.3, tag 274.
    1: lambda scene: scene,
    2: lambda scene: scene[:, ::-1],
    3: lambda scene: scene[::-1, ::-1],
    4: lambda scene: scene[::-1],
    5: lambda scene: scene.transpose(1, 0, 2),
    6: lambda scene: np.rot90(scene, 1),
    7: lambda scene: scene[::-1, ::-1].transpose(1, 0, 2),
    8: lambda scene: np.rot90(scene, -1),
}


@given(st.integers(1, 8), st.integers(1, 30), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_whatever_was_stored_turned_is_seen_as_the_scene_was(
    orientation: int, height: int, width: int, seed: int
) -> None:
    scene = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    stored = np.ascontiguousarray(STORED_AS[orientation](scene))
    assert np.array_equal(turn_upright(stored, orientation), scene)
    rgb = decode_picture(encoded(stored, "PNG", exif=exif(orientation)), X)
    assert np.array_equal(rgb, scene)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_left_alone(orientation: int) -> None:
    rgb = decode_picture(encoded(RGB, "PNG", exif=exif(orientation)), X)
    assert np.array_equal(rgb, RGB)


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


def test_a_png_with_a_wrong_checksum_is_refused() -> None:
    data = bytearray(WHOLE["png"])
    data[len(data) // 2] ^= 1
    with pytest.raises(PictureUnreadable):
        decode_picture(bytes(data), X)


def test_a_png_whose_animation_is_rotten_still_shows_its_picture() -> None:
    # This order of chunks crashes OpenCV 5.0's reader of animations.
    whole = animated(NOISE, "PNG")
    second = whole.index(b"fdAT") + 20
    rotten = whole[:second] + b"\xff" * 30 + whole[second + 30 :]
    assert np.array_equal(decode_picture(rotten, X), NOISE)


def test_a_png_chunk_of_nonsense_does_not_matter() -> None:
    at = WHOLE["png"].index(b"IDAT") - 4
    odd = WHOLE["png"][:at] + png_chunk(b"zTXt", b"\xff" * 900) + WHOLE["png"][at:]
    assert np.array_equal(decode_picture(odd, X), NOISE)


def test_a_gif_picture_beyond_its_canvas_is_refused() -> None:
    with pytest.raises(PictureUnreadable):
        decode_picture(with_size(WHOLE["gif"], 6, "<HH", 10, 10), X)


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


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may read everywhere")
def test_a_folder_below_that_cannot_be_listed_is_reported_as_unreadable(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0)
    (given,) = iter_pictures(tmp_path)
    with pytest.raises(PictureUnreadable) as caught:
        read_picture(given)
    locked.chmod(0o700)
    assert caught.value.details == {"path": locked, "why": "unreadable"}


@pytest.mark.parametrize("name", ["a\0b.jpg", "x" * 300 + ".jpg"])
def test_impossible_names_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable):
        read_picture(tmp_path / name)


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_whatever_is_changed_it_is_a_picture_or_an_error(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(damaged), 200) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    with suppress(PictureUnreadable, PictureTooLarge):
        rgb = decode_picture(bytes(damaged), X)
        assert (rgb.dtype, rgb.ndim) == (np.uint8, 3)


NAMES = [
    "b.JPG",
    "a.png",
    "ä 🙂.webp",
    "\u202egpj.exe.jpeg",
    "=cmd|' C calc'!A0.jpg",
    "<b>bold<b>.jpg",
    "n" * 195 + ".jpg",
]


def test_pictures_of_a_folder_are_found_by_suffix_sorted_and_below_it(tmp_path: Path) -> None:
    for name in [*NAMES, "notes.txt", ".hidden.jpg", "clip.mp4"]:
        (tmp_path / name).write_bytes(WHOLE["jpeg"])
    below = tmp_path / "c"
    below.mkdir()
    (below / "z.gif").write_bytes(WHOLE["gif"])
    (tmp_path / ".thumbs").mkdir()
    (tmp_path / ".thumbs" / "t.jpg").write_bytes(b"x")
    (below / "circle").symlink_to(tmp_path)

    found = list(iter_pictures(tmp_path, recursive=False))
    assert found == [tmp_path / name for name in sorted(NAMES)]
    everything = list(iter_pictures(tmp_path))
    assert set(everything) == {*found, below / "z.gif"}
    pictures, others = pictures_and_others(tmp_path)
    assert pictures == everything
    assert others == [below / "circle", tmp_path / "clip.mp4", tmp_path / "notes.txt"]
    assert all(read_picture(path).shape == (48, 64, 3) for path in everything)


def test_a_folder_of_thousands_is_listed_quickly_and_in_order(tmp_path: Path) -> None:
    names = [f"{number:05d}.jpg" for number in range(5000)]
    for name in reversed(names):
        (tmp_path / name).touch()
    assert [path.name for path in iter_pictures(tmp_path)] == names


def test_folders_may_be_nested_deeper_than_calls(tmp_path: Path) -> None:
    innermost = tmp_path.joinpath(*"a" * 600)
    innermost.mkdir(parents=True)
    (innermost / "b.jpg").touch()
    (tmp_path / "c.jpg").touch()
    assert list(iter_pictures(tmp_path)) == [innermost / "b.jpg", tmp_path / "c.jpg"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable):
        list(iter_pictures(tmp_path / "gone"))


def test_a_folder_that_cannot_be_listed_does_not_end_the_batch(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(WHOLE["jpeg"])
    (tmp_path / "b").mkdir()
    (tmp_path / "c.jpg").write_bytes(WHOLE["jpeg"])
    pictures = iter_pictures(tmp_path)
    assert next(pictures) == tmp_path / "a.jpg"
    (tmp_path / "b").rmdir()
    assert list(pictures) == [tmp_path / "b", tmp_path / "c.jpg"]
    with pytest.raises(PictureUnreadable):
        read_picture(tmp_path / "b")
