#!/usr/bin/env python3
"""Fill models/mediapipe/ with MediaPipe's face models, taken out of an official wheel.

Wheels from 0.10.30 on carry no models, so they come from the last one that does; pip downloads it
(mirrors, proxies and certificates work as they do for every other package). The files are the
same on every system, so where that release has no wheel for the running Python, pip is asked for
one that exists. Every file is checked against the table below. Only the standard library is used.

    python packaging/fetch_models.py [--into FOLDER] [--wheel FILE] [--check]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

WHEEL = "mediapipe==0.10.21"
FOLDER = Path(__file__).resolve().parents[1] / "models" / "mediapipe"


class Model(NamedTuple):
    """A file of the wheel: its path there, its size in bytes and its checksum."""

    member: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's name in the models folder."""
        return self.member.rsplit("/", 1)[1]


MODELS = (
    Model(
        "mediapipe/modules/face_detection/face_detection_short_range.tflite",
        229_714,
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    ),
    Model(
        "mediapipe/modules/face_landmark/face_landmark.tflite",
        1_242_398,
        "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    ),
)

# Where pip finds no wheel for this Python and system: (Python, platform) of wheels that exist.
OTHER_WHEELS = (
    ("3.12", "manylinux_2_28_x86_64"),
    ("3.11", "manylinux_2_28_x86_64"),
    ("3.12", "macosx_11_0_universal2"),
    ("3.12", "win_amd64"),
)


class FetchError(Exception):
    """The models could not be put in place; the text says why and what to do."""


def problem(data: bytes, model: Model) -> str | None:
    """Return what is wrong with ``data``, or None when it is exactly ``model``."""
    if len(data) != model.size:
        return f"{len(data):,} bytes instead of {model.size:,}"
    found = hashlib.sha256(data).hexdigest()
    return None if found == model.sha256 else f"sha256 {found} instead of {model.sha256}"


def missing(folder: Path) -> list[Model]:
    """List the models that ``folder`` lacks or holds damaged."""
    return [
        model
        for model in MODELS
        if not (folder / model.name).is_file()
        or problem((folder / model.name).read_bytes(), model) is not None
    ]


def download(into: Path) -> Path:
    """Let pip download the wheel into ``into``. Raises FetchError with pip's own last words."""
    said: list[str] = []
    for target in (None, *OTHER_WHEELS):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary=:all:", "--dest", str(into)]
        if target is not None:
            command += ["--python-version", target[0], "--platform", target[1]]
        done = subprocess.run([*command, WHEEL], capture_output=True, text=True, check=False)
        wheels = sorted(into.glob("mediapipe-*.whl"))
        if done.returncode == 0 and wheels:
            return wheels[0]
        said.append(f"{' '.join(target) if target else 'this system'}: {done.stderr.strip()}")
    raise FetchError(
        f"pip found no wheel of {WHEEL} to take MediaPipe's models from. Is the network there?\n"
        "With a wheel that you downloaded elsewhere: --wheel FILE\n" + "\n".join(said)
    )


def put(data: bytes, target: Path) -> None:
    """Write ``data`` beside ``target``, then move it into place: no half file is ever seen."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def take(wheel: Path, models: Sequence[Model], folder: Path) -> None:
    """Copy ``models`` out of ``wheel`` into ``folder``, checked. Raises FetchError."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for model in models:
                # One byte more than it should have: enough to notice, and never a zip bomb.
                with archive.open(model.member) as member:
                    data = member.read(model.size + 1)
                wrong = problem(data, model)
                if wrong is not None:
                    raise FetchError(
                        f"{model.member} in {wheel.name} is not the file known: {wrong}"
                    )
                put(data, folder / model.name)
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(f"{wheel} is not a wheel with MediaPipe's models: {error}") from error


def fetch(folder: Path, wheel: Path | None) -> list[Model]:
    """Put what is missing into ``folder``; return it. Raises FetchError, OSError."""
    models = missing(folder)
    if not models:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    if wheel is not None:
        take(wheel, models, folder)
        return models
    with tempfile.TemporaryDirectory(prefix="faceapp-models-") as temporary:
        take(download(Path(temporary)), models, folder)
    return models


def main() -> int:
    """Run the script; 0 when the models are in place, 1 with one clear error otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder to fill")
    parser.add_argument("--wheel", type=Path, help=f"a wheel of {WHEEL} that is there already")
    parser.add_argument("--check", action="store_true", help="only say what is missing")
    asked = parser.parse_args()
    try:
        if asked.check:
            lacking = missing(asked.into)
            for model in lacking:
                print(f"missing or damaged: {asked.into / model.name}", file=sys.stderr)
            return 1 if lacking else 0
        for model in fetch(asked.into, asked.wheel):
            print(f"{asked.into / model.name}: {model.size:,} bytes, sha256 ok")
    except (FetchError, OSError) as error:
        print(f"MediaPipe's models could not be set up: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
