from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import (
    AlreadyEnrolled,
    IdTaken,
    NobodyInView,
    PersonInvalid,
    UnknownPerson,
)
from faceapp.recognition.threshold import Thresholds
from faceapp.service import Service
from faceapp.store import open_store
from faceapp.types import (
    F32,
    Changes,
    Damage,
    EntryFilter,
    ModelId,
    Person,
    PersonId,
    RecordOutcome,
    Sample,
)
from tests.helpers.data import (
    GOOD,
    GRACE,
    MODEL,
    MONDAY,
    OMAR,
    SetClock,
    sample,
    service_on,
    sighting,
)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def service(tmp_path: Path, clock: SetClock) -> Iterator[Service]:
    with service_on(tmp_path / "faceapp.db", clock) as service:
        yield service


def test_an_enrolled_person_is_there_with_all_samples(service: Service, clock: SetClock) -> None:
    samples = [sample(1, "camera"), sample(2, "/home/grace/pictures/Grace O/a.jpg")]
    service.enrol(GRACE, samples)
    assert service.person(GRACE.id) == GRACE
    clock.advance(60)
    (row,) = service.people()
    assert (row.person, row.templates, row.weakest) == (GRACE, 2, 0.5)
    assert (row.enrolled_at, row.last_seen_at) == (MONDAY, None)
    templates = service.templates(GRACE.id)
    for kept, given in zip(templates, samples, strict=True):
        assert np.array_equal(kept.vector, given.vector)
        assert not kept.vector.flags.writeable
        assert (kept.person, kept.model_id, kept.created_at) == (GRACE.id, MODEL, MONDAY)
    assert [template.source for template in templates] == ["camera", "a.jpg"]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("camera", "camera"),
        ("/data/P01 - Grace/1.jpg", "1.jpg"),
        ("C:\\Bilder\\Grace\\1.jpg", "1.jpg"),
        ("demo", "demo"),
    ],
)
def test_a_source_keeps_no_folder(service: Service, source: str, kept: str) -> None:
    service.enrol(GRACE, [sample(1, source)])
    assert service.templates(GRACE.id)[0].source == kept


