"""Draws the demo camera's frames: a plain room and one person cut out of a picture.

Where the person is comes from `demo_tour`; what the room and the cut-outs look like is decided
here. A frame depends on nothing but the moment, its number and the assets.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from faceapp.camera.demo_tour import EYE_LINE, Figure, Light, Moment
from faceapp.camera.pictures import read_picture
from faceapp.types import F32, U8

_SIDE = 480  # px of a person's picture
_HEADROOM, _MARGIN, _BODY = 80, 190, 200  # px around it: above, at both sides, below
_KEPT_CUTOUTS = 6
_NOISE, _NOISE_BIAS, _NOISE_ROOM_PX = 2.2, 8, 61
_EYES = (_MARGIN + _SIDE / 2, _HEADROOM + EYE_LINE * _SIDE)


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """``rgb`` uint8 (H, W, 3) and ``cover`` float32 (H, W), 0 where one sees through."""

    rgb: U8
    cover: F32


class DemoScene:
    """Draws frames of ``size`` (width, height) px from the people below ``assets``."""

    def __init__(self, assets: Path, size: tuple[int, int], seed: int) -> None:
        self._assets = assets
        self._size = size
        self._room = draw_room(size)
        self._noise = _draw_noise(size, seed)
        self._cutouts: OrderedDict[tuple[str, str], tuple[_Layer, ...]] = OrderedDict()

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
        halvings = 0 if scale > 0.6 else 1 if scale > 0.3 else 2
        layer = self._posing(figure, halvings)
        eyes = width / 2 + figure.eyes_x * height, figure.eyes_y * height
        reach = (_EYES[0] + 20) * scale
        left, right = max(0, int(eyes[0] - reach)), min(width, int(eyes[0] + reach))
        top = max(0, int(eyes[1] - (_EYES[1] + 20) * scale))
        if left >= right or top >= height:
            return
        matrix = _matrix(figure.lean_deg, scale * 2**halvings, 2**halvings)
        matrix[:, 2] += np.subtract(eyes, (left, top))
        canvas = right - left, height - top
        # The lowest row is body all the way: repeating it draws the rest of the person.
        edge = cv2.BORDER_REPLICATE
        rgb = cv2.warpAffine(layer.rgb, matrix, canvas, borderMode=edge)
        cover = cv2.warpAffine(layer.cover, matrix, canvas, borderMode=edge)
        under = picture[top:, left:right]
        under[:] = cv2.blendLinear(rgb, np.ascontiguousarray(under), cover, 1 - cover)

    def _posing(self, figure: Figure, halvings: int) -> _Layer:
        pose = self._cutout(figure.person, figure.pose)[halvings]
        if figure.turning <= 0:
            return pose
        following = self._cutout(figure.person, figure.next_pose)[halvings]
        share = figure.turning
        rgb = cv2.addWeighted(pose.rgb, 1 - share, following.rgb, share, 0)
        cover = cv2.addWeighted(pose.cover, 1 - share, following.cover, share, 0)
        return _Layer(_u8(rgb), _f32(cover))

    def _cutout(self, person: str, pose: str) -> tuple[_Layer, ...]:
        """A person's cut-out in full, half and quarter size; the last few are kept."""
        key = person, pose
        if key not in self._cutouts:
            self._cutouts[key] = _halved(cut_out(self._assets, person, pose))
            if len(self._cutouts) > _KEPT_CUTOUTS:
                self._cutouts.popitem(last=False)
        self._cutouts.move_to_end(key)
        return self._cutouts[key]

    def _as_camera_sees(self, picture: U8, light: Light, index: int) -> U8:
        """Apply the light and the sensor's noise, which makes every frame a new one."""
        ramp = np.arange(256, dtype=np.float32)[:, None] * np.float32(light)
        table = np.clip(ramp + 0.5, 0, 255) - _NOISE_BIAS
        lit = cv2.LUT(picture, np.clip(table, 0, 255).astype(np.uint8)[None])
        height, width = picture.shape[:2]
        x, y = index * 37 % _NOISE_ROOM_PX, index * 53 % (_NOISE_ROOM_PX - 2)
        return _u8(cv2.add(lit, self._noise[y : y + height, x : x + width]))


def cut_out(assets: Path, person: str, pose: str) -> _Layer:
    """Cut a person out of a picture and dress them.

    Raises: PictureUnreadable.
    """
    picture = read_picture(assets / "demo" / person / f"{pose}.jpg")
    outline = read_picture(assets / "demo-outlines" / person / f"{pose}.png")[..., 0]
    high = cv2.copyMakeBorder(picture, _HEADROOM, 0, 0, 0, cv2.BORDER_REFLECT)
    head = cv2.resize(outline, (_SIDE, _SIDE + _HEADROOM)).astype(np.float32) / 255
    head *= np.clip(_from_sides(_SIDE) / 16, 0, 1)  # pictures end softly at their sides
    body = _draw_body(_clothes_colour(assets, person))
    cover = np.zeros_like(body.cover)
    place = np.s_[: _SIDE + _HEADROOM, _MARGIN : _MARGIN + _SIDE]
    cover[place] = head
    rgb = cv2.copyMakeBorder(high, 0, _BODY, _MARGIN, _MARGIN, cv2.BORDER_REPLICATE)
    dressed = cv2.blendLinear(body.rgb, rgb, body.cover, 1 - body.cover)
    return _Layer(_u8(dressed), np.maximum(cover, body.cover))


