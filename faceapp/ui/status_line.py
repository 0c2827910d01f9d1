"""The line at the bottom: camera and its state, speed, people in the gallery, the database."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from faceapp.types import CameraState
from faceapp.ui.feed import Speed
from faceapp.ui.icons import Icons
from faceapp.ui.theme import GRID_PX, Size, Token
from faceapp.ui.widgets import ElidedLabel, label
from faceapp.ui.words import live, shell, states

CAMERA_LOOKS: dict[CameraState, tuple[str, Token]] = {
    CameraState.OK: ("camera", Token.GOOD),
    CameraState.OPENING: ("camera", Token.TEXT_MUTED),
    CameraState.SLOW: ("warning", Token.CAUTION),
    CameraState.ENDED: ("camera-off", Token.TEXT_MUTED),
    CameraState.STOPPED: ("camera-off", Token.TEXT_MUTED),
}
TROUBLE = ("warning", Token.BAD)


class StatusLine(QWidget):
    """Shows facts at a glance, in words and icons."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.setProperty("surface", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(shell.STATUS())
        self.setMinimumHeight(4 * GRID_PX)  # room for a toast with its button
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID_PX, 4, 2 * GRID_PX, 4)
        self._row.setSpacing(GRID_PX // 2)
        # Elided in the middle, because the camera's state is at the end.
        self._camera_icon, self._camera = QLabel(), ElidedLabel(size=Size.SMALL, in_middle=True)
        self._fps, self._latency = label(size=Size.SMALL), label(size=Size.SMALL)
        self._people_icon, self._people = QLabel(), label(size=Size.SMALL)
        self._database_icon, self._database = QLabel(), label(size=Size.SMALL)
        self._fps.setToolTip(shell.FPS_TIP())
        self._latency.setToolTip(shell.LATENCY_TIP())
        metrics = QFontMetrics(self._fps.font())
        most = {self._fps: shell.FPS(fps="000"), self._latency: shell.LATENCY(ms="0000")}
        for part, widest in most.items():
            # Wide enough for its longest text, so that nothing moves when the numbers change.
            part.setMinimumWidth(metrics.horizontalAdvance(widest))
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._taking_icon, self._taking = QLabel(), label(live.TAKING(), Size.SMALL, bold=True)
        icons.put_on(self._taking_icon, "record", Token.BAD, 16)
        self._taking.setContentsMargins(0, 0, 2 * GRID_PX, 0)
        self._lay_out()
        self.show_taking(taking=False)
        self.show_camera("", CameraState.STOPPED)
        self.show_people(None)
        self.show_database(shell.DATABASE_OPENING(), Token.TEXT_MUTED)

    @property
    def camera(self) -> str:
        """Return what is said of the camera."""
        return self._camera.full_text

    def show_taking(self, *, taking: bool) -> None:
        """Show whether attendance is being taken; visible on every page."""
        for part in (self._taking_icon, self._taking):
            part.setVisible(taking)

    def show_camera(self, name: str, state: CameraState) -> None:
        """Show what the camera is doing."""
        icon, token = CAMERA_LOOKS.get(state, TROUBLE)
        self._icons.put_on(self._camera_icon, icon, token, 16)
        if state is CameraState.STOPPED:
            self._camera.set_text(shell.NO_CAMERA())
        else:
            words = states.CAMERA[state]()
            self._camera.set_text(shell.CAMERA_STATUS(camera=name, state=words))

    def show_speed(self, speed: Speed | None) -> None:
        """Show how many pictures come per second and how long a look at one takes."""
        latency_ms = speed.latency_ms if speed else None
        self._fps.setText(shell.FPS(fps=round(speed.fps)) if speed else "")
        self._latency.setText("" if latency_ms is None else shell.LATENCY(ms=round(latency_ms)))

    def show_people(self, count: int | None) -> None:
        """Show how many people can be recognized."""
        self._icons.put_on(self._people_icon, "people", Token.TEXT_MUTED, 16)
        self._people.setText("" if count is None else shell.GALLERY(count))
        self._people_icon.setVisible(count is not None)

    def show_database(self, text: str, token: Token = Token.GOOD) -> None:
        """Show whether everything is saved."""
        self._icons.put_on(self._database_icon, "database", token, 16)
        self._database.setText(text)

    def _lay_out(self) -> None:
        for part in (self._taking_icon, self._taking, self._camera_icon):
            self._row.addWidget(part)
        self._row.addWidget(self._camera, 1)
        for part in (self._fps, self._latency):
            self._row.addWidget(part)
            self._row.addSpacing(2 * GRID_PX)
        for icon, part in (
            (self._people_icon, self._people),
            (self._database_icon, self._database),
        ):
            self._row.addWidget(icon)
            self._row.addWidget(part)
            self._row.addSpacing(2 * GRID_PX)
