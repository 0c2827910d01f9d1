"""No two buttons that are seen together have the same key, in any language.

A key that is given twice presses neither button. Each tuple is a place in the window that shows one
of these texts at a time.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter

import pytest

from faceapp.ui import words
from faceapp.ui.translation import LANGUAGES
from faceapp.ui.words import attendance, common, enrol, live, people, settings, shell
from faceapp.ui.words.text import Text
from tests.ui.german import GERMAN

Places = list[tuple[Text, ...]]

EVERYWHERE: Places = [
    # The toast stays for some seconds when another page is opened, the banner until it is closed.
    (common.UNDO, common.OPEN_FOLDER),
    (enrol.STAFF_COPY, shell.COPY_DETAILS, shell.OTHER_MODEL_SHOW),
]

PAGES: dict[str, Places] = {
    "live": [(live.START, live.STOP), (live.EXPORT_TODAY,), (live.ENROL_FIRST, live.USE_DEMO)],
    "enrol": [
        (enrol.CONSENT,), (enrol.CHOOSE,), (enrol.CHOOSE_FOLDER,),
        (enrol.SAVE, enrol.SAVE_ADD), (enrol.START_OVER,), (enrol.FINISH,),
        (enrol.OPEN_THAT_PERSON, enrol.SAME_PERSON), (enrol.SOMEONE_ELSE,),
        (enrol.START_CAMERA, enrol.GO_ON, enrol.OTHER_CAMERA), (live.USE_DEMO,),
    ],
    "people": [
        (people.ENROL,), (people.ADD,), (people.ADD_SAMPLES,), (people.FORGET,),
        (people.EDIT, people.CHANGE_GROUPS),
    ],
    "attendance": [
        (attendance.DAY_VIEW,), (attendance.ENTRY_VIEW,), (attendance.TOTAL_VIEW,),
        (attendance.GO_LIVE,), (attendance.CORRECT,), (attendance.EXPORT,),
    ],
    "settings": [
        (settings.OPEN_FOLDER,), (settings.BACKUP_DO,), (settings.RESTORE_DO,),
        (settings.LICENCES_SHOW,),
    ],
}  # fmt: skip

DIALOGS: dict[str, Places] = {
    "menu of a row": [(attendance.CORRECT,), (attendance.SHOW_DAYS,)],
    "menu of a person": [
        (people.ADD_SAMPLES,), (people.EDIT,), (people.CHANGE_GROUPS,), (people.FORGET,),
    ],
    "correct": [(attendance.STRIKE,), (attendance.OTHER,), (attendance.CHANGE,), (attendance.ADD,)],
    "add, edit": [(enrol.CONSENT,), (people.ADD_DO,)],
    "resolve": [(live.IT_IS,), (live.SOMEBODY_ELSE,), (live.RECORD,), (live.NOBODY_KNOWN,)],
    "one question": [
        (
            common.REPLACE_DO, people.FORGET_DO, settings.RESTORE_CONFIRM, shell.UNSAVED_DO,
            enrol.DRAFT_DO, enrol.DRAFT_OVER_DO, enrol.DRAFT_CLOSE_DO,
        ),
    ],
}  # fmt: skip


def key_of(text: Text, language: str) -> str:
    shown = GERMAN[text.source] if language == "de" else text.source
    (key,) = re.findall(r"&(\w)", shown)
    return str(key).lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_given_twice(language: str) -> None:
    pages = {name: [*places, *EVERYWHERE] for name, places in PAGES.items()}
    twice = {}
    for name, places in (pages | DIALOGS).items():
        keys = Counter(key for place in places for key in {key_of(one, language) for one in place})
        twice[name] = [key for key, count in keys.items() if count > 1]
    assert {name: keys for name, keys in twice.items() if keys} == {}


def test_every_text_with_a_key_has_a_place() -> None:
    with_key = {
        value
        for module in pkgutil.iter_modules(words.__path__)
        for value in vars(importlib.import_module(f"{words.__name__}.{module.name}")).values()
        if isinstance(value, Text) and "&" in value.source
    }
    placed = [EVERYWHERE, *PAGES.values(), *DIALOGS.values()]
    assert with_key == {text for places in placed for place in places for text in place}
