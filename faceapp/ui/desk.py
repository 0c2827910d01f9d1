"""What every page is handed: one value instead of globals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from faceapp import config
from faceapp.config import Settings, Value
from faceapp.errors import SettingsError
from faceapp.types import Changes

if TYPE_CHECKING:
    from faceapp.clock import Clock
    from faceapp.paths import Paths
    from faceapp.service import Service
    from faceapp.ui.bridge import Live
    from faceapp.ui.icons import Icons
    from faceapp.ui.notices import Notices
    from faceapp.ui.ops import Ops
    from faceapp.ui.page import Navigator
    from faceapp.ui.parts import Parts
    from faceapp.ui.theme import Theme


class ChangeHub(QObject):
    """Tells every view what an operation changed.

    Signals:
        changed(Changes): emitted on the GUI thread after the change was saved.
    """

    changed = Signal(object)


class SettingsDesk(QObject):
    """The settings in force. A change is checked, taken at once and saved on the clerk's thread.

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

    @property
    def value(self) -> Settings:
        """Give the settings in force."""
        return self._value

    def change(self, key: str, value: Value) -> bool:
        """Set one value; says why not in the banner and answers False for a wrong one."""
        try:
            new = config.replace_value(self._value, key, value)
        except SettingsError as error:
            self._notices.error(error)
            return False
        former, self._value = self._value, new
        if new != former:
            self._ops.run(lambda service: self._save(service, new), label="save settings")
            self.changed.emit(new, former)
        return True

    def _save(self, service: Service, settings: Settings) -> Changes:
        """On the clerk's thread. What the window shows is in force, even if it cannot be kept."""
        service.use_settings(settings)
        config.save(self._path, settings)
        return Changes(settings=True)


@dataclass(frozen=True)
class Desk:
    """All that a page may use."""

    ops: Ops
    live: Live
    settings: SettingsDesk
    theme: Theme
    icons: Icons
    notices: Notices
    changes: ChangeHub
    navigator: Navigator
    paths: Paths
    parts: Parts
    clock: Clock
