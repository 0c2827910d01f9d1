"""Closing the window while a read does not return, after a signal has asked the program to end."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from faceapp.store import open_store
from faceapp.types import Person, PersonId
from faceapp.ui.run import Shell
from tests.ui.rooms import RoomParts


@pytest.mark.expect_log("left behind: aside")
def test_the_window_closes_and_what_was_done_is_kept(qapp: QApplication, parts: RoomParts) -> None:
    reading, answer, returned = Event(), Event(), Event()

    def read() -> None:
        reading.set()
        answer.wait()
        returned.set()

    shell = Shell(qapp, parts, given_up=lambda: True)
    shell.desk.ops.aside(read)
    reading.wait()
    shell.desk.ops.run(lambda service: service.add_person(Person(PersonId("P1"), "Grace Okafor")))
    shell.close()
    assert not returned.is_set()
    store = open_store(parts.paths.database)
    assert [row.person.id for row in store.people.summaries()] == ["P1"]
    store.close()
    answer.set()  # only so that this test leaves no thread
    returned.wait()
    shell.window.deleteLater()
    shell.desk.theme.deleteLater()
