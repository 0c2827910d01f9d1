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


class Language:
    """The language of one window, from before its first widget until `stop`."""

    def __init__(self, app: QApplication, setting: str) -> None:
        """Speak the language of the setting: a code of `LANGUAGES`, or "system"."""
        system = QLocale.system()
        self._app = app
        self._former = QLocale()
        self._translators: list[QTranslator] = []
        self.code = setting
        if setting not in LANGUAGES:
            ours = (code for code, name in LANGUAGES.items() if name == system.language())
            self.code = next(ours, "en")
        QLocale.setDefault(locale_of(LANGUAGES[self.code], system))
        if self.code != "en":
            self._add(TsTranslator(file_of(self.code), app))
            self._add_qt()

    def stop(self) -> None:
        """Speak as before."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._translators = []
        QLocale.setDefault(self._former)

    def _add(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._translators.append(translator)

    def _add_qt(self) -> None:
        """Have the buttons of Qt's own dialogs speak it too."""
        of_qt = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if of_qt.load(f"qtbase_{self.code}", folder):
            self._add(of_qt)


def language_in_use() -> str:
    """Return the code of `LANGUAGES` that the window speaks."""
    spoken = QLocale().language()
    return next((code for code, language in LANGUAGES.items() if language == spoken), "en")


def locale_of(language: QLocale.Language, system: QLocale) -> QLocale:
    """Return how dates and numbers are written: in ``language``, in the system's country.

    English in a country that Qt knows no English of is the world's: 11/12 means the eleventh of
    December there, as it does nearly everywhere.
    """
    if system.language() == language:
        return system
    there = QLocale(language, system.territory())
    known = there.territory() == system.territory()
    return there if known else QLocale(language, QLocale.Country.World)


def file_of(code: str) -> Path:
    """Name the file of a language's texts."""
    return assets_dir() / "translations" / f"faceapp_{code}.ts"
