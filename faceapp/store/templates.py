"""The templates table: embeddings as little-endian float32 blobs with the model they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

import numpy as np

from faceapp.store.database import Connection, Row
from faceapp.store.soundness import as_vector, damaged_templates, sound
from faceapp.store.times import from_us, to_us
from faceapp.types import CAMERA_SOURCE, F32, ModelId, PersonId, Template, TemplateId

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
        """Return all templates that a model can be compared with, oldest first.

        One that is damaged is left out: it must not keep everybody else from being recognized.
        """
        rows = self._connection.rows(f"{_SELECT} WHERE t.model_id = ? ORDER BY t.id", (model_id,))
        found = [_template(row) for row in rows]
        return list(compress(found, sound([template.vector for template in found])))

    def people_with_damaged(self) -> list[PersonId]:
        """Return who has a damaged template, of whatever model."""
        damaged = set(damaged_templates(self._connection))
        rows = self._connection.rows(
            "SELECT t.id, p.id AS person FROM templates t JOIN people p ON p.number = t.person"
        )
        found = (PersonId(row["person"]) for row in rows if row["id"] in damaged)
        return list(dict.fromkeys(found))

    def drop_damaged(self, number: int) -> None:
        """Delete what is damaged of one person's templates."""
        for damaged in damaged_templates(self._connection):
            self._connection.run(
                "DELETE FROM templates WHERE id = ? AND person = ?", (damaged, number)
            )

    def drop_file_names(self, number: int) -> None:
        """Delete from which files one person's templates were made."""
        self._connection.run(
            "UPDATE templates SET source = '' WHERE person = ? AND source <> ?",
            (number, CAMERA_SOURCE),
        )

    def people_without(self, model_id: ModelId) -> list[PersonId]:
        """Return who has templates, but none that this model can be compared with."""
        rows = self._connection.rows(
            "SELECT p.id FROM people p WHERE EXISTS"
            " (SELECT 1 FROM templates t WHERE t.person = p.number)"
        )
        comparable = {template.person for template in self.of_model(model_id)}
        return [person for row in rows if (person := PersonId(row["id"])) not in comparable]


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
