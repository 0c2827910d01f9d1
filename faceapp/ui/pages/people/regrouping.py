"""Changing the groups of several people: what would change is shown first, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from faceapp.errors import FaceAppError
from faceapp.types import PersonId, PersonSummary, Regrouped
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.regroup import NO_MOVES, Moves, RegroupDialog
from faceapp.ui.notices import Action, Notice
from faceapp.ui.words import common
from faceapp.ui.words import people as words


class Regrouping:
    """Asks over ``page`` which groups people leave and join, and lets them."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        self._page = page
        self._desk = desk
        self._unsaved: dict[frozenset[PersonId], Moves] = {}

    def begin(self, rows: Sequence[PersonSummary], everybody: Sequence[PersonSummary]) -> None:
        """Ask about these people."""
        chosen = frozenset(row.person.id for row in rows)
        people = [row.person for row in everybody]
        unsaved = self._unsaved.pop(chosen, NO_MOVES)
        dialog = RegroupDialog(self._page, self._desk.icons, people, chosen, unsaved)
        moves = dialog.moves if dialog.confirmed() else None
        if moves is None:
            return
        self._unsaved[chosen] = moves
        self._desk.ops.run(
            lambda service: service.change_groups(chosen, join=moves.join, leave=moves.leave),
            done=lambda changed: self._changed(chosen, changed),
            label="change groups",
        )

    def _changed(self, chosen: frozenset[PersonId], changed: Sequence[Regrouped]) -> None:
        self._unsaved.pop(chosen, None)
        self._offer_undo(changed)

    def _offer_undo(self, changed: Sequence[Regrouped]) -> None:
        said = words.REGROUPED(people=words.COUNT(len(changed)))
        undo = Action(common.UNDO(), lambda: self._undo(changed)) if changed else None
        self._desk.notices.toast(said, undo)

    def _undo(self, changed: Sequence[Regrouped]) -> None:
        self._desk.ops.run(
            lambda service: service.put_groups_back(changed),
            done=lambda undone: self._undone(undone, len(changed) - undone),
            failed=lambda error: self._not_undone(error, changed),
            label="undo groups",
        )

    def _undone(self, undone: int, others: int) -> None:
        said = words.GROUPS_BACK(undone)
        if others:
            self._desk.notices.tell(Notice(said, words.NOT_BACK(others), key="groups_not_back"))
        else:
            self._desk.notices.toast(said)

    def _not_undone(self, error: FaceAppError, changed: Sequence[Regrouped]) -> None:
        self._desk.notices.error(error)
        self._offer_undo(changed)
