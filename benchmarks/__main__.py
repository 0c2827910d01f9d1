"""Print the tables: all of them, or those named."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import importlib
import platform

from benchmarks.measure import table

TABLES = {
    "pipeline": "The pipeline, frame by frame",
    "folder": "A folder of pictures",
    "search": "Search in the gallery",
    "window": "The window at work",
    "idle": "The window while nobody comes",
    "school": "The window with a school's year",
    "far_faces": "Faces far from the camera",
    "alignment": "The detector's points in the training chips",
    "webcam": "Webcam people across days",
    "crowd": "Single pictures in a crowd",
    "templates": "Templates of one look and of both sides",
    "scores": "A person's score, from several templates",
    "own_people": "Fine-tuned on people of one's own",
}


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog="\n".join(["tables:", *(f"  {name:<12}{title}" for name, title in TABLES.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tables", nargs="*", metavar="TABLE", help="one of those below")
    asked = parser.parse_args().tables or list(TABLES)
    unknown = [name for name in asked if name not in TABLES]
    if unknown:
        parser.error(f"no such table: {', '.join(unknown)}; there are {', '.join(TABLES)}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in asked:
        table(TABLES[name], importlib.import_module(f"benchmarks.{name}").figures())


main()
