"""Changes the groups of several people at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from faceapp.alphabet import rank
from faceapp.errors import PersonInvalid
from faceapp.service import regrouped
from faceapp.types import Person, PersonId, Regrouped
from faceapp.ui import times
from faceapp.ui.dialogs.confirm import MOST_NAMED, some_of
from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.icons import Icons
from faceapp.ui.widgets import ElidedLabel
from faceapp.ui.widgets.chips import Chips
from faceapp.ui.widgets.fields import mark_wrong
from faceapp.ui.widgets.layout import captioned
from faceapp.ui.words import common, enrol, errors, isolated, people


@dataclass(frozen=True, slots=True)
class Moves:
    """The groups that people ``leave``, and then ``join``."""

    join: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()


NO_MOVES = Moves()


class RegroupDialog(Dialog):
    """Shows who is in which group, and who would leave and join which; saves only a change.

    A chip is a group that all of the chosen people are in, or with a note how many of them.
    """

    def __init__(
        self,
        parent: QWidget,
        icons: Icons,
        everybody: Sequence[Person],
        chosen: AbstractSet[PersonId],
        unsaved: Moves = NO_MOVES,
    ) -> None:
        title = people.REGROUP_TITLE(people=people.COUNT(len(chosen)))
        super().__init__(parent, title, common.SAVE())
        self._everybody = everybody
        self._chosen = chosen
        self._members = Counter(
            group for person in everybody if person.id in chosen for group in person.groups
        )
        self.groups = Chips(icons, common.GROUPS(), enrol.GROUPS_HINT())
        known = {group for person in everybody for group in person.groups}
        self.groups.know(sorted(known, key=rank))
        self._choose(unsaved)
        if self.groups.noted:
            self.say(people.REGROUP_SOME())
        self.body.addLayout(captioned(common.GROUPS(), self.groups))
        self.problem = ElidedLabel()
        self.problem.setProperty("tone", "bad")
        self.effect = [ElidedLabel() for _ in range(MOST_NAMED)]
        for part in (self.problem, *self.effect):
            self.foot.addWidget(part)
        self.groups.changed.connect(self._check)
        self.groups.field.textChanged.connect(lambda _: self._check())
        self._check()
        self.groups.setFocus()

    @property
    def moves(self) -> Moves:
        """Return what was chosen, valid or not."""
        names, noted = self.groups.names, self.groups.noted
        return Moves(
            tuple(one for one in names if one not in noted and not self._has_all(one)),
            tuple(one for one in self._members if one not in names),
        )

    def _choose(self, moves: Moves) -> None:
        kept = sorted(set(self._members) - set(moves.leave), key=rank)
        notes = {
            group: people.COUNT_OF(
                shown=times.number(self._members[group]), all=times.number(len(self._chosen))
            )
            for group in kept
            if group not in moves.join and not self._has_all(group)
        }
        self.groups.choose([*kept, *moves.join], notes)

    def _has_all(self, group: str) -> bool:
        return self._members[group] == len(self._chosen)

    def _check(self) -> None:
        problem, changes, moves = "", list[Regrouped](), self.moves
        try:
            changes = regrouped(self._everybody, self._chosen, moves.join, moves.leave)
        except PersonInvalid as error:
            problem = errors.sentence(error)[0]
        mark_wrong(self.groups.field, problem)
        self.problem.set_text(problem)
        self.problem.setVisible(bool(problem))
        effect = some_of(_effect(changes), people.MORE_MOVES) or [people.NO_MOVES()]
        self._say_effect([] if problem else effect)
        self.do_button.setEnabled(bool(changes))

    def _say_effect(self, lines: Sequence[str]) -> None:
        for part in self.effect[len(lines) :]:
            part.hide()
        for part, line in zip(self.effect, lines, strict=False):
            part.set_text(line)
            part.show()
        self.do_button.setAccessibleDescription(" ".join(lines))
        self.fit()


def _effect(changes: Sequence[Regrouped]) -> list[str]:
    """Say how many people leave and join each group."""
    left = Counter(group for one in changes for group in set(one.former) - set(one.groups))
    joined = Counter(group for one in changes for group in set(one.groups) - set(one.former))
    return [
        say(counts[group], group=isolated(group))
        for say, counts in ((people.LEAVE, left), (people.JOIN, joined))
        for group in sorted(counts, key=rank)
    ]