def test_an_id_is_taken_once(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    with pytest.raises(IdTaken) as caught:
        service.enrol(Person(GRACE.id, "Somebody else"), [sample(2)])
    assert caught.value.details == {"person": GRACE.id}
    assert service.person(GRACE.id) == GRACE
    assert len(service.templates(GRACE.id)) == 1


def test_an_id_that_differs_in_case_only_is_taken(service: Service) -> None:
    service.enrol(Person(PersonId("é002"), "Grace"), [sample(1)])
    for add in (
        lambda one: service.enrol(one, [sample(2)]),
        service.add_person,
    ):
        with pytest.raises(IdTaken) as caught:
            add(Person(PersonId("É002"), "Somebody else"))
        assert caught.value.details == {"person": "É002", "other": "é002"}
    assert len(service.people()) == 1


def test_ids_of_before_that_differ_in_case_only_stay_apart(
    service: Service, clock: SetClock, tmp_path: Path
) -> None:
    service.enrol(Person(PersonId("e002"), "Grace"), [sample(1)])
    with closing(open_store(tmp_path / "faceapp.db")) as store, store.writing():
        store.people.add(Person(PersonId("E002"), "Omar"), clock.now())
    for code, name in (("e002", "Grace"), ("E002", "Omar")):
        assert service.person(PersonId(code)).name == name
        with pytest.raises(IdTaken) as caught:
            service.add_person(Person(PersonId(code), "Somebody else"))
        assert caught.value.details == {"person": code}
    service.forget(PersonId("e002"))
    assert [row.person.name for row in service.people()] == ["Omar"]


def test_a_group_is_spelt_as_it_is_already(service: Service) -> None:
    service.enrol(Person(GRACE.id, "Grace", ("Class 1a",)), [sample(1)])
    service.add_person(Person(OMAR.id, "Omar", ("CLASS 1A", "Staff", "staff")))
    assert service.person(OMAR.id).groups == ("Class 1a", "Staff")
    service.rename(GRACE.id, "Grace", ["class 1A", "STAFF"])
    assert service.person(GRACE.id).groups == ("Class 1a", "Staff")
    service.rename(OMAR.id, "Omar", ["staff"])
    assert service.groups() == ["Class 1a", "Staff"]
    service.rename(GRACE.id, "Grace", ["1A"])
    service.rename(GRACE.id, "Grace", ["1a"])  # nobody else is in it: it is spelt anew
    assert service.groups() == ["1a", "Staff"]


def test_a_known_face_is_refused_unless_it_really_is_someone_else(service: Service) -> None:
    service.enrol(GRACE, [sample(1), sample(2)])
    service.enrol(OMAR, [sample(3)])
    thresholds = Thresholds(accept=0.95, unsure=0.9)
    twin = Person(PersonId("P03"), "Twin")
    with pytest.raises(AlreadyEnrolled) as caught:
        service.enrol(twin, [sample(1)], thresholds=thresholds)
    assert caught.value.details == {"person": "P03", "other": "P01"}
    assert len(service.people()) == 2
    service.enrol(twin, [sample(1)])
    service.enrol(Person(PersonId("P04"), "New"), [sample(9)], thresholds=thresholds)
    assert len(service.people()) == 4


def test_nobody_is_enrolled_without_a_face_by_accident(service: Service) -> None:
    with pytest.raises(NobodyInView):
        service.enrol(GRACE, [])
    assert service.people() == []
    service.add_person(GRACE)
    assert service.people()[0].weakest is None
    with pytest.raises(IdTaken):
        service.add_person(GRACE)
    with pytest.raises(NobodyInView):
        service.add_samples(GRACE.id, [])
    service.add_samples(GRACE.id, [sample(1)])
    assert service.people()[0].templates == 1


def broken(vector: np.ndarray) -> Sample:
    return Sample(vector, GOOD, MODEL, "camera", np.zeros((112, 112, 3), np.uint8))


@pytest.mark.parametrize(
    "samples",
    [
        [sample(1), sample(2, model=ModelId("other"))],
        [sample(1), broken(np.ones(4, np.float32) / 2)],
        [broken(np.full(8, np.nan, np.float32))],
        [broken(np.zeros(8, np.float32))],
        [broken(np.ones(1, np.float64))],
    ],
)
def test_vectors_that_cannot_be_compared_are_our_mistake(
    service: Service, samples: list[Sample]
) -> None:
    with pytest.raises(ValueError, match="expected"):
        service.enrol(GRACE, samples)
    assert service.people() == []


def test_templates_are_given_out_by_model(service: Service) -> None:
    service.enrol(GRACE, [sample(1), sample(2)])
    service.add_samples(GRACE.id, [sample(3, model=ModelId("newer"))])
    service.enrol(OMAR, [sample(4, model=ModelId("newer"))])
    assert [t.person for t in service.gallery_templates(MODEL)] == ["P01", "P01"]
    assert [t.person for t in service.gallery_templates(ModelId("newer"))] == ["P01", "P02"]
    assert service.gallery_templates(ModelId("none")) == []
    assert len(service.templates(GRACE.id)) == 3


def test_a_renamed_person_keeps_everything_else(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    service.record(sighting(GRACE.id, MONDAY))
    service.rename(GRACE.id, "Grace Adeyemi")
    assert service.person(GRACE.id) == Person(GRACE.id, "Grace Adeyemi", GRACE.groups)
    assert service.entries()[0].name == "Grace Adeyemi"
    assert len(service.templates(GRACE.id)) == 1
    service.rename(GRACE.id, "Grace", ["Staff", "Class 3", "Staff"])
    assert service.person(GRACE.id).groups == ("Class 3", "Staff")
    service.rename(GRACE.id, "Grace", [])
    assert service.person(GRACE.id).groups == ()
    with pytest.raises(PersonInvalid):
        service.rename(GRACE.id, " ")
    assert service.person(GRACE.id).name == "Grace"


def test_groups_are_those_that_somebody_is_in(service: Service) -> None:
    assert service.groups() == []
    service.enrol(GRACE, [sample(1)])
    service.enrol(OMAR, [sample(2)])
    assert service.groups() == ["Class 3", "Staff"]
    service.forget(OMAR.id)
    assert service.groups() == ["Class 3"]


def test_somebody_who_is_not_there_is_reported(service: Service) -> None:
    nobody = PersonId("P99")
    for ask in (
        lambda: service.person(nobody),
        lambda: service.templates(nobody),
        lambda: service.rename(nobody, "Name"),
        lambda: service.forget(nobody),
        lambda: service.add_samples(nobody, [sample(1)]),
    ):
        with pytest.raises(UnknownPerson) as caught:
            ask()
        assert caught.value.details["person"] == nobody


def test_a_forgotten_person_leaves_entries_without_a_name(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    service.record(sighting(GRACE.id, MONDAY))
    service.forget(GRACE.id)
    assert service.people() == []
    assert service.gallery_templates(MODEL) == []
    (entry,) = service.entries()
    assert (entry.person, entry.name, entry.at) == ("forgotten-1", "", MONDAY)
    with pytest.raises(UnknownPerson):
        service.forget(PersonId("forgotten-1"))


def test_a_forgotten_id_may_be_given_again_to_somebody_new(service: Service) -> None:
    for _ in range(3):
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, MONDAY, key=str(len(service.entries()))))
        service.forget(GRACE.id)
    assert [entry.person for entry in service.entries()] == [
        "forgotten-1",
        "forgotten-2",
        "forgotten-3",
    ]
    with pytest.raises(PersonInvalid):
        service.enrol(Person(PersonId("forgotten-2"), "Somebody"), [sample(1)])


def test_people_come_by_name_whatever_its_case(service: Service) -> None:
    for number, name in enumerate(["zoe", "Ärmel", "anna", "Zoe", "Bob"]):
        service.enrol(Person(PersonId(f"P{number}"), name), [sample(number)])
    names = [row.person.name for row in service.people()]
    assert names == ["anna", "Ärmel", "Bob", "Zoe", "zoe"]


def test_last_seen_is_the_latest_entry_that_stands(service: Service, clock: SetClock) -> None:
    service.enrol(GRACE, [sample(1)])
    clock.advance(7200)
    service.record(sighting(GRACE.id, MONDAY))
    later = service.record(sighting(GRACE.id, clock.time))
    assert service.people()[0].last_seen_at == clock.time
    assert later.entry is not None
    service.void_entry(later.entry.id, "somebody else")
    assert service.people()[0].last_seen_at == MONDAY


def test_what_another_process_changes_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as window, service_on(path) as command_line:
        assert not window.changed_elsewhere()
        window.enrol(GRACE, [sample(1)])
        assert not window.changed_elsewhere()
        assert window.take_changes() == Changes(people=True, templates=True)
        command_line.enrol(OMAR, [sample(2)])
        assert window.changed_elsewhere()
        assert window.take_changes() == Changes(people=True, templates=True, entries=True)
        assert not window.changed_elsewhere()
        assert window.take_changes() == Changes()
        assert len(window.people()) == 2


def test_who_has_samples_of_other_models_only_cannot_be_recognized(service: Service) -> None:
    newer = ModelId("newer-model")
    service.enrol(OMAR, [sample(1)])
    service.enrol(GRACE, [sample(2)])
    service.add_person(Person(PersonId("P03"), "By hand"))
    assert service.unrecognizable(MODEL) == []
    assert service.unrecognizable(newer) == [GRACE, OMAR]
    service.add_samples(GRACE.id, [sample(3, model=newer)])
    assert service.unrecognizable(newer) == [OMAR]
    service.forget(OMAR.id)
    assert service.unrecognizable(newer) == []


def spoil(service: Service, person: PersonId, vector: bytes) -> None:
    """Put other bytes into a person's oldest template, as a worn disk does."""
    service._store._connection.run(
        "UPDATE templates SET vector = ? WHERE id = (SELECT min(t.id) FROM templates t"
        " JOIN people p ON p.number = t.person WHERE p.id = ?)",
        (vector, person),
    )


FLIPPED = (
    np.array([np.nan, *[0] * 7], "<f4"),
    np.array([3e38] * 8, "<f4"),
    np.array([0.5, *[0] * 7], "<f4"),
    np.array([1, *[0] * 6], "<f4"),
)


@pytest.mark.parametrize("vector", FLIPPED, ids=["nan", "huge", "short", "another size"])
def test_a_damaged_template_costs_nobody_else_anything(service: Service, vector: F32) -> None:
    service.enrol(GRACE, [sample(1), sample(2)])
    service.enrol(OMAR, [sample(3)])
    service.verify()
    spoil(service, OMAR.id, vector.tobytes())
    assert [t.person for t in service.gallery_templates(MODEL)] == [GRACE.id, GRACE.id]
    assert service.unrecognizable(MODEL) == [OMAR]
    third = Person(PersonId("P03"), "Third")
    service.enrol(third, [sample(4), sample(5)], thresholds=Thresholds(0.99, 0.99))
    service.verify()
    assert service.damage() == Damage(samples_of=(OMAR.id,))
    spoil(service, GRACE.id, vector.tobytes())
    assert service.unrecognizable(MODEL) == [OMAR]
    assert service.damage() == Damage(samples_of=(GRACE.id, OMAR.id))


def test_new_samples_take_the_place_of_damaged_ones(service: Service) -> None:
    for person in (GRACE, OMAR):
        service.enrol(person, [sample(1), sample(2)])
        spoil(service, person.id, FLIPPED[0].tobytes())
    service.add_samples(OMAR.id, [sample(3)])
    assert len(service.templates(OMAR.id)) == 2
    assert len(service.templates(GRACE.id)) == 2
    assert service.damage() == Damage(samples_of=(GRACE.id,))
    assert len(service.gallery_templates(MODEL)) == 3


def test_another_persons_or_models_samples_are_left_as_they_are(service: Service) -> None:
    older = ModelId("older")
    service.enrol(GRACE, [sample(1, model=older), sample(2, model=older)])
    service.enrol(OMAR, [sample(1, model=older)])
    service.add_samples(GRACE.id, [sample(1), sample(2)])
    assert len(service.templates(GRACE.id)) == 4
    assert len(service.templates(OMAR.id)) == 1


def test_the_same_picture_imported_twice_is_one_sample(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as one, service_on(path) as other:
        one.enrol(GRACE, [sample(1, "a.jpg"), sample(2, "b.jpg")])
        one.enrol(OMAR, [sample(1, "a.jpg")])
        for _ in range(2):
            other.add_samples(GRACE.id, [sample(1, "copy.jpg"), sample(3, "c.jpg")], agreed=True)
        sources = [template.source for template in one.templates(GRACE.id)]
        assert sources == ["a.jpg", "b.jpg", "c.jpg"]
        assert [row.agreed_at is not None for row in one.people()] == [True, False]


def test_agreements_are_dropped_all_or_none(service: Service) -> None:
    for person, seed in ((GRACE, 1), (OMAR, 2)):
        service.enrol(person, [sample(seed)], agreed=True)

    def agreed() -> list[PersonId]:
        return [row.person.id for row in service.people() if row.agreed_at is not None]

    with pytest.raises(UnknownPerson):
        service.drop_agreements([GRACE.id, PersonId("P99")])
    assert agreed() == [GRACE.id, OMAR.id]
    service.drop_agreements([GRACE.id, OMAR.id])
    assert agreed() == []


def test_usable_samples_are_told_from_kept_ones(service: Service) -> None:
    service.enrol(GRACE, [sample(1), sample(2), sample(3)])
    service.add_samples(GRACE.id, [sample(4, model=ModelId("older"))])
    service.enrol(OMAR, [sample(5, model=ModelId("older"))])
    service.enrol(Person(PersonId("P03"), "Third"), [sample(6)])
    spoil(service, PersonId("P03"), FLIPPED[0].tobytes())
    told = {
        row.person.id: (row.templates, row.usable, row.weakest) for row in service.people(MODEL)
    }
    assert told == {GRACE.id: (4, 3, 0.5), OMAR.id: (1, 0, None), PersonId("P03"): (1, 0, None)}
    assert [row.usable for row in service.people()] == [4, 1, 1]
    usable = [one.usable_with(MODEL) for one in service.templates(GRACE.id)]
    assert usable == [True, True, True, False]
    assert not service.templates(PersonId("P03"))[0].usable_with(None)


def test_a_damaged_text_keeps_no_list_from_being_read(service: Service) -> None:
    service.enrol(GRACE, [sample(1, "a.jpg")])
    service.enrol(OMAR, [sample(2)])
    service.record(sighting(GRACE.id, MONDAY))
    run = service._store._connection.run
    run("DROP TRIGGER entries_never_change")
    whole = service.damage()
    assert not whole.values
    damages = (
        "UPDATE entries SET camera = CAST(x'48ff6c6c' AS TEXT)",
        "UPDATE people SET name = CAST(x'4772ff6365' AS TEXT) WHERE id = 'P01'",
        "UPDATE templates SET source = CAST(x'ff' AS TEXT) WHERE source = 'a.jpg'",
    )
    for damage in damages:
        run("BEGIN")
        run(damage)
        assert service.damage() == replace(whole, values=True)
        run("ROLLBACK")
    for damage in damages:
        run(damage)
    assert [row.person.name for row in service.people()] == ["Gr\ufffdce", OMAR.name]
    assert [(entry.name, entry.camera) for entry in service.entries()] == [
        ("Gr\ufffdce", "H\ufffdll")
    ]
    assert len(service.gallery_templates(MODEL)) == 2
    service.rename(GRACE.id, GRACE.name)
    assert service.person(GRACE.id) == GRACE
    assert [template.source for template in service.templates(GRACE.id)] == [""]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE people SET enrolled_at_us = enrolled_at_us + (1 << 60)",
        "UPDATE people SET agreed_at_us = -9223372036854775808",
        "UPDATE templates SET created_at_us = created_at_us - (1 << 60)",
        "UPDATE entries SET recorded_at_us = recorded_at_us + (1 << 61)",
    ],
)
def test_a_time_that_cannot_be_is_found_and_keeps_no_list_from_being_read(
    service: Service, damage: str
) -> None:
    service.enrol(GRACE, [sample(1)], agreed=True)
    service.record(sighting(GRACE.id, MONDAY))
    service._store._connection.run("DROP TRIGGER entries_never_change")
    whole = service.damage()
    assert not whole.values
    service._store._connection.run(damage)
    assert service.damage() == replace(whole, values=True)
    assert [row.person for row in service.people()] == [GRACE]
    assert len(service.gallery_templates(MODEL)) == 1
    assert len(service.entries()) == 1
    assert len(service.days()) == 1


