"""The log: entries, the corrections that void or add them, and what retention has deleted.

Nothing here edits a row. `service.attendance` decides which entry a sighting makes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from faceapp.store.connection import Connection, Row
from faceapp.store.soundness import IMPOSSIBLE
from faceapp.store.times import DAY_US, from_text, from_us, to_us
from faceapp.types import (
    Changes,
    Confirmation,
    Entry,
    EntryFilter,
    EntryId,
    EntryKind,
    ModelId,
    PersonId,
)

PAGE_ROWS = 2000

_ENTRIES = Changes(entries=True)

# Statements are built only from the constants below; values are always parameters.
_SELECT = """
SELECT e.id, p.id AS person, p.name, e.at_us, e.utc_offset_s, e.zone, e.local_date, e.kind,
    e.camera, e.similarity, e.threshold, e.model_id, e.confirmation, e.recorded_at_us,
    v.reason AS voided_reason, v.at_us AS voided_at_us, a.reason AS correction_reason
FROM entries e
JOIN people p ON p.number = e.person
LEFT JOIN corrections v ON v.entry = e.id AND v.what = 'void'
LEFT JOIN corrections a ON a.entry = e.id AND a.what = 'add'
"""
# The times follow from the dates, but let SQLite walk one index in order; with the dates alone it
# would sort the remaining rows for every page.
_WHERE = """
WHERE e.at_us >= :since_us AND e.at_us < :until_us
    AND e.local_date >= :from_date AND e.local_date <= :to_date
"""
_PERSON = " AND e.person = (SELECT number FROM people WHERE id = :person)"
_GROUP = " AND EXISTS (SELECT 1 FROM person_groups g WHERE g.person = e.person AND g.name = :group)"
_VALID = " AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.entry = e.id AND c.what = 'void')"
# A damaged entry must not make the others unreadable; `soundness` counts it.
_POSSIBLE = f" AND NOT {IMPOSSIBLE}"
# The next page is found by :since_us. SQLite uses one lower limit of a column, the first one: with
# another one here, each page would go through all entries before it.
_NEXT = " AND (e.at_us > :since_us OR e.id > :after_id) ORDER BY e.at_us, e.id LIMIT :limit"
_NEWEST = " ORDER BY e.at_us DESC, e.id DESC LIMIT :limit"
_COUNT = "SELECT count(*) AS n FROM entries e"
_NEAR = f"""
{_SELECT}
WHERE e.person = :number AND v.id IS NULL
    AND (e.local_date = :local_date OR e.at_us BETWEEN :from_us AND :to_us)
    {_POSSIBLE}
ORDER BY e.at_us, e.id
"""
# From each date straight to the next: DISTINCT would read the entries of all dates.
_DATES = f"""
WITH RECURSIVE dates (local_date) AS (
    SELECT min(local_date) FROM entries WHERE local_date >= :from_date
    UNION ALL
    SELECT (SELECT min(e.local_date) FROM entries e WHERE e.local_date > d.local_date)
    FROM dates d WHERE d.local_date < :to_date
)
SELECT d.local_date FROM dates d WHERE EXISTS (
    SELECT 1 FROM entries e {_WHERE} AND e.local_date = d.local_date {_VALID} {_POSSIBLE}
)
"""  # noqa: S608
_EXPIRED = """
WHERE e.local_date < :before AND e.id < coalesce(
    (SELECT min(id) FROM entries WHERE local_date BETWEEN :before AND :today), e.id + 1
)
"""
_HELD = "purge_held_on"
# Ten times as fast as calling the enums, which is felt when hundreds of thousands are read.
_KINDS = {kind.value: kind for kind in EntryKind}
_CONFIRMATIONS = {confirmation.value: confirmation for confirmation in Confirmation}
_BEFORE_ALL = -(2**63)
_AFTER_ALL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry before it has an id. ``person`` is the row number, ``at`` is aware.

    ``key`` is any text that is the same for the same event; it is stored as a hash. It must not
    contain an ID: with the time and camera stored beside it, the hash would let IDs be guessed.
    """

    key: str
    person: int
    at: datetime
    utc_offset_s: int
    zone: str
    local_date: date
    kind: EntryKind
    camera: str
    confirmation: Confirmation
    similarity: float | None = None
    threshold: float | None = None
    model_id: ModelId | None = None


