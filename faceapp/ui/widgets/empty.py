"""What an empty page shows: what it is for, and the first step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from faceapp.ui.icons import Icons
from faceapp.ui.notices import Action
from faceapp.ui.theme import GRID_PX, Size, Token
from faceapp.ui.widgets.buttons import button, set_text
from faceapp.ui.widgets.labels import label


class EmptyState(QWidget):
    """Icon, title, a sentence and perhaps a button or two, in the middle of the space."""

    def __init__(
        self, icons: Icons, icon: str, title: str, text: str = "", action: Action | None = None
    ) -> None:
        super().__init__()
        self._icons = icons
        self._action = action
        self._icon = QLabel()
        self._title = label(size=Size.LARGE, bold=True, wrap=True)
        self._text = label(muted=True, wrap=True)
        self._other: Action | None = None
        self._button: QPushButton = button("")
        self._button.clicked.connect(lambda: _run(self._action))
        self._other_button: QPushButton = button("")
        self._other_button.clicked.connect(lambda: _run(self._other))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID_PX, 4, GRID_PX, 4)
        layout.setSpacing(GRID_PX)
        layout.addStretch(1)
        for part in (self._icon, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addSpacing(GRID_PX)
        for one in (self._button, self._other_button):
            layout.addWidget(one, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        self.say(icon, title, text, action)

    def say(
        self, icon: str, title: str, text: str = "", action: Action | None = None,
        *, other: Action | None = None,
    ) -> None:  # fmt: skip
        """Show something else; ``other`` is a second action."""
        self._icons.put_on(self._icon, icon, Token.TEXT_MUTED, 48)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action, self._other = action, other
        for one, offered in ((self._button, action), (self._other_button, other)):
            one.setVisible(offered is not None)
            if offered is not None:
                set_text(one, offered.label)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)


def _run(action: Action | None) -> None:
    if action is not None:
        action.run()
