from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from faceapp.errors import ModelCorrupt, ModelError, ModelMissing
from faceapp.vision.native import native_noise_held_back, open_interpreter, read_model

NOISE = b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"

START_EVERYTHING = """
import sys
started = []
sys.addaudithook(lambda what, args: started.append(what) if "Popen" in what else None)
import numpy as np
from pathlib import Path
from faceapp.types import RangeMode
from faceapp.vision.detect import open_detector
models = Path(sys.argv[1])
kept = [open_detector(mode, models) for mode in RangeMode]
for detector in kept:
    detector.detect(np.zeros((480, 640, 3), np.uint8))
print("started", started)
"""


def test_starting_looking_and_ending_without_closing_prints_nothing_and_runs_no_other_program(
    models: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START_EVERYTHING, str(models)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout == "started []\n"
    assert done.stderr == ""


def test_only_the_known_chatter_is_dropped(capfd: pytest.CaptureFixture[str]) -> None:
    with native_noise_held_back():
        os.write(2, b"first\n" + NOISE + b"last, without end")
    os.write(2, b"\nafter\n")
    assert capfd.readouterr().err == "first\nlast, without end\nafter\n"


def test_what_was_written_before_an_error_survives_it(capfd: pytest.CaptureFixture[str]) -> None:

    def fail() -> None:
        os.write(2, b"why it failed\n" + NOISE)
        raise KeyError

    with pytest.raises(KeyError), native_noise_held_back():
        fail()
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "why it failed\nafter\n"
    with native_noise_held_back():
        os.write(2, NOISE)
    assert capfd.readouterr().err == ""


def test_a_closed_terminal_keeps_no_model_from_loading() -> None:
    reader, writer = os.pipe()
    stderr = os.dup(2)
    os.dup2(writer, 2)
    os.close(reader)
    try:
        with native_noise_held_back():
            os.write(2, b"nobody reads this\n")
    finally:
        os.dup2(stderr, 2)
        for descriptor in (stderr, writer):
            os.close(descriptor)


WITHOUT_STDERR = """
import os, sys
os.close(2)
sys.stderr = None
from faceapp.vision.native import native_noise_held_back
with native_noise_held_back():
    pass
print("ready")
"""


def test_a_program_without_stderr_starts_as_well() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_STDERR],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout == "ready\n"


def test_without_room_for_a_file_nothing_is_held_back(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """On a full disk Python finds no folder for temporary files; the models load all the same."""
    free = os.dup(2)
    os.close(free)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
        with native_noise_held_back():
            os.write(2, NOISE)
    again = os.dup(2)
    os.close(again)
    assert again == free  # no handle was left open
    assert capfd.readouterr().err == NOISE.decode()


def test_a_model_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as raised:
        read_model(tmp_path / "no.tflite")
    assert raised.value.details["path"] == tmp_path / "no.tflite"


def test_a_model_that_cannot_be_read_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        read_model(tmp_path)  # a folder: the disk's own errors cannot be made here
    assert type(raised.value) is ModelError
    assert raised.value.details == {"path": tmp_path, "why": "unreadable"}


def test_another_checksum_is_refused_before_native_code_sees_the_file(tmp_path: Path) -> None:
    path = tmp_path / "other.tflite"
    path.write_bytes(b"other")
    assert read_model(path) == b"other"
    with pytest.raises(ModelCorrupt) as raised:
        read_model(path, "0" * 64)
    assert raised.value.details["why"] == "checksum"


@pytest.mark.parametrize("content", [b"", b"x" * 1000, bytes(1000)])
def test_no_model_at_all_is_corrupt(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.tflite"
    path.write_bytes(content)
    with pytest.raises(ModelCorrupt):
        open_interpreter(path, 1)


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_truncated_model_is_corrupt(models: Path, tmp_path: Path, kept: float) -> None:
    whole = (models / "mediapipe" / "face_landmark.tflite").read_bytes()
    path = tmp_path / "truncated.tflite"
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(ModelCorrupt):
        open_interpreter(path, 1)
