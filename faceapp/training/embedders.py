"""Any embedding model behind one call, so that ours, the teacher and peers stand in one table.

A TFLite or ONNX file that takes 112x112 RGB chips scaled to -1..1 (or their quantized integers), in
either channel order, a batch of one, and gives one vector.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Chips = NDArray[np.uint8]
Vectors = NDArray[np.float32]


class Embedder:
    """``embed`` chips uint8 (N, 112, 112, 3) -> unit rows float32 (N, D), on one thread."""

    def __init__(self, path: Path) -> None:
        opener = _onnx if path.suffix == ".onnx" else _tflite
        self.path = path
        self.megabytes = path.stat().st_size / 1e6
        self._one = opener(path)

    def embed(self, chips: Chips, progress: Callable[[int], None] | None = None) -> Vectors:
        rows = []
        for number, chip in enumerate(chips, start=1):
            rows.append(self._one(chip))
            if progress:
                progress(number)
        vectors = np.stack(rows).astype(np.float32)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)

    def ms_per_face(self, chips: Chips, rounds: int = 30) -> float:
        """Median milliseconds of one chip on one core (the process is pinned meanwhile)."""
        allowed = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(allowed)})
        try:
            times = []
            for number in range(rounds + 5):
                start_s = time.perf_counter()
                self._one(chips[number % len(chips)])
                times.append(time.perf_counter() - start_s)
        finally:
            os.sched_setaffinity(0, allowed)
        return float(np.median(times[5:]) * 1000.0)


def _onnx(path: Path) -> Callable[[NDArray[np.uint8]], Vectors]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name

    def one(chip: NDArray[np.uint8]) -> Vectors:
        scaled = chip.astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1.0
        return np.asarray(session.run(None, {name: scaled})[0]).reshape(-1)

    return one


def _tflite(path: Path) -> Callable[[NDArray[np.uint8]], Vectors]:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(path), num_threads=1)
    interpreter.allocate_tensors()
    entry, out = interpreter.get_input_details()[0], interpreter.get_output_details()[0]

    def one(chip: NDArray[np.uint8]) -> Vectors:
        interpreter.set_tensor(entry["index"], _as_input(chip, entry["dtype"])[None])
        interpreter.invoke()
        return np.array(interpreter.get_tensor(out["index"])).reshape(-1)

    return one


def _as_input(chip: NDArray[np.uint8], dtype: type) -> np.ndarray:
    if dtype is np.uint8:
        return chip
    if dtype is np.int8:
        return (chip.astype(np.int16) - 128).astype(np.int8)
    return chip.astype(np.float32) / 127.5 - 1.0
