"""The service: one method for each thing that can be done to the data.

Each write is one transaction: done and on the disk when the method returns, or not done at all.
What was changed is collected for the views, which refresh by it: `Service.take_changes`.
Everything runs on the thread that opened the store. Beside an open window other processes may do
the same; SQLite keeps them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path

from faceapp.clock import Clock
from faceapp.config import Settings
from faceapp.recognition.threshold import Thresholds
from faceapp.service.days import DayBook
from faceapp.service.logbook import LogBook
from faceapp.service.people import PeopleBook
from faceapp.service.retention import purge
from faceapp.service.zones import local_date
from faceapp.store import Store
from faceapp.types import (
    Changes,
    Damage,
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
        self._clock = clock
        self._zone = zone
        self._people = PeopleBook(store, clock, score)
        self._take(settings)
        self._others_version = store.data_version()
        self._changes = Changes()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def reads_beside_writes(self) -> bool:
        """Whether a long read on another connection keeps nobody from writing."""
        return self._store.has_log

    def use_settings(self, settings: Settings) -> None:
        """Take cool-down, policy and retention from these settings from now on."""
        self._take(settings)
        self._changes |= Changes(settings=True)

    # People

    def people(self, model_id: ModelId | None = None) -> list[PersonSummary]:
        """Return everybody, sorted by name.

        With the model in use, ``model_id``, the samples that it cannot be compared with are told
        apart from the ``usable`` ones, which takes a while with many people.
        """
        return self._people.summaries(model_id)

    def person(self, person: PersonId) -> Person:
        """Return one person. Raises UnknownPerson."""
        return self._people.get(person)

    def groups(self) -> list[str]:
        """Return every group somebody is in."""
        return self._people.groups()

    def enrol(
        self,
        person: Person,
        samples: Sequence[Sample],
        *,
        agreed: bool = False,
        thresholds: Thresholds | None = None,
    ) -> None:
        """Keep a new person with these samples: all of it or nothing.

        ``agreed`` records that the person agreed to face recognition.
        With ``thresholds`` a face that is somebody's already is refused; leave them out for a
        person who only looks like somebody else.
        Raises PersonInvalid, IdTaken, AlreadyEnrolled (the face is somebody's), NobodyInView
        without samples.
        """
        self._people.enrol(person, samples, agreed=agreed, thresholds=thresholds)

    def record_agreement(self, person: PersonId) -> None:
        """Record that a person agreed to face recognition; an earlier record stays.

        Raises UnknownPerson.
        """
        self._people.agree(person)

    def drop_agreements(self, people: Iterable[PersonId]) -> None:
        """Delete the records that these people agreed, made by mistake: all of them or none.

        Raises UnknownPerson.
        """
        self._people.drop_agreements(people)

    def add_person(self, person: Person) -> None:
        """Keep a person without a face, whose attendance is entered by hand.

        Raises PersonInvalid, IdTaken.
        """
        self._people.add(person)

    def add_samples(
        self, person: PersonId, samples: Sequence[Sample], *, agreed: bool = False
    ) -> None:
        """Give a person more templates, which replace damaged ones: all of it or nothing.

        What the person has already is not added again.
        ``agreed`` records that the person agreed to face recognition; an earlier record stays.
        Raises UnknownPerson, NobodyInView without samples.
        """
        self._people.add_samples(person, samples, agreed=agreed)

    def rename(
        self,
        person: PersonId,
        new_name: str,
        groups: Iterable[str] | None = None,
        *,
        agreed: bool | None = None,
    ) -> None:
        """Change the name and, unless None, the groups and the agreement: all of it or nothing.

        No trace of another name is left in the database file, as after `forget`, nor are the names
        of the files the person was enrolled from: they often hold it.
        ``agreed`` records the agreement to face recognition, or deletes a record made by mistake.
        Raises UnknownPerson, PersonInvalid.
        """
        self._people.rename(person, new_name, groups, agreed)

    def forget(self, person: PersonId) -> None:
        """Delete the person's name, ID, groups, templates and the reasons of corrections.

        The entries stay, for pay and statistics, under ``forgotten-<n>`` and without a name. No
        trace of what was deleted is left in the database file or its WAL (`traces_left` where
        that must wait for another reader); backups made before still hold it.
        Raises UnknownPerson.
        """
        self._people.forget(person)

    # Templates

    def templates(self, person: PersonId) -> list[Template]:
        """Return a person's templates, oldest first. Raises UnknownPerson."""
        return self._people.templates(person)

    def gallery_templates(self, model_id: ModelId) -> list[Template]:
        """Return all templates that were made with this model, but for damaged ones."""
        return self._store.templates.of_model(model_id)

    def unrecognizable(self, model_id: ModelId) -> list[Person]:
        """Return, sorted by name, everybody with templates of whom this model can use none.

        All of them are of other models, or damaged.
        """
        return self._people.unrecognizable(model_id)

    # Entries

    def record(self, sighting: Sighting) -> Recorded:
        """Turn a sighting into an entry, durable on return, or return why there is none.

        Repeating it is harmless.
        """
        return self._log.record(sighting)

    def entries(self, wanted: EntryFilter = _ALL, *, most: int | None = None) -> list[Entry]:
        """Return the entries with their corrections, oldest first; damaged ones are left out.

        Of more than ``most`` only the newest.
        """
        if most is not None:
            return self._store.entries.newest(wanted, most)
        return list(self.iter_entries(wanted))

    def iter_entries(self, wanted: EntryFilter = _ALL) -> Iterator[Entry]:
        """Read the entries, oldest first, without holding them all or any lock: for exports."""
        for page in self._store.entries.pages(wanted):
            yield from page

    def count_entries(self, wanted: EntryFilter = _ALL) -> int:
        """Count the entries."""
        return self._store.entries.count(wanted)

    def dates(self, wanted: EntryFilter = _ALL) -> list[date]:
        """Return, in order, the dates of the filter on which anybody at all was seen."""
        return self._store.entries.dates(wanted.from_date, wanted.to_date)

    def days(self, wanted: EntryFilter = _ALL) -> list[DayRow]:
        """Return one row for each person and day, by date and name.

        Days on which nobody at all was seen are left out, unless one single day is asked for.
        Somebody who was enrolled by then and not seen is included, as not present.
        """
        return self._days.days(wanted)

    def narrowed(self, wanted: EntryFilter, most: int) -> EntryFilter:
        """Narrow a filter to its newest days, so that `days` has ``most`` rows; one day is left."""
        return self._days.narrowed(wanted, most)

    def today(self, group: str | None = None) -> Today:
        """Return who is here, who has left and who is missing today: of all, or of one group."""
        return self._days.today(self._clock.now(), group)

    def void_entry(self, entry: EntryId, reason: str) -> None:
        """Strike an entry; it stays visible. Raises CorrectionRefused."""
        self._log.void(entry, reason)

    def add_entry(self, person: PersonId, at: datetime, kind: EntryKind, reason: str) -> None:
        """Enter by hand what no camera saw; the same again is harmless.

        Raises UnknownPerson, CorrectionRefused.
        """
        self._log.add(person, at, kind, reason)

    def add_recognized(
        self, person: PersonId, at: datetime, kind: EntryKind | None, reason: str
    ) -> Entry | None:
        """Record by hand the person an operator recognized in a face seen at ``at``.

        It is judged like the camera's sightings, among the entries of that day. Returns the entry
        that covers it already; None where one was made, of ``kind`` or else of the rules' kind.
        Raises UnknownPerson, CorrectionRefused.
        """
        return self._log.add_recognized(person, at, kind, reason)

    def replace_entry(self, entry: EntryId, at: datetime, kind: EntryKind, reason: str) -> None:
        """Strike an entry and add the right one instead, both or neither.

        Raises CorrectionRefused; UnknownPerson when the entry's person is forgotten.
        """
        self._log.replace(entry, at, kind, reason)

    def reassign_entry(self, entry: EntryId, person: PersonId, reason: str) -> None:
        """Strike an entry and give it to whom it was. Raises CorrectionRefused, UnknownPerson."""
        self._log.reassign(entry, person, reason)

    # The whole

    def purge_expired(self, *, confirmed: bool = False) -> int:
        """Delete the entries older than the retention of the settings; return how many.

        Unless ``confirmed`` by the operator, the clock alone is not believed: see `retention`.
        A scrub that had to wait is tried again, with or without a retention.
        """
        purged, days = 0, self._settings.retention_days
        if days:
            with self._store.writing():
                now, today = self._clock.now(), self._today()
                purged = purge(self._store, now, today, days, confirmed=confirmed)
        self._store.scrub()
        return purged

    def purge_put_off(self) -> bool:
        """Return whether expired entries stay until tomorrow, because the clock may be wrong."""
        held_on = self._store.entries.held_on()
        return bool(self._settings.retention_days) and held_on == self._today()

    def backup(self, target: Path) -> Path:
        """Write a consistent copy and return where it went. Raises ExportError, StoreError."""
        return self._store.backup(target)

    def verify(self) -> None:
        """Read every page of the database. Raises StoreCorrupt when one is damaged."""
        self._store.verify()

    def damage(self) -> Damage:
        """Find what is damaged or was changed by others, and keeps nothing else from working."""
        return self._store.damage()

    def damaged_entries(self) -> int:
        """Count the entries that no list shows because their time or date is not valid."""
        return self._store.damaged_entries()

    def remove_traces(self) -> None:
        """Rebuild the files where deleted data may still be in them, unless that must wait."""
        self._store.scrub()

    def traces_left(self) -> bool:
        """Return whether deleted data may still be in the files, until they can be rebuilt."""
        return self._store.traces_left()

    def former_databases(self) -> list[Path]:
        """Find the databases that restores have put aside: forgotten people are still in them."""
        return self._store.former_databases()

    def changed_elsewhere(self) -> bool:
        """Return whether another process has written since the last call.

        What that may have changed is among the changes then.
        """
        former, self._others_version = self._others_version, self._store.data_version()
        changed = former != self._others_version
        if changed:
            self._changes |= Changes(people=True, templates=True, entries=True)
        return changed

    def take_changes(self) -> Changes:
        """Return what was changed since the last call, also by what failed half-way."""
        changes, self._changes = self._changes | self._store.take_changes(), Changes()
        return changes

    def close(self) -> None:
        """Close the database. Nothing is lost without it."""
        self._store.close()

    def _take(self, settings: Settings) -> None:
        self._settings = settings
        self._log = LogBook(self._store, settings, self._clock, self._zone)
        self._days = DayBook(self._store, settings, self._zone)

    def _today(self) -> date:
        return local_date(self._clock.now(), self._zone)
