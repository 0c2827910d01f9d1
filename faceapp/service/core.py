"""The service: one method for each thing that can be done to the data.

Each write is one transaction: done and on the disk when the method returns, or not done at all.
Changes are collected so that the views can refresh: `Service.take_changes`. Everything runs on the
thread that opened the store. Other processes may do the same while a window is open; SQLite
isolates them from each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, tzinfo
from pathlib import Path

from faceapp.clock import Clock
from faceapp.config import Settings
from faceapp.recognition.gallery import Gallery
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
    Model,
    Person,
    PersonId,
    PersonSummary,
    Quality,
    Recorded,
    Regrouped,
    Sample,
    Sighting,
    Template,
    Today,
    TotalRow,
)

_ALL = EntryFilter()


class Service:
    """People, templates and entries, with their rules.

    ``zone`` finds the time zone in which attendance is taken; it may change while all this runs, as
    in a laptop that travels. ``score`` rates a picture's quality 0..1 (`vision.quality.score`).
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Clock,
        zone: Callable[[], tzinfo],
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
        """Whether writing goes on during a long read on another connection."""
        return self._store.has_log

    def use_settings(self, settings: Settings) -> None:
        """Use these settings' cool-down, policy and retention from now on."""
        self._take(settings)
        self._changes |= Changes(settings=True)

    # People

    def people(self, model: Model | None = None) -> list[PersonSummary]:
        """Return everybody, sorted by name.

        With ``model``, the one in use, ``usable`` counts only the samples that this model can
        be compared with. That takes a while with many people.
        """
        return self._people.summaries(model)

    def person(self, person: PersonId) -> Person:
        """Return one person. Raises UnknownPerson."""
        return self._people.get(person)

    def groups(self) -> list[str]:
        """Return every group that has members."""
        return self._people.groups()

    def enrol(
        self,
        person: Person,
        samples: Sequence[Sample],
        *,
        agreed: bool = False,
        thresholds: Thresholds | None = None,
    ) -> None:
        """Store a new person with these samples, all or nothing.

        ``agreed`` records that the person agreed to face recognition.
        With ``thresholds``, a face that already belongs to somebody is refused; omit them for a
        person who only looks like somebody else.
        Raises PersonInvalid, IdTaken, AlreadyEnrolled (the face belongs to somebody), NobodyInView
        without samples.
        """
        self._people.enrol(person, samples, agreed=agreed, thresholds=thresholds)

    def record_agreement(self, person: PersonId) -> None:
        """Record that a person agreed to face recognition; an earlier record stays.

        Raises UnknownPerson.
        """
        self._people.agree(person)

    def drop_agreements(self, people: Iterable[PersonId]) -> None:
        """Delete the records, made by mistake, that these people agreed: all of them or none.

        Raises UnknownPerson.
        """
        self._people.drop_agreements(people)

    def add_person(self, person: Person) -> None:
        """Store a person without a face, whose attendance is entered by hand.

        Raises PersonInvalid, IdTaken.
        """
        self._people.add(person)

    def add_samples(
        self, person: PersonId, samples: Sequence[Sample], *, agreed: bool = False
    ) -> None:
        """Give a person more templates, which replace damaged ones, all or nothing.

        Templates that the person already has are not added again.
        ``agreed`` records that the person agreed to face recognition; an earlier record stays.
        Raises UnknownPerson, NobodyInView without samples.
        """
        self._people.add_samples(person, samples, agreed=agreed)

    def edit_person(
        self,
        person: PersonId,
        name: str | None = None,
        groups: Iterable[str] | None = None,
        *,
        agreed: bool | None = None,
    ) -> None:
        """Change the name, the groups and the agreement, each unless None; all or nothing.

        If the name changes, no trace of the old one is left in the database file, as after
        `forget`. The names of the files the person was enrolled from go too: they often contain it.
        ``agreed`` records the agreement to face recognition, or deletes a record made by mistake.
        Raises UnknownPerson, PersonInvalid.
        """
        self._people.edit(person, name, groups, agreed)

    def change_groups(
        self, people: Iterable[PersonId], *, join: Iterable[str] = (), leave: Iterable[str] = ()
    ) -> list[Regrouped]:
        """Let people leave groups and then join others, all of them or none; see `regrouped`.

        Returns whose groups have changed. Raises UnknownPerson, PersonInvalid.
        """
        return self._people.change_groups(people, join, leave)

    def put_groups_back(self, changed: Iterable[Regrouped]) -> int:
        """Undo `change_groups`, except for who was put into other groups or forgotten since.

        Returns for how many people it was undone.
        """
        return self._people.put_groups_back(changed)

    def forget(self, *people: PersonId) -> None:
        """Delete the people's names, IDs, groups, templates and the reasons of corrections.

        All of them or none. The entries stay, for pay and statistics, under ``forgotten-<n>`` and
        without a name. No trace of the deleted data is left in the database file or its WAL (see
        `traces_left` if that must wait for another reader); both are rebuilt once, however many
        people there are. Backups made earlier still contain it. Raises UnknownPerson.
        """
        self._people.forget(people)

    # Templates

    def templates(self, person: PersonId) -> list[Template]:
        """Return a person's templates, oldest first. Raises UnknownPerson."""
        return self._people.templates(person)

    def gallery(self, model: Model) -> Gallery:
        """Return the gallery of all templates made with this model, except damaged ones."""
        return self._people.gallery(model)

    def unrecognizable(self, model: Model) -> list[Person]:
        """Return, sorted by name, everybody who has templates, none of which this model can use.

        Those are all of other models, or damaged.
        """
        return self._people.unrecognizable(model)

    # Entries

    def record(self, sighting: Sighting) -> Recorded:
        """Turn a sighting into an entry, durable on return, or say why there is none.

        Repeating this is harmless.
        """
        return self._log.record(sighting)

    def entries(self, wanted: EntryFilter = _ALL, *, most: int | None = None) -> list[Entry]:
        """Return the entries with their corrections, oldest first; damaged ones are left out.

        Returns at most ``most`` entries, the newest ones.
        """
        if most is not None:
            return self._store.entries.newest(wanted, most)
        return list(self.iter_entries(wanted))

    def iter_entries(self, wanted: EntryFilter = _ALL) -> Iterator[Entry]:
        """Yield the entries, oldest first, without holding them all or a lock: for exports."""
        for page in self._store.entries.pages(wanted):
            yield from page

    def count_entries(self, wanted: EntryFilter = _ALL) -> int:
        """Count the entries."""
        return self._store.entries.count(wanted)

    def dates(self, wanted: EntryFilter = _ALL) -> list[date]:
        """Return, in order, the dates of the filter on which anybody was seen.

        Person and group are ignored.
        """
        return self._store.entries.dates(wanted.from_date, wanted.to_date)

    def days(self, wanted: EntryFilter = _ALL) -> list[DayRow]:
        """Return one row for each person and day, by date and name.

        Days on which nobody at all was seen are left out, except today if it alone is requested.
        People who were enrolled by then and not seen are included as not present.
        """
        return list(self.iter_days(wanted))

    def iter_days(self, wanted: EntryFilter = _ALL) -> Iterator[DayRow]:
        """Yield the rows of `days`, all of one moment, without holding them all: for exports."""
        return self._days.days(wanted, self._clock.now())

    def totals(self, wanted: EntryFilter = _ALL) -> list[TotalRow]:
        """Return the rows of `days` added up for each person, by name."""
        return self._days.totals(wanted, self._clock.now())

    def narrowed(self, wanted: EntryFilter, most: int) -> EntryFilter:
        """Narrow a filter to its newest days, about ``most`` rows of `days`, at least one day."""
        return self._days.narrowed(wanted, most)

    def today(self, group: str | None = None) -> Today:
        """Return who is here, has left or is missing today, of everybody or of one group."""
        return self._days.today(self._clock.now(), group)

    def void_entry(self, entry: EntryId, reason: str) -> None:
        """Void an entry; it stays visible. Raises CorrectionRefused."""
        self._log.void(entry, reason)

    def add_entry(self, person: PersonId, at: datetime, kind: EntryKind, reason: str) -> None:
        """Enter by hand what no camera saw; repeating this is harmless.

        Raises UnknownPerson, CorrectionRefused.
        """
        self._log.add(person, at, kind, reason)

    def add_recognized(
        self, person: PersonId, at: datetime, kind: EntryKind | None, reason: str
    ) -> Entry | None:
        """Record by hand a person whom an operator recognized in a face seen at ``at``.

        It is judged like a camera's sighting, among the entries of that day. Returns the entry that
        already covers it. Returns None if an entry was made, of ``kind`` or, if that is None, of
        the kind that the rules give. Raises UnknownPerson, CorrectionRefused.
        """
        return self._log.add_recognized(person, at, kind, reason)

    def replace_entry(self, entry: EntryId, at: datetime, kind: EntryKind, reason: str) -> None:
        """Void an entry and add the right one instead, both or neither.

        Raises CorrectionRefused; UnknownPerson if the entry's person is forgotten.
        """
        self._log.replace(entry, at, kind, reason)

    def reassign_entry(self, entry: EntryId, person: PersonId, reason: str) -> None:
        """Void an entry and give it to ``person``. Raises CorrectionRefused, UnknownPerson."""
        self._log.reassign(entry, person, reason)

    # The whole

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Make all reads inside see the same state, whatever is written meanwhile."""
        return self._store.read_transaction()

    def purge_expired(self, *, confirmed: bool = False) -> int:
        """Delete the entries older than the settings' retention; return how many.

        Unless ``confirmed`` by the operator, the clock alone is not trusted: see `retention`.
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
        """Return whether expired entries stay until tomorrow because the clock may be wrong."""
        held_on = self._store.entries.held_on()
        return bool(self._settings.retention_days) and held_on == self._today()

    def backup(self, target: Path) -> Path:
        """Write a consistent copy and return where it went. Raises ExportError, StoreError."""
        return self._store.backup(target)

    def verify(self) -> None:
        """Read every page of the database. Raises StoreCorrupt when one is damaged."""
        self._store.verify()

    @property
    def is_unchecked(self) -> bool:
        """Whether `check_until` should follow: opening had no time to check the whole database."""
        return self._store.is_unchecked

    def check_until(self, given_up: Callable[[], bool]) -> None:
        """Check the whole database until ``given_up()``. Raises StoreCorrupt."""
        self._store.check_until(given_up)

    def damage(self) -> Damage:
        """Find damage and changes by other programs that do not stop the rest from working."""
        return self._store.damage()

    def damaged_entries(self) -> int:
        """Count the entries that no list shows because they are damaged."""
        return self._store.damaged_entries()

    def remove_traces(self) -> None:
        """Rebuild the files if deleted data may still be in them, unless that must wait."""
        self._store.scrub()

    def traces_left(self) -> bool:
        """Return whether deleted data may still be in the files, until they can be rebuilt."""
        return self._store.traces_left()

    def former_databases(self) -> list[Path]:
        """Find the databases that restores have set aside; they may hold forgotten people."""
        return self._store.former_databases()

    def changed_elsewhere(self) -> bool:
        """Return whether another process has written since the last call.

        If so, everything it may have changed is added to `take_changes`.
        """
        former, self._others_version = self._others_version, self._store.data_version()
        changed = former != self._others_version
        if changed:
            self._changes |= Changes(people=True, templates=True, entries=True)
        return changed

    def take_changes(self) -> Changes:
        """Return what was changed since the last call, also by operations that failed half-way."""
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
        return local_date(self._clock.now(), self._zone())
