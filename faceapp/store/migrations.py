"""The database's shape, as migration steps from an empty database to the current one.

A released step is never edited; a change is a new step at the end. All missing steps run in one
transaction, so that a crash leaves the old shape or the new one. ``user_version`` counts the steps:
a database with more steps than we know was written by a newer version of the app.

Times are integers: microseconds since 1970 UTC. Texts are NFC. Other tables refer to
``people.number``, so the operator's own code ``people.id`` can vanish when a person is forgotten,
while the entries stay untouched (see docs/adr/011-forgetting.md).
"""

from __future__ import annotations

import unicodedata
from itertools import chain, count

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("faceapp")

_PEOPLE = """
CREATE TABLE people (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    name TEXT NOT NULL CHECK (length(name) <= 200),
    enrolled_at_us INTEGER NOT NULL,
    forgotten_at_us INTEGER,
    CHECK ((name = '') = (forgotten_at_us IS NOT NULL))
) STRICT;
CREATE TABLE person_groups (
    person INTEGER NOT NULL REFERENCES people (number) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_groups_by_name ON person_groups (name);
CREATE TABLE templates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people (number) ON DELETE CASCADE,
    vector BLOB NOT NULL CHECK (length(vector) > 0 AND length(vector) % 4 = 0),
    model_id TEXT NOT NULL,
    quality REAL NOT NULL CHECK (quality BETWEEN 0 AND 1),
    source TEXT NOT NULL,
    created_at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX templates_by_person ON templates (person);
"""

_ENTRIES = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key BLOB NOT NULL UNIQUE CHECK (length(key) = 32),
    person INTEGER NOT NULL REFERENCES people (number),
    at_us INTEGER NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    zone TEXT NOT NULL,
    local_date TEXT NOT NULL CHECK (local_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('in', 'out', 'seen')),
    camera TEXT NOT NULL,
    similarity REAL,
    threshold REAL,
    model_id TEXT,
    confirmation TEXT NOT NULL CHECK (confirmation IN ('face', 'manual')),
    recorded_at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_by_time ON entries (at_us);
