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

Chips = NDArray[np.uint8]
Vectors = NDArray[np.float32]


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

    def ms_per_face(self, chips: Chips, rounds: int = 30) -> float:
        """Median milliseconds per chip on one core (where the system can pin a process to one)."""
        times = []
        with _one_core():
            for number in range(rounds + 5):
                start_s = time.perf_counter()
                self._one(chips[number % len(chips)])
                times.append(time.perf_counter() - start_s)
        return float(np.median(times[5:]) * 1000.0)


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
        scaled = as_input(chip, np.float32, entry.shape)
        return np.asarray(session.run(None, {entry.name: scaled})[0]).reshape(-1)

    return one


def _tflite(path: Path) -> Callable[[NDArray[np.uint8]], Vectors]:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(path), num_threads=1)
    interpreter.allocate_tensors()
    entry, out = interpreter.get_input_details()[0], interpreter.get_output_details()[0]

    def one(chip: NDArray[np.uint8]) -> Vectors:
        interpreter.set_tensor(entry["index"], as_input(chip, entry["dtype"], entry["shape"]))
        interpreter.invoke()
        return as_vector(interpreter.get_tensor(out["index"]), out["quantization"])

    return one


def as_input(chip: NDArray[np.uint8], dtype: type, shape: Sequence[Any]) -> np.ndarray:
    """Convert a chip to a batch of one, for a model with that ``dtype`` and input ``shape``.

    Quantized models take pixels as integers, one to one: their input range is -1..1.
    """
    if dtype is np.uint8:
        values: np.ndarray = chip
    elif dtype is np.int8:
        values = (chip.astype(np.int16) - 128).astype(np.int8)
    else:
        values = chip.astype(np.float32) / 127.5 - 1.0
    channels_last = len(shape) == 4 and shape[3] == 3
    return np.ascontiguousarray(values if channels_last else values.transpose(2, 0, 1))[None]


def as_vector(output: np.ndarray, quantization: tuple[float, int]) -> Vectors:
    """Flatten an output to a float32 vector, dequantizing it if the last layer is quantized."""
    scale, zero = quantization
    flat = np.array(output).reshape(-1).astype(np.float32)
    return (flat - np.float32(zero)) * np.float32(scale) if scale else flat
