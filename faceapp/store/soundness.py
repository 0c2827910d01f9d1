"""Damage that leaves every page and reference whole: a flipped bit within a value.

Entries and templates that are damaged so are left out where they are read, and counted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, groupby

import numpy as np
from numpy.typing import NDArray

from faceapp.store.database import Connection
from faceapp.store.times import FIRST_US, LAST_US
from faceapp.types import F32, unit_rows

_TIMES = (
    ("people", "enrolled_at_us"),
    ("people", "agreed_at_us"),
    ("people", "forgotten_at_us"),
    ("templates", "created_at_us"),
    ("entries", "recorded_at_us"),
    ("corrections", "at_us"),
    ("purges", "at_us"),
)
# The time, offset or date of an entry ``e`` is none.
IMPOSSIBLE = (
    f"(e.at_us NOT BETWEEN {FIRST_US} AND {LAST_US}"
    " OR e.utc_offset_s NOT BETWEEN -86399 AND 86399"
    " OR date(e.local_date) IS NOT e.local_date OR e.local_date < '0001')"
)


def as_vector(blob: bytes) -> F32:
    """Read a template's vector: a view of the row's bytes, which are read-only as they are."""
    return np.frombuffer(blob[: len(blob) // 4 * 4], "<f4")


def sound(vectors: Sequence[F32]) -> NDArray[np.bool_]:
    """Return for each of one model's vectors whether it is usable: finite and of length 1.

    The most common number of values is taken to be the right one.
    """
    if not vectors:
        return np.zeros(0, np.bool_)
    sizes = [len(vector) for vector in vectors]
    ((size, _),) = Counter(sizes).most_common(1)
    right: NDArray[np.bool_] = np.array(sizes) == size
    right[right] = unit_rows(np.stack(list(compress(vectors, right))))
    return right


def damaged_entries(connection: Connection) -> int:
    """Count the entries whose time, offset or date is none."""
    rows = connection.rows(f"SELECT count(*) AS n FROM entries e WHERE {IMPOSSIBLE}")  # noqa: S608
    return int(rows[0]["n"])


def damaged_templates(connection: Connection) -> list[int]:
    """Find the ids of the templates that cannot be compared with others of their model."""
    rows = connection.rows("SELECT id, model_id, vector FROM templates ORDER BY model_id, id")
    damaged: list[int] = []
    for _, group in groupby(rows, key=lambda row: row["model_id"]):
        same = list(group)
        whole = sound([as_vector(row["vector"]) for row in same])
        damaged += [row["id"] for row in compress(same, ~whole)]
    return damaged


def is_sound(connection: Connection) -> bool:
    """Return whether all times that every list needs are possible."""
    return not any(_damages(connection))


def _damages(connection: Connection) -> Iterator[object]:
    for table, column in _TIMES:
        # Put together from the constants above alone.
        sql = f"SELECT 1 FROM {table} WHERE {column} NOT BETWEEN ? AND ? LIMIT 1"  # noqa: S608
        yield connection.rows(sql, (FIRST_US, LAST_US))