CREATE INDEX entries_by_date ON entries (local_date, at_us);
CREATE INDEX entries_by_person ON entries (person, at_us);
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    what TEXT NOT NULL CHECK (what IN ('void', 'add')),
    reason TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    UNIQUE (entry, what)
) STRICT;
CREATE TABLE purges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    before_date TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE TABLE housekeeping (
    key TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

# The triggers keep the log append-only, to protect it from our own mistakes. They allow only
# deleting what a recorded purge covers, and blanking a correction's reason once its person is
# forgotten. INSERT OR REPLACE fires them only with recursive_triggers, which `connection` enables.
_TRIGGERS = """
CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
WHEN NOT EXISTS (SELECT 1 FROM purges WHERE before_date > OLD.local_date)
BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
END;
CREATE TRIGGER corrections_never_change BEFORE UPDATE ON corrections
WHEN NOT (
    NEW.reason = '' AND NEW.id = OLD.id AND NEW.entry = OLD.entry AND NEW.what = OLD.what
    AND NEW.at_us = OLD.at_us
    AND EXISTS (
        SELECT 1 FROM entries JOIN people ON people.number = entries.person
        WHERE entries.id = OLD.entry AND people.forgotten_at_us IS NOT NULL
    )
)
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;
CREATE TRIGGER corrections_stay BEFORE DELETE ON corrections
WHEN EXISTS (SELECT 1 FROM entries WHERE id = OLD.entry)
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;
CREATE TRIGGER purges_never_change BEFORE UPDATE ON purges
BEGIN
    SELECT RAISE(ABORT, 'purges are append-only');
END;
CREATE TRIGGER purges_stay BEFORE DELETE ON purges
BEGIN
    SELECT RAISE(ABORT, 'purges are append-only');
END;
"""

_NEVER_CHANGE = """CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
END"""

# Only steps may edit entries. A key is read only to find a sighting that comes twice. The old keys
# stay readable in free space until the scrub that is marked here as due.
_NEW_KEYS = (
    "DROP TRIGGER entries_never_change",
    "UPDATE entries SET key = randomblob(32) WHERE confirmation = 'face'",
    _NEVER_CHANGE,
    """INSERT OR REPLACE INTO housekeeping
    SELECT 'scrub_due', 1 WHERE EXISTS (SELECT 1 FROM entries)""",
)


# A "seen" was only ever chosen in a correction and has always counted as an "in".
_NO_SEEN = (
    "DROP TRIGGER entries_never_change",
    "UPDATE entries SET kind = 'in' WHERE kind = 'seen'",
    _NEVER_CHANGE,
)

# Direction marks and unbreakable spaces, which nobody sees or types.
_AS_SEEN = str.maketrans(
    dict.fromkeys("\u200e\u200f\u061c", "") | dict.fromkeys("\u00a0\u2007\u202f", " ")
)
_MARKED = f"*[{''.join(map(chr, _AS_SEEN))}]*"
_MAX_STEM = 180  # of the 200 characters, to leave room for a number


@MIGRATIONS()
def m001_people_templates_entries(db: Database) -> None:
    """Create people with groups and templates; entries with corrections; purges."""
    db.executescript(_PEOPLE + _ENTRIES + _TRIGGERS)


@MIGRATIONS()
def m002_agreements(db: Database) -> None:
    """Add when a person's agreement to face recognition was recorded; NULL if it never was."""
    db.execute("ALTER TABLE people ADD COLUMN agreed_at_us INTEGER")


@MIGRATIONS()
def m003_keys_without_ids(db: Database) -> None:
    """Replace the old keys of sightings, which contained IDs that could be guessed.

    Sightings wait for their entries only in memory, so none comes again under its old key.
    """
    for statement in _NEW_KEYS:
        db.execute(statement)


@MIGRATIONS()
def m004_in_or_out(db: Database) -> None:
    """Turn entries that were corrected to "seen" into "in"."""
    for statement in _NO_SEEN:
        db.execute(statement)


@MIGRATIONS()
def m005_no_marks(db: Database) -> None:
    """Bring IDs, names and groups into the form in which IDs are now sought."""
    # As bytes, since a damaged text cannot be read as a text.
    people = "SELECT number, CAST(id AS BLOB), CAST(name AS BLOB) FROM people"
    marked = db.execute(f"{people} WHERE id GLOB ?1 OR name GLOB ?1", (_MARKED,)).fetchall()
    for number, person, name in marked:
        db.execute(
            "UPDATE people SET id = ?, name = coalesce(nullif(?, ''), name) WHERE number = ?",
            (_free_id(db, _as_seen(person), number), _as_seen(name), number),
        )
    groups = "SELECT person, CAST(name AS BLOB) FROM person_groups WHERE name GLOB ?"
    former = db.execute(groups, (_MARKED,)).fetchall()
    db.execute("DELETE FROM person_groups WHERE name GLOB ?", (_MARKED,))
    for number, name in former:  # not those that are there already or were only marks
        db.execute("INSERT OR IGNORE INTO person_groups VALUES (?, ?)", (number, _as_seen(name)))


def _as_seen(text: bytes) -> str:
    seen = text.decode("utf-8", "replace").translate(_AS_SEEN)
    return unicodedata.normalize("NFC", seen).strip()


def _free_id(db: Database, wanted: str, number: int) -> str:
    """Return ``wanted``; with a number if it is empty or the ID of another than row ``number``."""
    others = "SELECT 1 FROM people WHERE id = ? AND number <> ?"
    numbered = (f"{wanted[:_MAX_STEM]} ({again})".strip() for again in count(number))
    return next(
        one
        for one in chain([wanted], numbered)
        if one and not db.execute(others, (one, number)).fetchone()
    )
