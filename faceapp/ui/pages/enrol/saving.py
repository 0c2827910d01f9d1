"""Saves the gathered samples, for a new person or a known one. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from faceapp.runtime.keeper import Snapshot
from faceapp.runtime.likeness import refuse_twin, refuse_unlike
from faceapp.types import Person, Sample

if TYPE_CHECKING:
    from faceapp.service import Service


@dataclass(frozen=True, slots=True, eq=False)
class Saving:
    """What to save. By the time it is saved, the page may be about somebody else.

    ``adding``: the person is known already. ``agrees``: the agreement was given here. ``other``:
    the operator says it is none of the people who look alike. ``same``: the operator says it is the
    known person, although the samples look different. ``snapshot`` is used to compare faces.
    """

    person: Person
    samples: tuple[Sample, ...]
    adding: bool
    agrees: bool
    other: bool
    same: bool
    snapshot: Snapshot

    def apply(self, service: Service) -> None:
        """Save it; on the clerk's thread. Raises EnrolmentError."""
        person, samples, snapshot = self.person, self.samples, self.snapshot
        if not self.adding:
            thresholds = None if self.other else snapshot.thresholds
            service.enrol(person, samples, agreed=self.agrees, thresholds=thresholds)
            return
        # Saving before the page has asked these questions must not merge two people.
        if not self.other:
            refuse_twin(samples, snapshot, person.id)
        if not self.same:
            refuse_unlike(samples, snapshot, person.id)
        service.add_samples(person.id, samples, agreed=self.agrees)
