"""Draws the demo camera's frames: a plain room and one person cut out of a picture.

`demo_tour` and `demo_sitting` decide where the person is; this module decides what the room and the
cut-outs look like. A frame depends only on the moment, its number and the assets.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from pathlib import Path

import cv2
import numpy as np

from faceapp.camera.demo_tour import EYE_LINE, Figure, Light, Moment
from faceapp.camera.demo_turn import Turner
from faceapp.camera.pictures import read_picture
from faceapp.errors import PictureUnreadable
from faceapp.types import F32, U8

_SIDE = 480  # px of a person's picture
_HEADROOM, _MARGIN, _BODY = 80, 190, 200  # px around it: above, at both sides, below
_KEPT_CUTOUTS = 6
_NOISE, _NOISE_BIAS, _NOISE_ROOM_PX = 2.2, 8, 61
_GREY = (98, 100, 104)
_EYES = (_MARGIN + _SIDE / 2, _HEADROOM + EYE_LINE * _SIDE)


class DemoScene:
    """Draws frames of ``size`` (width, height) px from the people below ``assets``.

    A cut-out is uint8 (H, W, 4): premultiplied RGB, and its cover (alpha).
    """

    def __init__(self, assets: Path, size: tuple[int, int], seed: int) -> None:
        self._size = size
        self._room = draw_room(size)
        self._noise = _draw_noise(size, seed)
        self._tailor = _Tailor(assets)
        self._turner = Turner(_EYES)
        self._cutouts: OrderedDict[tuple[str, str], tuple[U8, ...]] = OrderedDict()

    def draw(self, moment: Moment, index: int) -> U8:
        """Draw one frame: uint8 (H, W, 3) RGB.

        Raises: PictureUnreadable (an asset is missing or damaged).
        """
        picture = self._room.copy()
        if moment.figure is not None:
            self._place(moment.figure, picture)
        return self._as_camera_sees(picture, moment.light, index)

    def _place(self, figure: Figure, picture: U8) -> None:
        """Lay the figure over the picture, in place."""
        width, height = self._size
        scale = figure.side * height / _SIDE
        halvings = 0 if scale > 0.6 or figure.turned else 1 if scale > 0.3 else 2
        eyes = width / 2 + figure.eyes_x * height, figure.eyes_y * height
        reach = (_EYES[0] + 20) * scale
        left, right = max(0, int(eyes[0] - reach)), min(width, int(eyes[0] + reach))
        top = max(0, int(eyes[1] - (_EYES[1] + 20) * scale))
        if left >= right or top >= height:
            return
        matrix = _matrix(figure.lean_deg, scale, 2**halvings)
        matrix[:, 2] += np.subtract(eyes, (left, top))
        # The bottom row shows only the body, so repeating it draws the rest of the person.
        over = cv2.warpAffine(
            self._posing(figure, halvings),
            matrix,
            (right - left, height - top),
            borderMode=cv2.BORDER_REPLICATE,
        )
        seen_through = cv2.cvtColor(cv2.bitwise_not(over[..., 3]), cv2.COLOR_GRAY2RGB)
        under = picture[top:, left:right]
        under[:] = cv2.add(
            cv2.cvtColor(over, cv2.COLOR_RGBA2RGB),
            cv2.multiply(np.ascontiguousarray(under), seen_through, scale=1 / 255),
        )

    def _posing(self, figure: Figure, halvings: int) -> U8:
        pose = self._cutout(figure.person, figure.pose)[halvings]
        if figure.turning > 0:
            following = self._cutout(figure.person, figure.next_pose)[halvings]
            share = figure.turning
            pose = _u8(cv2.addWeighted(pose, 1 - share, following, share, 0))
        if figure.turned:
            pose = self._turner.turned(pose, figure.turn_deg, figure.nod_deg)
        return pose

    def _cutout(self, person: str, pose: str) -> tuple[U8, ...]:
        """Return a person's cut-out in full, half and quarter size; the last few are cached."""
        key = person, pose
        if key not in self._cutouts:
            self._cutouts[key] = _halved(self._tailor.cut_out(person, pose))
            if len(self._cutouts) > _KEPT_CUTOUTS:
                self._cutouts.popitem(last=False)
        self._cutouts.move_to_end(key)
        return self._cutouts[key]

    def _as_camera_sees(self, picture: U8, light: Light, index: int) -> U8:
        """Apply the light and the sensor noise, which makes every frame different."""
        dimmed = np.column_stack([np.diag(light), np.full(3, -_NOISE_BIAS)])
        lit = cv2.transform(picture, dimmed)
        height, width = picture.shape[:2]
        x, y = index * 37 % _NOISE_ROOM_PX, index * 53 % (_NOISE_ROOM_PX - 2)
        return _u8(cv2.add(lit, self._noise[y : y + height, x : x + width]))