@pytest.mark.parametrize(
    "damage",
    [
        "at_us = at_us + (1 << 61)",
        "at_us = -9223372036854775808",
        "utc_offset_s = utc_offset_s + (1 << 30)",
        "utc_offset_s = -9223372036854775808",
        "local_date = '2026-11-53'",
        "local_date = '2026-11-31'",
        "local_date = '0000-11-23'",
    ],
)
def test_an_entry_at_no_time_is_counted_and_hides_no_other(service: Service, damage: str) -> None:
    service.enrol(GRACE, [sample(1)])
    for hours in (0, 1, 2):
        service.record(sighting(GRACE.id, MONDAY + timedelta(hours=hours)))
    whole = service.entries()
    service._store._connection.run("DROP TRIGGER entries_never_change")
    spoiling = f"UPDATE entries SET {damage} WHERE id = ?"  # noqa: S608
    service._store._connection.run(spoiling, (whole[1].id,))
    found = Damage(entries=1, altered=("trigger entries_never_change",))
    assert service.damage() == found
    assert service.damaged_entries() == 1
    assert service.entries() == [whole[0], whole[2]]
    assert [row.first_in for row in service.days()] == [whole[0]]
    today = service.days(EntryFilter(from_date=whole[0].local_date, to_date=whole[0].local_date))
    assert [row.first_in for row in today] == [whole[0]]
    assert [row.last_seen_at for row in service.people()] == [whole[2].at]
    answer = service.record(sighting(GRACE.id, MONDAY + timedelta(hours=3)))
    assert answer.outcome is RecordOutcome.RECORDED


