"""Several people leave and join groups at once, and are put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.errors import PersonInvalid, UnknownPerson
from faceapp.service import Service, regrouped
from faceapp.types import Changes, Person, PersonId, Regrouped
from tests.helpers.clock import MONDAY
from tests.helpers.data import sample, service_on, sighting
from tests.helpers.examples import examples

Groups = Mapping[PersonId, tuple[str, ...]]

ONE, TWO, THREE, FOUR = map(PersonId, ("P01", "P02", "P03", "P04"))


def groups(service: Service) -> dict[PersonId, tuple[str, ...]]:
    return {row.person.id: row.person.groups for row in service.people()}


def put(service: Service, wanted: Groups) -> None:
    for person, its_groups in wanted.items():
        service.edit_person(person, groups=its_groups)


@pytest.fixture
def class_1a(service: Service) -> Service:
    """Two people in 1A, one of them in a choir too, a third in 2A, and one in no group."""
    for number, its_groups in enumerate([("1A",), ("1A", "Choir"), ("2A",), ()], 1):
        service.add_person(Person(PersonId(f"P0{number}"), f"Person {number}", its_groups))
    service.take_changes()
    return service


def test_a_class_moves_up(class_1a: Service) -> None:
    changed = class_1a.change_groups([TWO, ONE, THREE], join=["2A"], leave=["1A"])
    assert changed == [
        Regrouped(ONE, ("1A",), ("2A",)),
        Regrouped(TWO, ("1A", "Choir"), ("2A", "Choir")),
    ]
    assert groups(class_1a) == {ONE: ("2A",), TWO: ("2A", "Choir"), THREE: ("2A",), FOUR: ()}
    assert class_1a.take_changes() == Changes(people=True, entries=True)
    assert class_1a.change_groups([ONE, TWO], join=["2A"], leave=["1A"]) == []
    assert class_1a.take_changes() == Changes()


def test_what_was_changed_is_on_the_disk(class_1a: Service, tmp_path: Path) -> None:
    class_1a.change_groups([ONE], leave=["1A"])
    with service_on(tmp_path / "faceapp.db") as other:
        assert groups(other)[ONE] == ()


def test_entries_stay_as_they_are(service: Service) -> None:
    service.enrol(Person(ONE, "Grace", ("1A",)), [sample(1)])
    service.record(sighting(ONE, MONDAY))
    before = service.entries()
    service.change_groups([ONE], join=["2A"], leave=["1A"])
    assert service.entries() == before
    assert len(service.templates(ONE)) == 1


def test_a_group_to_join_is_spelt_as_it_is_already(class_1a: Service) -> None:
    class_1a.change_groups([FOUR], join=[" choir ", "2a"])
    assert groups(class_1a)[FOUR] == ("2A", "Choir")


def test_a_group_that_all_of_its_members_leave_can_be_spelt_anew(class_1a: Service) -> None:
    class_1a.change_groups([ONE, TWO], join=["1a"], leave=["1A"])
    assert class_1a.groups() == ["1a", "2A", "Choir"]
    class_1a.change_groups([ONE], join=["1A"], leave=["1a"])
    assert class_1a.groups() == ["1a", "2A", "Choir"]  # as Person 2 is still in it


def test_an_old_spelling_twice_stays_with_who_is_left_alone(service: Service) -> None:
    service.add_person(Person(ONE, "Grace", ("Staff",)))
    service._store._connection.run("INSERT INTO person_groups VALUES (1, 'STAFF')")
    assert service.change_groups([ONE], join=["staff"]) == []
    assert len(groups(service)[ONE]) == 2


@pytest.mark.parametrize(
    ("people", "join", "error"),
    [
        ([ONE, PersonId("P99")], ["2A"], UnknownPerson),
        ([ONE, FOUR], ["a\x07b"], PersonInvalid),
        ([ONE, FOUR], [" "], PersonInvalid),
        ([ONE, FOUR], ["x" * 201], PersonInvalid),
        ([FOUR, ONE], [f"Course {number}" for number in range(100)], PersonInvalid),
    ],
)
def test_if_one_of_them_cannot_be_changed_nobody_is(
    class_1a: Service, people: Sequence[PersonId], join: Sequence[str], error: type[Exception]
) -> None:
    before = groups(class_1a)
    with pytest.raises(error):
        class_1a.change_groups(people, join=join)
    assert groups(class_1a) == before


def test_a_fault_half_way_changes_nobody(class_1a: Service) -> None:
    before = groups(class_1a)
    class_1a._store._connection.run(
        "CREATE TEMP TRIGGER worn BEFORE INSERT ON person_groups WHEN new.person = 2"
        " BEGIN SELECT RAISE(ABORT, 'worn'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        class_1a.change_groups([ONE, TWO], join=["2A"])
    assert groups(class_1a) == before


def test_who_was_changed_again_or_forgotten_is_not_put_back(class_1a: Service) -> None:
    changed = class_1a.change_groups([ONE, TWO, THREE, FOUR], join=["3C"], leave=["1A"])
    class_1a.edit_person(TWO, groups=["3C", "Choir", "Chess"])
    class_1a.edit_person(ONE, "Somebody else's name")
    class_1a.forget(FOUR)
    assert class_1a.put_groups_back(changed) == 2
    assert groups(class_1a) == {ONE: ("1A",), TWO: ("3C", "Chess", "Choir"), THREE: ("2A",)}
    assert class_1a.put_groups_back(changed) == 0


NAMES = st.sampled_from(["1A", "1a", "2A", "Choir", "CHOIR", "Straße", "STRASSE"])
SOME = st.lists(NAMES, max_size=4)
PEOPLE = st.sampled_from([ONE, TWO, THREE, FOUR])


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Four people in a database that all examples use."""
    path = tmp_path_factory.mktemp("four") / "faceapp.db"
    with service_on(path) as service:
        for person in (ONE, TWO, THREE, FOUR):
            service.add_person(Person(person, "Somebody"))
        yield service


@settings(max_examples=examples(60))
@given(
    st.fixed_dictionaries({person: SOME.map(tuple) for person in (ONE, TWO, THREE, FOUR)}),
    st.sets(PEOPLE), SOME, SOME, st.dictionaries(PEOPLE, SOME.map(tuple)),
)  # fmt: skip
def test_undoing_is_the_identity_but_for_later_changes(
    four: Service, at_first: Groups, chosen: set[PersonId], join: list[str], leave: list[str],
    later: Groups,
) -> None:  # fmt: skip
    put(four, at_first)
    before = groups(four)
    everybody = [row.person for row in four.people()]
    foreseen = regrouped(everybody, chosen, join, leave)
    changed = four.change_groups(chosen, join=join, leave=leave)
    assert changed == foreseen
    after = groups(four)
    assert {one.person: (one.former, one.groups) for one in changed} == {
        person: (before[person], after[person])
        for person in before
        if before[person] != after[person]
    }
    joined = {group.casefold() for group in join}
    for person in chosen:
        assert joined <= {group.casefold() for group in after[person]}
        assert set(before[person]) - set(leave) <= set(after[person])
        left = set(before[person]) & set(leave)
        assert not {one.casefold() for one in left & set(after[person])} - joined
    put(four, later)
    now = groups(four)
    assert four.put_groups_back(changed) == sum(now[one.person] == one.groups for one in changed)
    assert groups(four) == {
        person: before[person] if now[person] == after[person] else now[person] for person in now
    }
