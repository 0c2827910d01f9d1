"""Several people leave and join groups at once: what would change is shown, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from faceapp.types import PersonId
from faceapp.ui.dialogs.regroup import RegroupDialog
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.words import common, isolated
from faceapp.ui.words import enrol as enrol_words
from faceapp.ui.words import people as words
from tests.ui.answers import answering, refusing
from tests.ui.fit import clipped
from tests.ui.rooms import Room
from tests.ui.seen import click, press, texts

pytestmark = [
    pytest.mark.usefixtures("noon"),
    pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)"),
]

CTRL = Qt.KeyboardModifier.ControlModifier


def class_1a(room: Room) -> PeoplePage:
    """Let all of four people be chosen: three are in 1A, and one of those in the choir."""
    for code, *its_groups in (("P1", "1A"), ("P2", "1A", "Choir"), ("P3", "1A"), ("P4", "2A")):
        room.add(code, f"Person {code}", *its_groups)
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 4)
    room.qtbot.keyClick(page.table, Qt.Key.Key_A, CTRL)
    return page


def groups(room: Room) -> list[str]:
    return [" ".join(row.person.groups) for row in room.people()]


def regroup(page: PeoplePage, act: Callable[[RegroupDialog], object]) -> None:
    """Press the button for the chosen people's groups, and do something to the dialog."""
    with answering(RegroupDialog, act):
        click(page.panel.groups_button)


def chip(dialog: RegroupDialog, group: str) -> QToolButton:
    chips = dialog.findChildren(QToolButton)
    return [one for one in chips if one.text().startswith(group)][-1]  # the others are going


def type_group(room: Room, dialog: RegroupDialog, group: str) -> None:
    room.qtbot.keyClicks(dialog.groups.field, group)
    room.qtbot.keyClick(dialog.groups.field, Qt.Key.Key_Return)


def move_up(room: Room, page: PeoplePage) -> None:
    """Let everybody leave 1A and join 2A."""

    def move(dialog: RegroupDialog) -> None:
        click(chip(dialog, "1A"))
        type_group(room, dialog, "2A")
        click(dialog.do_button)

    regroup(page, move)
    room.until(lambda: room.toast == words.REGROUPED(people=words.COUNT(3)))


