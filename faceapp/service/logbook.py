"""Writes the log: sightings that become entries, and corrections.

`attendance` decides which entry a sighting makes; `days` adds up the days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo

from faceapp.addresses import public_address
from faceapp.clock import Clock
from faceapp.config import Settings
from faceapp.errors import CorrectionRefused, UnknownPerson
from faceapp.service.attendance import AttendanceRules, judge
from faceapp.service.identity import checked_reason
from faceapp.service.zones import WallTime, local_date, wall_time
from faceapp.store import Store
from faceapp.store.entries import NewEntry
from faceapp.store.times import to_us
from faceapp.types import (
    Confirmation,
    Entry,
    EntryId,
    EntryKind,
    EntryPolicy,
    PersonId,
    Recorded,
    RecordOutcome,
    Sighting,
)

# A time typed by hand may be this far ahead of our clock.
_FUTURE_TOLERANCE = timedelta(minutes=1)


class LogBook:
    """Appends to the log; each method is one transaction."""

    def __init__(
        self, store: Store, settings: Settings, clock: Clock, zone: Callable[[], tzinfo]
    ) -> None:
        self._store = store
        self._rules = AttendanceRules(
            EntryPolicy(settings.policy), timedelta(seconds=settings.cooldown_s)
        )
        self._clock = clock
        self._zone = zone

    def record(self, sighting: Sighting) -> Recorded:
        """Turn a sighting into an entry, or find the entry that already covers it."""
        with self._store.writing():
            number = self._store.people.number(sighting.person)
            if number is None:
                return Recorded(RecordOutcome.NOBODY, None)
            known = self._store.entries.with_key(_key(sighting, number))
            if known is not None:
                return Recorded(RecordOutcome.DUPLICATE, known)
            verdict = self._judge(number, sighting.at)
            if isinstance(verdict, Entry):
                return Recorded(RecordOutcome.COOLING_DOWN, verdict)
            new = self._store.entries.add(
                self._of_sighting(sighting, number, verdict), self._clock.now()
            )
            entry = self._store.entries.get(new)
        return Recorded(RecordOutcome.RECORDED, entry)

    def void(self, entry: EntryId, reason: str) -> None:
        """Void an entry."""
        reason = checked_reason(reason)
        with self._store.writing():
            self._strike(entry, reason)

    def add(self, person: PersonId, at: datetime, kind: EntryKind, reason: str) -> None:
        """Append an entry by hand, unless the same one is already there."""
        reason = checked_reason(reason)
        with self._store.writing():
            self._append(person, at, kind, reason, wall_time(at, self._zone()))

    def add_recognized(
        self, person: PersonId, at: datetime, kind: EntryKind | None, reason: str
    ) -> Entry | None:
        """Append an entry by hand as for a sighting, or find the entry that already covers it."""
        reason = checked_reason(reason)
        with self._store.writing():
            verdict = self._judge(self._number(person), at)
            if isinstance(verdict, Entry):
                return verdict
            self._append(person, at, kind or verdict, reason, wall_time(at, self._zone()))
        return None

    def replace(self, entry: EntryId, at: datetime, kind: EntryKind, reason: str) -> None:
        """Void an entry and append another one for the same person."""
        reason = checked_reason(reason)
        with self._store.writing():
            old = self._strike(entry, reason)
            self._append(old.person, at, kind, reason, self._wall_of(old, at))

    def reassign(self, entry: EntryId, person: PersonId, reason: str) -> None:
        """Void an entry and append the same one for another person."""
        reason = checked_reason(reason)
        with self._store.writing():
            old = self._strike(entry, reason)
            self._append(person, old.at, old.kind, reason, self._wall_of(old, old.at))

    def _judge(self, number: int, at: datetime) -> EntryKind | Entry:
        day = local_date(at, self._zone())
        cooldown = self._rules.cooldown
        known = self._store.entries.near(number, day, (at - cooldown, at + cooldown))
        return judge(at, day, self._rules, known)

    def _of_sighting(self, sighting: Sighting, number: int, kind: EntryKind) -> NewEntry:
        wall = wall_time(sighting.at, self._zone())
        return NewEntry(
            key=_key(sighting, number),
            person=number,
            at=sighting.at,
            utc_offset_s=wall.utc_offset_s,
            zone=wall.zone,
            local_date=wall.local_date,
            kind=kind,
            camera=public_address(sighting.camera),
            confirmation=Confirmation.FACE,
            similarity=sighting.similarity,
            threshold=sighting.threshold,
            model_id=sighting.model_id,
        )

    def _strike(self, entry: EntryId, reason: str) -> Entry:
        found = self._store.entries.get(entry)
        if found is None:
            raise CorrectionRefused(why="no_entry", entry=entry)
        if found.voided_reason is not None:
            raise CorrectionRefused(why="already_voided", entry=entry)
        self._store.entries.strike(entry, reason, self._clock.now())
        return found

    def _wall_of(self, old: Entry, at: datetime) -> WallTime:
        """Return ``at`` in the zone of ``old``, even if this machine's zone has changed since."""
        zone = self._zone()
        if wall_time(old.at, zone).utc_offset_s == old.utc_offset_s:
            return wall_time(at, zone)
        own = timezone(timedelta(seconds=old.utc_offset_s), old.zone)
        return wall_time(at, own)

    def _append(
        self, person: PersonId, at: datetime, kind: EntryKind, reason: str, wall: WallTime
    ) -> None:
        """Append an entry by hand, unless the same one is already there."""
        number = self._number(person)
        if at > self._clock.now() + _FUTURE_TOLERANCE:
            raise CorrectionRefused(why="in_future")
        key = self._key_by_hand(number, at, kind)
        if key is None:
            return
        new = self._store.entries.add(
            NewEntry(
                key=key,
                person=number,
                at=at,
                utc_offset_s=wall.utc_offset_s,
                zone=wall.zone,
                local_date=wall.local_date,
                kind=kind,
                camera="",
                confirmation=Confirmation.MANUAL,
            ),
            self._clock.now(),
        )
        self._store.entries.explain(new, reason, self._clock.now())

    def _number(self, person: PersonId) -> int:
        number = self._store.people.number(person)
        if number is None:
            raise UnknownPerson(person=person)
        return number

    def _key_by_hand(self, number: int, at: datetime, kind: EntryKind) -> str | None:
        """Find the key for an entry by hand; None if the same one is already there.

        An entry added twice by a double click is one row; one added again after it was voided is a
        second row.
        """
        again = 0
        while True:
            key = f"manual|{number}|{to_us(at)}|{kind.value}|{again}"
            known = self._store.entries.with_key(key)
            if known is None:
                return key
            if known.voided_reason is None:
                return None
            again += 1


def _key(sighting: Sighting, number: int) -> str:
    """Return a key with the person's number, which means nothing once they are forgotten."""
    return f"seen|{number}|{sighting.key}"
