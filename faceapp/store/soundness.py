"""Damage that leaves every page and reference whole: a flipped bit within a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, groupby

import numpy as np
from numpy.typing import NDArray

from faceapp.store.database import Connection
from faceapp.types import F32

_UNIT_TOLERANCE = 1e-3
_DAY_US = 86_400_000_000
# What a datetime holds, less the day by which a zone may move it.
_FIRST_US = -62_135_596_800_000_000 + _DAY_US
_LAST_US = 253_402_300_799_999_999 - _DAY_US
_DAY_S = 86_400
_TIMES = (
    ("people", "enrolled_at_us"),
    ("people", "agreed_at_us"),
    ("people", "forgotten_at_us"),
    ("templates", "created_at_us"),
    ("entries", "at_us"),
    ("entries", "recorded_at_us"),
    ("corrections", "at_us"),
    ("purges", "at_us"),
)


def as_vector(blob: bytes) -> F32:
    """Read a template's vector: a view of the row's bytes, which are read-only as they are."""
    return np.frombuffer(blob[: len(blob) // 4 * 4], "<f4")


def sound(vectors: Sequence[F32]) -> NDArray[np.bool_]:
    """Tell of each of one model's vectors whether it can be compared with: finite, of length 1.

    What most of them have is the right number of values.
    """
    if not vectors:
        return np.zeros(0, np.bool_)
    sizes = [len(vector) for vector in vectors]
    ((size, _),) = Counter(sizes).most_common(1)
    right: NDArray[np.bool_] = np.array(sizes) == size
    rows = np.stack(list(compress(vectors, right)))
    with np.errstate(all="ignore"):  # of what is damaged, any value may come
        lengths = np.sqrt(np.einsum("td,td->t", rows, rows))
        # Written so that a NaN fails too.
        right[right] = np.abs(lengths - 1.0) < _UNIT_TOLERANCE
    return right


def is_sound(connection: Connection) -> bool:
    """Look at the vectors, times, offsets and dates of all rows."""
    return not any(_damages(connection))


def _damages(connection: Connection) -> Iterator[object]:
    for table, column in _TIMES:
        # Put together from the constants above alone.
        sql = f"SELECT 1 FROM {table} WHERE {column} NOT BETWEEN ? AND ? LIMIT 1"  # noqa: S608
        yield connection.rows(sql, (_FIRST_US, _LAST_US))
    yield connection.rows(
        "SELECT 1 FROM entries WHERE abs(utc_offset_s) >= ?"
        " OR date(local_date) IS NOT local_date LIMIT 1",
        (_DAY_S,),
    )
    rows = connection.rows("SELECT model_id, vector FROM templates ORDER BY model_id")
    for _, same in groupby(rows, key=lambda row: row["model_id"]):
        yield not sound([as_vector(row["vector"]) for row in same]).all()