def test_the_agreement_is_kept_with_what_came_with_it_or_nothing_is(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    connection = service._store._connection
    connection.run(
        "CREATE TEMP TRIGGER worn BEFORE UPDATE OF agreed_at_us ON people"
        " BEGIN SELECT RAISE(ABORT, 'worn'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        service.add_samples(GRACE.id, [sample(2)], agreed=True)
    with pytest.raises(sqlite3.IntegrityError):
        service.rename(GRACE.id, "Somebody", agreed=True)
    assert len(service.templates(GRACE.id)) == 1
    assert service.person(GRACE.id) == GRACE
    connection.run("DROP TRIGGER worn")
    service.add_samples(GRACE.id, [sample(2)])
    service.rename(GRACE.id, "Somebody")
    assert service.people()[0].agreed_at is None
    service.add_samples(GRACE.id, [sample(3)], agreed=True)
    assert service.people()[0].agreed_at == MONDAY
    assert len(service.templates(GRACE.id)) == 3
    service.enrol(OMAR, [sample(4)])
    service.rename(OMAR.id, OMAR.name, agreed=True)
    assert [row.agreed_at for row in service.people()] == [MONDAY, MONDAY]


def test_an_agreement_is_recorded_once_and_forgotten_with_the_person(
    service: Service, clock: SetClock
) -> None:
    service.enrol(GRACE, [sample(1)], agreed=True)
    service.enrol(OMAR, [sample(2)])
    clock.advance(60)
    service.record_agreement(GRACE.id)
    assert [row.agreed_at for row in service.people()] == [MONDAY, None]
    service.record_agreement(OMAR.id)
    assert [row.agreed_at for row in service.people()] == [MONDAY, clock.now()]
    with pytest.raises(UnknownPerson):
        service.record_agreement(PersonId("nobody"))
    service.rename(GRACE.id, "Grace")
    assert service.people()[0].agreed_at == MONDAY
    service.rename(GRACE.id, "Grace", agreed=False)
    assert [row.agreed_at for row in service.people()] == [None, clock.now()]
    service.rename(GRACE.id, "Grace", agreed=True)
    assert [row.agreed_at for row in service.people()] == [clock.now(), clock.now()]
    service.record(sighting(OMAR.id, clock.now()))
    service.forget(OMAR.id)
    kept = service._store._connection.rows("SELECT agreed_at_us FROM people WHERE name = ''")
    assert [row["agreed_at_us"] for row in kept] == [None]
