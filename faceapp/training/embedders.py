"""One interface to any embedding model, to compare ours, the teacher and others in one table.

A model is a TFLite or ONNX file. It takes 112x112 RGB chips scaled to -1..1 (or the corresponding
quantized integers), channels first or last, in batches of one, and returns one vector.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faceapp.training.chipset import unit
from faceapp.types import CHIP_SIZE_PX
from faceapp.vision.embed import as_input, dequantizer

Chips = NDArray[np.uint8]
Vectors = NDArray[np.float32]

CALLS = 12
"""How often a model embeds in one turn of `ms_per_face`."""
COLD_CALLS = 3
"""Calls at the beginning of a turn that do not count: the caches still hold the other models."""


class Embedder:
    """``embed`` chips uint8 (N, 112, 112, 3) -> unit rows float32 (N, D), on one thread."""

    def __init__(self, path: Path) -> None:
        """Open ``path``. Raises ValueError if it is no model of 112x112 RGB chips."""
        opener = _onnx if path.suffix == ".onnx" else _tflite
        self.path = path
        self.megabytes = path.stat().st_size / 1e6
        try:
            self._one = opener(path)
            # Report an unsuitable model here, not after hours of pictures.
            self._one(np.zeros((CHIP_SIZE_PX, CHIP_SIZE_PX, 3), np.uint8))
        except ImportError:
            raise
        except Exception as error:  # ONNX Runtime's errors have no other common base class
            raise ValueError(f"{path}: expected a model of 112x112 RGB chips: {error}") from error

    def embed(self, chips: Chips, progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed the chips one by one; ``progress`` gets the number done."""
        rows = []
        for number, chip in enumerate(chips, start=1):
            rows.append(self._one(chip))
            if progress:
                progress(number)
        return unit(np.stack(rows).astype(np.float32))

    def seconds(self, chip: NDArray[np.uint8], calls: int) -> list[float]:
        """Time ``calls`` embeddings of one chip, each in seconds."""
        ends = [time.perf_counter()]
        for _ in range(calls):
            self._one(chip)
            ends.append(time.perf_counter())
        return np.diff(ends).tolist()


def ms_per_face(embedders: Sequence[Embedder], chips: Chips, turns: int = 40) -> list[float]:
    """Median milliseconds per chip of each model, on one core if the system can pin a process.

    The models take turns: what else slows the machine down meets all of them, and the ratios of
    their times hold. Measured one after another, they differed by a half from run to run.
    """
    taken: list[list[float]] = [[] for _ in embedders]
    with _one_core():
        for turn in range(turns):
            for embedder, own in zip(embedders, taken, strict=True):
                own.extend(embedder.seconds(chips[turn % len(chips)], CALLS)[COLD_CALLS:])
    return [float(np.median(seconds) * 1000.0) for seconds in taken]


@contextmanager
def _one_core() -> Iterator[None]:
    if sys.platform != "linux":  # no pinning; the runtimes' limit of one thread has to suffice
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _onnx(path: Path) -> Callable[[NDArray[np.uint8]], Vectors]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    entry = session.get_inputs()[0]

    def one(chip: NDArray[np.uint8]) -> Vectors:
        scaled = as_batch(chip, np.float32, entry.shape)
        return np.asarray(session.run(None, {entry.name: scaled})[0]).reshape(-1)

    return one


def _tflite(path: Path) -> Callable[[NDArray[np.uint8]], Vectors]:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(path), num_threads=1)
    interpreter.allocate_tensors()
    entry, out = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    dequantize = dequantizer(out)

    def one(chip: NDArray[np.uint8]) -> Vectors:
        interpreter.set_tensor(entry["index"], as_batch(chip, entry["dtype"], entry["shape"]))
        interpreter.invoke()
        return dequantize(interpreter.get_tensor(out["index"]).reshape(-1))

    return one


def as_batch(chip: NDArray[np.uint8], dtype: type, shape: Sequence[Any]) -> np.ndarray:
    """Convert a chip to a batch of one, for a model with that ``dtype`` and input ``shape``."""
    values = as_input(dtype)(chip)
    channels_last = len(shape) == 4 and shape[3] == 3
    return np.ascontiguousarray(values if channels_last else values.transpose(2, 0, 1))[None]