def test_a_class_moves_up_by_keyboard_alone_and_back(room: Room) -> None:
    page = class_1a(room)
    said: list[list[str]] = []

    def move(dialog: RegroupDialog) -> None:
        room.until(dialog.isActiveWindow)
        said.append(texts(dialog))
        assert not dialog.do_button.isEnabled()
        room.qtbot.keyClick(dialog.groups.field, Qt.Key.Key_Return)
        assert dialog.isVisible()
        room.qtbot.keyClick(dialog.groups.field, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is chip(dialog, "1A")
        room.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
        assert dialog.focusWidget() is dialog.groups.field
        room.qtbot.keyClicks(dialog.groups.field, "2a")
        said.append(texts(dialog))
        assert dialog.minimumSizeHint().height() <= dialog.height()  # the second line has room
        for _ in range(2):
            room.qtbot.keyClick(dialog.groups.field, Qt.Key.Key_Return)

    with answering(RegroupDialog, move):
        room.qtbot.keyClick(page.table, Qt.Key.Key_G, CTRL)
    assert {words.REGROUP_TITLE(people=words.COUNT(4)), words.NO_MOVES()} <= set(said[0])
    assert said[1][-2:] == [
        words.LEAVE(3, group=isolated("1A")),
        words.JOIN(3, group=isolated("2A")),
    ]
    room.until(lambda: room.toast == words.REGROUPED(people=words.COUNT(3)))
    assert groups(room) == ["2A", "2A Choir", "2A", "2A"]
    press(room.window.toast, common.UNDO())
    room.until(lambda: room.toast == words.GROUPS_BACK(3))
    assert groups(room) == ["1A", "1A Choir", "1A", "2A"]
    assert len(page.table.all_selected()) == 4


def test_a_group_that_only_some_are_in_says_so(room: Room) -> None:
    page = class_1a(room)

    def add_the_others(dialog: RegroupDialog) -> None:
        assert words.REGROUP_SOME() in texts(dialog)
        shown = {one.text() for one in dialog.findChildren(QToolButton)}
        counts = {group: words.COUNT_OF(shown=n, all="4") for group, n in (("1A", 3), ("2A", 1))}
        assert shown >= {f"{group} · {count}" for group, count in counts.items()}
        said = f"{enrol_words.REMOVE_GROUP(group='1A')} · {counts['1A']}"
        assert chip(dialog, "1A").accessibleName() == said
        room.qtbot.keyClicks(dialog.groups.field, "CHOIR")
        assert words.JOIN(3, group=isolated("Choir")) in texts(dialog)
        room.qtbot.keyClick(dialog.groups.field, Qt.Key.Key_Return)
        assert chip(dialog, "Choir").text() == "Choir"
        click(dialog.do_button)

    regroup(page, add_the_others)
    room.until(lambda: bool(room.toast))
    assert groups(room) == ["1A Choir", "1A Choir", "1A Choir", "2A Choir"]


def test_a_group_that_is_removed_and_typed_again_is_joined_by_all(room: Room) -> None:
    def change(dialog: RegroupDialog) -> None:
        click(chip(dialog, "Choir"))
        assert words.LEAVE(1, group=isolated("Choir")) in texts(dialog)
        type_group(room, dialog, "Choir")
        assert words.JOIN(3, group=isolated("Choir")) in texts(dialog)

    regroup(class_1a(room), change)
    assert groups(room) == ["1A", "1A Choir", "1A", "2A"]


def test_a_group_that_cannot_be_kept_is_said_before_saving(room: Room) -> None:
    page = class_1a(room)

    def change(dialog: RegroupDialog) -> None:
        dialog.groups.field.setText("\u200d")
        assert not dialog.do_button.isEnabled()
        assert dialog.groups.field.accessibleDescription() in texts(dialog)
        assert words.NO_MOVES() not in texts(dialog)
        dialog.groups.choose([f"Course {at}" for at in range(100)])
        type_group(room, dialog, "Course 100")
        assert not dialog.do_button.isEnabled()
        assert dialog.problem.isVisible()
        room.qtbot.keyClick(dialog.groups.field, Qt.Key.Key_Backspace)
        assert dialog.do_button.isEnabled()
        assert not dialog.problem.isVisible()
        assert words.MORE_MOVES(n="99") in texts(dialog)

    regroup(page, change)
    assert groups(room) == ["1A", "1A Choir", "1A", "2A"]


def test_who_was_changed_or_forgotten_since_is_left_alone_and_counted(room: Room) -> None:
    page = class_1a(room)
    move_up(room, page)
    with closing(room.parts.open_service()) as other:
        other.edit_person(PersonId("P1"), groups=["3C"])
        other.forget(PersonId("P3"))
    press(room.window.toast, common.UNDO())
    room.until(lambda: bool(room.told))
    (notice,) = room.told
    assert (notice.what, notice.hint) == (words.GROUPS_BACK(1), words.NOT_BACK(2))
    assert groups(room) == ["3C", "1A Choir", "2A"]


def test_what_could_not_be_saved_or_undone_is_there_for_another_try(room: Room) -> None:
    page = class_1a(room)

    def move(dialog: RegroupDialog) -> None:
        click(chip(dialog, "1A"))
        type_group(room, dialog, "Choir")
        click(dialog.do_button)

    def again(dialog: RegroupDialog) -> None:
        assert dialog.groups.names == ("2A", "Choir")
        assert dialog.groups.noted == {"2A"}
        click(dialog.do_button)

    with room.locked():
        regroup(page, move)
        room.until(lambda: bool(room.told))
    assert not room.toast
    regroup(page, again)
    room.until(lambda: bool(room.toast))
    assert groups(room) == ["Choir", "Choir", "Choir", "2A Choir"]
    with room.locked():
        press(room.window.toast, common.UNDO())
        room.until(lambda: len(room.told) == 2)
    press(room.window.toast, common.UNDO())
    room.until(lambda: room.toast == words.GROUPS_BACK(4))
    assert groups(room) == ["1A", "1A Choir", "1A", "2A"]
    regroup(page, lambda dialog: click(dialog.do_button))  # what is saved is not offered again
    assert groups(room) == ["1A", "1A Choir", "1A", "2A"]


def test_what_a_command_changes_meanwhile_stays(room: Room) -> None:
    page = class_1a(room)
    page.table.select("P1")
    room.qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    def change(dialog: RegroupDialog) -> None:
        assert chip(dialog, "1A").text() == "1A"
        with closing(room.parts.open_service()) as other:
            other.edit_person(PersonId("P1"), groups=["3C"])
        type_group(room, dialog, "Choir")
        click(dialog.do_button)

    regroup(page, change)
    room.until(lambda: bool(room.toast))
    assert groups(room) == ["3C Choir", "1A Choir", "1A", "2A"]


def test_nobody_is_changed_if_somebody_was_forgotten_meanwhile(room: Room) -> None:
    page = class_1a(room)

    def change(dialog: RegroupDialog) -> None:
        with closing(room.parts.open_service()) as other:
            other.forget(PersonId("P3"))
        type_group(room, dialog, "Choir")
        click(dialog.do_button)

    regroup(page, change)
    room.until(lambda: bool(room.told))
    assert groups(room) == ["1A", "1A Choir", "2A"]
    assert not room.toast


def test_the_groups_of_one_person_alone_are_edited_with_all_else(room: Room) -> None:
    page = class_1a(room)
    _, _, action, _ = page.table.actions()
    assert (action.isEnabled(), page.panel.groups_button.isVisible()) == (True, True)
    page.table.select("P2")
    assert (action.isEnabled(), page.panel.groups_button.isVisible()) == (False, False)
    with refusing(RegroupDialog) as asked:
        room.qtbot.keyClick(page.table, Qt.Key.Key_G, CTRL)
        room.wait_for_clerk()
    assert asked == []


def test_nothing_is_asked_before_anybody_is_selected(room: Room) -> None:
    room.add("P1", "Person P1", "1A")
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 1)
    assert not any(action.isEnabled() for action in page.table.actions())
    with refusing(RegroupDialog) as asked:
        room.qtbot.keyClick(page.table, Qt.Key.Key_G, CTRL)
        room.wait_for_clerk()
    assert asked == []


@pytest.mark.usefixtures("large_text", "language")
def test_what_would_change_stays_in_sight_however_many_groups_there_are(room: Room) -> None:
    courses = [f"Donaudampfschifffahrtselektrizität am Nachmittag {at}" for at in range(40)]
    for code in ("P1", "P2"):
        room.add(code, f"Person {code}", *courses[: 30 if code == "P1" else 40])
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 2)
    page.table.selectAll()

    def change(dialog: RegroupDialog) -> None:
        dialog.groups.choose([f"{'Kurs' * 45} {at}" for at in range(40)])
        room.qtbot.keyClick(dialog.groups.field, Qt.Key.Key_Backspace)
        assert words.MORE_MOVES(n="75") in texts(dialog)
        room.until(lambda: dialog.groups.height() > dialog.height())
        assert dialog.frameGeometry().height() <= dialog.screen().availableGeometry().height()
        for part in (*dialog.effect, dialog.do_button):
            assert part.visibleRegion().boundingRect().size() == part.size()
        assert clipped(dialog) == []

    regroup(page, change)
