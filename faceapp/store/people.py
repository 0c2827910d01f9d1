"""The people table and their groups. The service checks IDs and names.

A forgotten person is a row without a name whose ID is ``forgotten-<number>``: it only shows which
entries belong together. `PeopleStore` hides such rows; only `entries` shows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from faceapp.alphabet import rank
from faceapp.store.connection import Connection, Row
from faceapp.store.soundness import IMPOSSIBLE
from faceapp.store.times import from_us, to_us
from faceapp.types import Changes, Person, PersonId, PersonSummary

FORGOTTEN_PREFIX = "forgotten-"

_PEOPLE = Changes(people=True)
# Lists of entries show names and can be filtered by group.
_SHOWN = Changes(people=True, entries=True)

# Group names contain no control characters, so this one can separate them within one column.
_BREAK = "\x1f"
# Statements are built only from these constants; values are always parameters.
_GROUPS = (
    "(SELECT group_concat(g.name, char(31)) FROM person_groups g WHERE g.person = p.number)"
    " AS groups_text"
)
_PERSON = f"SELECT p.id, p.name, p.enrolled_at_us, {_GROUPS} FROM people p"  # noqa: S608
_SUMMARY = f"""
SELECT p.id, p.name, p.enrolled_at_us, p.agreed_at_us, {_GROUPS},
    (SELECT count(*) FROM templates t WHERE t.person = p.number) AS templates,
    (SELECT min(t.quality) FROM templates t WHERE t.person = p.number) AS weakest,
    (SELECT e.at_us FROM entries e WHERE e.person = p.number AND NOT {IMPOSSIBLE} AND NOT EXISTS (
        SELECT 1 FROM corrections c WHERE c.entry = e.id AND c.what = 'void'
    ) ORDER BY e.at_us DESC LIMIT 1) AS last_seen_at_us
FROM people p WHERE p.forgotten_at_us IS NULL
"""  # noqa: S608


class PeopleStore:
    """Reads and writes people. Writing happens inside `Connection.writing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def number(self, person: PersonId) -> int | None:
        """Return the row number of a person who is not forgotten."""
        rows = self._connection.rows(
            "SELECT number FROM people WHERE id = ? AND forgotten_at_us IS NULL", (person,)
        )
        return int(rows[0]["number"]) if rows else None

    def id_like(self, person: PersonId) -> PersonId | None:
        """Return the ID that equals this one, ignoring case; preferably the very same."""
        rows = self._connection.rows("SELECT id FROM people WHERE forgotten_at_us IS NULL")
        found = [row["id"] for row in rows if row["id"].casefold() == person.casefold()]
        return PersonId(max(found, key=lambda one: one == person)) if found else None

    def get(self, person: PersonId) -> Person | None:
        """Return one person who is not forgotten."""
        rows = self._connection.rows(
            f"{_PERSON} WHERE p.id = ? AND p.forgotten_at_us IS NULL", (person,)
        )
        return _person(rows[0]) if rows else None

    def everybody(self) -> list[tuple[Person, datetime]]:
        """Return all people and when they were enrolled, in no order."""
        rows = self._connection.rows(f"{_PERSON} WHERE p.forgotten_at_us IS NULL")
        return [(_person(row), from_us(row["enrolled_at_us"])) for row in rows]

    def summaries(self) -> list[PersonSummary]:
        """Return what the people page shows of everybody, in no order.

        All templates count as usable here; `TemplateStore.of_model` checks them.
        """
        return [
            PersonSummary(
                person=_person(row),
                templates=row["templates"],
                usable=row["templates"],
                weakest=row["weakest"],
                enrolled_at=from_us(row["enrolled_at_us"]),
                last_seen_at=_moment(row["last_seen_at_us"]),
                agreed_at=_moment(row["agreed_at_us"]),
            )
            for row in self._connection.rows(_SUMMARY)
        ]

    def groups(self, but: int | None = None) -> list[str]:
        """Return every group with members other than the person with the row number ``but``."""
        rows = self._connection.rows(
            "SELECT DISTINCT name FROM person_groups WHERE person IS NOT ?", (but,)
        )
        return [row["name"] for row in rows]

    def add(self, person: Person, at: datetime) -> int:
        """Insert a person whose ID is free, and return the row number."""
        number = self._connection.insert(
            "INSERT INTO people (id, name, enrolled_at_us) VALUES (?, ?, ?)",
            (person.id, person.name, to_us(at)),
        )
        self._add_groups(number, person.groups)
        self._connection.note(_PEOPLE)
        return number

    def agree(self, number: int, at: datetime) -> None:
        """Record that a person agreed to face recognition; an earlier record stays."""
        self._connection.run(
            "UPDATE people SET agreed_at_us = ? WHERE number = ? AND agreed_at_us IS NULL",
            (to_us(at), number),
        )
        self._connection.note(_PEOPLE)

    def drop_agreement(self, number: int) -> None:
        """Delete the record that a person agreed."""
        self._connection.run("UPDATE people SET agreed_at_us = NULL WHERE number = ?", (number,))
        self._connection.note(_PEOPLE)

    def rename(self, number: int, name: str) -> bool:
        """Rename a person; return whether the name has changed.

        The bytes of the old name are gone from the file after `cleaning.scrub`.
        """
        cursor = self._connection.run(
            "UPDATE people SET name = :name WHERE number = :number AND name <> :name",
            {"name": name, "number": number},
        )
        self._connection.note(_SHOWN)
        return cursor.rowcount > 0

    def set_groups(self, number: int, groups: Iterable[str]) -> None:
        """Put a person into exactly these groups."""
        self._connection.run("DELETE FROM person_groups WHERE person = ?", (number,))
        self._add_groups(number, groups)
        self._connection.note(_SHOWN)

    def forget(self, numbers: Iterable[int], at: datetime) -> None:
        """Delete people's names, IDs, groups and templates, and the reasons of corrections.

        Only a pseudonym for the entries stays; without entries, nothing. The bytes are gone from
        the file after `cleaning.scrub`.
        """
        for number in numbers:
            self._make_pseudonym(number, at)
        # Looks through all entries, so not once for each person.
        self.drop_empty_pseudonyms()
        self._connection.note(Changes(people=True, templates=True, entries=True))

    def drop_empty_pseudonyms(self) -> None:
        """Delete the rows of forgotten people who have no entries left."""
        self._connection.run(
            "DELETE FROM people WHERE forgotten_at_us IS NOT NULL"
            " AND number NOT IN (SELECT person FROM entries)"
        )

    def _make_pseudonym(self, number: int, at: datetime) -> None:
        run = self._connection.run
        run("DELETE FROM templates WHERE person = ?", (number,))
        run("DELETE FROM person_groups WHERE person = ?", (number,))
        run(
            "UPDATE people SET id = ?, name = '', agreed_at_us = NULL, forgotten_at_us = ?"
            " WHERE number = ?",
            (f"{FORGOTTEN_PREFIX}{number}", to_us(at), number),
        )
        run(
            "UPDATE corrections SET reason = '' WHERE entry IN"
            " (SELECT id FROM entries WHERE person = ?)",
            (number,),
        )

    def _add_groups(self, number: int, groups: Iterable[str]) -> None:
        for group in groups:
            self._connection.run("INSERT INTO person_groups VALUES (?, ?)", (number, group))


def _moment(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)


def _person(row: Row) -> Person:
    text = row["groups_text"]
    groups = sorted(text.split(_BREAK), key=rank) if text else ()
    return Person(PersonId(row["id"]), row["name"], tuple(groups))
