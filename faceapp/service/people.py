"""Manages people, their groups, agreements and templates. Each change is one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from faceapp.alphabet import rank
from faceapp.clock import Clock
from faceapp.errors import AlreadyEnrolled, IdTaken, NobodyInView, UnknownPerson
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.likeness import looks_like
from faceapp.recognition.threshold import Thresholds
from faceapp.service.groups import regrouped
from faceapp.service.identity import (
    by_name,
    checked_groups,
    checked_name,
    checked_person,
    sought_id,
    spelt_alike,
)
from faceapp.service.samples import new_templates
from faceapp.store import Store
from faceapp.types import (
    Model,
    Person,
    PersonId,
    PersonSummary,
    Quality,
    Regrouped,
    Sample,
    Template,
)


class PeopleBook:
    """Reads and writes people. `Service` says what each method promises."""

    def __init__(self, store: Store, clock: Clock, score: Callable[[Quality], float]) -> None:
        self._store = store
        self._clock = clock
        self._score = score

    def summaries(self, model: Model | None) -> list[PersonSummary]:
        """Return everybody, sorted by name."""
        with self._store.read_transaction():
            rows = self._store.people.summaries()
            if model is not None:
                usable = defaultdict[PersonId, list[float]](list)
                found = self._store.templates.of_model(model)
                for owner, quality in zip(found.owners, found.qualities, strict=True):
                    usable[owner].append(quality)
                rows = [_judged(row, usable[row.person.id]) for row in rows]
        return sorted(rows, key=lambda row: by_name(row.person))

    def get(self, person: PersonId) -> Person:
        """Return one person."""
        found = self._store.people.get(sought_id(person))
        if found is None:
            raise UnknownPerson(person=person)
        return found

    def groups(self) -> list[str]:
        """Return every group that has members."""
        return sorted(self._store.people.groups(), key=rank)

    def enrol(
        self,
        person: Person,
        samples: Sequence[Sample],
        *,
        agreed: bool,
        thresholds: Thresholds | None,
    ) -> None:
        """Store a new person; with ``thresholds``, refuse a face that is already enrolled."""
        person = checked_person(person)
        if not samples:
            raise NobodyInView(person=person.id, source=person.id)
        templates = new_templates(samples, self._score)
        with self._store.writing():
            self._refuse_taken(person.id)
            if thresholds is not None:
                self._refuse_known_face(person.id, samples, thresholds)
            number = self._add(person)
            self._store.templates.add(number, templates, self._clock.now())
            if agreed:
                self._store.people.agree(number, self._clock.now())

    def add(self, person: Person) -> None:
        """Store a person without a face."""
        person = checked_person(person)
        with self._store.writing():
            self._refuse_taken(person.id)
            self._add(person)

    def agree(self, person: PersonId) -> None:
        """Record that a person agreed to face recognition."""
        with self._store.writing():
            self._store.people.agree(self._number(person), self._clock.now())

    def drop_agreements(self, people: Iterable[PersonId]) -> None:
        """Delete the records that these people agreed."""
        with self._store.writing():
            for person in people:
                self._store.people.drop_agreement(self._number(person))

    def add_samples(self, person: PersonId, samples: Sequence[Sample], *, agreed: bool) -> None:
        """Give a person more templates."""
        if not samples:
            raise NobodyInView(person=person, source=person)
        templates = new_templates(samples, self._score)
        with self._store.writing():
            number = self._number(person)
            self._store.templates.add(number, templates, self._clock.now())
            if agreed:
                self._store.people.agree(number, self._clock.now())

    def edit(
        self,
        person: PersonId,
        name: str | None,
        groups: Iterable[str] | None,
        agreed: bool | None,
    ) -> None:
        """Change the name, the groups and the agreement, each unless None."""
        new_name = None if name is None else checked_name(name)
        kept = None if groups is None else checked_groups(groups)
        with self._store.writing():
            number = self._number(person)
            if new_name is not None and self._store.people.rename(number, new_name):
                self._store.templates.drop_file_names(number)
                self._store.mark_for_scrub()
            if kept is not None:
                self._store.people.set_groups(number, self._spelt_as_known(kept, number))
            if agreed:
                self._store.people.agree(number, self._clock.now())
            elif agreed is not None:
                self._store.people.drop_agreement(number)
        self._store.scrub()

    def change_groups(
        self, people: Iterable[PersonId], join: Iterable[str], leave: Iterable[str]
    ) -> list[Regrouped]:
        """Let people leave and join groups; return whose groups have changed."""
        with self._store.writing():
            everybody = self._everybody()
            chosen = [sought_id(person) for person in people]
            for person in chosen:
                if person not in everybody:
                    raise UnknownPerson(person=person)
            changed = regrouped(everybody.values(), frozenset(chosen), join, leave)
            for one in changed:
                self._store.people.set_groups(self._number(one.person), one.groups)
        return changed

    def put_groups_back(self, changed: Iterable[Regrouped]) -> int:
        """Give people their former groups, unless they were changed again; count those people."""
        with self._store.writing():
            everybody = self._everybody()
            kept = [
                one
                for one in changed
                if one.person in everybody and everybody[one.person].groups == one.groups
            ]
            for one in kept:
                self._store.people.set_groups(self._number(one.person), one.former)
        return len(kept)

    def forget(self, people: Iterable[PersonId]) -> None:
        """Delete people's names, IDs, groups, templates and the reasons of corrections."""
        with self._store.writing():
            # All are looked up first, and nobody twice: who is forgotten has no ID any more.
            numbers = {self._number(person) for person in people}
            self._store.people.forget(numbers, self._clock.now())
            self._store.mark_for_scrub()
        self._store.scrub()

    def templates(self, person: PersonId) -> list[Template]:
        """Return a person's templates, oldest first."""
        return self._store.templates.of_person(self._number(person))

    def gallery(self, model: Model) -> Gallery:
        """Return everybody's templates that this model can be compared with."""
        found = self._store.templates.of_model(model)
        return Gallery.of(found.vectors, found.owners)

    def unrecognizable(self, model: Model) -> list[Person]:
        """Return, sorted by name, everybody who has templates, none of which this model can use."""
        return [row.person for row in self.summaries(model) if row.unrecognizable]

    def _add(self, person: Person) -> int:
        person = replace(person, groups=self._spelt_as_known(person.groups))
        return self._store.people.add(person, self._clock.now())

    def _everybody(self) -> dict[PersonId, Person]:
        """Return everybody by ID, sorted by name."""
        people = (person for person, _ in self._store.people.everybody())
        return {person.id: person for person in sorted(people, key=by_name)}

    def _number(self, person: PersonId) -> int:
        number = self._store.people.number(sought_id(person))
        if number is None:
            raise UnknownPerson(person=person)
        return number

    def _refuse_taken(self, person: PersonId) -> None:
        """Raise IdTaken if the ID is taken, even in another case: s-001 and S-001 look alike."""
        other = self._store.people.id_like(person)
        if other is not None:
            raise IdTaken(person=person) if other == person else IdTaken(person=person, other=other)

    def _spelt_as_known(self, groups: Iterable[str], but: int | None = None) -> tuple[str, ...]:
        """Spell groups as existing ones if only the case differs.

        ``but`` is the row number of a person whose own spelling does not count.
        """
        return spelt_alike(groups, self._store.people.groups(but))

    def _refuse_known_face(
        self, person: PersonId, samples: Sequence[Sample], thresholds: Thresholds
    ) -> None:
        model = Model(samples[0].model_id, len(samples[0].vector))
        other = looks_like(samples, self.gallery(model), thresholds)
        if other is not None:
            raise AlreadyEnrolled(person=person, other=other)


def _judged(row: PersonSummary, usable: Sequence[float]) -> PersonSummary:
    return replace(row, usable=len(usable), weakest=min(usable, default=None))
