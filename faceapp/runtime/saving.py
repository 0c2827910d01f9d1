"""Saves the samples of an enrolment, for a new person or a known one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faceapp.errors import AlreadyEnrolled, PersonInvalid
from faceapp.recognition.likeness import looks_like, unlike
from faceapp.runtime.keeper import Snapshot
from faceapp.types import Person, Sample

if TYPE_CHECKING:
    from faceapp.service import Service


@dataclass(frozen=True, slots=True, eq=False)
class Saving:
    """What to save. By the time it is saved, the window may be about somebody else.

    ``adding``: the person is known already. ``agrees``: the agreement was given here. ``other``:
    the operator says it is none of the people who look alike. ``same``: the operator says it is the
    known person, although the samples look different. ``snapshot`` is used to compare faces.
    """

    person: Person
    samples: Sequence[Sample]
    adding: bool
    agrees: bool
    other: bool
    same: bool
    snapshot: Snapshot

    def apply(self, service: Service) -> None:
        """Save it; on the clerk's thread.

        Raises what `Service.enrol` or `Service.add_samples` raises. A known person's samples must
        not merge two people: raises AlreadyEnrolled if they show somebody else, PersonInvalid if
        they do not show the person.
        """
        person, gallery = self.person, self.snapshot.gallery
        thresholds = None if self.other else self.snapshot.thresholds
        if not self.adding:
            service.enrol(person, self.samples, agreed=self.agrees, thresholds=thresholds)
            return
        if thresholds is not None:
            other = looks_like(self.samples, gallery, thresholds, person.id)
            if other is not None:
                raise AlreadyEnrolled(person=person.id, other=other)
        if not self.same and unlike(self.samples, gallery, self.snapshot.same_face, person.id):
            raise PersonInvalid(field="id", why="another_face")
        service.add_samples(person.id, self.samples, agreed=self.agrees)
