from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from faceapp import messages
from faceapp.errors import FaceAppError, PersonInvalid, TargetLocked
from faceapp.types import CameraState, Decision, EntryKind, PoorReason
from faceapp.ui import words
from faceapp.ui.translation import TsTranslator
from faceapp.ui.words.text import Plural, Text
from tests.conftest import ROOT
from tests.ui.german import GERMAN, translations


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def named_values() -> Iterator[tuple[str, object]]:
    """Go through all that the modules of words define or import."""
    for module in pkgutil.iter_modules(words.__path__):
        if module.name != "text":
            yield from vars(importlib.import_module(f"{words.__name__}.{module.name}")).items()


def test_the_constants_of_words_are_texts() -> None:
    found = [(name, value) for name, value in named_values() if name.isupper()]
    assert len(found) > 300
    no_texts = {name for name, value in found if not list(translations.texts_in(value))}
    assert no_texts <= {"CONTEXT", "TYPE_CHECKING"}


def test_every_text_is_shown_somewhere() -> None:
    named = Counter(
        word
        for path in (ROOT / "faceapp" / "ui").rglob("*.py")
        for word in re.findall(r"\b[A-Z][A-Z_]+\b", path.read_text("utf-8"))
    )
    defined = Counter(name for name, value in named_values() if isinstance(value, Text | Plural))
    assert [name for name, count in defined.items() if named[name] <= count] == []


def test_every_state_has_its_word() -> None:
    assert set(words.states.CAMERA) == set(CameraState)
    assert set(words.states.DECISION) == set(Decision)
    assert set(words.states.COACHING) == set(PoorReason)
    assert set(words.states.KIND) == set(EntryKind)


def test_every_text_is_translated() -> None:
    assert set(GERMAN) == set(translations.sources())


def test_translations_keep_what_is_filled_in_and_their_keys() -> None:
    def kept(text: str) -> tuple[set[str], int, int]:
        # A double ampersand is no key.
        return fields(text), text.count("\n"), text.replace("&&", "").count("&")

    assert [source for source, german in GERMAN.items() if kept(german) != kept(source)] == []


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


@given(st.text())
def test_long_words_can_be_broken_and_nothing_else_changes(text: str) -> None:
    broken = words.breakable(text)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    if all(len(word) <= 24 for word in text.split()):
        assert broken == text


def test_no_piece_of_a_long_word_is_longer_than_a_line() -> None:
    pieces = words.breakable("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 3).split()
    assert len(pieces) == 3
    assert max(len(piece) for word in pieces for piece in word.split("\u200b")) == 24
    # A mark stays with the letter it belongs to.
    assert words.breakable("e" * 24 + "\u0301" + "e" * 3) == "e" * 24 + "\u0301\u200b" + "e" * 3


def test_every_error_has_two_sentences() -> None:
    def leaves(kind: type[FaceAppError]) -> set[type[FaceAppError]]:
        return {kind}.union(*(leaves(sub) for sub in kind.__subclasses__()))

    for kind in leaves(FaceAppError):
        what, hint = words.errors.sentence(kind())
        assert what
        assert hint


@pytest.mark.parametrize(("language", "number"), [("en", "5,000"), ("de", "5.000")])
def test_a_counted_number_is_parted_as_the_language_does(
    set_locale: Callable[[QLocale], None], language: str, number: str
) -> None:
    counted = Plural("{n} person", "{n} people")
    set_locale(QLocale(language))
    assert counted(5_000) == f"{number} people"
    assert counted(1) == "1 person"
