"""Keeps the keyboard focus in place while a page's buttons are disabled for a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget


class FocusKeeper:
    """Gives the focus back to a widget that lost it by being disabled.

    Qt moves the focus of a disabled widget elsewhere, even out of the page. If the operator moves
    it before the widget is enabled again, it stays where the operator put it.
    """

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._lost: QWidget | None = None
        self._instead: QWidget | None = None

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Wrap code that enables or disables the page's widgets."""
        focused = self._focused()
        lost = self._lost if focused is self._instead else None
        yield
        if focused is not None and not focused.isEnabled():
            lost, self._instead = focused, self._focused()
        elif lost is not None and lost.isEnabled():
            if self._page.isVisible():  # a hidden page must not take the focus
                lost.setFocus(Qt.FocusReason.OtherFocusReason)
            lost = None
        self._lost = lost

    def occupy(self, button: QAbstractButton, text: str = "") -> Callable[[], None]:
        """Disable a button, perhaps with another text, until the returned function is called."""
        former = button.text()

        def show(said: str, *, enabled: bool) -> None:
            button.setText(said)
            with self.keeping():
                button.setEnabled(enabled)

        show(text or former, enabled=False)
        return lambda: show(former, enabled=True)

    def _focused(self) -> QWidget | None:
        """Return the window's focused widget; PySide's types omit that there may be none."""
        return self._page.window().focusWidget()
