"""Cyclic garbage is collected on the GUI thread, in small portions, at times of our choosing.

Left to itself Python collects on whichever thread happens to allocate: a widget that is part of a
cycle would be destroyed on the clerk's thread, which Qt does not survive, and a full collection in
the middle of reading a hundred thousand entries would stop every thread for its length.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

YOUNG_MS = 1_000
# What has grown old is mostly not garbage, and looking through all of it takes longest.
OLD_MS = 10 * 60_000


class GarbageCollection(QObject):
    """Takes garbage collection over until `stop`."""

    def __init__(self) -> None:
        super().__init__()
        # What exists at the start stays: it need never be searched again.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._young = QTimer(self, interval=YOUNG_MS)
        self._old = QTimer(self, interval=OLD_MS)
        self._young.timeout.connect(self.collect_young)
        self._old.timeout.connect(self.collect_all)
        self._young.start()
        self._old.start()

    def collect_young(self) -> None:
        """Free what became garbage lately."""
        gc.collect(1)

    def collect_all(self) -> None:
        """Look through everything."""
        gc.collect()

    def stop(self) -> None:
        """Leave garbage to Python again."""
        self._young.stop()
        self._old.stop()
        gc.unfreeze()
        gc.enable()
