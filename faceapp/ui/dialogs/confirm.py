"""Dialogs that ask before something is lost. `Dialog.confirmed` returns the answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from faceapp.types import Backup, Damage, Person
from faceapp.ui import times
from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.widgets.labels import ElidedLabel
from faceapp.ui.words import (
    Text,
    attendance,
    common,
    enrol,
    isolated,
    one_line,
    people,
    settings,
    shell,
    with_id,
)

MOST_NAMED = 5


class ReplaceDialog(Dialog):
    """Says which file would be lost."""

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent, common.REPLACE_TITLE(), common.REPLACE_DO(), danger=True)
        self.say(common.REPLACE(file=isolated(path.name)))


class UnsavedDialog(Dialog):
    """Says how many entries would be lost by closing the window."""

    def __init__(self, parent: QWidget, waiting: int) -> None:
        super().__init__(parent, shell.UNSAVED_TITLE(), shell.UNSAVED_DO(), danger=True)
        self.say(shell.UNSAVED(waiting), shell.UNSAVED_WHY())


class PurgeDialog(Dialog):
    """Says how many entries would be deleted for ever."""

    def __init__(self, parent: QWidget, days: int, lost: int) -> None:
        kept = settings.DAYS(days)
        do = settings.RETENTION_LOSS_DO(days=kept)
        super().__init__(parent, settings.RETENTION_LOSS_TITLE(), do, danger=True)
        self.say(settings.RETENTION_LOSS(lost, days=kept))


class ForgetDialog(Dialog):
    """Says what is deleted with the people, and how many ``entries`` stay without a name."""

    def __init__(
        self, parent: QWidget, forgotten: Sequence[Person], samples: int, entries: int
    ) -> None:
        alone = forgotten[0].name if len(forgotten) == 1 else None
        whom = people.COUNT(len(forgotten)) if alone is None else isolated(alone)
        title = people.FORGET_TITLE(name=whom)
        super().__init__(parent, title, people.FORGET_DO(), danger=True)
        if alone is None:
            names = QVBoxLayout()
            names.setSpacing(4)
            for line in some_named(forgotten):
                names.addWidget(ElidedLabel(line))
            self.body.addLayout(names)
            what = people.FORGET_WHAT_OF_ALL(samples)
        else:
            self.say(with_id(alone, forgotten[0].id))
            what = people.FORGET_WHAT(samples)
        stay = people.FORGET_ENTRIES(entries) if entries else people.FORGET_NO_ENTRIES()
        self.say(what, stay, people.FORGET_FINAL())


def some_named(who: Sequence[Person]) -> list[str]:
    """Name people, each with the ID on a line; if there are many, the last line counts the rest."""
    return some_of([with_id(person.name, person.id) for person in who], people.OTHERS)


def some_of(lines: Sequence[str], others: Text) -> list[str]:
    """Return `MOST_NAMED` lines at most; if there are more, the last one counts the ``others``."""
    shown = lines if len(lines) <= MOST_NAMED else lines[: MOST_NAMED - 1]
    rest = len(lines) - len(shown)
    return [*shown, others(n=times.number(rest))] if rest else [*shown]


class RestoreDialog(Dialog):
    """Says what is replaced by what, and what is kept."""

    def __init__(self, parent: QWidget, source: Path, found: Backup) -> None:
        super().__init__(parent, settings.RESTORE_TITLE(), settings.RESTORE_CONFIRM(), danger=True)
        damaged = [settings.RESTORE_DAMAGED()] if found.damage != Damage() else []
        what = settings.RESTORE_WHAT(path=one_line(source.name))
        self.say(what, _contents(found), *damaged, settings.RESTORE_KEPT())


def _contents(found: Backup) -> str:
    counts = {
        "people": people.COUNT(found.people),
        "entries": attendance.COUNT_ENTRIES(found.entries),
    }
    if found.last_entry_at is None:
        return settings.RESTORE_HOLDS(**counts)
    day = times.day(times.local(found.last_entry_at).date())
    return settings.RESTORE_HOLDS_LAST(**counts, day=day)


class DraftDialog(Dialog):
    """Says that unsaved input about a person would be lost; ``title`` and ``do`` say by what."""

    def __init__(self, parent: QWidget, title: str, do: str) -> None:
        super().__init__(parent, title, do, danger=True)
        self.say(enrol.DRAFT())

    @staticmethod
    def ask_to_begin(parent: QWidget, name: str) -> bool:
        """Return whether the operator discards the draft and begins with ``name``."""
        title = enrol.DRAFT_TITLE(name=isolated(name))
        return DraftDialog(parent, title, enrol.DRAFT_DO()).confirmed()

    @staticmethod
    def ask_to_start_over(parent: QWidget) -> bool:
        """Return whether the operator discards the draft and starts over."""
        return DraftDialog(parent, enrol.DRAFT_OVER_TITLE(), enrol.DRAFT_OVER_DO()).confirmed()

    @staticmethod
    def ask_to_close(parent: QWidget) -> bool:
        """Return whether the operator discards the draft and closes the window."""
        return DraftDialog(parent, enrol.DRAFT_CLOSE_TITLE(), enrol.DRAFT_CLOSE_DO()).confirmed()
