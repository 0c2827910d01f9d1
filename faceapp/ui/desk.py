"""The dependencies of every page: one value instead of globals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from faceapp import config
from faceapp.config import Settings, Value
from faceapp.errors import FaceAppError, SettingsError

if TYPE_CHECKING:
    from faceapp.clock import Clock
    from faceapp.paths import Paths
    from faceapp.service import Service
    from faceapp.ui.bridge import LiveCamera
    from faceapp.ui.icons import Icons
    from faceapp.ui.memory import Memory
    from faceapp.ui.notices import Notices
    from faceapp.ui.ops import Ops
    from faceapp.ui.page import Navigator
    from faceapp.ui.parts import WindowParts
    from faceapp.ui.theme import Theme


class ChangeHub(QObject):
    """Tells every view what to read again.

    Signals:
        changed(Changes): this data was changed and saved, or could not be read until now.
    """

    changed = Signal(object)


class SettingsDesk(QObject):
    """The settings in force. A change is checked, applied at once and saved on the clerk's thread.

    Signals:
        changed(Settings, Settings): the new and the former ones.
    """

    changed = Signal(object, object)

    def __init__(self, settings: Settings, path: Path, ops: Ops, notices: Notices) -> None:
        super().__init__()
        self._value = settings
        self._path = path
        self._ops = ops
        self._notices = notices
        # The error that kept them from being saved, and whether a job is saving them now.
        self._unsaved: FaceAppError | None = None
        self._saving = False

    @property
    def value(self) -> Settings:
        """Return the settings in force."""
        return self._value

    def change(self, key: str, value: Value) -> bool:
        """Set one value; if it is invalid, say why in the banner and return False."""
        try:
            new = config.replace_value(self._value, key, value)
        except SettingsError as error:
            self._notices.error(error)
            return False
        former, self._value = self._value, new
        if new != former:
            self._put(self._miss)
            self.changed.emit(new, former)
        return True

    def retry(self) -> None:
        """Retry saving settings that could not be saved; the same error is not told again."""
        former = self._unsaved
        if former is not None and not self._saving:
            self._put(lambda error: None if error.code == former.code else self._miss(error))

    def _put(self, failed: Callable[[FaceAppError], None]) -> None:
        new, self._saving = self._value, True

        def save(service: Service) -> None:
            # The settings apply as shown, even if they cannot be saved.
            service.use_settings(new)
            config.save(self._path, new)

        self._ops.run(
            save, done=self._settle, failed=failed, ended=self._end_saving, label="save settings"
        )

    def _end_saving(self) -> None:
        self._saving = False

    def _settle(self, _: None) -> None:
        former, self._unsaved = self._unsaved, None
        if isinstance(former, SettingsError):  # others may concern more than the settings
            self._notices.withdraw(former.code)

    def _miss(self, error: FaceAppError) -> None:
        self._unsaved = error
        self._notices.error(error)


@dataclass(frozen=True)
class Desk:
    """Everything that a page may use."""

    ops: Ops
    camera: LiveCamera
    settings: SettingsDesk
    theme: Theme
    icons: Icons
    notices: Notices
    changes: ChangeHub
    navigator: Navigator
    memory: Memory
    paths: Paths
    parts: WindowParts
    clock: Clock
