"""Which camera, and how far away faces are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from faceapp.config import Settings
from faceapp.types import RangeMode
from faceapp.ui.cameras import name_of, source_of
from faceapp.ui.clicks import ignore_wheel
from faceapp.ui.desk import Desk
from faceapp.ui.pages.settings.rows import choice, show_choice
from faceapp.ui.pages.settings.section import Section
from faceapp.ui.theme import GRID_PX
from faceapp.ui.widgets import icon_button
from faceapp.ui.widgets.camera_box import CameraBox
from faceapp.ui.widgets.labels import name_box, plain_tip
from faceapp.ui.words import settings as words

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

OTHER = "\0other"


class CameraSection(Section):
    """Chooses one of the cameras found, or a source by its address or file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._cameras: Sequence[CameraInfo] = ()
        self.camera_box = CameraBox((words.CAMERA_OTHER(), OTHER))
        ignore_wheel(self.camera_box)
        self.camera_box.activated.connect(lambda _: self._choose())
        self.address = QLineEdit()
        self.address.setPlaceholderText(words.CAMERA_ADDRESS_HINT())
        self.address.setAccessibleName(words.CAMERA_ADDRESS())
        self.address.setMaxLength(1000)
        self.address.editingFinished.connect(self._take_address)
        self.refresh_button = icon_button(words.CAMERA_REFRESH())
        desk.icons.put_on(self.refresh_button, "refresh")
        self.refresh_button.clicked.connect(self.look)
        ranges = {mode.value: text for mode, text in words.RANGE_CHOICE.items()}
        self.range_box = choice(ranges, self._take_range)
        near = words.RANGE_CHOICE[RangeMode(Settings().range_mode)]()
        self.add(words.CAMERA, words.CAMERA_WHY, self._control(), words.CAMERA_FIRST())
        self.add(words.RANGE, words.RANGE_WHY, self.range_box, near)

    def look(self) -> None:
        """Look for cameras, off the GUI thread."""
        self.desk.ops.aside(
            self.desk.parts.list_cameras,
            done=self._take_cameras,
            ended=self.focus.occupy(self.refresh_button),
            label="find cameras",
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        show_choice(self.range_box, settings.range_mode)
        if self.address.isHidden():  # otherwise somebody is typing into it
            self._show_cameras(settings.camera)

    def settle(self) -> None:
        """Apply an address that was typed."""
        self._take_address()

    def _take_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        self._cameras = cameras
        self.show_settings(self.desk.settings.value)

    def _show_cameras(self, source: str) -> None:
        self.camera_box.offer(self._cameras, source)
        self.camera_box.setToolTip(plain_tip(self.camera_box.currentText()))
        self.address.setVisible(False)

    def _choose(self) -> None:
        source = self.camera_box.currentData()
        if source != OTHER:
            self.address.setVisible(False)
            self.set("camera", source, self.camera_box.currentText())
            return
        self.address.setVisible(True)
        self.address.clear()
        self.address.setFocus()

    def _take_address(self) -> None:
        source = source_of(self.address.text())
        entered = self.address.hasFocus()
        if source and not self.address.isHidden():  # the page itself may be, once it was left
            self.set("camera", source, name_of(source, ()))
        elif entered:
            return
        self._show_cameras(self.desk.settings.value.camera)
        if entered:  # Qt would go on to the next row, whose value the arrows then change
            self.camera_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_range(self, mode: str) -> None:
        self.set("range_mode", mode, f"{words.RANGE()}: {words.RANGE_CHOICE[RangeMode(mode)]()}")

    def _control(self) -> QWidget:
        control = QWidget()
        row = QHBoxLayout()
        row.setSpacing(GRID_PX)
        row.addWidget(self.camera_box, 1)
        row.addWidget(self.refresh_button)
        column = QVBoxLayout(control)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addLayout(row)
        column.addWidget(self.address)
        name_box(self.camera_box, words.CAMERA())
        self.address.hide()
        return control
