"""Which camera, and how far away faces are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from faceapp.config import Settings
from faceapp.types import RangeMode
from faceapp.ui.cameras import label_of, name_of
from faceapp.ui.pages.settings.rows import About, SettingRow, choice, show_choice
from faceapp.ui.pages.settings.section import Section, Tools
from faceapp.ui.theme import GRID_PX
from faceapp.ui.widgets import icon_button
from faceapp.ui.widgets.labels import plain_tip
from faceapp.ui.words import settings as words

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

OTHER = "\0other"


class CameraSection(Section):
    """The camera is picked among those found, or given by its address or file."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._cameras: Sequence[CameraInfo] | None = None
        self.camera_box = QComboBox()
        self.camera_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.camera_box.installEventFilter(tools.keeper)
        self.camera_box.activated.connect(lambda _: self._choose())
        self.camera_box.setAccessibleName(words.CAMERA())
        self.address = QLineEdit()
        self.address.setPlaceholderText(words.CAMERA_ADDRESS_HINT())
        self.address.setAccessibleName(words.CAMERA_ADDRESS())
        self.address.setMaxLength(1000)
        self.address.editingFinished.connect(self._take_address)
        self.refresh_button = icon_button(words.CAMERA_REFRESH())
        tools.desk.icons.put_on(self.refresh_button, "refresh")
        self.refresh_button.clicked.connect(self.look)
        ranges = {mode.value: text for mode, text in words.RANGE_CHOICE.items()}
        self.range_box = choice(ranges, self._take_range, tools.keeper)
        camera_default = words.CAMERA_FIRST()
        near = words.RANGE_CHOICE[RangeMode(Settings().range_mode)]()
        self.add(SettingRow(About(words.CAMERA, words.CAMERA_WHY, camera_default), self._control()))
        self.add(SettingRow(About(words.RANGE, words.RANGE_WHY, near), self.range_box))

    def look(self) -> None:
        """Look which cameras there are, off the GUI thread."""
        self.refresh_button.setEnabled(False)
        desk = self.tools.desk
        desk.ops.aside(
            desk.parts.list_cameras,
            self._take_cameras,
            ended=lambda: self.refresh_button.setEnabled(True),
            label="find cameras",
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        show_choice(self.range_box, settings.range_mode)
        if self.address.isHidden():  # else somebody is typing into it
            self._show_cameras(settings.camera)

    def settle(self) -> None:
        """Take an address that is typed."""
        self._take_address()

    def _take_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        self._cameras = cameras
        self.show_settings(self.tools.desk.settings.value)

    def _show_cameras(self, source: str) -> None:
        cameras = self._cameras or ()
        self.camera_box.clear()
        for info in cameras:
            self.camera_box.addItem(label_of(info), info.id)
        if self.camera_box.findData(source) < 0:
            self.camera_box.addItem(name_of(source, cameras), source)
        self.camera_box.addItem(words.CAMERA_OTHER(), OTHER)
        show_choice(self.camera_box, source)
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
        source = self.address.text().strip()
        if source and not self.address.isHidden():  # the page may be, when it was left for another
            self.set("camera", source, name_of(source, ()))
        elif self.address.hasFocus():
            return
        self._show_cameras(self.tools.desk.settings.value.camera)

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
        self.address.hide()
        return control
