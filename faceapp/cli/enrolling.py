"""Turns a person's files into templates and reports, for ``enroll`` and ``import``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from faceapp.cli.reports import Outcome, Report, refused
from faceapp.cli.say import note
from faceapp.errors import (
    CameraError,
    EnrolmentError,
    FaceAppError,
    FacesDiffer,
    IdTaken,
    ImportError_,
    NobodyInView,
    UnknownPerson,
)
from faceapp.recognition.selection import select_samples
from faceapp.recognition.threshold import same_face_threshold
from faceapp.runtime.keeper import take_snapshot
from faceapp.runtime.saving import Saving
from faceapp.service.identity import checked_name
from faceapp.vision.quality import score

if TYPE_CHECKING:
    from faceapp.runtime.intake import Looked
    from faceapp.service import Service
    from faceapp.types import F32, Person, PersonId, Sample
    from faceapp.vision.modelcard import ModelCard


NOT_KEPT = (EnrolmentError, ImportError_, CameraError)
"""Errors that keep out one person only."""


class Enroller:
    """Saves people, one after another; each is saved completely or not at all."""

    def __init__(
        self,
        service: Service,
        card: ModelCard,
        odds: int,
        *,
        agreed: bool = False,
        allow_duplicate: bool = False,
    ) -> None:
        self._service = service
        self._card = card
        self._odds = odds
        self._agreed = agreed
        self._allow_duplicate = allow_duplicate

    def is_complete(self, person: PersonId) -> bool:
        """Return whether the person is enrolled with a usable template of this model."""
        try:
            templates = self._service.templates(person)
        except UnknownPerson:
            return False
        return bool(templates) and person not in self._unknowable

    @cached_property
    def _unknowable(self) -> set[PersonId]:
        """The people without a usable template of this model; those who get one are removed."""
        return {person.id for person in self._service.unrecognizable(self._card.model)}

    def leave(self, person: PersonId) -> Person:
        """Leave a person who `is_complete` unchanged; record the agreement if it was given."""
        if self._agreed:
            self._service.record_agreement(person)
        return self._service.person(person)

    def keep(self, person: Person, looked: Sequence[Looked]) -> list[Report]:
        """Enrol ``person`` from the best samples, or add these to the enrolled person.

        Raises EnrolmentError (nothing usable, different faces, or somebody else's), StoreError. If
        the only file is unusable, raises what is wrong with it, which may be an ImportError_ or
        CameraError.
        """
        rows = [(at, sample) for at, one in enumerate(looked) for sample in one.samples]
        if not rows:
            raise _first_refusal(person, looked)
        same_face = same_face_threshold(self._card.fmr_table)
        samples = [sample for _, sample in rows]
        chosen = select_samples(samples, score, same_face, self._templates(person.id))
        if not chosen.taken:
            raise FacesDiffer(person=person.id)
        self._store(person, [rows[row][1] for row in chosen.taken])
        taken = [rows[row][0] for row in chosen.taken]
        reasons = {rows[row][0]: reason.value for row, reason in chosen.refused}
        return [
            _report(person.id, one, taken.count(at), reasons.get(at))
            for at, one in enumerate(looked)
        ]

    def _templates(self, person: PersonId) -> list[F32]:
        """Return the templates that the person's samples should resemble, if they must."""
        if self._allow_duplicate or self._known(person) is None:
            return []
        templates = self._service.templates(person)
        return [one.vector for one in templates if one.usable_with(self._card.model)]

    def _known(self, person: PersonId) -> Person | None:
        try:
            return self._service.person(person)
        except UnknownPerson:
            return None

    def _store(self, person: Person, samples: Sequence[Sample]) -> None:
        adding = self._known(person.id) is not None
        try:
            self._save(person, samples, adding=adding)
        except IdTaken:
            # Perhaps added by another import of the same people since we looked.
            known = self._known(person.id)
            if known is None or known.name != checked_name(person.name):
                raise
            self._save(person, samples, adding=True)

    def _save(self, person: Person, samples: Sequence[Sample], *, adding: bool) -> None:
        Saving(
            person,
            samples,
            adding=adding,
            agrees=self._agreed,
            other=self._allow_duplicate,
            same=self._allow_duplicate,
            snapshot=take_snapshot(self._service, self._card, self._odds),
        ).apply(self._service)
        if adding:
            self._unknowable.discard(person.id)


def note_what_stays(kept: Person, name: str | None, groups: tuple[str, ...]) -> None:
    """Note that an enrolled person keeps name and groups, if different ones were given."""
    if (name and kept.name != name) or (groups and kept.groups != groups):
        note(f'{kept.id} stays {kept.name}. To change name or groups, use "faceapp rename".')


def keep_and_tell(
    enroller: Enroller,
    person: Person,
    looked: Sequence[Looked],
    tell: Callable[[Iterable[Report]], None],
) -> None:
    """Keep ``person`` and report every file. One of `NOT_KEPT` is raised after the reports."""
    try:
        tell(enroller.keep(person, looked))
    except NOT_KEPT as error:
        tell([refused(one.path, person.id, one.refusal or error) for one in looked])
        raise


def _first_refusal(person: Person, looked: Sequence[Looked]) -> FaceAppError:
    refusals = [one.refusal for one in looked if one.refusal is not None]
    return refusals[0] if len(refusals) == 1 else NobodyInView(source=f"any picture of {person.id}")


def _report(person: PersonId, one: Looked, taken: int, reason: str | None) -> Report:
    if one.refusal is not None:
        return refused(one.path, person, one.refusal)
    if taken:
        return Report(one.path, person, Outcome.TAKEN, samples=taken)
    return Report(one.path, person, Outcome.REFUSED, reason=reason)
