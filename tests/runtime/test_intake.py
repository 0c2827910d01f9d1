from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.errors import CameraLost, ModelCorrupt
from faceapp.runtime.intake import look_at_video
from faceapp.types import U8, CameraState, Face, Frame
from tests.helpers.seams import HandClock, OneFace, ScriptedCamera, a_frame, scripted_pipeline


class Blind(OneFace):
    """A detector whose model turns out to be damaged."""

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        raise ModelCorrupt(path="eyes.tflite")


def lost() -> Frame:
    raise CameraLost(source="clip.mp4")


def test_a_damaged_model_is_not_the_videos_fault() -> None:
    camera = ScriptedCamera([a_frame], end=CameraState.ENDED)
    pipeline = scripted_pipeline(HandClock(), eyes=Blind())
    with pytest.raises(ModelCorrupt):
        look_at_video(pipeline, Path("clip.mp4"), lambda _: camera)
    assert camera.closed.is_set()


def test_what_was_seen_before_a_video_broke_off_is_kept() -> None:
    camera = ScriptedCamera([a_frame, lost])
    looked = look_at_video(scripted_pipeline(HandClock()), Path("clip.mp4"), lambda _: camera)
    assert len(looked.samples) == 1
    assert looked.refusal is None
    broken = ScriptedCamera([lost])
    looked = look_at_video(scripted_pipeline(HandClock()), Path("clip.mp4"), lambda _: broken)
    assert isinstance(looked.refusal, CameraLost)
