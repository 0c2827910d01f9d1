from __future__ import annotations

import tracemalloc
from collections.abc import Generator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from faceapp.errors import CameraLost, ModelCorrupt, NobodyInView
from faceapp.runtime.intake import (
    LONGEST_S,
    MOST_LOOKS,
    Looked,
    look_at_files,
    look_at_picture,
    look_at_video,
)
from faceapp.types import U8, CameraState, Face, Frame
from tests.helpers.clock import HandClock
from tests.helpers.seams import OneFace, ScriptedCamera, a_frame, scripted_pipeline


class Blind(OneFace):
    """A detector whose model turns out to be damaged."""

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        raise ModelCorrupt(path="eyes.tflite")


class Nobody(OneFace):
    """A detector that finds no face."""

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        return ()


class Late(OneFace):
    """A detector that finds nobody in the first pictures."""

    def __init__(self, nobody_in: int) -> None:
        super().__init__()
        self.looks = 0
        self.nobody_in = nobody_in

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        self.looks += 1
        return super().detect(rgb) if self.looks > self.nobody_in else ()


def lost() -> Frame:
    raise CameraLost(source="clip.mp4")


def to_the_end(looks: Generator[None, None, Looked]) -> Looked:
    while True:
        try:
            next(looks)
        except StopIteration as end:
            looked: Looked = end.value
            return looked


def test_a_damaged_model_is_not_the_videos_fault() -> None:
    camera = ScriptedCamera([a_frame], end=CameraState.ENDED)
    pipeline = scripted_pipeline(HandClock(), eyes=Blind())
    with pytest.raises(ModelCorrupt):
        to_the_end(look_at_video(pipeline, Path("clip.mp4"), lambda _: camera))
    assert camera.closed.is_set()


def test_what_was_seen_before_a_video_broke_off_is_kept() -> None:
    camera = ScriptedCamera([a_frame, lost])
    pipeline = scripted_pipeline(HandClock())
    looked = to_the_end(look_at_video(pipeline, Path("clip.mp4"), lambda _: camera))
    assert len(looked.samples) == 1
    assert looked.refusal is None
    broken = ScriptedCamera([lost])
    looked = to_the_end(look_at_video(pipeline, Path("clip.mp4"), lambda _: broken))
    assert isinstance(looked.refusal, CameraLost)


@pytest.mark.parametrize(("nobody_in", "looks"), [(0, MOST_LOOKS), (200, 200 + MOST_LOOKS)])
def test_a_video_is_looked_at_until_somebody_was_seen_often_enough(
    nobody_in: int, looks: int
) -> None:
    seconds = [partial(a_frame, 30 * at) for at in range(500)]
    camera, eyes = ScriptedCamera(seconds, end=CameraState.ENDED), Late(nobody_in)
    pipeline = scripted_pipeline(HandClock(), eyes=eyes)
    looked = to_the_end(look_at_video(pipeline, Path("clip.mp4"), lambda _: camera))
    assert (len(looked.samples), looked.refusal, eyes.looks) == (MOST_LOOKS, None, looks)


def test_of_a_long_video_without_anybody_only_the_beginning_is_looked_at() -> None:
    seconds = [partial(a_frame, 30 * at) for at in range(round(LONGEST_S) + 100)]
    camera, eyes = ScriptedCamera(seconds, end=CameraState.ENDED), Late(len(seconds))
    pipeline = scripted_pipeline(HandClock(), eyes=eyes)
    looked = to_the_end(look_at_video(pipeline, Path("clip.mp4"), lambda _: camera))
    assert isinstance(looked.refusal, NobodyInView)
    assert eyes.looks == LONGEST_S + 1  # the first and the last second


def test_a_video_can_be_left_after_any_look_into_it(tmp_path: Path) -> None:
    clip = tmp_path / "clip.avi"
    clip.write_bytes(b"RIFF....AVI ")
    seconds = [partial(a_frame, 30 * at) for at in range(9)]
    camera, eyes = ScriptedCamera(seconds, end=CameraState.ENDED), OneFace()
    build = partial(scripted_pipeline, HandClock(), eyes=eyes)
    looks = look_at_files([clip], build, lambda _: camera)
    assert next(looks) is None
    assert not camera.closed.is_set()
    looks.close()
    assert camera.closed.is_set()
    assert eyes.closed.is_set()


@pytest.mark.parametrize("cut", [0, 8])
def test_a_refused_picture_is_not_kept_in_memory(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.bmp"
    Image.new("RGB", (1000, 1000)).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size - cut])
    pipeline = scripted_pipeline(HandClock(), eyes=Nobody())
    tracemalloc.start()
    try:
        looked = [look_at_picture(pipeline, path) for _ in range(2)]
        kept_bytes, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert all(one.refusal is not None for one in looked)
    assert kept_bytes < path.stat().st_size
