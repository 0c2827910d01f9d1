from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
import string
from collections import Counter
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from faceapp import messages
from faceapp.errors import FaceAppError, PersonInvalid, TargetLocked
from faceapp.types import CameraState, Decision, EntryKind, PoorReason
from faceapp.ui import words
from faceapp.ui.translation import TsTranslator, read_ts
from faceapp.ui.words.text import Plural, Text
from tests.conftest import ROOT


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = script("translations")
GERMAN = read_ts(translations.file_of("de"))


def test_the_modules_of_words_hold_texts_only() -> None:
    found = 0
    for module in pkgutil.iter_modules(words.__path__):
        if module.name == "text":
            continue
        namespace = vars(importlib.import_module(f"{words.__name__}.{module.name}"))
        for name, value in namespace.items():
            if name.isupper() and name not in {"CONTEXT", "TYPE_CHECKING"}:
                assert list(translations.texts_in(value)), f"{module.name}.{name} is no text"
                found += 1
    assert found > 300


def test_every_text_is_shown_somewhere() -> None:
    named = Counter(
        word
        for path in (ROOT / "faceapp" / "ui").rglob("*.py")
        for word in re.findall(r"\b[A-Z][A-Z_]+\b", path.read_text("utf-8"))
    )
    defined = Counter(
        name
        for module in pkgutil.iter_modules(words.__path__)
        for name, value in vars(importlib.import_module(f"{words.__name__}.{module.name}")).items()
        if isinstance(value, (Text, Plural))
    )
    assert [name for name, count in defined.items() if named[name] <= count] == []


def test_every_state_has_its_word() -> None:
    assert set(words.states.CAMERA) == set(CameraState)
    assert set(words.states.DECISION) == set(Decision)
    assert set(words.states.COACHING) == set(PoorReason)
    assert set(words.states.KIND) == set(EntryKind)


def test_every_text_is_translated() -> None:
    assert set(GERMAN) == set(translations.sources())


@pytest.mark.parametrize("source", sorted(GERMAN))
def test_translations_keep_what_is_filled_in(source: str) -> None:
    assert fields(GERMAN[source]) == fields(source)
    assert GERMAN[source].count("\n") == source.count("\n")
    # A key stays a key, and a double ampersand is none.
    assert GERMAN[source].replace("&&", "").count("&") == source.replace("&&", "").count("&")


def test_german_is_spoken_where_it_is_installed(qapp: QApplication) -> None:
    translator = TsTranslator(translations.file_of("de"))
    qapp.installTranslator(translator)
    try:
        assert words.shell.SETTINGS() == "Einstellungen"
        assert words.shell.GALLERY(1) != words.shell.GALLERY(2)
        what, hint = words.errors.sentence(TargetLocked(path="a.csv", instead="a (2).csv"))
        assert "a (2).csv" in what
        assert what != messages.sentence(TargetLocked(path="a.csv", instead="a (2).csv"))[0]
        assert hint
        what, _ = words.errors.sentence(PersonInvalid(field="group", why="empty"))
        assert what == "Die Gruppe ist nicht brauchbar: leer."
        assert Text("not a text of the window")() == "not a text of the window"
    finally:
        qapp.removeTranslator(translator)
    assert words.shell.SETTINGS() == "Settings"


@given(st.text(), st.text())
def test_names_stand_in_sentences_as_they_are(one: str, other: str) -> None:
    assert Text("{a} and {b}")(a=one, b=other) == f"{one} and {other}"


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(words.one_line(text).splitlines()) <= 1


def test_every_error_has_two_sentences() -> None:
    def leaves(kind: type[FaceAppError]) -> set[type[FaceAppError]]:
        return {kind}.union(*(leaves(sub) for sub in kind.__subclasses__()))

    for kind in leaves(FaceAppError):
        what, hint = words.errors.sentence(kind())
        assert what
        assert hint


@pytest.mark.parametrize(("language", "number"), [("en", "5,000"), ("de", "5.000")])
def test_a_counted_number_is_parted_as_the_language_does(language: str, number: str) -> None:
    counted = Plural("{n} person", "{n} people")
    former = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        assert counted(5_000) == f"{number} people"
        assert counted(1) == "1 person"
    finally:
        QLocale.setDefault(former)
