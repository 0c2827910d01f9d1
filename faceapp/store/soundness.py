"""Finds damage that leaves all pages and references intact, such as a flipped bit within a value.

Entries and templates damaged in this way are left out when they are read, and found here. A damaged
text is shown with U+FFFD, an impossible time as the first or last possible one.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import compress, groupby

import numpy as np

from faceapp.store.connection import Connection
from faceapp.store.migrations import MIGRATIONS
from faceapp.store.shape import alterations, steps_known
from faceapp.store.times import FIRST_US, LAST_US
from faceapp.types import F32, Confirmation, Damage, EntryKind, PersonId, unit_rows

_TIMES = (
    ("people", "enrolled_at_us"),
    ("people", "agreed_at_us"),
    ("people", "forgotten_at_us"),
    ("templates", "created_at_us"),
    ("entries", "recorded_at_us"),
    ("corrections", "at_us"),
    ("purges", "at_us"),
)
_TEXTS = (
    ("people", "id"),
    ("people", "name"),
    ("person_groups", "name"),
    ("templates", "model_id"),
    ("templates", "source"),
    ("entries", "zone"),
    ("entries", "camera"),
    ("entries", "model_id"),
    ("corrections", "reason"),
)


def _values(kinds: type[Enum]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


# An entry ``e`` has no valid kind, confirmation, time or offset, or another date than they give.
# Before 1970, dividing alone would round up. NULL, which a foreign file may hold, is not valid.
IMPOSSIBLE = (
    f"coalesce(e.at_us NOT BETWEEN {FIRST_US} AND {LAST_US}"
    " OR e.utc_offset_s NOT BETWEEN -86399 AND 86399"
    " OR date((e.at_us - 999999 * (e.at_us < 0)) / 1000000 + e.utc_offset_s, 'unixepoch')"
    " IS NOT e.local_date"
    f" OR e.kind NOT IN ({_values(EntryKind)})"
    f" OR e.confirmation NOT IN ({_values(Confirmation)}), 1)"
)


def as_vector(blob: bytes) -> F32:
    """Read a template's vector as a view of the row's bytes, which is read-only."""
    return np.frombuffer(blob[: len(blob) // 4 * 4], "<f4")


def damaged_entries(connection: Connection) -> int:
    """Count the entries that are `IMPOSSIBLE`."""
    rows = connection.rows(f"SELECT count(*) AS n FROM entries e WHERE {IMPOSSIBLE}")  # noqa: S608
    return int(rows[0]["n"])


def damage(connection: Connection) -> Damage:
    """Find all damage of this kind, and what another program has altered."""
    return Damage(
        samples_of=_with_damaged_templates(connection),
        entries=damaged_entries(connection),
        values=any(_damaged_values(connection)),
        altered=tuple(alterations(connection.db, MIGRATIONS, steps_known(MIGRATIONS))),
    )


def _with_damaged_templates(connection: Connection) -> tuple[PersonId, ...]:
    """Find who has templates that are not finite or not of length 1."""
    rows = connection.rows(
        "SELECT p.id AS person, t.vector FROM templates t"
        " JOIN people p ON p.number = t.person ORDER BY length(t.vector)"
    )
    damaged: set[PersonId] = set()
    for _, group in groupby(rows, key=lambda row: len(row["vector"])):
        same = list(group)
        damaging = ~unit_rows(np.stack([as_vector(row["vector"]) for row in same]))
        damaged.update(PersonId(row["person"]) for row in compress(same, damaging))
    return tuple(sorted(damaged))


def _damaged_values(connection: Connection) -> Iterator[object]:
    """Yield, for each time and text column shown even if damaged, a true value if it is."""
    for table, column in _TIMES:
        # Built only from the constants above.
        sql = f"SELECT 1 FROM {table} WHERE {column} NOT BETWEEN ? AND ? LIMIT 1"  # noqa: S608
        yield connection.rows(sql, (FIRST_US, LAST_US))
    for table, column in _TEXTS:
        sql = f"SELECT DISTINCT CAST({column} AS BLOB) AS bytes FROM {table}"  # noqa: S608
        yield any(not _is_text(row["bytes"]) for row in connection.rows(sql))


def _is_text(kept: bytes | None) -> bool:
    try:
        (kept or b"").decode()
    except UnicodeDecodeError:
        return False
    return True
