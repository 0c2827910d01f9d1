"""Proves for the self-test that the window can be built and painted, without a display."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer

from faceapp.ui.help.guide import GUIDES, read_guide
from faceapp.ui.parts import WindowParts
from faceapp.ui.run import application
from faceapp.ui.shell import Shell

RUN_MS = 100


class Painted(NamedTuple):
    """The window's picture: its size, and the number of colours in a grid of its pixels."""

    width_px: int
    height_px: int
    colours: int


def paint_window(parts: WindowParts) -> Painted:
    """Open the window on ``parts``, paint it once, and close it with its threads.

    Raises GuideLost if the user guide is missing or damaged in any language.
    """
    for language in GUIDES:
        read_guide(language)
    shell = Shell(application(["-platform", "offscreen"]), parts)
    try:
        shell.window.show()
        _let_it_run()
        picture = shell.window.grab().toImage()
    finally:
        shell.window.close()
        shell.close()
        shell.window.deleteLater()
        shell.desk.theme.deleteLater()
        _let_it_run()
    width, height = picture.width(), picture.height()
    grid = {picture.pixel(x, y) for x in range(0, width, 16) for y in range(0, height, 4)}
    return Painted(width, height, len(grid))


def _let_it_run() -> None:
    """Run the event loop briefly: pages look for cameras once the window is shown."""
    loop = QEventLoop()
    QTimer.singleShot(RUN_MS, loop.quit)
    loop.exec()
