"""Collects cyclic garbage on the GUI thread, in small portions, at times of our choosing.

By itself, Python collects on whichever thread happens to allocate. A widget in a cycle could then
be destroyed on the clerk's thread, which crashes Qt, and a full collection in the middle of reading
a hundred thousand entries would block every thread until it ends.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

YOUNG_MS = 1_000
# Old objects are rarely garbage, and scanning all of them takes longest.
OLD_MS = 10 * 60_000


class GarbageCollection(QObject):
    """Takes over garbage collection until `stop`."""

    def __init__(self) -> None:
        super().__init__()
        # Objects from the start stay alive and need never be scanned again.
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
        """Collect recent garbage."""
        gc.collect(1)

    def collect_all(self) -> None:
        """Collect all garbage."""
        gc.collect()

    def stop(self) -> None:
        """Give garbage collection back to Python."""
        self._young.stop()
        self._old.stop()
        gc.unfreeze()
        gc.enable()
