"""The data folder, its backup, and the restore."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from faceapp.types import Backup
from faceapp.ui import times
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import RestoreDialog
from faceapp.ui.notices import Action
from faceapp.ui.opening import open_folder
from faceapp.ui.pages.settings.section import Section
from faceapp.ui.theme import GRID_PX
from faceapp.ui.widgets import ElidedLabel, button
from faceapp.ui.words import common, one_line
from faceapp.ui.words import settings as words


class DataSection(Section):
    """Folder, backup and restore."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        folder = desk.paths.data_dir
        self.folder_button = button(words.OPEN_FOLDER())
        self.folder_button.clicked.connect(lambda: open_folder(folder))
        self.backup_button = button(words.BACKUP_DO())
        self.backup_button.clicked.connect(self._back_up)
        self.restore_button = button(words.RESTORE_DO())
        self.restore_button.clicked.connect(self._restore)
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(ElidedLabel(str(folder)))
        column.addWidget(self.folder_button)
        self.add(words.FOLDER, words.FOLDER_WHY, place)
        self.add(words.BACKUP, words.BACKUP_WHY, self.backup_button)
        self.add(words.RESTORE, words.RESTORE_WHY, self.restore_button)

    def _back_up(self) -> None:
        today = times.local(self.desk.clock.now()).date()
        path = files.ask_backup(self, files.documents() / f"faceapp-{today.isoformat()}.db")
        if path is None:
            return
        ops = self.desk.ops
        ops.aside(  # the medium may be slow, and entries must not wait for it
            lambda: ops.read_here(lambda service: service.backup(path)),
            done=self._backed_up,
            ended=self.focus.occupy(self.backup_button, words.BACKING_UP()),
            label="back up",
            makes_file=True,
        )

    def _backed_up(self, written: Path) -> None:
        show = Action(common.OPEN_FOLDER(), lambda: open_folder(written.parent))
        self.desk.notices.toast(words.BACKED_UP(path=one_line(str(written))), show)

    def _restore(self) -> None:
        source = files.ask_restore(self, files.documents())
        if source is None:
            return
        self.desk.ops.aside(
            lambda: self.desk.parts.inspect_backup(source),
            done=lambda found: self._ask_restore(source, found),
            ended=self.focus.occupy(self.restore_button, words.RESTORE_LOOKING()),
            label="look into the backup",
        )

    def _ask_restore(self, source: Path, found: Backup) -> None:
        if RestoreDialog(self, source, found).confirmed():
            self.desk.navigator.ask_restore(source)
