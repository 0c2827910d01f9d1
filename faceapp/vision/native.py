"""Quiet starts and clear errors for the native libraries.

The only place that knows how LiteRT and MediaPipe fail to start and what they print while doing so.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from ai_edge_litert.interpreter import Interpreter

from faceapp.errors import ModelCorrupt
from faceapp.vision.faults import model_faults

_NOISE = re.compile(
    rb"^(INFO: Created TensorFlow Lite XNNPACK delegate"
    rb"|WARNING: All log messages before absl::InitializeLog"
    rb"|[IW]\d{4} .*inference_feedback_manager)"
)

# stderr belongs to the whole process, so only one thread at a time may divert it.
_diverting = Lock()


@contextmanager
def native_noise_held_back() -> Iterator[None]:
    """Keep the libraries' start-up chatter off stderr; pass on every other line afterwards.

    Neither library can be silenced: both write with their own loggers, whose levels no environment
    variable and no exported function can set. The code inside takes only milliseconds.
    """
    with _diverting:
        yield from _divert()


def _divert() -> Iterator[None]:
    try:
        real = os.dup(2)
    except OSError:  # a windowed program on Windows has no stderr
        yield
        return
    with ExitStack() as stack:
        try:
            held = stack.enter_context(tempfile.TemporaryFile())
        except OSError:  # a full disk: better some chatter than no models
            os.close(real)
            yield
            return
        if sys.stderr is not None:
            sys.stderr.flush()
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(real, 2)
            os.close(real)
            held.seek(0)
            kept = b"".join(line for line in held if not _NOISE.match(line))
            with suppress(OSError):  # a terminal or pipe that has been closed
                os.write(2, kept)


def read_model(path: Path, sha256: str | None = None) -> bytes:
    """Read a model file whole: native code cannot open every path that Python can.

    With ``sha256`` (64 hexadecimal digits) any other content is refused, since a damaged file can
    crash MediaPipe. Raises ModelMissing, ModelCorrupt, ModelError (not readable).
    """
    with model_faults(path):
        content = path.read_bytes()
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise ModelCorrupt(path=path, why="checksum")
    return content


def open_interpreter(path: Path, threads: int, sha256: str | None = None) -> Any:  # noqa: ANN401  LiteRT ships no types
    """Load a TFLite file into an interpreter of its own, tensors allocated.

    Raises ModelMissing, ModelCorrupt, ModelError (not readable).
    """
    content = read_model(path, sha256)
    try:
        with native_noise_held_back():
            interpreter = Interpreter(model_content=content, num_threads=threads)
            interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise ModelCorrupt(path=path, why=str(error)) from error
    return interpreter
