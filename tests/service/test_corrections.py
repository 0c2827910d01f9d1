from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from faceapp.config import Settings
from faceapp.errors import CorrectionRefused, UnknownPerson
from faceapp.service import Service
from faceapp.types import Changes, Confirmation, EntryId, EntryKind, PersonId
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting

IN, OUT = EntryKind.IN, EntryKind.OUT
NINE = MONDAY
FIVE = MONDAY + timedelta(hours=8)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with service_on(tmp_path / "faceapp.db", HandClock(FIVE + timedelta(hours=1))) as service:
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, NINE))
        yield service


def test_a_struck_entry_stays_to_be_seen_and_counts_no_more(service: Service) -> None:
    (before,) = service.entries()
    service.void_entry(before.id, " somebody\nelse ")
    (after,) = service.entries()
    assert after.voided_reason == "somebody else"
    assert (after.id, after.at, after.kind) == (before.id, before.at, before.kind)
    # A day on which nothing stands any more is as if nobody had come.
    assert service.days() == []


def test_an_added_entry_says_that_a_person_added_it(service: Service) -> None:
    service.add_entry(GRACE.id, FIVE, OUT, "went by the back door")
    _, added = service.entries()
    assert (added.at, added.kind, added.confirmation) == (FIVE, OUT, Confirmation.MANUAL)
    assert added.correction_reason == "went by the back door"
    assert (added.similarity, added.threshold, added.model_id) == (None, None, None)
    assert (added.camera, added.utc_offset_s, added.zone) == ("", 3600, "Europe/Berlin")
    assert service.days()[0].duration_s == 8 * 3600


def test_adding_twice_is_harmless_and_adding_after_striking_is_not(service: Service) -> None:
    service.add_entry(GRACE.id, FIVE, OUT, "back door")
    service.take_changes()
    service.add_entry(GRACE.id, FIVE, OUT, "back door, again")
    assert service.take_changes() == Changes()
    added = service.entries()[-1]
    service.void_entry(added.id, "no")
    service.add_entry(GRACE.id, FIVE, OUT, "yes")
    assert len(service.entries()) == 3
    assert [entry.voided_reason for entry in service.entries()] == [None, "no", None]


def test_a_change_keeps_the_date_though_the_machines_zone_has_changed(tmp_path: Path) -> None:
    path, clock = tmp_path / "faceapp.db", HandClock(FIVE)
    with service_on(path, clock) as service:
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, NINE))
    with service_on(path, clock, zone=ZoneInfo("Pacific/Kiritimati")) as service:
        (old,) = service.entries()
        earlier = NINE - timedelta(hours=1)
        service.replace_entry(old.id, earlier, OUT, "was going")
        new, _ = service.entries()
        kept = (new.local_date, new.utc_offset_s, new.zone)
        assert kept == (old.local_date, old.utc_offset_s, old.zone)
        service.add_entry(GRACE.id, earlier, OUT, "again")
        assert len(service.entries()) == 2
        service.void_entry(new.id, "no")
        service.add_entry(GRACE.id, earlier, OUT, "yes")
        assert len(service.entries()) == 3


def test_a_change_to_summer_time_in_the_same_zone_is_followed(service: Service) -> None:
    (old,) = service.entries()
    service.replace_entry(old.id, NINE - timedelta(days=60), IN, "another day")
    assert [entry.utc_offset_s for entry in service.entries()] == [7200, 3600]


def test_an_in_corrected_to_an_out_leaves_the_next_one_an_in(service: Service) -> None:
    (old,) = service.entries()
    service.replace_entry(old.id, NINE, OUT, "worked through the night")
    service.record(sighting(GRACE.id, FIVE))
    assert [entry.kind for entry in service.entries()] == [IN, OUT, IN]
    (row,) = service.days()
    assert (row.first_in and row.first_in.at, row.last_out, row.duration_s) == (FIVE, None, None)


def test_a_replaced_entry_is_struck_and_added_at_once(service: Service) -> None:
    (wrong,) = service.entries()
    right_at = NINE - timedelta(minutes=30)
    service.replace_entry(wrong.id, right_at, IN, "camera was off")
    right, struck = service.entries()
    assert (right.at, right.correction_reason) == (right_at, "camera was off")
    assert (struck.id, struck.voided_reason) == (wrong.id, "camera was off")


def test_a_replacement_that_fails_strikes_nothing(service: Service) -> None:
    before = service.entries()
    tomorrow = FIVE + timedelta(days=1)
    with pytest.raises(CorrectionRefused):
        service.replace_entry(before[0].id, tomorrow, IN, "early")
    service.forget(GRACE.id)
    with pytest.raises(UnknownPerson):
        service.replace_entry(before[0].id, NINE, IN, "who")
    assert service.entries()[0].voided_reason is None


