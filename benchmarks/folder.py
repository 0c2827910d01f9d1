"""``faceapp recognize FOLDER --json`` as a user runs it: pictures of 250x250 a second."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import cv2

from benchmarks.measure import Figure
from benchmarks.scenes import SHARED
from faceapp.camera.pictures import iter_pictures, read_picture
from faceapp.paths import assets_dir

PICTURES = 1000
SIDE_PX = 250


def figures() -> Iterator[Figure]:
    """Measure with one person enrolled, on pictures of LFW where they are, else the demo people."""
    with tempfile.TemporaryDirectory(prefix="faceapp-bench-") as scratch:
        folder, data = Path(scratch) / "pictures", Path(scratch) / "data"
        what = _fill(folder)
        _run(data, "enroll", "P01", str(next((assets_dir() / "demo").glob("P01*"))))
        start_s = _run(data, "people")[0]
        whole_s, lines = _run(data, "recognize", str(folder), "--json")
        busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        yield Figure(
            f"{PICTURES} pictures of {SIDE_PX}x{SIDE_PX} ({what})",
            f"{PICTURES / whole_s:.0f} a second with start-up ({whole_s:.1f} s{busy})",
            "50 a second",
        )
        yield Figure("lines printed", f"{lines}")
        yield Figure('"faceapp people", start to end', f"{start_s:.2f} s")


def _fill(folder: Path) -> str:
    folder.mkdir()
    faces = SHARED / "faces" / "lfw-dev"
    if faces.is_dir():
        found = [path for path, _ in zip(iter_pictures(faces), range(PICTURES), strict=False)]
        for number, path in enumerate(found):
            shutil.copy(path, folder / f"{number:04}{path.suffix}")
        return "LFW"
    people = [read_picture(path) for path in iter_pictures(assets_dir() / "demo")]
    for number in range(PICTURES):
        picture = people[number % len(people)]
        small = cv2.resize(picture, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(folder / f"{number:04}.jpg"), cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
    return "demo people"


def _run(data: Path, *words: str) -> tuple[float, int]:
    """Run the command line; return its seconds and how many lines it printed."""
    command = [sys.executable, "-m", "faceapp", "--data-dir", str(data), *words]
    began_s = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - began_s, done.stdout.count(b"\n")
