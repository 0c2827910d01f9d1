"""Templates that bear the model's name but have another number of values: a model made anew under
its old name, or a file that somebody altered. They count as those of another model.
"""

from __future__ import annotations

from pathlib import Path

from faceapp.runtime.keeper import take_snapshot
from faceapp.types import Damage, Person, PersonId
from tests.helpers.data import DIMENSION, GRACE, MODEL, OMAR, made_card, sample, service_on

CARD = made_card(MODEL, DIMENSION)
LARGER = made_card(MODEL, 2 * DIMENSION)


def test_templates_of_another_dimension_are_those_of_another_model(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1), sample(2)])
        service.enrol(OMAR, [sample(3)])
        snapshot = take_snapshot(service, LARGER, odds=1000)
        assert (snapshot.gallery.people, snapshot.gallery.dimension) == ((), LARGER.dimension)
        assert len(service.templates(GRACE.id)) == 2
        assert take_snapshot(service, CARD, odds=1000).gallery.people == (GRACE.id, OMAR.id)


def test_who_has_no_other_templates_is_told_and_gets_new_ones(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1), sample(2)])
        service.enrol(OMAR, [sample(3)])
        assert service.unrecognizable(LARGER.model) == [GRACE, OMAR]
        assert [row.usable for row in service.people(LARGER.model)] == [0, 0]
        assert not service.templates(OMAR.id)[0].usable_with(LARGER.model)
        service.add_samples(OMAR.id, [sample(4, model=LARGER.model)])
        assert service.unrecognizable(LARGER.model) == [GRACE]
        assert service.damage() == Damage()
        assert take_snapshot(service, LARGER, odds=1000).gallery.people == (OMAR.id,)
        # The former ones stay, as another model's do: with that model he is still recognized.
        assert take_snapshot(service, CARD, odds=1000).gallery.people == (GRACE.id, OMAR.id)


def test_a_newcomer_is_enrolled_beside_them(tmp_path: Path) -> None:
    third = Person(PersonId("P03"), "Third")
    with service_on(tmp_path / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1), sample(2)])
        thresholds = take_snapshot(service, LARGER, odds=1000).thresholds
        service.enrol(third, [sample(4, model=LARGER.model)], thresholds=thresholds)
        assert take_snapshot(service, LARGER, odds=1000).gallery.people == (third.id,)
