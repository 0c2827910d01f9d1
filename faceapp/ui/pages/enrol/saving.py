"""Saving what was gathered, as somebody new or as more samples of somebody known. No Qt."""

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
    """What the page was told to save. When the answer comes it may be about somebody else.

    ``adding``: the person is known already. ``agrees``: the agreement was given here. ``other``
    and ``same`` are answers of the operator: that it is none of those who look like it; that it is
    the known person all the same. ``snapshot`` tells likeness.
    """

    person: Person
    samples: tuple[Sample, ...]
    adding: bool
    agrees: bool
    other: bool
    same: bool
    snapshot: Snapshot

    def apply(self, service: Service) -> None:
        """Do it; on the clerk's thread. Raises EnrolmentError."""
        person, samples, snapshot = self.person, self.samples, self.snapshot
        if not self.adding:
            thresholds = None if self.other else snapshot.thresholds
            service.enrol(person, samples, agreed=self.agrees, thresholds=thresholds)
            return
        # Who saves sooner than these are answered on the page must not merge two people.
        if not self.other:
            refuse_twin(samples, snapshot, person.id)
        if not self.same:
            refuse_unlike(samples, snapshot, person.id)
        service.add_samples(person.id, samples, agreed=self.agrees)
