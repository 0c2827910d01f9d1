"""The row below the picture: camera, range, preview, and start or stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from faceapp.types import RangeMode
from faceapp.ui.bridge import Purpose
from faceapp.ui.clicks import ignore_wheel, take_double_click_as_one
from faceapp.ui.desk import Desk
from faceapp.ui.theme import GRID_PX, Token, scaled
from faceapp.ui.widgets import icon_button, primary_button
from faceapp.ui.widgets.buttons import set_text
from faceapp.ui.widgets.camera_box import CameraBox
from faceapp.ui.widgets.fields import restyle
from faceapp.ui.widgets.labels import name_box
from faceapp.ui.words import live as words

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo
    from faceapp.config import Settings


class Controls(QWidget):
    """The operator's controls. The page handles ``refresh`` and ``start``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.camera = CameraBox()
        self.refresh = icon_button(words.CAMERA_REFRESH())
        self.range = QComboBox()
        self.preview = icon_button(words.SHOW_PREVIEW())
        self.start = primary_button(words.START())
        self._dress()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        for part in (self.camera, self.refresh, self.range, self.preview):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.start)
        name_box(self.camera, words.CAMERA())
        name_box(self.range, words.RANGE())
        change = desk.settings.change
        self.camera.activated.connect(lambda _: change("camera", self.camera.currentData()))
        self.range.activated.connect(lambda _: change("range_mode", self.range.currentData()))
        self.preview.clicked.connect(self._preview)
        take_double_click_as_one(self.preview, self.start)
        ignore_wheel(self.camera, self.range)
        self.show_purpose(None)

    def show_settings(self, settings: Settings, cameras: Sequence[CameraInfo]) -> None:
        """Show what is set; the chosen camera is offered even if it is not among ``cameras``."""
        self.camera.offer(cameras, settings.camera)
        self.range.setCurrentIndex(self.range.findData(settings.range_mode))

    def show_purpose(self, purpose: Purpose | None) -> None:
        """Show what the camera runs for."""
        taking = purpose is Purpose.TAKING
        text, tip, icon = (
            (words.STOP(), words.STOP_TIP(), "stop")
            if taking
            else (words.START(), words.START_TIP(), "play")
        )
        set_text(self.start, text)
        self.start.setToolTip(tip)
        self.start.setProperty("taking", taking)
        restyle(self.start)
        self._desk.icons.put_on(self.start, icon, Token.ON_ACCENT, 20)
        self.preview.setChecked(purpose is Purpose.PREVIEW)
        self.preview.setEnabled(not taking)
        self.preview.setToolTip(words.PREVIEW_NOT_NOW() if taking else words.PREVIEW_TIP())

    def _dress(self) -> None:
        self.camera.setToolTip(words.CAMERA())
        self.camera.setMinimumWidth(scaled(120))
        self.camera.setMaximumWidth(scaled(280))
        self.camera.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._desk.icons.put_on(self.refresh, "refresh", Token.TEXT_MUTED, 20)
        self.range.setToolTip(f"{words.NEAR_TIP()}\n{words.FAR_TIP()}")
        self.range.addItem(words.NEAR(), RangeMode.NEAR.value)
        self.range.addItem(words.FAR(), RangeMode.FAR.value)
        self.preview.setCheckable(True)
        self._desk.icons.put_on(self.preview, "eye", Token.TEXT, 20)
        self.start.setProperty("scale", "big")

    def _preview(self, wanted: bool) -> None:
        if wanted:
            self._desk.camera.start(Purpose.PREVIEW)
        else:
            self._desk.camera.stop()