class _Tailor:
    """Cuts people out of their pictures and dresses them."""

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._shade, cover = _draw_pullover()
        self._cover = _u8(np.rint(cover * 255))
        fade = np.clip(np.minimum(np.arange(_SIDE), np.arange(_SIDE)[::-1]) / 16, 0, 1)
        above = 1 - cover[: _SIDE + _HEADROOM, _MARGIN : _MARGIN + _SIDE]
        self._head_shows = _u8(np.rint(above * fade * 255))
        self._dressed: tuple[str, U8] | None = None

    def cut_out(self, person: str, pose: str) -> U8:
        """Cut out one pose.

        Raises: PictureUnreadable.
        """
        picture = read_picture(self._assets / "demo" / person / f"{pose}.jpg")
        outline = read_picture(self._assets / "demo-outlines" / person / f"{pose}.png")
        # Extend heads that the picture cuts off a little, by mirroring their hair.
        high = cv2.copyMakeBorder(picture, _HEADROOM, 0, 0, 0, cv2.BORDER_REFLECT)
        head = cv2.resize(np.ascontiguousarray(outline[..., 0]), (_SIDE, _SIDE + _HEADROOM))
        head = cv2.multiply(head, self._head_shows, scale=1 / 255)
        shown = cv2.multiply(high, cv2.cvtColor(head, cv2.COLOR_GRAY2RGB), scale=1 / 255)
        whole = self._pullover(person).copy()
        place = whole[: _SIDE + _HEADROOM, _MARGIN : _MARGIN + _SIDE]
        place[:] = cv2.add(place, cv2.merge([*cv2.split(shown), head]))  # never beyond 255
        return whole

    def _pullover(self, person: str) -> U8:
        """Return the clothes without a person; cached, since all poses wear the same."""
        if self._dressed is None or self._dressed[0] != person:
            channels = [_u8(np.rint(self._shade * part)) for part in self._colour(person)]
            self._dressed = person, _u8(cv2.merge([*channels, self._cover]))
        return self._dressed[1]

    def _colour(self, person: str) -> tuple[int, int, int]:
        """Return the clothes' colour: that of the background of the person's pictures, or grey."""
        path = self._assets / "demo-outlines" / "clothes.json"
        try:
            red, green, blue = json.loads(path.read_text(encoding="utf-8")).get(person, _GREY)
        except (OSError, ValueError) as error:
            raise PictureUnreadable(path=path, why="damaged") from error
        return int(red), int(green), int(blue)


def _draw_pullover() -> tuple[F32, F32]:
    """Draw the clothes: their shade (0 outside them) and their cover (alpha), float32 (H, W).

    The collar dips in front of the neck, the shoulders slope.
    """
    height, width = _SIDE + _HEADROOM + _BODY, _SIDE + 2 * _MARGIN
    y = np.arange(height, dtype=np.float32)[:, None]
    across = np.abs(np.arange(width, dtype=np.float32) - _EYES[0])
    collar = 524 + 32 * np.cos(np.clip(across / 92, 0, 1) * np.pi / 2)
    slope = 22 * np.clip((across - 92) / 150, 0, None) ** 1.35
    line = collar + slope + 500 * (across / 318) ** 18
    round_off = 0.34 * np.clip(across / 318, 0, 1) ** 2.2
    shade = 1 - round_off - 0.12 * np.clip((y - 520) / 260, 0, 1)
    seam = np.exp(-(((y - line - 13) / 2.5) ** 2)) * np.clip((112 - across) / 20, 0, 1)
    cover = np.clip((y - line) / 3 + 0.5, 0, 1)
    return _f32(np.clip(shade * (1 - 0.22 * seam), 0, 1) * cover), _f32(cover)


