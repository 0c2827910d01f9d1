"""Cut the demo people out of their pictures: one outline for each, kept in assets/demo-outlines.

Run by hand when assets/demo changes; the app only reads the result. The model comes out of
mediapipe's 0.10.21 wheel: mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite.

    python packaging/make_demo_outlines.py selfie_segmentation.tflite

An outline is grey, half the size of its picture and 40 px higher: where a head is cut by the
picture's upper edge, a dome is added, and the demo camera mirrors the hair into it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter

ASSETS = Path(__file__).resolve().parent.parent / "assets"
SIDE_PX = 480
HEADROOM_PX = 80
INPUT_PX = 256
HEAD_ROWS = slice(290, 330)


def main(model: Path) -> None:
    """Write the outlines of all people."""
    interpreter = Interpreter(str(model))
    interpreter.allocate_tensors()
    for person in sorted((ASSETS / "demo").iterdir()):
        pictures = sorted(person.glob("*.jpg"))
        masks = [person_mask(interpreter, np.asarray(cv2.imread(str(file)))) for file in pictures]
        # A pose whose mask takes in a piece of background is corrected by the others.
        usual = (np.median(masks, axis=0) > 0).astype(np.uint8)
        usual = cv2.dilate(usual, ellipse(41))
        target = ASSETS / "demo-outlines" / person.name
        target.mkdir(parents=True, exist_ok=True)
        for picture, mask in zip(pictures, masks, strict=True):
            outline = with_dome(soft(without_shoulders(largest(mask & usual))))
            small = cv2.resize(outline, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            cv2.imwrite(
                str(target / f"{picture.stem}.png"),
                (small * 255 + 0.5).astype(np.uint8),
                [cv2.IMWRITE_PNG_COMPRESSION, 9],
            )
        print(person.name, len(pictures))


def person_mask(interpreter: Interpreter, bgr: np.ndarray) -> np.ndarray:
    """Return where the person is: uint8 (480, 480) of 0 and 1."""
    rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
    both = segment(interpreter, rgb) + segment(interpreter, rgb[:, ::-1])[:, ::-1]
    large = cv2.resize(both, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large > 1, np.uint8)


def segment(interpreter: Interpreter, rgb: np.ndarray) -> np.ndarray:
    """Run the model: float32 (256, 256), 1 where the person is."""
    small = cv2.resize(rgb, (INPUT_PX, INPUT_PX), interpolation=cv2.INTER_AREA)
    interpreter.set_tensor(
        interpreter.get_input_details()[0]["index"], (small / np.float32(255))[None]
    )
    interpreter.invoke()
    result: np.ndarray = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    return result[0, :, :, 0]


def largest(mask: np.ndarray) -> np.ndarray:
    """Keep the largest piece, without its thin hairs."""
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, ellipse(15))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    return np.asarray(labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA])), np.uint8)


def without_shoulders(mask: np.ndarray) -> np.ndarray:
    """Below the jaw keep what is no wider than the head: the app draws everybody's clothes."""
    head = np.flatnonzero(mask[HEAD_ROWS].all(axis=0))
    kept = mask.copy()
    for row in range(HEAD_ROWS.stop, SIDE_PX):
        more = int(0.1 * (row - HEAD_ROWS.stop)) + 3
        kept[row, : max(0, head[0] - more)] = 0
        kept[row, head[-1] + more + 1 :] = 0
    return kept


def soft(mask: np.ndarray) -> np.ndarray:
    """Draw the edge a little inside and soft, so that no background shines around the hair."""
    edge = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 4)
    return np.asarray(cv2.GaussianBlur(np.clip((edge - 0.42) / 0.38, 0, 1), (0, 0), 1.2))


def with_dome(outline: np.ndarray) -> np.ndarray:
    """Add headroom, and close a head that the upper edge cuts: float32 (560, 480).

    The dome is the arc that goes on from the head's width at the edge and 40 px below it.
    """
    whole = np.zeros((SIDE_PX + HEADROOM_PX, SIDE_PX), np.float32)
    whole[HEADROOM_PX:] = outline
    touching, below = (np.flatnonzero(outline[row] > 0.5) for row in (2, 42))
    if len(touching) < 20:
        return whole
    centre, half = (touching[0] + touching[-1]) / 2, (touching[-1] - touching[0]) / 2 + 1
    wider = max(half, (below[-1] - below[0]) / 2)
    depth = (wider**2 - half**2 + 40**2) / 80
    y, x = np.mgrid[0 : HEADROOM_PX + 6, 0:SIDE_PX]
    arc = np.sqrt(np.clip(half**2 + depth**2 - (x - centre) ** 2, 0, None)) - depth
    arc *= min(1.0, (HEADROOM_PX - 6) / arc.max())
    dome = np.clip((arc - (HEADROOM_PX + 2 - y)) / 3 + 0.5, 0, 1) * (np.abs(x - centre) <= half)
    dome = cv2.GaussianBlur(dome.astype(np.float32), (0, 0), 1.2)
    whole[: HEADROOM_PX + 6] = np.maximum(whole[: HEADROOM_PX + 6], dome)
    return whole


def ellipse(size_px: int) -> np.ndarray:
    """Give a round structuring element."""
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size_px, size_px))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
