"""Makes a new gallery snapshot for recognition when people change, on the clerk's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from faceapp.errors import StoreError
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.score import chances
from faceapp.recognition.threshold import Thresholds, same_face_threshold, threshold_for
from faceapp.types import Changes, ModelId

if TYPE_CHECKING:
    from faceapp.runtime.clerk import Clerk, Future
    from faceapp.service import Service
    from faceapp.vision.modelcard import ModelCard


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A gallery and the thresholds for its size; replaced as a whole, never modified.

    ``derive`` returns the thresholds for a gallery's `chances`. ``same_face`` is the cosine
    below which two pictures do not show the same person.
    """

    gallery: Gallery
    thresholds: Thresholds
    model_id: ModelId
    derive: Callable[[float], Thresholds]
    same_face: float

    def thresholds_with(self, templates: int) -> Thresholds:
        """Return the thresholds for this gallery with one more person of ``templates``."""
        return self.derive(self.gallery.chances + chances(templates, 1))

    def says_the_same(self, other: Snapshot) -> bool:
        """Return whether ``other`` is equivalent, so that recognition need not start again."""
        mine, theirs = self.gallery, other.gallery
        return (
            (mine.people, self.thresholds, self.model_id)
            == (theirs.people, other.thresholds, other.model_id)
            and np.array_equal(mine.starts, theirs.starts)
            and np.array_equal(mine.vectors, theirs.vectors)
        )


def take_snapshot(service: Service, card: ModelCard, odds: int) -> Snapshot:
    """Load all templates of the card's model, with thresholds for 1 stranger in ``odds``.

    Raises StoreError.
    """
    gallery = service.gallery(card.model)
    derive = partial(threshold_for, card.fmr_table, odds)
    same_face = same_face_threshold(card.fmr_table)
    return Snapshot(gallery, derive(gallery.chances), card.model_id, derive, same_face)


class Keeper:
    """Keeps the newest snapshot, makes a new one after each change and passes it to the takers.

    Takers are called on the clerk's thread and must only store the snapshot, as
    `Session.set_gallery` does.
    """

    def __init__(self, clerk: Clerk, card: ModelCard, odds: int) -> None:
        self._clerk = clerk
        self._card = card
        self._odds = odds
        self._lock = Lock()
        self._takers: tuple[Callable[[Snapshot], None], ...] = ()
        self._snapshot: Snapshot | None = None
        # Used only by the clerk's thread.
        self._outdated = False
        clerk.listen(self._hear)

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest one; None before the first, and after making the newest one failed."""
        return self._snapshot

    def watch(self, taker: Callable[[Snapshot], None]) -> None:
        """Pass ``taker`` the current snapshot, if there is one, and every later one."""
        with self._lock:
            self._takers = (*self._takers, taker)
            if self._snapshot is not None:
                taker(self._snapshot)

    def unwatch(self, taker: Callable[[Snapshot], None]) -> None:
        """Stop passing snapshots to ``taker``."""
        with self._lock:
            self._takers = tuple(one for one in self._takers if one != taker)

    def set_odds(self, odds: int) -> Future[Snapshot]:
        """Derive the thresholds from a new target: at most 1 stranger in ``odds`` gets a name."""
        self._odds = odds
        return self.refresh()

    def refresh(self) -> Future[Snapshot]:
        """Make a new snapshot, also the first one. The future may fail with a StoreError."""
        return self._clerk.submit(self._take)

    def _hear(self, service: Service, changes: Changes) -> None:
        if not (self._outdated or changes.people or changes.templates):
            return
        try:
            self._take(service)
        except StoreError:
            # No new session starts with the outdated gallery. A running session keeps it until the
            # next change of any kind, when reading is tried again.
            with self._lock:
                self._snapshot = None
            self._outdated = True
            raise

    def _take(self, service: Service) -> Snapshot:
        snapshot = take_snapshot(service, self._card, self._odds)
        self._outdated = False
        with self._lock:
            if self._snapshot is not None and snapshot.says_the_same(self._snapshot):
                return self._snapshot  # only names, or another process's entries
            self._snapshot = snapshot
            for taker in self._takers:
                taker(snapshot)
        return snapshot
