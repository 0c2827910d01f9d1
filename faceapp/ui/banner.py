"""The one place for messages: a banner above the page, with the newest in front."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from faceapp.ui.announce import announce
from faceapp.ui.clicks import take_double_click_as_one
from faceapp.ui.icons import Icons
from faceapp.ui.notices import Notice, Notices, Tone
from faceapp.ui.theme import GRID_PX, Token
from faceapp.ui.widgets import button, icon_button, label
from faceapp.ui.widgets.buttons import set_text
from faceapp.ui.words import common, shell

LOOKS: dict[Tone, tuple[str, Token]] = {
    Tone.GOOD: ("check", Token.GOOD),
    Tone.CAUTION: ("warning", Token.CAUTION),
    Tone.BAD: ("error", Token.BAD),
}


class Banner(QFrame):
    """Shows the newest notice until it is dismissed or withdrawn, then the one before it."""

    def __init__(self, icons: Icons, notices: Notices) -> None:
        super().__init__()
        self._icons = icons
        self._waiting: list[Notice] = []
        self._icon = QLabel()
        self._what = label(bold=True, wrap=True)
        self._hint = label(wrap=True)
        self._action = button("")
        self._close = icon_button(common.DISMISS())
        icons.put_on(self._close, "close", Token.TEXT_MUTED, 16)
        self._lay_out()
        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self.dismiss)
        # A second press would act on the older message that reappears.
        take_double_click_as_one(self._action, self._close)
        notices.told.connect(self.tell)
        notices.withdrawn.connect(self.withdraw)
        self.setAccessibleName(shell.BANNER())
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """Return the message in front."""
        return self._waiting[-1] if self._waiting else None

    def tell(self, notice: Notice) -> None:
        """Put a message in front; it replaces an older one with the same key."""
        self._waiting = [old for old in self._waiting if not _same(old, notice)]
        self._waiting.append(notice)
        self._show()
        announce(self, f"{notice.what} {notice.hint}".strip(), urgent=notice.tone is Tone.BAD)

    def withdraw(self, key: str) -> None:
        """Remove the messages with ``key``."""
        self._waiting = [old for old in self._waiting if old.key != key]
        self._show()

    def dismiss(self) -> None:
        """Remove the message in front."""
        if self._waiting:
            self._waiting.pop()
        self._show()

    def _act(self) -> None:
        notice = self.notice
        self.dismiss()
        if notice is not None and notice.action is not None:
            notice.action.run()

    def _show(self) -> None:
        notice = self.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        icon, token = LOOKS[notice.tone]
        self._icons.put_on(self._icon, icon, token, 24)
        self._what.setText(notice.what)
        self._hint.setText(notice.hint)
        self._hint.setVisible(bool(notice.hint))
        self._action.setVisible(notice.action is not None)
        if notice.action is not None:
            set_text(self._action, notice.action.label)
        self.setAccessibleDescription(f"{notice.what} {notice.hint}")
        self.setProperty("banner", notice.tone.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._what)
        texts.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        row.setSpacing(GRID_PX + 4)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _same(old: Notice, new: Notice) -> bool:
    return old == new or bool(new.key and old.key == new.key)
