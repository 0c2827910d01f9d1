from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from faceapp.types import (
    Box,
    Decision,
    Face,
    Frame,
    FrameResult,
    PersonId,
    SeenFace,
    TrackId,
)
from faceapp.ui.pages.live.unsure import MOST, PATIENCE_S, UnsureLog
from tests.helpers.clock import MONDAY

RGB = np.zeros((8, 8, 3), np.uint8)

Seen = tuple[int, Decision, str]


def result(t_s: float, *faces: Seen) -> FrameResult:
    frame = Frame(RGB.copy(), t_s, MONDAY + timedelta(seconds=t_s), round(t_s * 30))
    return FrameResult(frame, tuple(_seen(*face) for face in faces), 1.0)


def _seen(track: int, decision: Decision, person: str) -> SeenFace:
    face = Face(Box(1, 1, 4, 4), np.zeros((6, 2), np.float32), 0.9)
    whom = PersonId(person) if person else None
    return SeenFace(face, TrackId(track), decision, None, None, None, whom, False, 0.4)


UNSURE = (1, Decision.UNSURE, "P1")


def patient(log: UnsureLog, *face: Seen, start_s: float = 0.0) -> None:
    log.update(result(start_s, *face))
    log.update(result(start_s + PATIENCE_S, *face))


def test_a_face_that_stays_unsure_becomes_one_question() -> None:
    log = UnsureLog()
    assert log.update(result(0.0, UNSURE)) == ()
    assert log.update(result(PATIENCE_S - 0.1, UNSURE)) == ()
    (item,) = log.update(result(PATIENCE_S, UNSURE))
    assert (item.person, item.track) == ("P1", 1)
    assert item.at == MONDAY + timedelta(seconds=PATIENCE_S)
    assert log.update(result(PATIENCE_S + 1, UNSURE)) == ()
    assert log.items == (item,)


def test_faces_that_become_questions_together_are_all_told() -> None:
    log = UnsureLog()
    both = (UNSURE, (2, Decision.UNSURE, "P2"))
    log.update(result(0.0, *both))
    fresh = log.update(result(PATIENCE_S, *both))
    assert [item.person for item in fresh] == ["P1", "P2"]
    assert fresh == log.items


def test_who_is_recognized_after_all_is_no_question() -> None:
    log = UnsureLog()
    patient(log, UNSURE)
    log.update(result(9.0, (1, Decision.KNOWN, "P2")))
    assert log.items == ()


def test_who_takes_the_place_of_an_unsure_face_does_not_answer_for_it() -> None:
    """A track may pass to the next person in a queue."""
    log = UnsureLog()
    patient(log, UNSURE)
    log.update(result(2.0))
    log.update(result(2.1, (1, Decision.KNOWN, "P2")))
    assert [item.person for item in log.items] == ["P1"]
    patient(log, (1, Decision.UNSURE, "P3"), start_s=3.0)
    assert [item.person for item in log.items] == ["P1", "P3"]
    log.update(result(9.0, (2, Decision.KNOWN, "P1")))
    assert [item.person for item in log.items] == ["P3"]


def test_recording_the_person_elsewhere_closes_the_question() -> None:
    log = UnsureLog()
    patient(log, UNSURE)
    log.forget(PersonId("P1"))
    assert log.items == ()


def test_a_face_that_comes_and_goes_is_not_patient() -> None:
    log = UnsureLog()
    log.update(result(0.0, UNSURE))
    log.update(result(1.0))
    assert log.update(result(2.0, UNSURE)) == ()


def test_an_open_question_outlives_a_new_run_of_the_camera() -> None:
    """Its tracks count from the start again: another face has the number by now."""
    log = UnsureLog()
    patient(log, UNSURE)
    log.restart()
    log.update(result(10.0, (1, Decision.KNOWN, "P2")))
    assert [item.person for item in log.items] == ["P1"]
    patient(log, (1, Decision.UNSURE, "P3"), start_s=20.0)
    assert [item.person for item in log.items] == ["P1", "P3"]
    log.update(result(40.0, (7, Decision.KNOWN, "P1")))
    assert [item.person for item in log.items] == ["P3"]


def test_an_answered_track_is_not_asked_about_again() -> None:
    log = UnsureLog()
    patient(log, UNSURE)
    log.resolve(log.items[0].key)
    assert log.items == ()
    patient(log, UNSURE, start_s=10.0)
    assert log.items == ()
    log.restart()
    patient(log, UNSURE, start_s=20.0)
    assert len(log.items) == 1


def test_an_answer_holds_for_a_face_that_turned_away_before_or_after_it() -> None:
    log = UnsureLog()
    patient(log, UNSURE)
    log.update(result(2.0))
    patient(log, UNSURE, start_s=2.25)
    log.resolve(log.items[0].key)
    assert log.update(result(4.0, UNSURE)) == ()
    log.update(result(4.5))
    patient(log, UNSURE, start_s=5.0)
    assert log.items == ()


def test_who_takes_the_place_of_an_answered_face_is_asked_about() -> None:
    log = UnsureLog()
    patient(log, UNSURE)
    log.resolve(log.items[0].key)
    other = (1, Decision.UNSURE, "P3")
    patient(log, other, start_s=1.75)
    assert log.items == (), "a face that did not leave is the answered one"
    log.update(result(3.75))
    log.update(result(4.0, other))
    (item,) = log.update(result(4.0 + PATIENCE_S, other))
    assert item.person == "P3"


decisions = st.sampled_from([Decision.UNSURE, Decision.KNOWN, Decision.UNKNOWN])
faces = st.tuples(
    st.integers(1, 80), decisions, st.sampled_from(["", *(f"P{n}" for n in range(70))])
)


@given(st.lists(st.lists(faces, max_size=5, unique_by=lambda face: face[0]), max_size=60))
def test_questions_stay_few_and_distinct(frames: list[list[Seen]]) -> None:
    log = UnsureLog()
    for number, shown in enumerate(frames):
        log.update(result(number * 1.0, *shown))
        people = [item.person for item in log.items]
        tracks = [item.track for item in log.items]
        assert len(people) == len(set(people)) <= MOST
        assert len(tracks) == len(set(tracks))
        known = {face[0] for face in shown if face[1] is Decision.KNOWN and face[2]}
        assert not known & set(tracks)
