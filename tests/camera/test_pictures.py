"""Every picture that can be read comes out upright, as eight bits of RGB, on white."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from faceapp.camera.pictures import decode_picture, read_picture, turn_upright
from faceapp.types import U8
from tests.camera.made import (
    NOISE,
    WHOLE,
    X,
    animated,
    encoded,
    exif,
    png_chunk,
    quarters,
    sixteen_bit,
)

RGB = quarters()


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
