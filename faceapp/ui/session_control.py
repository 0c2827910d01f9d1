"""The running session and the keeper of its gallery, both owned by the control thread.

Starting and stopping join threads and load models, so they never happen on the GUI thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faceapp.addresses import is_demo
from faceapp.runtime.keeper import Keeper
from faceapp.runtime.session import Session, SessionHooks
from faceapp.types import RangeMode

if TYPE_CHECKING:
    from faceapp.camera import Camera
    from faceapp.config import Settings
    from faceapp.runtime.clerk import Clerk
    from faceapp.types import PersonId
    from faceapp.ui.parts import WindowParts


class SessionControl:
    """At most one session at a time. Every method is called on the control thread."""

    def __init__(self, parts: WindowParts, clerk: Clerk) -> None:
        self._parts = parts
        self._clerk = clerk
        self._keeper: Keeper | None = None
        # The odds from which the keeper's thresholds were derived; None after a failure.
        self._odds: int | None = None
        self._session: Session | None = None

    def start(
        self,
        settings: Settings,
        hooks: SessionHooks,
        *,
        want_samples: bool,
        person: PersonId | None,
    ) -> None:
        """Stop the running session and start another. Raises ModelError and StoreError.

        With ``want_samples`` it collects samples of ``person``, or of a new person if None.
        """
        self.stop()
        keeper = self._kept(settings.stranger_odds)
        snapshot = keeper.snapshot
        enrolled = len(snapshot.gallery.people) if snapshot is not None else 0
        parts, far = self._parts, RangeMode(settings.range_mode) is RangeMode.FAR

        def open_camera() -> Camera:
            source = settings.camera
            if want_samples and is_demo(source):
                source = _demo_sitter(enrolled, person)
            return parts.open_camera(source, live=True, far=far)

        session = Session(open_camera, lambda: parts.build_pipeline(settings), hooks, parts.clock)
        session.want_samples(want_samples)
        keeper.watch(session.set_gallery)
        session.start()
        self._session = session

    def warm_up(self, settings: Settings) -> None:
        """Load gallery and models once, so that the first start is quick.

        Raises ModelError and StoreError: better now than while people wait.
        """
        self._kept(settings.stranger_odds)
        self._parts.build_pipeline(settings).close()

    def stop(self) -> None:
        """Stop the session, if one is running; its hooks are not called any more."""
        session, self._session = self._session, None
        if session is None:
            return
        if self._keeper is not None:
            self._keeper.unwatch(session.set_gallery)
        session.stop()

    def set_odds(self, odds: int) -> None:
        """Derive the thresholds from other odds.

        Raises StoreError; the former thresholds then stay in force until the next start.
        """
        if self._keeper is not None:
            self._odds = None
            self._keeper.set_odds(odds).result()
            self._odds = odds

    def _kept(self, odds: int) -> Keeper:
        if self._keeper is None:
            # Kept even if it cannot load the gallery yet: it hears of every change from now on.
            self._keeper = Keeper(self._clerk, self._parts.card(), odds)
        if self._keeper.snapshot is None or self._odds != odds:
            self.set_odds(odds)
        return self._keeper


def _demo_sitter(enrolled: int, person: PersonId | None) -> str:
    """Return the demo address of the person to enrol; on the capture thread. Raises CameraError."""
    # This loads OpenCV, for which the window's start need not wait.
    from faceapp.camera.demo import sitter_address  # noqa: PLC0415

    return sitter_address(enrolled, person)
