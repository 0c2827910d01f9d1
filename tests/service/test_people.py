from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
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
from faceapp.types import Changes, Model, ModelId, Person, PersonId, Sample
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import (
    DIMENSION,
    GOOD,
    GRACE,
    IN_USE,
    MODEL,
    OLDER,
    OMAR,
    sample,
    service_on,
    sighting,
)


def test_an_enrolled_person_is_there_with_all_samples(service: Service, clock: HandClock) -> None:
    samples = [sample(1), sample(2)]
    service.enrol(GRACE, samples)
    assert service.person(GRACE.id) == GRACE
    clock.move(60)
    (row,) = service.people()
    assert (row.person, row.templates, row.weakest) == (GRACE, 2, 0.5)
    assert (row.enrolled_at, row.last_seen_at) == (MONDAY, None)
    for kept, given in zip(service.templates(GRACE.id), samples, strict=True):
        assert np.array_equal(kept.vector, given.vector)
        assert not kept.vector.flags.writeable
        assert (kept.person, kept.model_id, kept.created_at) == (GRACE.id, MODEL, MONDAY)


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
    for add in (lambda one: service.enrol(one, [sample(2)]), service.add_person):
        with pytest.raises(IdTaken) as caught:
            add(Person(PersonId("É002"), "Somebody else"))
        assert caught.value.details == {"person": "É002", "other": "é002"}
    assert len(service.people()) == 1


def test_old_ids_that_differ_in_case_only_stay_apart(
    service: Service, clock: HandClock, tmp_path: Path
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
    service.edit_person(GRACE.id, "Grace", ["class 1A", "STAFF"])
    assert service.person(GRACE.id).groups == ("Class 1a", "Staff")
    service.edit_person(OMAR.id, "Omar", ["staff"])
    assert service.groups() == ["Class 1a", "Staff"]
    service.edit_person(GRACE.id, "Grace", ["1A"])
    service.edit_person(GRACE.id, "Grace", ["1a"])  # nobody else is in it: it is spelt anew
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
        [sample(1), sample(2, model=OLDER)],
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
    newer = Model(ModelId("newer"), DIMENSION)
    service.add_samples(GRACE.id, [sample(3, model=newer)])
    service.enrol(OMAR, [sample(4, model=newer)])
    stored = [one.vector for one in service.templates(GRACE.id)]
    gallery = service.gallery(IN_USE)
    assert gallery.people == ("P01",)
    assert np.array_equal(gallery.vectors, stored[:2])
    assert service.gallery(newer).people == ("P01", "P02")
    assert service.gallery(newer).templates == 2
    nobody = service.gallery(Model(ModelId("none"), DIMENSION))
    assert (nobody.people, nobody.vectors.shape) == ((), (0, DIMENSION))
    assert len(service.templates(GRACE.id)) == 3


def test_a_renamed_person_keeps_everything_else(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    service.record(sighting(GRACE.id, MONDAY))
    service.edit_person(GRACE.id, "Grace Adeyemi")
    assert service.person(GRACE.id) == Person(GRACE.id, "Grace Adeyemi", GRACE.groups)
    assert service.entries()[0].name == "Grace Adeyemi"
    assert len(service.templates(GRACE.id)) == 1
    service.edit_person(GRACE.id, "Grace", ["Staff", "Class 3", "Staff"])
    assert service.person(GRACE.id).groups == ("Class 3", "Staff")
    service.edit_person(GRACE.id, "Grace", [])
    assert service.person(GRACE.id).groups == ()
    with pytest.raises(PersonInvalid):
        service.edit_person(GRACE.id, " ")
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
        lambda: service.edit_person(nobody, "Name"),
        lambda: service.forget(nobody),
        lambda: service.add_samples(nobody, [sample(1)]),
        lambda: service.record_agreement(nobody),
    ):
        with pytest.raises(UnknownPerson) as caught:
            ask()
        assert caught.value.details["person"] == nobody


def test_a_forgotten_person_leaves_entries_without_a_name(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    service.record(sighting(GRACE.id, MONDAY))
    service.forget(GRACE.id)
    assert service.people() == []
    assert service.gallery(IN_USE).templates == 0
    (entry,) = service.entries()
    assert (entry.person, entry.name, entry.at) == ("forgotten-1", "", MONDAY)
    with pytest.raises(UnknownPerson):
        service.forget(PersonId("forgotten-1"))


def test_a_forgotten_id_may_be_given_again_to_somebody_new(service: Service) -> None:
    for _ in range(3):
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, MONDAY, key=str(len(service.entries()))))
        service.forget(GRACE.id)
    persons = [entry.person for entry in service.entries()]
    assert persons == ["forgotten-1", "forgotten-2", "forgotten-3"]
    with pytest.raises(PersonInvalid):
        service.enrol(Person(PersonId("forgotten-2"), "Somebody"), [sample(1)])


