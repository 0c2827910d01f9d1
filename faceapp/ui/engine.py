"""The running session and the keeper of its gallery, held by one thread: the control thread.

Starting and stopping join threads and open models, so it never happens on the GUI thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faceapp.runtime.keeper import Keeper
from faceapp.runtime.session import Session, SessionHooks
from faceapp.types import RangeMode

if TYPE_CHECKING:
    from faceapp.config import Settings
    from faceapp.runtime.clerk import Clerk
    from faceapp.ui.parts import Parts


class Engine:
    """At most one session at a time. Every method is called on the control thread."""

    def __init__(self, parts: Parts, clerk: Clerk) -> None:
        self._parts = parts
        self._clerk = clerk
        self._keeper: Keeper | None = None
        self._session: Session | None = None

    def start(self, settings: Settings, hooks: SessionHooks, *, want_samples: bool) -> None:
        """Stop what runs and start anew. Raises ModelError and StoreError."""
        self.stop()
        keeper = self._kept(settings.stranger_odds)
        parts, far = self._parts, RangeMode(settings.range_mode) is RangeMode.FAR
        session = Session(
            lambda: parts.open_camera(settings.camera, live=True, far=far),
            lambda: parts.build_pipeline(settings),
            hooks,
            parts.clock,
        )
        session.want_samples(want_samples)
        keeper.watch(session.set_gallery)
        session.start()
        self._session = session

    def warm_up(self, settings: Settings) -> None:
        """Load gallery and models once, so that the first start is quick.

        Raises ModelError and StoreError: better known now than when people wait.
        """
        self._kept(settings.stranger_odds)
        self._parts.build_pipeline(settings).close()

    def stop(self) -> None:
        """End the session, if one runs; its hooks are not called any more."""
        session, self._session = self._session, None
        if session is None:
            return
        if self._keeper is not None:
            self._keeper.unwatch(session.set_gallery)
        session.stop()

    def set_odds(self, odds: int) -> None:
        """Derive the thresholds from another target. Raises StoreError."""
        if self._keeper is not None:
            self._keeper.set_odds(odds).result()

    def _kept(self, odds: int) -> Keeper:
        if self._keeper is None:
            # Kept even if it cannot load the gallery yet: the clerk tells it from now on.
            self._keeper = Keeper(self._clerk, self._parts.card(), odds)
        if self._keeper.snapshot is None:
            self._keeper.set_odds(odds).result()
        return self._keeper
