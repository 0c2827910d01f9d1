"""Tells the operator whom the present model cannot recognize: their samples do not fit it."""

from __future__ import annotations

from faceapp.types import Person
from faceapp.ui.desk import Desk
from faceapp.ui.notices import Action, Notice
from faceapp.ui.page import PageKey
from faceapp.ui.words import isolated, one_line, shell

KEY = "other-model"
MOST_NAMES = 3


class ModelWatch:
    """Keeps one notice up to date, from an update of the model until new samples are added."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._said: list[Person] = []

    def tell(self, people: list[Person]) -> None:
        """Name these people; if there are none, withdraw the notice."""
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
