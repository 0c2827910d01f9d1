"""Silences OpenCV's own log, which goes to stderr and bypasses ours.

What it warns of we raise, or report as a camera's state. The settings are the whole process's and
have to be made before its back-ends are first used, so `faceapp.camera` makes them when imported.
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
