"""The row under the picture: camera, range, preview, and the start and stop of it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from faceapp.types import RangeMode
from faceapp.ui.bridge import Purpose
from faceapp.ui.clicks import ignore_wheel, take_double_click_as_one
from faceapp.ui.icons import Icons
from faceapp.ui.theme import GRID_PX, Token
from faceapp.ui.widgets import icon_button, primary_button
from faceapp.ui.widgets.buttons import set_text
from faceapp.ui.widgets.camera_box import CameraBox
from faceapp.ui.widgets.labels import name_box
from faceapp.ui.words import live as words

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo


class Controls(QWidget):
    """What the operator sets in motion.

    Signals:
        started(): take attendance.
        stopped(): stop what runs.
        previewed(bool): show the picture without recording, or no more.
        camera_chosen(str): use this camera.
        range_chosen(str): look for faces near or far.
        refresh_wanted(): look for cameras again.
    """

    started = Signal()
    stopped = Signal()
    previewed = Signal(bool)
    camera_chosen = Signal(str)
    range_chosen = Signal(str)
    refresh_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._taking = False
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
        self.camera.activated.connect(self._choose_camera)
        self.range.activated.connect(self._choose_range)
        self.refresh.clicked.connect(self.refresh_wanted)
        self.preview.clicked.connect(self.previewed)
        self.start.clicked.connect(self._toggle)
        take_double_click_as_one(self.preview, self.start)
        ignore_wheel(self.camera, self.range)
        self.show_purpose(None)

    def show_cameras(self, cameras: Sequence[CameraInfo], chosen: str) -> None:
        """Offer these cameras; the chosen one is offered even if it was not found."""
        self.camera.offer(cameras, chosen)

    def show_range(self, mode: str) -> None:
        """Mark the range in force."""
        self.range.setCurrentIndex(self.range.findData(mode))

    def show_purpose(self, purpose: Purpose | None) -> None:
        """Show what the camera runs for."""
        self._taking = purpose is Purpose.TAKING
        text, tip, icon = (
            (words.STOP(), words.STOP_TIP(), "stop")
            if self._taking
            else (words.START(), words.START_TIP(), "play")
        )
        set_text(self.start, text)
        self.start.setToolTip(tip)
        self.start.setProperty("taking", self._taking)
        self.start.style().unpolish(self.start)
        self.start.style().polish(self.start)
        self._icons.put_on(self.start, icon, Token.ON_ACCENT, 20)
        self.preview.setChecked(purpose is Purpose.PREVIEW)
        self.preview.setEnabled(not self._taking)

    def _dress(self) -> None:
        self.camera.setToolTip(words.CAMERA())
        self.camera.setMinimumWidth(120)
        self.camera.setMaximumWidth(280)
        self.camera.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._icons.put_on(self.refresh, "refresh", Token.TEXT_MUTED, 20)
        self.range.setToolTip(f"{words.NEAR_TIP()}\n{words.FAR_TIP()}")
        self.range.addItem(words.NEAR(), RangeMode.NEAR.value)
        self.range.addItem(words.FAR(), RangeMode.FAR.value)
        self.preview.setCheckable(True)
        self.preview.setToolTip(words.PREVIEW_TIP())
        self._icons.put_on(self.preview, "eye", Token.TEXT, 20)
        self.start.setProperty("scale", "big")

    def _toggle(self) -> None:
        (self.stopped if self._taking else self.started).emit()

    def _choose_camera(self, index: int) -> None:
        self.camera_chosen.emit(self.camera.itemData(index))

    def _choose_range(self, index: int) -> None:
        self.range_chosen.emit(self.range.itemData(index))
