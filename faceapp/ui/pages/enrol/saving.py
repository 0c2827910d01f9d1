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
    """What the page agreed on when it was told to save; by the answer it may be about another.

    ``adding`` says that the person is known already, ``agrees`` that the agreement was given here.
    ``other`` and ``same`` are answers of the operator: that it is none of those who look like it;
    that it is the known person all the same. ``snapshot`` and ``same_face`` tell likeness.
    """

    person: Person
    samples: tuple[Sample, ...]
    adding: bool
    agrees: bool
    other: bool
    same: bool
    snapshot: Snapshot | None
    same_face: float

    def apply(self, service: Service) -> None:
        """Do it; on the clerk's thread. Raises EnrolmentError."""
        if self.adding:
            self._add(service)
        else:
            self._enrol(service)

    def _add(self, service: Service) -> None:
        known, snapshot = self.person.id, self.snapshot
        # Who saves sooner than these are answered on the page must not merge two people.
        if snapshot is not None and not self.other:
            refuse_twin(self.samples, snapshot, known)
        if snapshot is not None and not self.same:
            refuse_unlike(self.samples, snapshot, known, self.same_face)
        service.add_samples(known, self.samples, agreed=self.agrees)

    def _enrol(self, service: Service) -> None:
        service.enrol(
            self.person,
            self.samples,
            agreed=self.agrees,
            allow_duplicate=self.other,
            thresholds=self.snapshot.thresholds if self.snapshot else None,
        )
