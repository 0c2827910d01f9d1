"""The program's version, the recognition model, and the licences."""

from __future__ import annotations

from pathlib import Path

from faceapp import __version__, paths
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.licences import LicencesDialog
from faceapp.ui.pages.settings.section import Section
from faceapp.ui.parts import model_in_use
from faceapp.ui.widgets import ElidedLabel, button
from faceapp.ui.words import common
from faceapp.ui.words import settings as words


class AboutSection(Section):
    """Version, model and licences."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        program = ElidedLabel(words.PROGRAM(version=__version__))
        self.model = ElidedLabel("")
        self.licences_button = button(words.LICENCES_SHOW())
        self.licences_button.clicked.connect(self._read)
        self.add(words.PROGRAM_TITLE, words.PROGRAM_WHY, program)
        self.add(words.MODEL, words.MODEL_WHY, self.model)
        self.add(words.LICENCES, words.LICENCES_WHY, self.licences_button)

    def look(self) -> None:
        """Find out which model is in use."""
        parts = self.desk.parts
        self.desk.ops.aside(
            lambda: model_in_use(parts),
            done=lambda model: self.model.set_text(model.id if model else words.MODEL_NONE()),
            label="read the model's card",
        )

    def _read(self) -> None:
        path = paths.licences_file()
        self.desk.ops.aside(
            lambda: _lines(path),
            done=lambda lines: LicencesDialog.show_to(self, lines),
            ended=self.focus.occupy(self.licences_button),
            label="read the licences",
        )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return [common.CAME_WITH_PROGRAM(path=path)]
