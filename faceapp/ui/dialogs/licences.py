"""Shows the licences of the program and its parts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QListView,
    QVBoxLayout,
    QWidget,
)

from faceapp.ui.dialogs.shell import room_on_screen
from faceapp.ui.help_key import keep_help_at_hand
from faceapp.ui.theme import GRID_PX, text_scale
from faceapp.ui.words import common
from faceapp.ui.words import settings as words

SIZE = QSize(760, 560)


class LicencesDialog(QDialog):
    """Scrolls through some ten thousand lines of text. Escape closes it."""

    def __init__(self, parent: QWidget, lines: Sequence[str]) -> None:
        super().__init__(parent)
        keep_help_at_hand(self)
        self.setWindowTitle(words.LICENCES())
        self.resize((SIZE * text_scale()).boundedTo(room_on_screen(self)))
        # A list lays out only visible lines; a text field would first freeze the camera's picture.
        self.view = QListView()
        self.view.setModel(QStringListModel(list(lines), self.view))
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(words.LICENCES_LIST())
        buttons = QDialogButtonBox()
        close = buttons.addButton(common.CLOSE(), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        column.setSpacing(2 * GRID_PX)
        column.addWidget(self.view, 1)
        column.addWidget(buttons)

    @staticmethod
    def show_to(parent: QWidget, lines: Sequence[str]) -> None:
        """Show the dialog until it is closed."""
        dialog = LicencesDialog(parent, lines)
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()
