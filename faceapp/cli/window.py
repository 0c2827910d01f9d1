"""``faceapp`` without a command: opens the window, after checking that there is a display."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from faceapp.cli.parts import CommandParts, Invocation
from faceapp.cli.say import Failed
from faceapp.cli.stopping import uninterrupted
from faceapp.runtime.stuck import however_long


def open_window(invocation: Invocation) -> int:
    """Open the window and return its exit code when it is closed."""
    trouble = display_trouble(os.environ, sys.platform)
    if trouble is not None:
        raise Failed(
            f"{trouble}, so the window cannot open. "
            'Try "faceapp demo", or see "faceapp --help" for what works without one.'
        )
    return run_window(invocation.parts)


def run_window(parts: CommandParts) -> int:
    """Open the window on ``parts``, where there is a display, and return its exit code."""
    with uninterrupted():  # Qt's modules abort the process, or swallow a signal, while they load
        parts.load_window()
    with however_long():
        return parts.run_window()


def display_trouble(environ: Mapping[str, str], platform: str) -> str | None:
    """Return why no window can be opened at all; None if one can.

    Checked here because Qt ends the process if it finds no display.
    """
    if platform in ("win32", "darwin") or environ.get("QT_QPA_PLATFORM"):
        return None
    wayland, x = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY")
    if (wayland and _wayland_is_there(wayland, environ)) or (x and _x_answers(x)):
        return None
    named = " and ".join(name for name in (wayland, x) if name)
    return f"The display {named} cannot be reached" if named else "There is no display"


def _wayland_is_there(name: str, environ: Mapping[str, str]) -> bool:
    try:
        return Path(environ.get("XDG_RUNTIME_DIR", ""), name).is_socket()
    except OSError:
        return False  # in another user's session folder, as after su


def _x_answers(name: str) -> bool:
    """Return whether the X server accepts a connection like Qt's; takes milliseconds."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt names the libraries that are missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(name), None)
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)
