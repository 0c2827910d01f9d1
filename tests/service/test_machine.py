"""Any order of all operations, against a model in plain Python."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from faceapp.config import Settings
from faceapp.errors import CorrectionRefused, IdTaken, UnknownPerson
from faceapp.service import Service
from faceapp.store import open_store, restore
from faceapp.types import EntryId, EntryKind, Person, PersonId, RecordOutcome
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import BERLIN, sample, score, sighting, templates_of_all
from tests.helpers.examples import examples

IDS = st.sampled_from([PersonId(f"P{number}") for number in range(2)])
NAMES = st.sampled_from(["Grace", "Omar", "李", "=1+1", "👩‍👧", "'); DROP TABLE people;--"])
# Few and near each other, so that they meet: within the cool-down, at its end, over midnight.
MINUTES = st.sampled_from([0, 1, 5, 6, 60, 64, 480, 897, 899, 900, 902, 1440, 1445, 1500, 2880])
COOLDOWN = timedelta(minutes=5)


@dataclass
class ModelEntry:
    """One row of the model's log.

    ``owner`` counts people ever enrolled, ``added`` is why it was added by hand.
    """

    owner: int
    at: datetime
    kind: EntryKind
    day: date
    added: str | None = None
    void: str | None = None


@dataclass
class Model:
    """What should be in the database."""

    people: dict[PersonId, tuple[int, str]] = field(default_factory=dict)
    samples: dict[int, list[int]] = field(default_factory=dict)
    enrolled: int = 0
    log: list[ModelEntry] = field(default_factory=list)

    def copy(self) -> Model:
        return Model(
            dict(self.people),
            {owner: list(seeds) for owner, seeds in self.samples.items()},
            self.enrolled,
            [ModelEntry(**vars(entry)) for entry in self.log],
        )


def local_date(at: datetime) -> date:
    return at.astimezone(BERLIN).date()


def nobody_came(earlier: list[ModelEntry]) -> bool:
    """Tell whether a day has no arrival: a first "out" by hand ended the work of the day before."""
    if any(entry.kind is not EntryKind.OUT for entry in earlier):
        return False
    return not earlier or min(earlier, key=lambda entry: entry.at).added is not None


class AnyOrder(RuleBasedStateMachine):
    """Enrol, rename, add, forget, record, correct, reopen, back up, restore."""

    @initialize()
    def begin(self) -> None:
        """Start with one person: most of what can be done is done to somebody."""
        self.folder = Path(tempfile.mkdtemp(prefix="faceapp-machine-"))
        self.clock = HandClock(MONDAY + timedelta(days=4))
        self.service = self.open()
        self.model = Model()
        self.saved: tuple[Path, Model] | None = None
        self.enrol(PersonId("P0"), "Grace", [1])

    def open(self) -> Service:
        store = open_store(self.folder / "faceapp.db")
        return Service(store, Settings(), self.clock, lambda: BERLIN, score)

    def teardown(self) -> None:
        if hasattr(self, "service"):
            self.service.close()
            shutil.rmtree(self.folder)

    @rule(person=IDS, name=NAMES, seeds=st.lists(st.integers(0, 99), min_size=1, max_size=3))
    def enrol(self, person: PersonId, name: str, seeds: list[int]) -> None:
        try:
            self.service.enrol(Person(person, name), [sample(seed) for seed in seeds])
        except IdTaken:
            assert person in self.model.people
            return
        assert person not in self.model.people
        self.model.enrolled += 1
        self.model.people[person] = (self.model.enrolled, name)
        self.model.samples[self.model.enrolled] = list(dict.fromkeys(seeds))

    @rule(person=IDS, name=NAMES)
    def rename(self, person: PersonId, name: str) -> None:
        try:
            self.service.edit_person(person, name)
        except UnknownPerson:
            assert person not in self.model.people
            return
        self.model.people[person] = (self.model.people[person][0], name)

    @rule(person=IDS, seed=st.integers(0, 99))
    def add_sample(self, person: PersonId, seed: int) -> None:
        try:
            self.service.add_samples(person, [sample(seed)])
        except UnknownPerson:
            assert person not in self.model.people
            return
        kept = self.model.samples[self.model.people[person][0]]
        if seed not in kept:
            kept.append(seed)

    @rule(people=st.lists(IDS, min_size=1, max_size=3))
    def forget(self, people: list[PersonId]) -> None:
        try:
            self.service.forget(*people)
        except UnknownPerson:
            assert not self.model.people.keys() >= set(people)
            return
        owners = {self.model.people.pop(person)[0] for person in set(people)}
        for owner in owners:
            del self.model.samples[owner]
        for entry in self.model.log:
            if entry.owner in owners:
                entry.void = None if entry.void is None else ""
                entry.added = None if entry.added is None else ""
        assert not self.service.traces_left()

    @rule(person=IDS, minutes=st.lists(MINUTES, min_size=1, max_size=4))
    def see(self, person: PersonId, minutes: list[int]) -> None:
        for minute in minutes:
            self.record(person, minute)

    def record(self, person: PersonId, minute: int) -> None:
        at = MONDAY + timedelta(minutes=minute)
        owner = self.model.people.get(person, (0, ""))[0]
        recorded = self.service.record(sighting(person, at, key=f"{owner}|{minute}"))
        if not owner:
            assert recorded.outcome is RecordOutcome.NOBODY
            return
        own = [entry for entry in self.model.log if entry.owner == owner]
        if any(entry.at == at and entry.added is None for entry in own):
            assert recorded.outcome is RecordOutcome.DUPLICATE
            return
        valid = [entry for entry in own if entry.void is None]
        if any(abs(entry.at - at) < COOLDOWN for entry in valid):
            assert recorded.outcome is RecordOutcome.COOLING_DOWN
            return
        assert recorded.outcome is RecordOutcome.RECORDED
        day = local_date(at)
        earlier = [entry for entry in valid if entry.day == day and entry.at <= at]
        kind = EntryKind.IN if nobody_came(earlier) else EntryKind.OUT
        self.model.log.append(ModelEntry(owner, at, kind, day))

    @rule(person=IDS, minute=MINUTES, kind=st.sampled_from(EntryKind))
    def add_entry(self, person: PersonId, minute: int, kind: EntryKind) -> None:
        at = MONDAY + timedelta(minutes=minute)
        before = self.service.count_entries()
        try:
            self.service.add_entry(person, at, kind, "by hand")
        except UnknownPerson:
            assert person not in self.model.people
            return
        owner = self.model.people[person][0]
        stands = any(
            (entry.owner, entry.at, entry.kind, entry.added, entry.void)
            == (owner, at, kind, "by hand", None)
            for entry in self.model.log
        )
        assert self.service.count_entries() == before + (not stands)
        if not stands:
            self.model.log.append(ModelEntry(owner, at, kind, local_date(at), added="by hand"))

    @precondition(lambda self: self.model.log)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, len(self.model.log) - 1))
        entry = self.model.log[index]
        try:
            self.service.void_entry(EntryId(index + 1), "a mistake")
        except CorrectionRefused:
            assert entry.void is not None
            return
        assert entry.void is None
        entry.void = "a mistake"

    @rule()
    def reopen(self) -> None:
        self.service.close()
        self.service = self.open()

    @rule()
    def back_up(self) -> None:
        copy = self.service.backup(self.folder / "copy.db")
        self.saved = (copy, self.model.copy())

    @precondition(lambda self: self.saved)
    @rule()
    def put_back(self) -> None:
        assert self.saved is not None
        copy, model = self.saved
        self.service.close()
        restore(copy, self.folder / "faceapp.db", self.folder / "faceapp.lock")
        self.service, self.model = self.open(), model.copy()

    @invariant()
    def people_agree(self) -> None:
        if not hasattr(self, "service"):
            return
        found = {row.person.id: (row.person.name, row.templates) for row in self.service.people()}
        assert found == {
            person: (name, len(self.model.samples[owner]))
            for person, (owner, name) in self.model.people.items()
        }
        vectors = sorted(
            (template.person, template.vector.tobytes())
            for template in templates_of_all(self.service)
        )
        assert vectors == sorted(
            (person, sample(seed).vector.tobytes())
            for person, (owner, _) in self.model.people.items()
            for seed in self.model.samples[owner]
        )

    @invariant()
    def entries_agree(self) -> None:
        if not hasattr(self, "service"):
            return
        owners = {owner: (person, name) for person, (owner, name) in self.model.people.items()}
        expected = [
            (
                EntryId(number),
                *owners.get(entry.owner, (f"forgotten-{entry.owner}", "")),
                entry.at,
                entry.kind,
                entry.day,
                entry.void,
                entry.added,
            )
            for number, entry in enumerate(self.model.log, start=1)
        ]
        found = [
            (
                *(e.id, e.person, e.name, e.at, e.kind, e.local_date),
                *(e.voided_reason, e.correction_reason),
            )
            for e in self.service.entries()
        ]
        assert sorted(found) == sorted(expected)
        present = {(row.local_date, row.person.id) for row in self.service.days() if row.present}
        assert present == {(row[5], row[1]) for row in expected if row[6] is None}


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=examples(15), stateful_step_count=20)
