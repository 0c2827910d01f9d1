"""Measures how fast an installed program starts: to the painted window, to the first entry.

    DISPLAY=:98 python packaging/measure_start.py PROGRAM [--runs 5]

Looks at the screen (Xvfb or a real one without other windows), every 5 ms, as a person would; the
first entry is on the demo camera, whose first visitor takes a moment to walk up, and counts from
the program's start. Needs xdotool, which presses "Start taking".
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "xcb"

from PySide6.QtGui import QGuiApplication

MOST_S = 30.0
POLL_S = 0.005
LEAST_COLOURS = 8


def main() -> None:
    """Print medians of some runs after one that warms the disk's cache."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("program", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    app = QGuiApplication(["measure_start"])
    rows: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready"
        prepare(wanted.program, ready)
        for number in range(wanted.runs + 1):
            data_dir = Path(folder) / str(number)
            shutil.copytree(ready, data_dir)
            row = one_run(wanted.program, data_dir)
            print(f"{'warm-up' if number == 0 else number}: {row[0]:.2f} s, {row[1]:.2f} s")
            if number:
                rows.append(row)
    for name, column in zip(
        ("painted window", "first entry"), zip(*rows, strict=True), strict=True
    ):
        print(f"{name}: median {statistics.median(column):.2f} s, worst {max(column):.2f} s")
    del app


def prepare(program: Path, data_dir: Path) -> None:
    """Enrol the demo people and choose the demo camera."""
    demo = Path(os.path.realpath(program)).parent / "_internal" / "assets" / "demo"
    command = [str(program), "--data-dir", str(data_dir), "import", str(demo)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (data_dir / "settings.toml").write_text('camera = "demo"\n', encoding="utf-8")


def one_run(program: Path, data_dir: Path) -> tuple[float, float]:
    """Return seconds to the painted window and to the first entry."""
    began = time.perf_counter()
    running = subprocess.Popen([str(program), "--data-dir", str(data_dir)])
    try:
        wait_for(painted)
        window_s = time.perf_counter() - began
        found = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--class", "faceapp"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        window = found.stdout.split()[0]
        subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "alt+s"], check=True)
        wait_for(lambda: has_entry(data_dir / "faceapp.db"))
        return window_s, time.perf_counter() - began
    finally:
        running.terminate()
        running.wait()
        wait_for(lambda: not painted())


def wait_for(met: Callable[[], bool]) -> None:
    """Wait until a condition holds; end the program when it takes too long."""
    ends = time.perf_counter() + MOST_S
    while not met():
        if time.perf_counter() > ends:
            sys.exit(f"not within {MOST_S:.0f} s")
        time.sleep(POLL_S)


def painted() -> bool:
    """Whether something with more than a few colours is on the screen's left upper part."""
    image = QGuiApplication.primaryScreen().grabWindow(0, 0, 0, 120, 120).toImage()
    pixels = {image.pixel(x, y) for x in range(0, 120, 2) for y in range(0, 120, 2)}
    return len(pixels) >= LEAST_COLOURS


def has_entry(database: Path) -> bool:
    """Whether an entry was committed."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM entries)").fetchone()[0])


if __name__ == "__main__":
    main()