def _draw_body(colour: tuple[int, int, int]) -> _Layer:
    """Draw a pullover: its collar dips before the neck, its shoulders slope."""
    height, width = _SIDE + _HEADROOM + _BODY, _SIDE + 2 * _MARGIN
    y = np.arange(height, dtype=np.float32)[:, None]
    across = np.abs(np.arange(width, dtype=np.float32) - _EYES[0])
    collar = 524 + 32 * np.cos(np.clip(across / 92, 0, 1) * np.pi / 2)
    slope = 22 * np.clip((across - 92) / 150, 0, None) ** 1.35
    line = collar + slope + 500 * (across / 318) ** 18
    shade = 1.04 - 0.34 * np.clip(across / 318, 0, 1) ** 2.2 - 0.12 * np.clip((y - 520) / 260, 0, 1)
    seam = np.exp(-(((y - line - 13) / 2.5) ** 2)) * np.clip((112 - across) / 20, 0, 1)
    rgb = (shade * (1 - 0.22 * seam))[..., None] * np.float32(colour)
    cover = np.clip((y - line) / 3 + 0.5, 0, 1)
    return _Layer(np.clip(rgb, 0, 255).astype(np.uint8), cover.astype(np.float32))


def _clothes_colour(assets: Path, person: str) -> tuple[int, int, int]:
    """The colour that goes with a person's pictures; grey for those nobody chose one for."""
    colours = json.loads((assets / "demo-outlines" / "clothes.json").read_text(encoding="utf-8"))
    red, green, blue = colours.get(person, (98, 100, 104))
    return int(red), int(green), int(blue)


def _from_sides(width: int) -> F32:
    x = np.arange(width, dtype=np.float32)
    return np.minimum(x, x[::-1])


def _halved(layer: _Layer) -> tuple[_Layer, ...]:
    layers = [layer]
    for _ in range(2):
        last = layers[-1]
        size = last.cover.shape[1] // 2, last.cover.shape[0] // 2
        rgb = cv2.resize(last.rgb, size, interpolation=cv2.INTER_AREA)
        cover = cv2.resize(last.cover, size, interpolation=cv2.INTER_AREA)
        layers.append(_Layer(_u8(rgb), _f32(cover)))
    return tuple(layers)


def _matrix(lean_deg: float, scale: float, shrunk: int) -> np.ndarray:
    """Map a cut-out, shrunk so many times, so that the point between the eyes becomes (0, 0)."""
    eyes = _EYES[0] / shrunk, _EYES[1] / shrunk
    matrix = cv2.getRotationMatrix2D(eyes, -lean_deg, scale)
    matrix[:, 2] -= eyes
    return matrix


def draw_room(size: tuple[int, int]) -> U8:
    """Draw the empty room: a wall, a door, a window, a floor, all a little out of focus."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (x - width / 2) / height, y / height
    daylight = np.exp(-(((x - 0.45) / 0.55) ** 2) - ((y - 0.25) / 0.6) ** 2)
    room = np.float32([176, 174, 166]) + daylight[..., None] * np.float32([34, 36, 38])
    _paint(room, (x > -2) & (y > 0.86), (126, 108, 90), y * 0.3 + 0.7)  # floor
    _paint(room, (y > 0.835) & (y <= 0.86), (206, 202, 194))  # skirting board
    _paint(room, (x > -0.57) & (x < -0.25) & (y > 0.10) & (y <= 0.86), (198, 192, 182))
    _paint(room, (x > -0.55) & (x < -0.27) & (y > 0.12) & (y <= 0.86), (142, 116, 92))
    _paint(room, (x > -0.315) & (x < -0.29) & (y > 0.49) & (y <= 0.505), (206, 200, 186))
    _paint(room, (x > 0.21) & (x < 0.59) & (y > 0.09) & (y <= 0.50), (214, 210, 202))
    _paint(room, (x > 0.23) & (x < 0.57) & (y > 0.11) & (y <= 0.48), (226, 236, 242), 1.05 - 0.3 * y)
    _paint(room, (np.abs(x - 0.40) < 0.006) & (y > 0.11) & (y <= 0.48), (214, 210, 202))
    blurred = cv2.GaussianBlur(room, (0, 0), height / 160)
    return np.clip(blurred + 0.5, 0, 255).astype(np.uint8)


def _paint(
    room: np.ndarray, where: np.ndarray, colour: tuple[int, int, int], shade: np.ndarray | float = 1
) -> None:
    painted = np.ones(room.shape[:2], np.float32)[..., None] * np.float32(colour)
    painted *= np.broadcast_to(np.float32(shade), room.shape[:2])[..., None]
    room[where] = painted[where]


def _draw_noise(size: tuple[int, int], seed: int) -> U8:
    """A sheet of sensor noise larger than a frame; each frame takes another piece of it."""
    shape = size[1] + _NOISE_ROOM_PX, size[0] + _NOISE_ROOM_PX, 3
    grain = np.random.default_rng([seed, 2]).normal(_NOISE_BIAS, _NOISE, shape)
    return np.clip(grain + 0.5, 0, 2 * _NOISE_BIAS).astype(np.uint8)


def _u8(array: np.ndarray) -> U8:
    return array.astype(np.uint8, copy=False)


def _f32(array: np.ndarray) -> F32:
    return array.astype(np.float32, copy=False)
