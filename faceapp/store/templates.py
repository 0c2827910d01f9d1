"""The templates table: embeddings as little-endian float32 blobs with the model they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from faceapp.store.database import Connection, Row
from faceapp.store.times import from_us, to_us
from faceapp.types import F32, ModelId, PersonId, Template, TemplateId

_SELECT = """
SELECT t.id, p.id AS person, t.vector, t.model_id, t.quality, t.source, t.created_at_us
FROM templates t JOIN people p ON p.number = t.person
"""


@dataclass(frozen=True, slots=True, eq=False)
class NewTemplate:
    """A template before it has an id: unit ``vector`` float32 (D,), quality 0..1."""

    vector: F32
    model_id: ModelId
    quality: float
    source: str


class TemplateStore:
    """Reads and writes templates. Writing happens inside `Connection.writing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, number: int, templates: Sequence[NewTemplate], at: datetime) -> None:
        """Insert templates of the person with this row number."""
        for template in templates:
            self._connection.run(
                "INSERT INTO templates (person, vector, model_id, quality, source, created_at_us)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    number,
                    np.ascontiguousarray(template.vector, "<f4").tobytes(),
                    template.model_id,
                    template.quality,
                    template.source,
                    to_us(at),
                ),
            )

    def of_person(self, number: int) -> list[Template]:
        """Return one person's templates, oldest first."""
        rows = self._connection.rows(f"{_SELECT} WHERE t.person = ? ORDER BY t.id", (number,))
        return [_template(row) for row in rows]

    def of_model(self, model_id: ModelId) -> list[Template]:
        """Return all templates that a model can be compared with, oldest first."""
        rows = self._connection.rows(f"{_SELECT} WHERE t.model_id = ? ORDER BY t.id", (model_id,))
        return [_template(row) for row in rows]

    def people_without(self, model_id: ModelId) -> list[PersonId]:
        """Return who has templates, but none that this model can be compared with."""
        rows = self._connection.rows(
            "SELECT p.id FROM people p JOIN templates t ON t.person = p.number"
            " GROUP BY p.number HAVING SUM(t.model_id = ?) = 0 ORDER BY p.name COLLATE NOCASE",
            (model_id,),
        )
        return [PersonId(row["id"]) for row in rows]


def _template(row: Row) -> Template:
    return Template(
        id=TemplateId(row["id"]),
        person=PersonId(row["person"]),
        # A view of the row's bytes, which are read-only as they are.
        vector=np.frombuffer(row["vector"], "<f4"),
        model_id=ModelId(row["model_id"]),
        quality=row["quality"],
        source=row["source"],
        created_at=from_us(row["created_at_us"]),
    )
