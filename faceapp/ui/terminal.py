"""Tells whether somebody can read what the program prints."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import TextIO


def console_is_shown() -> bool:
    """Return whether the console's window is visible, where consoles have windows.

    On Windows, the packaged program hides the console that opens on a double click, but stays
    attached to it.
    """
    if sys.platform == "win32":
        window = ctypes.WinDLL("kernel32").GetConsoleWindow
        window.restype = wintypes.HWND
        return bool(ctypes.WinDLL("user32").IsWindowVisible(wintypes.HWND(window())))
    return True


def is_read(stream: TextIO | None, shown: Callable[[], bool] = console_is_shown) -> bool:
    """Return whether somebody can see what is written to ``stream``.

    A windowed program has no streams at all.
    """
    return stream is not None and stream.isatty() and shown()