class EntryStore:
    """Reads and appends entries. Writing happens inside `Connection.writing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: NewEntry, recorded_at: datetime) -> EntryId:
        """Append an entry whose key is new, and return its id."""
        number = self._connection.insert(
            "INSERT INTO entries (key, person, at_us, utc_offset_s, zone, local_date, kind, camera,"
            " similarity, threshold, model_id, confirmation, recorded_at_us)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                _hashed(entry.key),
                entry.person,
                to_us(entry.at),
                entry.utc_offset_s,
                entry.zone,
                entry.local_date.isoformat(),
                entry.kind.value,
                entry.camera,
                entry.similarity,
                entry.threshold,
                entry.model_id,
                entry.confirmation.value,
                to_us(recorded_at),
            ),
        )
        self._connection.note(_ENTRIES)
        return EntryId(number)

    def strike(self, entry: EntryId, reason: str, at: datetime) -> None:
        """Append the correction that ``entry`` is void."""
        self._correct(entry, "void", reason, at)

    def explain(self, entry: EntryId, reason: str, at: datetime) -> None:
        """Append the correction that ``entry`` was added by hand."""
        self._correct(entry, "add", reason, at)

    def get(self, entry: EntryId) -> Entry | None:
        """Return one entry."""
        return self._first(f"{_SELECT} WHERE e.id = ?", entry)

    def with_key(self, key: str) -> Entry | None:
        """Return the entry made with this key."""
        return self._first(f"{_SELECT} WHERE e.key = ?", _hashed(key))

    def near(self, number: int, local_date: date, around: tuple[datetime, datetime]) -> list[Entry]:
        """Return a person's valid entries of a local date or of a span of time, oldest first."""
        params = {
            "number": number,
            "local_date": local_date.isoformat(),
            "from_us": to_us(around[0]),
            "to_us": to_us(around[1]),
        }
        return [_entry(row) for row in self._connection.rows(_NEAR, params)]

    def pages(self, wanted: EntryFilter, page_rows: int = PAGE_ROWS) -> Iterator[list[Entry]]:
        """Yield the entries, oldest first, a page at a time; damaged ones are left out.

        Between two pages no lock is held, so a long export blocks nobody.
        """
        sql = _SELECT + _matches(wanted) + _POSSIBLE + _NEXT
        params = _params(wanted) | {"after_id": _BEFORE_ALL, "limit": page_rows}
        while True:
            rows = self._connection.rows(sql, params)
            if rows:
                yield [_entry(row) for row in rows]
            if len(rows) < page_rows:
                return
            params |= {"since_us": rows[-1]["at_us"], "after_id": rows[-1]["id"]}

    def newest(self, wanted: EntryFilter, most: int) -> list[Entry]:
        """Return the newest ``most`` entries, oldest first; damaged ones are left out."""
        sql = _SELECT + _matches(wanted) + _POSSIBLE + _NEWEST
        rows = self._connection.rows(sql, _params(wanted) | {"limit": most})
        return [_entry(row) for row in reversed(rows)]

    def count(self, wanted: EntryFilter) -> int:
        """Count the entries, including damaged ones."""
        return int(self._connection.rows(_COUNT + _matches(wanted), _params(wanted))[0]["n"])

    def dates(self, from_date: date | None, to_date: date | None) -> list[date]:
        """Return, in order, the local dates on which anybody has a valid entry."""
        rows = self._connection.rows(_DATES, _params(EntryFilter(from_date, to_date)))
        return sorted(from_text(row["local_date"]) for row in rows)

    def purge(self, before_date: date, at: datetime, today: date | None = None) -> int:
        """Delete all entries of local dates before ``before_date``; return how many.

        With ``today``, entries recorded after the first one dated ``before_date`` to ``today`` are
        kept: the clock was wrong then, and they are younger than their date.
        The purge itself is recorded, and only what it covers can be deleted.
        """
        params = {"before": before_date.isoformat(), "today": today and today.isoformat()}
        found = int(self._connection.rows(_COUNT + _EXPIRED, params)[0]["n"])
        if found:
            self._connection.run(
                "INSERT INTO purges (before_date, at_us) VALUES (?, ?)",
                (before_date.isoformat(), to_us(at)),
            )
            self._connection.run(f"DELETE FROM entries AS e{_EXPIRED}", params)  # noqa: S608
            self._connection.note(_ENTRIES)
        return found

    def held_on(self) -> date | None:
        """Return the date on which a purge was put off, if a valid one was noted."""
        rows = self._connection.rows(
            "SELECT value FROM housekeeping WHERE key = ? AND value BETWEEN 1 AND ?",
            (_HELD, date.max.toordinal()),
        )
        return date.fromordinal(rows[0]["value"]) if rows else None

    def hold(self, on: date | None) -> None:
        """Note that a purge was put off on this date, or with None, that none is."""
        if on is None:
            self._connection.run("DELETE FROM housekeeping WHERE key = ?", (_HELD,))
        else:
            self._connection.run(
                "INSERT OR REPLACE INTO housekeeping VALUES (?, ?)", (_HELD, on.toordinal())
            )

    def _correct(self, entry: EntryId, what: str, reason: str, at: datetime) -> None:
        self._connection.run(
            "INSERT INTO corrections (entry, what, reason, at_us) VALUES (?, ?, ?, ?)",
            (entry, what, reason, to_us(at)),
        )
        self._connection.note(_ENTRIES)

    def _first(self, sql: str, param: object) -> Entry | None:
        rows = self._connection.rows(sql, (param,))
        return _entry(rows[0]) if rows else None


