"""The whole pipeline on one core: from a frame of 640x480 to a decision about every face in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path

import numpy as np

from benchmarks.measure import Figure, times_ms, told
from benchmarks.scenes import eight_faces, moving, one_face
from faceapp.app import open_parts
from faceapp.config import Settings
from faceapp.paths import models_dir
from faceapp.pipeline import Pipeline
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.threshold import threshold_for
from faceapp.types import U8, Frame, PersonId, RangeMode
from faceapp.vision.align import align
from faceapp.vision.detect import open_detector
from faceapp.vision.embed import open_embedder
from faceapp.vision.quality import assess

RUNS = 300
PEOPLE = 1000


def figures() -> Iterator[Figure]:
    """Measure on one core; the process has all of them again afterwards."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else None
    if cores:
        os.sched_setaffinity(0, {max(cores)})
    try:
        busy = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        yield Figure("one core, gallery of 1,000 people", busy)
        yield from _whole("one face", one_face(), "12 ms")
        yield from _whole("eight faces", eight_faces(), "40 ms")
        yield from _parts(one_face())
    finally:
        if cores:
            os.sched_setaffinity(0, cores)


def _whole(name: str, picture: U8, goal: str) -> Iterator[Figure]:
    frames = moving(picture, 64)
    with closing(_pipeline()) as pipeline:
        found = len(pipeline.process_picture(picture).faces)
        every = times_ms(_each(pipeline, frames, forget=True), RUNS, warm_up=20)
        yield Figure(f"{name} ({found} found), every face looked at", told(every), goal)
        pipeline.reset()
        live = times_ms(_each(pipeline, frames, forget=False), RUNS, warm_up=20)
        yield Figure(f"{name}, as it runs (settled faces rest)", told(live))


def _each(pipeline: Pipeline, frames: list[Frame], *, forget: bool) -> Callable[[], object]:
    """Process the next frame at each call; time continues from round to round."""
    following = cycle(frames)
    clock = iter(range(10**9))

    def run() -> object:
        if forget:
            pipeline.reset()
        frame = next(following)
        return pipeline.process(Frame(frame.rgb, next(clock) / 30.0, frame.at, frame.index))

    return run


def _parts(picture: U8) -> Iterator[Figure]:
    card = open_parts(Path()).card()
    embedder = open_embedder(card, models_dir())
    frames = cycle(moving(picture, 64))
    with closing(open_detector(RangeMode.NEAR, models_dir())) as detector:
        face = detector.detect(picture)[0]
        chip = align(picture, face)
        for name, work in (
            ("  of it: detect", lambda: detector.detect(next(frames).rgb)),
            ("  of it: align", lambda: align(picture, face)),
            ("  of it: quality", lambda: assess(picture.shape, face, chip)),
            ("  of it: embed", lambda: embedder.embed(chip.rgb[None])),
        ):
            yield Figure(name, told(times_ms(work, RUNS)))


def _pipeline() -> Pipeline:
    parts = open_parts(Path())
    card = parts.card()
    pipeline = parts.build_pipeline(Settings())
    random = np.random.default_rng(0)
    vectors = random.standard_normal((5 * PEOPLE, card.dimension), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    owners = [PersonId(f"P{row // 5}") for row in range(len(vectors))]
    gallery = Gallery.of(vectors, owners)
    pipeline.set_gallery(gallery, threshold_for(card.fmr_table, 1000, gallery.chances))
    return pipeline
