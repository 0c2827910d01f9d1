"""The service: one method for each thing that can be done to the data.

Each change is one transaction: done and on the disk when the method returns, or not done at all.
It returns the `Changes` that views refresh by. Everything runs on the thread that opened the
store. Beside an open window other processes may do the same; SQLite keeps them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from pathlib import Path

import numpy as np

from faceapp.alphabet import rank
from faceapp.clock import Clock
from faceapp.config import Settings
from faceapp.errors import AlreadyEnrolled, IdTaken, NobodyInView, UnknownPerson
from faceapp.recognition.enrolment import looks_like
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.threshold import Thresholds
from faceapp.service.days import DayBook
from faceapp.service.identity import (
    by_name,
    checked_groups,
    checked_name,
    checked_person,
    sought_id,
)
from faceapp.service.logbook import LogBook
from faceapp.service.retention import Retention
from faceapp.service.samples import new_templates
from faceapp.service.zones import local_date
from faceapp.store import Store
from faceapp.types import (
    Changes,
    DayRow,
    Entry,
    EntryFilter,
    EntryId,
    EntryKind,
    ModelId,
    Person,
    PersonId,
    PersonSummary,
    Quality,
    Recorded,
    Sample,
    Sighting,
    Template,
    Today,
)

_ALL = EntryFilter()


class Service:
    """People, templates and entries, with the rules of both.

    ``zone`` is where the attendance is taken. ``score`` rates a picture's quality 0..1
    (`vision.quality.score`).
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Clock,
        zone: tzinfo,
        score: Callable[[Quality], float],
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._zone = zone
        self._score = score
        self._seen_version = store.data_version()

    def use_settings(self, settings: Settings) -> None:
        """Take cool-down, policy and retention from these settings from now on."""
        self._settings = settings

    # People

    def people(self) -> list[PersonSummary]:
        """Return everybody, sorted by name."""
        return sorted(self._store.people.summaries(), key=lambda row: by_name(row.person))

    def person(self, person: PersonId) -> Person:
        """Return one person. Raises UnknownPerson."""
        found = self._store.people.get(sought_id(person))
        if found is None:
            raise UnknownPerson(person=person)
        return found

    def groups(self) -> list[str]:
        """Return every group somebody is in."""
        return sorted(self._store.people.groups(), key=rank)

    def enrol(
        self,
        person: Person,
        samples: Sequence[Sample],
        *,
        agreed: bool = False,
        allow_duplicate: bool = False,
        thresholds: Thresholds | None = None,
    ) -> Changes:
        """Keep a new person with these samples: all of it or nothing.

        ``agreed`` records that the person agreed to face recognition.
        With ``thresholds`` a face that is somebody's already is refused, unless
        ``allow_duplicate`` says that it really is someone else.
        Raises PersonInvalid, IdTaken, AlreadyEnrolled (the face is somebody's), NobodyInView
        without samples.
        """
        person = checked_person(person)
        if not samples:
            raise NobodyInView(person=person.id, source=person.id)
        templates = new_templates(samples, self._score)
        with self._store.writing():
            self._refuse_taken(person.id)
            person = replace(person, groups=self._spelt_as_known(person.groups))
            if thresholds is not None and not allow_duplicate:
                self._refuse_known_face(person.id, samples, thresholds)
            number = self._store.people.add(person, self._clock.now())
            self._store.templates.add(number, templates, self._clock.now())
            if agreed:
                self._store.people.agree(number, self._clock.now())
        return Changes(people=True, templates=True)

    def record_agreement(self, person: PersonId) -> Changes:
        """Record that a person agreed to face recognition; an earlier record stays.

        Raises UnknownPerson.
        """
        with self._store.writing():
            self._store.people.agree(self._number(person), self._clock.now())
        return Changes(people=True)

    def add_person(self, person: Person) -> Changes:
        """Keep a person without a face, whose attendance is entered by hand.

        Raises PersonInvalid, IdTaken.
        """
        person = checked_person(person)
        with self._store.writing():
            self._refuse_taken(person.id)
            person = replace(person, groups=self._spelt_as_known(person.groups))
            self._store.people.add(person, self._clock.now())
        return Changes(people=True)

    def add_samples(
        self, person: PersonId, samples: Sequence[Sample], *, agreed: bool = False
    ) -> Changes:
        """Give a person more templates, which replace damaged ones: all of it or nothing.

        ``agreed`` records that the person agreed to face recognition; an earlier record stays.
        Raises UnknownPerson, NobodyInView without samples.
        """
        if not samples:
            raise NobodyInView(person=person, source=person)
        templates = new_templates(samples, self._score)
        with self._store.writing():
            number = self._number(person)
            self._store.templates.drop_damaged(number)
            self._store.templates.add(number, templates, self._clock.now())
            if agreed:
                self._store.people.agree(number, self._clock.now())
        return Changes(people=True, templates=True)

    def rename(
        self,
        person: PersonId,
        new_name: str,
        groups: Iterable[str] | None = None,
        *,
        agreed: bool | None = None,
    ) -> Changes:
        """Change the name and, unless None, the groups and the agreement: all of it or nothing.

        No trace of another name is left in the database file, as after `forget`, nor are the names
        of the files the person was enrolled from: they often hold it.
        ``agreed`` records the agreement to face recognition, or deletes a record made by mistake.
        Raises UnknownPerson, PersonInvalid.
        """
        name = checked_name(new_name)
        kept = None if groups is None else checked_groups(groups)
        with self._store.writing():
            number = self._number(person)
            if self._store.people.rename(number, name):
                self._store.templates.drop_file_names(number)
                self._store.mark_for_scrub()
            if kept is not None:
                self._store.people.set_groups(number, self._spelt_as_known(kept, number))
            if agreed:
                self._store.people.agree(number, self._clock.now())
            elif agreed is not None:
                self._store.people.drop_agreement(number)
        self._store.scrub()
        return Changes(people=True, entries=True)

    def forget(self, person: PersonId) -> Changes:
        """Delete the person's name, ID, groups, templates and the reasons of corrections.

        The entries stay, for pay and statistics, under ``forgotten-<n>`` and without a name. No
        trace of what was deleted is left in the database file or its WAL (`traces_left` where
        that must wait for another reader); backups made before still hold it.
        Raises UnknownPerson.
        """
        with self._store.writing():
            self._store.people.forget(self._number(person), self._clock.now())
            self._store.mark_for_scrub()
        self._store.scrub()
        return Changes(people=True, templates=True, entries=True)

    # Templates

    def templates(self, person: PersonId) -> list[Template]:
        """Return a person's templates, oldest first. Raises UnknownPerson."""
        return self._store.templates.of_person(self._number(person))

    def gallery_templates(self, model_id: ModelId) -> list[Template]:
        """Return all templates that were made with this model, but for damaged ones."""
        return self._store.templates.of_model(model_id)

    def unrecognizable(self, model_id: ModelId) -> list[Person]:
        """Return, sorted by name, everybody with templates of whom this model can use none.

        All of them are of other models, or damaged.
        """
        return self._by_name(self._store.templates.people_without(model_id))

    # Entries

    def record(self, sighting: Sighting) -> tuple[Recorded, Changes]:
        """Turn a sighting into an entry, durable on return, or return why there is none.

        Repeating it is harmless.
        """
        return self._log().record(sighting)

    def entries(self, wanted: EntryFilter = _ALL) -> list[Entry]:
        """Return the entries with their corrections, oldest first; damaged ones are left out."""
        return [entry for page in self._store.entries.pages(wanted) for entry in page]

    def iter_entries(self, wanted: EntryFilter = _ALL) -> Iterator[Entry]:
        """Read the entries, oldest first, without holding them all or any lock: for exports."""
        for page in self._store.entries.pages(wanted):
            yield from page

    def count_entries(self, wanted: EntryFilter = _ALL) -> int:
        """Count the entries."""
        return self._store.entries.count(wanted)

    def days(self, wanted: EntryFilter = _ALL) -> list[DayRow]:
        """Return one row for each person and day, by date and name.

        Days on which nobody at all was seen are left out, unless one single day is asked for.
        Whoever was enrolled by then and not seen is in it, not present.
        """
        return self._day_book().days(wanted)

    def today(self, group: str | None = None) -> Today:
        """Return who is here, who has left and who is missing today: of all, or of one group."""
        return self._day_book().today(self._clock.now(), group)

    def void_entry(self, entry: EntryId, reason: str) -> Changes:
        """Strike an entry; it stays visible. Raises CorrectionRefused."""
        return self._log().void(entry, reason)

    def add_entry(self, person: PersonId, at: datetime, kind: EntryKind, reason: str) -> Changes:
        """Enter by hand what no camera saw; the same again is harmless.

        Raises UnknownPerson, CorrectionRefused.
        """
        return self._log().add(person, at, kind, reason)

    def add_recognized(
        self, person: PersonId, at: datetime, kind: EntryKind | None, reason: str
    ) -> tuple[Entry | None, Changes]:
        """Record by hand the person an operator recognized in a face seen at ``at``.

        It is judged like the camera's sightings, among the entries of that day. Returns the entry
        that covers it already; None where one was made, of ``kind`` or else of the rules' kind.
        Raises UnknownPerson, CorrectionRefused.
        """
        return self._log().add_recognized(person, at, kind, reason)

    def replace_entry(self, entry: EntryId, at: datetime, kind: EntryKind, reason: str) -> Changes:
        """Strike an entry and add the right one instead, both or neither.

        Raises CorrectionRefused; UnknownPerson when the entry's person is forgotten.
        """
        return self._log().replace(entry, at, kind, reason)

    def reassign_entry(self, entry: EntryId, person: PersonId, reason: str) -> Changes:
        """Strike an entry and give it to whom it was. Raises CorrectionRefused, UnknownPerson."""
        return self._log().reassign(entry, person, reason)

    # The whole

    def purge_expired(self, *, confirmed: bool = False) -> Changes:
        """Delete the entries that are older than the retention of the settings.

        Unless ``confirmed`` by the operator, the clock alone is not believed: see `Retention`.
        Also without a retention, a scrub that had to wait is tried again.
        """
        purged, days = 0, self._settings.retention_days
        if days:
            with self._store.writing():
                retention = Retention(self._store, days, self._today())
                purged = retention.purge(self._clock.now(), confirmed=confirmed)
        self._store.scrub()
        return Changes(entries=bool(purged))

    def purge_put_off(self) -> bool:
        """Return whether expired entries stay until tomorrow, because the clock may be wrong."""
        held_on = self._store.entries.held_on()
        return bool(self._settings.retention_days) and held_on == self._today()

    def backup(self, target: Path) -> Path:
        """Write a consistent copy and return where it went. Raises ExportError, StoreError."""
        return self._store.backup(target)

    def verify(self) -> None:
        """Read all of the database. Raises StoreCorrupt when all depends on what is damaged."""
        self._store.verify()

    def damaged_entries(self) -> int:
        """Count the entries that are left out of every list: their time or date cannot be."""
        return self._store.damaged_entries()

    def people_with_damaged(self) -> list[Person]:
        """Return, sorted by name, everybody with a damaged sample; new ones take its place."""
        return self._by_name(self._store.templates.people_with_damaged())

    def traces_left(self) -> bool:
        """Return whether deleted data may still be in the files, until they can be rebuilt."""
        return self._store.traces_left()

    def former_databases(self) -> list[Path]:
        """Find the databases that restores have put aside: forgotten people are still in them."""
        return self._store.former_databases()

    def changed_elsewhere(self) -> Changes:
        """Return what another process may have changed since the last call."""
        version = self._store.data_version()
        same, self._seen_version = version == self._seen_version, version
        return Changes() if same else Changes(people=True, templates=True, entries=True)

    def close(self) -> None:
        """Close the database. Nothing is lost without it."""
        self._store.close()

    def _by_name(self, people: Iterable[PersonId]) -> list[Person]:
        return sorted(map(self.person, people), key=by_name)

    def _number(self, person: PersonId) -> int:
        number = self._store.people.number(sought_id(person))
        if number is None:
            raise UnknownPerson(person=person)
        return number

    def _refuse_taken(self, person: PersonId) -> None:
        """Raise IdTaken also where the case alone differs: nobody tells s-001 from S-001."""
        other = self._store.people.id_like(person)
        if other is not None:
            raise IdTaken(person=person) if other == person else IdTaken(person=person, other=other)

    def _spelt_as_known(self, groups: Iterable[str], but: int | None = None) -> tuple[str, ...]:
        """Give groups the spelling that others are in already, where only the case differs.

        ``but`` is the row number of a person whose own spelling does not count.
        """
        known = self._store.people.groups(but)
        spelling = {name.casefold(): name for name in known} | {name: name for name in known}
        return checked_groups(
            spelling.get(name) or spelling.get(name.casefold(), name) for name in groups
        )

    def _refuse_known_face(
        self, person: PersonId, samples: Sequence[Sample], thresholds: Thresholds
    ) -> None:
        vectors = np.stack([sample.vector for sample in samples])
        known = self._store.templates.of_model(samples[0].model_id)
        other = looks_like(vectors, Gallery.build(known, vectors.shape[1]), thresholds)
        if other is not None:
            raise AlreadyEnrolled(person=person, other=other)

    def _log(self) -> LogBook:
        return LogBook(self._store, self._settings, self._clock, self._zone)

    def _day_book(self) -> DayBook:
        return DayBook(self._store, self._settings, self._zone)

    def _today(self) -> date:
        return local_date(self._clock.now(), self._zone)