def _halved(cutout: U8) -> tuple[U8, ...]:
    sizes = [cutout]
    for _ in range(2):
        half = cutout.shape[1] // 2 ** len(sizes), cutout.shape[0] // 2 ** len(sizes)
        sizes.append(_u8(cv2.resize(sizes[-1], half, interpolation=cv2.INTER_AREA)))
    return tuple(sizes)


def _matrix(lean_deg: float, scale: float, shrunk: int) -> np.ndarray:
    """Map a cut-out, shrunk by ``shrunk``, so that the point between the eyes becomes (0, 0)."""
    eyes = _EYES[0] / shrunk, _EYES[1] / shrunk
    matrix = cv2.getRotationMatrix2D(eyes, -lean_deg, scale * shrunk)
    matrix[:, 2] -= np.asarray(eyes)
    return matrix


def draw_room(size: tuple[int, int]) -> U8:
    """Draw the empty room: a wall, a door, a window, a floor, all slightly out of focus."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (x - width / 2) / height, y / height
    daylight = np.exp(-(((x - 0.45) / 0.55) ** 2) - ((y - 0.25) / 0.6) ** 2)
    room = _f32(np.array([176, 174, 166]) + daylight[..., None] * np.array([34, 36, 38]))
    _paint(room, (x > -2) & (y > 0.86), (126, 108, 90), y * 0.3 + 0.7)  # floor
    _paint(room, (y > 0.835) & (y <= 0.86), (206, 202, 194))  # skirting board
    _paint(room, (x > -0.57) & (x < -0.25) & (y > 0.10) & (y <= 0.86), (198, 192, 182))
    _paint(room, (x > -0.55) & (x < -0.27) & (y > 0.12) & (y <= 0.86), (142, 116, 92))
    _paint(room, (x > -0.315) & (x < -0.29) & (y > 0.49) & (y <= 0.505), (206, 200, 186))
    _paint(room, (x > 0.21) & (x < 0.59) & (y > 0.09) & (y <= 0.50), (214, 210, 202))
    glass = (x > 0.23) & (x < 0.57) & (y > 0.11) & (y <= 0.48)
    _paint(room, glass, (226, 236, 242), 1.05 - 0.3 * y)
    _paint(room, glass & (np.abs(x - 0.40) < 0.006), (214, 210, 202))
    blurred = cv2.GaussianBlur(room, (0, 0), height / 160)
    return _u8(np.clip(blurred + 0.5, 0, 255))


def _paint(
    room: F32, where: np.ndarray, colour: tuple[int, int, int], shade: np.ndarray | float = 1.0
) -> None:
    """Colour a part of the room, in place."""
    shades = np.broadcast_to(np.asarray(shade, np.float32), where.shape)
    room[where] = shades[where][:, None] * np.array(colour, np.float32)


def _draw_noise(size: tuple[int, int], seed: int) -> U8:
    """Draw sensor noise larger than a frame; each frame uses a different part of it."""
    shape = size[1] + _NOISE_ROOM_PX, size[0] + _NOISE_ROOM_PX, 3
    grain = np.random.default_rng([seed, 2]).normal(_NOISE_BIAS, _NOISE, shape)
    return np.clip(grain + 0.5, 0, 2 * _NOISE_BIAS).astype(np.uint8)


def _u8(array: np.ndarray) -> U8:
    return array.astype(np.uint8, copy=False)


def _f32(array: np.ndarray) -> F32:
    return array.astype(np.float32, copy=False)
