"""The database's shape: its tables, indices, views and triggers, each with the SQL that made it.

Another program may have changed it. Without our tables as they were made nothing works; what else
is gone or has come (a trigger acts on all that is written) is named, and no backup may have it.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from contextlib import closing

import sqlite_utils
from sqlite_utils import Migrations

_STEPS_TABLE = Migrations.migrations_table
_STEPS_COLUMNS = {"migration_set", "name", "applied_at"}

# SQLite's own tables, and the indices it makes for constraints, are left out; so is what the
# library makes for itself: its text depends on the library's version.
_PARTS = f"""
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND NOT (type = 'table' AND name LIKE 'sqlite\\_%' ESCAPE '\\')
    AND NOT (type IN ('table', 'index') AND tbl_name = '{_STEPS_TABLE}')
"""  # noqa: S608

Part = tuple[str, str, str]
"""Type, name and SQL, without its line breaks."""


def steps_known(migrations: Migrations) -> int:
    """Count the steps we know: for an empty database all of them are pending."""
    with closing(sqlite_utils.Database(memory=True)) as empty:
        return len(migrations.pending(empty))


def alterations(db: sqlite_utils.Database, migrations: Migrations, steps: int) -> list[str]:
    """Name what differs from the shape after this many ``steps``, as "trigger entries_stay"."""
    differing = _parts(db) ^ _expected(migrations, steps)
    return sorted({f"{kind} {name}" for kind, name, _ in differing})


def is_usable(db: sqlite_utils.Database, migrations: Migrations, steps: int) -> bool:
    """Return whether ``steps`` are recorded and all tables are as these steps made them."""
    parts = _parts(db)
    tables = {part for part in _expected(migrations, steps) if part[0] == "table"}
    recorded = _steps_taken(db, migrations) == steps
    return recorded and tables <= parts and (bool(steps) or not parts)


def _expected(migrations: Migrations, steps: int) -> AbstractSet[Part]:
    with closing(sqlite_utils.Database(memory=True)) as fresh:
        left = [step.name for step in migrations.pending(fresh)][steps:]
        migrations.apply(fresh, stop_before=left)
        return _parts(fresh)


def _parts(db: sqlite_utils.Database) -> AbstractSet[Part]:
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in db.execute(_PARTS)}


def _steps_taken(db: sqlite_utils.Database, migrations: Migrations) -> int:
    known = set(db[_STEPS_TABLE].columns_dict) if _STEPS_TABLE in db.table_names() else set()
    return len(migrations.applied(db)) if known >= _STEPS_COLUMNS else 0
