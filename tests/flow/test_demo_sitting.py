"""Everybody of the demo enrols by looking about before its camera, as the window lets them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from faceapp.app import open_parts
from faceapp.camera.demo import DemoCamera
from faceapp.camera.demo_sitting import Sitting
from faceapp.camera.demo_tour import read_cast
from faceapp.clock import SystemClock
from faceapp.config import Settings
from faceapp.paths import assets_dir
from faceapp.pipeline import Pipeline
from faceapp.recognition.capture import EnrolmentSession, Offered
from faceapp.recognition.score import scores_of
from faceapp.recognition.threshold import same_face_threshold, threshold_for
from faceapp.vision.modelcard import ModelCard

# Slower than any computer that the window is used on.
FPS = 6.0
CHANCES = 100


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    return open_parts(tmp_path_factory.mktemp("card")).card()


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with closing(open_parts(tmp_path_factory.mktemp("eyes")).build_pipeline(Settings())) as made:
        yield made


@pytest.mark.parametrize("person", read_cast(assets_dir() / "demo"))
def test_all_five_poses_come_and_the_next_look_is_known(
    pipeline: Pipeline, card: ModelCard, person: str
) -> None:
    session = EnrolmentSession(same_face_threshold(card.fmr_table))
    accept = threshold_for(card.fmr_table, Settings().stranger_odds, CHANCES).accept
    script = Sitting(person)
    pipeline.reset()
    end_s: float | None = None
    camera = DemoCamera(SystemClock(), script, fps=FPS, real_time=False)
    while frame := camera.read():
        faces = pipeline.process(frame, want_samples=True).faces
        if end_s is None:
            progress = session.offer(faces, frame.t_s)
            assert progress.outcome not in {Offered.NOBODY, Offered.OTHER_FACE}
            end_s = frame.t_s if progress.finished else None
            assert frame.t_s < script.length_s
        elif frame.t_s > end_s + 0.8 and (seen := faces[0].sample) is not None:
            own = np.stack([sample.vector for sample in session.samples])
            assert scores_of(own, seen.vector[None])[0] >= accept
            break
        else:
            assert frame.t_s < end_s + 3.0
    assert end_s is not None
    assert end_s >= 10.0
    assert all(progress.counts.values())
