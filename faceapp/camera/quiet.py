"""OpenCV's own words, which go to stderr past everything of ours.

What it warns of is raised or told as a state. The settings are the whole process's and have to be
made before its back-ends are first used, so `faceapp.camera` makes them when it is imported.
"""

from __future__ import annotations

import os

import cv2


def silence_opencv() -> None:
    """Turn off OpenCV's log, whose switch moved in OpenCV 5, and that of its FFmpeg."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    if hasattr(cv2.utils, "logging"):
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    else:
        vars(cv2)["setLogLevel"](0)
