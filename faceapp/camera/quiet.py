"""OpenCV's own log, which goes to stderr past everything of ours."""

from __future__ import annotations

import cv2


def silence_opencv() -> None:
    """Turn OpenCV's log off: what it warns of is raised or told as a state.

    The setting is the whole process's. Its function moved in OpenCV 5.
    """
    if hasattr(cv2.utils, "logging"):
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    else:
        vars(cv2)["setLogLevel"](0)
