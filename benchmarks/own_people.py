"""What fine-tuning the shipped weights on people of your own gains (the config `own`).

The people are those of ../shared/faces/train whom the shipped model never saw, as packed by a
training run: once as they are, once as through a bad camera. A fifth of them is held out of the
fine-tuning, another fifth for each seed. Needs the environment for training:

    make train-env
    KERAS_BACKEND=torch .venv-train/bin/python -m benchmarks own_people
"""

from __future__ import annotations

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks import research
from benchmarks.measure import Figure
from benchmarks.research import HELD_OUT, MODELS, PACKED, SEED
from faceapp.training import chipset
from faceapp.types import U8

MODEL, WEIGHTS = MODELS / "faceapp.tflite", MODELS / "faceapp.weights.h5"
SEEDS = (2, 3)  # the config was chosen with 1
DIM, BLUR_PX, NOISE, JPEG_QUALITY = 0.4, 1.5, 6.0, 40  # of the bad camera
Camera = Callable[[U8], U8]


def figures() -> Iterator[Figure]:
    """TAR of the people held out of the fine-tuning, before and after it."""
    if importlib.util.find_spec("torch") is None:
        yield Figure("PyTorch is not there: run it with .venv-train/bin/python", "-")
    elif not research.is_packed():
        yield research.NOT_PACKED
    else:
        yield from _compared("as they are", lambda chip: chip)
        yield from _compared("through a dim, grey, blurred camera", _dim_grey)


def _compared(name: str, camera: Camera) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "own"
        _pack(data, camera)
        for seed in SEEDS:
            before, after = _fine_tuned(data, Path(folder) / f"run-{seed}", seed)
            for figure in ("tar@0.001", "tar@0.0001", "elsewhere_tar@0.001"):
                change = f"{before[figure]:.3f} before, {after[figure]:.3f} after"
                yield Figure(f"{name}, {figure}, seed {seed}", change)


def _pack(data: Path, camera: Camera) -> None:
    """Pack these people as `prepare` does, with the shipped model as their teacher."""
    from faceapp.training.embedders import Embedder

    shared = chipset.ChipSet.load(PACKED)
    rows = np.flatnonzero(chipset.hold_out(shared.people, HELD_OUT, SEED))
    chips = np.stack([camera(chip) for chip in shared.chips[rows]])
    data.mkdir()
    np.save(data / "chips.npy", chips)
    np.save(data / "people.npy", shared.people[rows])
    np.save(data / "teacher.npy", Embedder(MODEL).embed(chips))
    (data / chipset.ELSEWHERE).symlink_to(PACKED / chipset.ELSEWHERE)


def _fine_tuned(data: Path, run: Path, seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the figures of the shipped weights and of the fine-tuned ones."""
    from faceapp.training.configs.own import CONFIG
    from faceapp.training.run import Run
    from faceapp.training.run_folder import figures as figures_of

    Run(replace(CONFIG, seed=seed), data, run).train(resume=False, start=WEIGHTS)
    before, *_, after = figures_of(run)
    return before, after


def _dim_grey(chip: U8) -> U8:
    """Return what a bad camera makes of ``chip``: always the same for one chip."""
    grey = cv2.cvtColor(np.asarray(chip), cv2.COLOR_RGB2GRAY).astype(np.float32)
    dim = cv2.GaussianBlur(DIM * grey, (0, 0), BLUR_PX)
    noise = np.random.default_rng(int(grey.sum())).normal(0.0, NOISE, dim.shape)
    seen = np.clip(dim + noise, 0.0, 255.0).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", seen, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
    bgr = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    if bgr is None:
        raise ValueError("a chip did not survive compression")
    return np.asarray(bgr, np.uint8)