def test_people_come_by_name_whatever_its_case(service: Service) -> None:
    for number, name in enumerate(["zoe", "Ärmel", "anna", "Zoe", "Bob"]):
        service.enrol(Person(PersonId(f"P{number}"), name), [sample(number)])
    names = [row.person.name for row in service.people()]
    assert names == ["anna", "Ärmel", "Bob", "Zoe", "zoe"]


def test_last_seen_is_the_latest_entry_that_stands(service: Service, clock: HandClock) -> None:
    service.enrol(GRACE, [sample(1)])
    clock.move(7200)
    service.record(sighting(GRACE.id, MONDAY))
    service.record(sighting(GRACE.id, clock.wall))
    assert service.people()[0].last_seen_at == clock.wall
    service.void_entry(service.entries()[-1].id, "somebody else")
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
    newer = Model(ModelId("newer-model"), DIMENSION)
    service.enrol(OMAR, [sample(1)])
    service.enrol(GRACE, [sample(2)])
    service.add_person(Person(PersonId("P03"), "By hand"))
    assert service.unrecognizable(IN_USE) == []
    assert service.unrecognizable(newer) == [GRACE, OMAR]
    service.add_samples(GRACE.id, [sample(3, model=newer)])
    assert service.unrecognizable(newer) == [OMAR]
    service.forget(OMAR.id)
    assert service.unrecognizable(newer) == []


def test_another_persons_or_models_samples_are_left_as_they_are(service: Service) -> None:
    service.enrol(GRACE, [sample(1, model=OLDER), sample(2, model=OLDER)])
    service.enrol(OMAR, [sample(1, model=OLDER)])
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


def agreed(service: Service) -> dict[PersonId, datetime | None]:
    return {row.person.id: row.agreed_at for row in service.people()}


def test_the_first_date_of_an_agreement_is_kept(service: Service, clock: HandClock) -> None:
    service.enrol(GRACE, [sample(1)], agreed=True)
    service.enrol(OMAR, [sample(2)])
    clock.move(60)
    service.record_agreement(GRACE.id)
    assert agreed(service) == {GRACE.id: MONDAY, OMAR.id: None}
    service.record_agreement(OMAR.id)
    assert agreed(service) == {GRACE.id: MONDAY, OMAR.id: clock.now()}


def test_an_agreement_may_come_with_samples(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    service.add_samples(GRACE.id, [sample(2)])
    assert agreed(service) == {GRACE.id: None}
    service.add_samples(GRACE.id, [sample(3)], agreed=True)
    assert agreed(service) == {GRACE.id: MONDAY}
    assert len(service.templates(GRACE.id)) == 3


def test_an_agreement_may_be_recorded_or_dropped_with_a_name(
    service: Service, clock: HandClock
) -> None:
    service.enrol(GRACE, [sample(1)])
    service.edit_person(GRACE.id, "Grace")
    assert agreed(service) == {GRACE.id: None}
    service.edit_person(GRACE.id, "Grace", agreed=True)
    clock.move(60)
    service.edit_person(GRACE.id, "Grace O.")
    assert agreed(service) == {GRACE.id: MONDAY}
    service.edit_person(GRACE.id, "Grace O.", agreed=False)
    assert agreed(service) == {GRACE.id: None}
    service.edit_person(GRACE.id, "Grace O.", agreed=True)
    assert agreed(service) == {GRACE.id: clock.now()}


def test_an_agreement_is_kept_with_what_came_with_it_or_nothing_is(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    service._store._connection.run(
        "CREATE TEMP TRIGGER worn BEFORE UPDATE OF agreed_at_us ON people"
        " BEGIN SELECT RAISE(ABORT, 'worn'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        service.add_samples(GRACE.id, [sample(2)], agreed=True)
    with pytest.raises(sqlite3.IntegrityError):
        service.edit_person(GRACE.id, "Somebody", agreed=True)
    assert len(service.templates(GRACE.id)) == 1
    assert service.person(GRACE.id) == GRACE


def test_agreements_are_dropped_all_or_none(service: Service) -> None:
    for person, seed in ((GRACE, 1), (OMAR, 2)):
        service.enrol(person, [sample(seed)], agreed=True)
    with pytest.raises(UnknownPerson):
        service.drop_agreements([GRACE.id, PersonId("P99")])
    assert agreed(service) == {GRACE.id: MONDAY, OMAR.id: MONDAY}
    service.drop_agreements([GRACE.id, OMAR.id])
    assert agreed(service) == {GRACE.id: None, OMAR.id: None}


def test_an_agreement_is_forgotten_with_its_person(service: Service) -> None:
    service.enrol(GRACE, [sample(1)], agreed=True)
    service.record(sighting(GRACE.id, MONDAY))
    service.forget(GRACE.id)
    kept = service._store._connection.rows("SELECT agreed_at_us FROM people")
    assert [row["agreed_at_us"] for row in kept] == [None]
