"""Keeps the keyboard's place on a page whose buttons cannot be pressed for a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget


class FocusKeeper:
    """Brings the focus back to what lost it by being disabled.

    Qt then moves it elsewhere, even out of the page. Where the operator has moved it by the time
    that widget is enabled again, it stays there.
    """

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._lost: QWidget | None = None
        self._instead: QWidget | None = None

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Do inside whatever enables and disables the page's widgets."""
        focused = self._focused()
        lost = self._lost if focused is self._instead else None
        yield
        if focused is not None and not focused.isEnabled():
            lost, self._instead = focused, self._focused()
        elif lost is not None and lost.isEnabled():
            if self._page.isVisible():  # else it would take it out of the page in front
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
        """Return what has the window's focus; PySide's types do not know that nothing may."""
        return self._page.window().focusWidget()
