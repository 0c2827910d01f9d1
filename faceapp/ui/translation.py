"""The window in languages other than English, read directly from Qt Linguist's .ts files.

Nothing is compiled: a .ts file of some hundred texts is read in milliseconds, and only when needed.
Qt's own texts (dialog buttons) come from the translations in PySide6.
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
    """Return the finished translations in a .ts file; empty if it cannot be read."""
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
        """Switch to the language ``setting``: a code of `LANGUAGES`, or "system"."""
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
        """Go back to the former language."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._translators = []
        QLocale.setDefault(self._former)

    def _add(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._translators.append(translator)

    def _add_qt(self) -> None:
        """Translate the buttons of Qt's own dialogs too."""
        of_qt = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if of_qt.load(f"qtbase_{self.code}", folder):
            self._add(of_qt)


def language_in_use() -> str:
    """Return the window's language, a code of `LANGUAGES`."""
    spoken = QLocale().language()
    return next((code for code, language in LANGUAGES.items() if language == spoken), "en")


def locale_of(language: QLocale.Language, system: QLocale) -> QLocale:
    """Return the locale for dates and numbers: ``language`` as used in the system's country.

    If Qt has no such locale, return the language's world locale: in English, 11/12 is then the
    eleventh of December, as it is nearly everywhere.
    """
    if system.language() == language:
        return system
    there = QLocale(language, system.territory())
    known = there.territory() == system.territory()
    return there if known else QLocale(language, QLocale.Country.World)


def file_of(code: str) -> Path:
    """Return the path of a language's .ts file."""
    return assets_dir() / "translations" / f"faceapp_{code}.ts"