def test_an_entry_of_the_wrong_person_becomes_the_right_ones_at_once(service: Service) -> None:
    service.add_person(OMAR)
    (wrong,) = service.entries()
    service.reassign_entry(wrong.id, OMAR.id, "wrong person")
    by_person = {entry.person: entry for entry in service.entries()}
    struck, right = by_person[GRACE.id], by_person[OMAR.id]
    assert (struck.id, struck.voided_reason) == (wrong.id, "wrong person")
    assert (right.at, right.kind, right.local_date) == (wrong.at, wrong.kind, wrong.local_date)
    assert (right.confirmation, right.correction_reason) == (Confirmation.MANUAL, "wrong person")


def test_an_entry_of_the_wrong_person_stands_until_the_right_one_is_known(
    service: Service,
) -> None:
    with pytest.raises(UnknownPerson):
        service.reassign_entry(EntryId(1), PersonId("P99"), "wrong person")
    assert [entry.voided_reason for entry in service.entries()] == [None]


@pytest.mark.parametrize(
    ("correct", "why"),
    [
        (lambda s: s.reassign_entry(EntryId(99), GRACE.id, "no"), "no_entry"),
        (lambda s: s.reassign_entry(EntryId(1), GRACE.id, " "), "no_reason"),
        (lambda s: s.void_entry(EntryId(99), "no"), "no_entry"),
        (lambda s: s.void_entry(EntryId(1), ""), "no_reason"),
        (lambda s: s.void_entry(EntryId(1), " \n\u200b"), "no_reason"),
        (lambda s: s.void_entry(EntryId(1), "a" * 501), "reason_too_long"),
        (lambda s: s.add_entry(GRACE.id, NINE, IN, ""), "no_reason"),
        (lambda s: s.add_entry(GRACE.id, FIVE + timedelta(days=1), IN, "plan"), "in_future"),
        (lambda s: s.replace_entry(EntryId(99), NINE, IN, "no"), "no_entry"),
    ],
)
def test_a_correction_that_makes_no_sense_says_why(
    service: Service, correct: Callable[[Service], object], why: str
) -> None:
    before = service.entries()
    with pytest.raises(CorrectionRefused, match=f"why={why}"):
        correct(service)
    assert service.entries() == before


def test_an_entry_is_struck_once(service: Service) -> None:
    service.void_entry(EntryId(1), "first")
    with pytest.raises(CorrectionRefused, match="why=already_voided"):
        service.void_entry(EntryId(1), "second")
    assert service.entries()[0].voided_reason == "first"


def test_nobody_gets_no_entry(service: Service) -> None:
    with pytest.raises(UnknownPerson):
        service.add_entry(PersonId("P99"), NINE, IN, "who")


def test_an_added_entry_counts_for_the_cool_down(service: Service) -> None:
    service.add_entry(GRACE.id, FIVE, OUT, "back door")
    recorded = service.record(sighting(GRACE.id, FIVE + timedelta(minutes=2)))
    assert recorded.entry is not None
    assert recorded.entry.correction_reason == "back door"


@pytest.mark.parametrize("kind", [None, OUT])
def test_whom_the_operator_recognizes_within_the_cool_down_stands_already(
    service: Service, kind: EntryKind | None
) -> None:
    (before,) = service.entries()
    soon = NINE + timedelta(minutes=1)
    assert service.add_recognized(GRACE.id, soon, kind, "seen") == before
    assert service.entries() == [before]


@pytest.mark.parametrize(
    ("policy", "made"),
    [("first_in_last_out", [IN, OUT]), ("alternating", [IN, OUT]), ("in_only", [IN])],
)
def test_whom_the_operator_recognizes_is_judged_by_the_policy(
    service: Service, policy: str, made: list[EntryKind]
) -> None:
    service.use_settings(Settings(policy=policy))
    standing = service.add_recognized(GRACE.id, FIVE, None, "seen")
    assert [entry.kind for entry in service.entries()] == made
    assert (standing is None) == (len(made) == 2)


def test_a_recognized_face_is_of_its_own_day_and_the_operator_may_know_better(
    service: Service,
) -> None:
    before = NINE - timedelta(days=1)
    assert service.add_recognized(GRACE.id, before, None, "seen") is None
    service.add_recognized(GRACE.id, before + timedelta(hours=1), IN, "came back")
    first, second, _ = service.entries()
    assert (first.local_date, first.kind, second.kind) == (date(2026, 11, 22), IN, IN)
    assert second.confirmation is Confirmation.MANUAL
    assert second.correction_reason == "came back"
    with pytest.raises(UnknownPerson):
        service.add_recognized(PersonId("P99"), NINE, None, "who")
