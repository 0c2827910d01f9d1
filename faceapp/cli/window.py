"""``faceapp`` without a command: the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import click

from faceapp.cli.parts import Desk


def open_window(desk: Desk) -> int:
    """Open the window and return its exit code when it is closed."""
    if not has_display(os.environ, sys.platform):
        raise click.ClickException(
            "There is no display to open the window on. "
            'Try "faceapp demo", or see "faceapp --help" for what works without one.'
        )
    return desk.parts.run_window()


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Tell whether a window can be opened at all."""
    if platform in ("win32", "darwin"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
