"""The database's shape: its tables, indices, views and triggers.

Another program may have changed it. Without our tables and their columns nothing works. Anything
else that is missing or was added (a trigger acts on everything written) is reported, and repaired
in a backup before it replaces the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

import sqlite_utils
from sqlite_utils import Migrations

_STEPS_TABLE = Migrations.migrations_table
_STEPS_COLUMNS = {"migration_set", "name", "applied_at"}

# Leaves out SQLite's statistics, the indices it creates for constraints, and the table that
# sqlite-utils creates for itself, whose SQL depends on the version of sqlite-utils.
_PARTS = f"""
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND NOT (type = 'table' AND name LIKE 'sqlite\\_stat%' ESCAPE '\\')
    AND NOT (type IN ('table', 'index') AND tbl_name = '{_STEPS_TABLE}')
"""  # noqa: S608

_COLUMNS = f"""
SELECT t.name, t.strict, c.name, c.type, c."notnull", c.pk
FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND t.name <> '{_STEPS_TABLE}'
"""  # noqa: S608

# Not everything but a "table": DROP means one by "Table" too, which a flipped bit makes of it.
_REPLACED = ("index", "trigger", "view")

Part = tuple[str, str, str]
"""Type, name and SQL, without its line breaks."""


def steps_known(migrations: Migrations) -> int:
    """Count the known steps."""
    return len(_step_names(migrations))


@dataclass(frozen=True, slots=True)
class _Shape:
    """``columns``: for each column its table, whether that is strict, name, type, NOT NULL, key."""

    parts: AbstractSet[Part]
    columns: AbstractSet[tuple[object, ...]]


def alterations(db: sqlite_utils.Database, migrations: Migrations, steps: int) -> list[str]:
    """Name what differs from the shape after ``steps`` steps, such as "trigger entries_stay"."""
    differing = _shape_of(db).parts ^ _expected(migrations, steps).parts
    return sorted({f"{kind} {name}" for kind, name, _ in differing})


def repairs(db: sqlite_utils.Database, migrations: Migrations, steps: int) -> Iterator[str]:
    """Yield what drops triggers, views and indices added by others and recreates ours."""
    found, expected = _shape_of(db).parts, _expected(migrations, steps).parts
    for kind, name, _ in found - expected:
        if kind in _REPLACED:
            quoted = name.replace('"', '""')
            yield f'DROP {kind} IF EXISTS "{quoted}"'
    for kind, _, sql in expected - found:
        if kind in _REPLACED:
            yield sql


def is_usable(db: sqlite_utils.Database, migrations: Migrations, steps: int) -> bool:
    """Return whether the first ``steps`` are recorded and all tables have their columns.

    Columns added by others are harmless.
    """
    if _steps_taken(db, migrations) != set(_step_names(migrations)[:steps]):
        return False
    found = _shape_of(db)
    return _expected(migrations, steps).columns <= found.columns if steps else not found.parts


@lru_cache
def _expected(migrations: Migrations, steps: int) -> _Shape:
    """Apply ``steps`` to an empty database. Takes ten milliseconds, and the result is constant."""
    with closing(sqlite_utils.Database(memory=True)) as fresh:
        migrations.apply(fresh, stop_before=_step_names(migrations)[steps:])
        return _shape_of(fresh)


def _shape_of(db: sqlite_utils.Database) -> _Shape:
    # All at once: if one cannot be read, the error would keep a half-read statement open.
    found = db.execute(_PARTS).fetchall()
    # A flipped bit can make bytes of a text; as `str` they differ from it.
    texts = [map(str, row) for row in found]
    parts = {(kind, name, " ".join(sql.split())) for kind, name, sql in texts}
    return _Shape(parts, set(db.execute(_COLUMNS).fetchall()))


def _step_names(migrations: Migrations) -> list[str]:
    """Name all steps in order: for an empty database all of them are pending."""
    with closing(sqlite_utils.Database(memory=True)) as empty:
        return [step.name for step in migrations.pending(empty)]


def _steps_taken(db: sqlite_utils.Database, migrations: Migrations) -> set[str]:
    known = set(db[_STEPS_TABLE].columns_dict) if _STEPS_TABLE in db.table_names() else set()
    return {step.name for step in migrations.applied(db)} if known >= _STEPS_COLUMNS else set()
