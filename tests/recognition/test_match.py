from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition.match import assign_once
from faceapp.types import Match, PersonId
from tests.recognition.made import match

matches = st.builds(
    Match,
    st.one_of(st.none(), st.sampled_from("ABC").map(PersonId)),
    st.floats(-1, 1),
    st.floats(0, 2),
)


@given(st.lists(matches, max_size=8))
def test_each_person_is_held_once_by_the_nearest_face_and_nobody_is_renamed(
    faces: list[Match],
) -> None:
    assigned = assign_once(faces)
    named = [one.person for one in assigned if one.person is not None]
    assert sorted(named) == sorted({one.person for one in faces if one.person is not None})
    for before, after in zip(faces, assigned, strict=True):
        assert after == before or (after.person is None and after.margin == 0.0)
        assert after.score == before.score
        if after.person is None and before.person is not None:
            rivals = [one.score for one in faces if one.person == before.person]
            assert max(rivals) >= before.score
            assert len(rivals) > 1


def test_the_loser_gets_nobody_not_its_runner_up() -> None:
    winner, loser = match("A", 0.8), match("A", 0.7)
    assert assign_once([loser, winner]) == (Match(None, 0.7, 0.0), winner)


def test_equally_near_faces_leave_the_person_to_the_first() -> None:
    one, other = match("A", 0.8), match("A", 0.8, 0.1)
    assert assign_once([one, other]) == (one, Match(None, 0.8, 0.0))
