"""The templates table: embeddings as little-endian float32 blobs, with the model that made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

import numpy as np

from faceapp.store.connection import Connection, Row
from faceapp.store.soundness import as_vector
from faceapp.store.times import from_us, to_us
from faceapp.types import (
    CAMERA_SOURCE,
    F32,
    Changes,
    Model,
    ModelId,
    PersonId,
    Template,
    TemplateId,
    unit_rows,
)

_SELECT = """
SELECT t.id, p.id AS person, t.vector, t.model_id, t.quality, t.source, t.created_at_us
FROM templates t JOIN people p ON p.number = t.person
"""
# Only what is compared and counted: these may be tens of thousands.
_USABLE = """
SELECT p.id AS person, t.vector, t.quality
FROM templates t JOIN people p ON p.number = t.person
WHERE t.model_id = ? AND length(t.vector) = ? ORDER BY t.id
"""

# The list of people counts templates.
_SAMPLES = Changes(people=True, templates=True)


@dataclass(frozen=True, slots=True, eq=False)
class NewTemplate:
    """A template before it has an id: unit ``vector`` float32 (D,), quality 0..1."""

    vector: F32
    model_id: ModelId
    quality: float
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Usable:
    """The T templates that a model can be compared with, oldest first.

    ``vectors`` are float32 (T, D), unit rows; ``qualities`` 0..1.
    """

    owners: list[PersonId]
    vectors: F32
    qualities: list[float]


class TemplateStore:
    """Reads and writes templates. Writing happens inside `Connection.writing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, number: int, templates: Sequence[NewTemplate], at: datetime) -> None:
        """Insert templates, all of one model, for the person with this row number.

        Templates that the person already has are left out, since the same pictures may be imported
        twice, even by two processes at once. Damaged ones are replaced.
        """
        known = self._whole_ones(number, templates[0].model_id)
        for template in templates:
            blob = np.ascontiguousarray(template.vector, "<f4").tobytes()
            if blob in known:
                continue
            known.add(blob)
            self._connection.run(
                "INSERT INTO templates (person, vector, model_id, quality, source, created_at_us)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (number, blob, template.model_id, template.quality, template.source, to_us(at)),
            )
        self._connection.note(_SAMPLES)

    def of_person(self, number: int) -> list[Template]:
        """Return one person's templates, oldest first."""
        rows = self._connection.rows(f"{_SELECT} WHERE t.person = ? ORDER BY t.id", (number,))
        return [_template(row) for row in rows]

    def of_model(self, model: Model) -> Usable:
        """Return all templates that a model can be compared with, oldest first.

        Damaged ones are left out, so that everybody else is still recognized. So are those of
        another dimension, which are of another model with the same ID.
        """
        rows = self._connection.rows(_USABLE, (model.id, 4 * model.dimension))
        vectors = as_vector(b"".join(row["vector"] for row in rows)).reshape(-1, model.dimension)
        whole = unit_rows(vectors)
        kept = list(compress(rows, whole))
        return Usable(
            owners=[PersonId(row["person"]) for row in kept],
            vectors=vectors[whole],
            qualities=[row["quality"] for row in kept],
        )

    def drop_file_names(self, number: int) -> None:
        """Delete the names of the files that one person's templates were made from."""
        self._connection.run(
            "UPDATE templates SET source = '' WHERE person = ? AND source <> ?",
            (number, CAMERA_SOURCE),
        )

    def _whole_ones(self, number: int, model_id: ModelId) -> set[bytes]:
        """Delete one person's damaged templates; return the blobs of the intact ones of a model.

        Only this person's are read: reading everybody's within a transaction would take long.
        """
        whole: set[bytes] = set()
        for old in self.of_person(number):
            if not unit_rows(old.vector[None]).all():
                self._connection.run("DELETE FROM templates WHERE id = ?", (old.id,))
            elif old.model_id == model_id:
                whole.add(old.vector.tobytes())
        return whole


def _template(row: Row) -> Template:
    return Template(
        id=TemplateId(row["id"]),
        person=PersonId(row["person"]),
        vector=as_vector(row["vector"]),
        model_id=ModelId(row["model_id"]),
        quality=row["quality"],
        source=row["source"],
        created_at=from_us(row["created_at_us"]),
    )
