"""The window in other languages than English: Qt Linguist's .ts files, read as they are.

No compiled files: a .ts of some hundred texts is read in milliseconds, and only when it is needed.
Qt's own words (dialog buttons) come from the translations that PySide6 brings.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QFile,
    QIODevice,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
    QXmlStreamReader,
)
from PySide6.QtWidgets import QApplication

from faceapp.paths import assets_dir
from faceapp.ui.words.text import CONTEXT

LANGUAGES = {"en": QLocale.Language.English, "de": QLocale.Language.German}


class TsTranslator(QTranslator):
    """Answers Qt with the texts of one .ts file."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = read_ts(path)

    def translate(
        self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        return self._texts.get(source) if context == CONTEXT else None

    def isEmpty(self) -> bool:
        return not self._texts


def read_ts(path: Path) -> dict[str, str]:
    """Read the finished translations of a .ts file; empty when it cannot be read."""
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return {}
    texts: dict[str, str] = {}
    reader, source = QXmlStreamReader(file), ""
    while not reader.atEnd():
        if not reader.readNextStartElement():
            continue
        if reader.name() == "source":
            source = reader.readElementText()
        elif reader.name() == "translation":
            unfinished = reader.attributes().value("type") in {"unfinished", "obsolete"}
            text = reader.readElementText()
            if text and not unfinished:
                texts[source] = text
    file.close()
    return texts


def speak(app: QApplication, setting: str) -> str:
    """Use the language of the setting from now on; answers its code. Before the first widget."""
    system = QLocale.system()
    code = setting
    if setting not in LANGUAGES:
        code = next((c for c, name in LANGUAGES.items() if name == system.language()), "en")
    same = system.language() == LANGUAGES[code]
    QLocale.setDefault(system if same else QLocale(LANGUAGES[code]))
    if code != "en":
        _install(app, code)
    return code


def _install(app: QApplication, code: str) -> None:
    app.installTranslator(TsTranslator(assets_dir() / "translations" / f"faceapp_{code}.ts", app))
    of_qt = QTranslator(app)
    if of_qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(of_qt)
