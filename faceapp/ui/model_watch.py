"""Tells the operator whom the present model cannot recognize: their samples do not fit it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from faceapp.errors import FaceAppError, ModelError
from faceapp.types import Changes, Person
from faceapp.ui.desk import Desk
from faceapp.ui.notices import Action, Notice
from faceapp.ui.page import PageKey
from faceapp.ui.words import isolated, one_line, shell

KEY = "other-model"
MOST_NAMES = 3


class ModelWatch(QObject):
    """Keeps one notice up to date, from an update of the model until new samples are added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._said: Sequence[Person] = ()
        desk.changes.changed.connect(self._hear)

    def look(self) -> None:
        """Look for these people."""
        parts = self._desk.parts
        self._desk.ops.run(
            lambda service: service.unrecognizable(parts.card().model_id),
            done=self._tell,
            failed=self._miss,
            label="look for samples of other models",
        )

    def _hear(self, changes: Changes) -> None:
        if changes.people or changes.templates:
            self.look()

    def _miss(self, error: FaceAppError) -> None:
        # Without a model nobody is recognized; this is reported where recognition is needed.
        self._tell(())
        if not isinstance(error, ModelError):
            self._desk.notices.error(error)

    def _tell(self, people: Sequence[Person]) -> None:
        if people == self._said:
            return  # a dismissed notice does not come back
        self._said = people
        if not people:
            self._desk.notices.withdraw(KEY)
            return
        names = ", ".join(isolated(one_line(person.name)) for person in people[:MOST_NAMES])
        more = "…" if len(people) > MOST_NAMES else ""
        show = Action(
            shell.OTHER_MODEL_SHOW(),
            lambda: self._desk.navigator.go(PageKey.PEOPLE, people[0].id),
        )
        hint = shell.OTHER_MODEL_HINT(names=names + more)
        notice = Notice(shell.OTHER_MODEL(len(people)), hint, action=show, key=KEY)
        self._desk.notices.tell(notice)
