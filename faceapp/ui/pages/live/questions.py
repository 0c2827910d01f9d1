"""Open questions about unsure faces: keeps their pictures, asks, records the answer."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from faceapp.types import Box, Entry, EntryKind, Person, PersonId
from faceapp.ui import times, words
from faceapp.ui.desk import Desk
from faceapp.ui.feed import Shown
from faceapp.ui.overlay import mirrored
from faceapp.ui.pages.live.board import Board
from faceapp.ui.pages.live.resolve import Question, ResolveDialog
from faceapp.ui.pages.live.unsure import Unsure, UnsureLog

# Some surroundings help to recognize a face.
AROUND = 0.35


class Questions(QObject):
    """Faces that stayed unsure while attendance was taken. Their pictures never leave memory.

    Signals:
        changed(): the open questions have changed.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent
        self._log = UnsureLog()
        self._faces: dict[int, QImage] = {}
        self._asked = 0  # the key of the question in the dialog
        self.dialog: ResolveDialog | None = None

    @property
    def items(self) -> tuple[Unsure, ...]:
        """Return the open questions, oldest first."""
        return self._log.items

    @property
    def kept_faces(self) -> int:
        """Count the pictures of faces in memory."""
        return len(self._faces)

    def look(self, shown: Shown) -> None:
        """Check whether a picture raises or answers questions."""
        before = self._log.items
        for fresh in self._log.update(shown.result):
            self._faces[fresh.key] = _cut_out(shown, fresh.box)
        if self._log.items != before:
            self._tidy()

    def settle(self, person: PersonId) -> None:
        """Drop the question about a person who was recorded."""
        self._drop([item.person for item in self.items if item.person == person])

    def keep(self, people: Collection[PersonId]) -> None:
        """Drop the questions about anybody not in ``people``."""
        self._drop([item.person for item in self.items if item.person not in people])

    def restart(self) -> None:
        """Prepare for a new run of the camera; open questions stay."""
        self._log.restart()

    def ask(self, key: int, board: Board) -> None:
        """Ask the operator who it is, one question at a time."""
        item = next((one for one in self._log.items if one.key == key), None)
        if item is None or self.dialog is not None:
            return
        name = board.names.get(item.person, item.person)
        question = Question(
            self._faces[key],
            times.when(times.local(item.at), self._desk.clock.now()),
            Person(item.person, name),
        )
        dialog = ResolveDialog(question, board.people, self._window)
        dialog.answered.connect(lambda person, kind: self._answer(item, board, person, kind))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._forget_dialog)
        self.dialog, self._asked = dialog, key
        dialog.open()

    def _drop(self, people: Collection[PersonId]) -> None:
        for person in people:
            self._log.forget(person)
        if people:
            self._tidy()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _answer(
        self, item: Unsure, board: Board, person: PersonId | None, kind: EntryKind | None
    ) -> None:
        if person is None:
            self._close(item)
            return
        name = words.isolated(words.one_line(board.names.get(person, person)))
        reason = words.live.RESOLVE_REASON()

        def done(standing: Entry | None) -> None:
            self._close(item)
            self._desk.notices.toast(self._said(name, standing))

        self._desk.ops.run(
            lambda service: service.add_recognized(person, item.at, kind, reason),
            done=done,
            label="record an unsure face",
        )

    def _said(self, name: str, standing: Entry | None) -> str:
        if standing is None:
            return words.live.RESOLVED(name=name)
        kind = words.states.KIND[standing.kind]()
        when = times.when(standing.local_at, self._desk.clock.now())
        return words.live.RESOLVED_ALREADY(name=name, kind=kind, when=when)

    def _close(self, item: Unsure) -> None:
        self._log.resolve(item.key)
        self._tidy()

    def _tidy(self) -> None:
        kept = {item.key for item in self._log.items}
        self._faces = {key: face for key, face in self._faces.items() if key in kept}
        if self.dialog is not None and self._asked not in kept:
            self.dialog.reject()  # the camera has answered it, or its person was forgotten
        self.changed.emit()


def _cut_out(shown: Shown, box: Box) -> QImage:
    place = mirrored(QRectF(*box), float(shown.image.width()))
    grown = place.adjusted(
        -place.width() * AROUND,
        -place.height() * AROUND,
        place.width() * AROUND,
        place.height() * AROUND,
    )
    return shown.image.copy(grown.toRect().intersected(shown.image.rect()))