def _matches(wanted: EntryFilter) -> str:
    """Join only the conditions that apply, so that SQLite can use an index."""
    return "".join(
        (
            _WHERE,
            _PERSON if wanted.person is not None else "",
            _GROUP if wanted.group is not None else "",
            "" if wanted.include_voided else _VALID,
        )
    )


def _params(wanted: EntryFilter) -> dict[str, object]:
    since_us, until_us = _BEFORE_ALL, _AFTER_ALL
    if wanted.from_date is not None:  # no zone is a whole day away from UTC
        since_us = to_us(datetime.combine(wanted.from_date, time(), UTC)) - DAY_US
    if wanted.to_date is not None:
        until_us = to_us(datetime.combine(wanted.to_date, time(), UTC)) + 2 * DAY_US
    return {
        "since_us": since_us,
        "until_us": until_us,
        "from_date": str(wanted.from_date or ""),
        "to_date": str(wanted.to_date or "9999-99-99"),
        "person": wanted.person,
        "group": wanted.group,
    }


def _hashed(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def _entry(row: Row) -> Entry:
    return Entry(
        id=EntryId(row["id"]),
        person=PersonId(row["person"]),
        name=row["name"],
        at=from_us(row["at_us"]),
        utc_offset_s=row["utc_offset_s"],
        zone=row["zone"],
        local_date=from_text(row["local_date"]),
        kind=_KINDS[row["kind"]],
        camera=row["camera"],
        similarity=row["similarity"],
        threshold=row["threshold"],
        model_id=None if row["model_id"] is None else ModelId(row["model_id"]),
        confirmation=_CONFIRMATIONS[row["confirmation"]],
        recorded_at=from_us(row["recorded_at_us"]),
        voided_reason=row["voided_reason"],
        voided_at=None if row["voided_at_us"] is None else from_us(row["voided_at_us"]),
        correction_reason=row["correction_reason"],
    )
