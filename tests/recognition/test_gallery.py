from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition import gallery as gallery_module
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.match import NO_OTHER_MARGIN
from faceapp.recognition.score import scores_of
from faceapp.types import F32, Match, PersonId
from tests.recognition.made import towards, unit, units


def brute_force(vectors: F32, owners: list[PersonId], search: F32) -> tuple[float, float]:
    """Return best and second best person's score, comparing one by one."""
    ranked = sorted(
        (
            float(scores_of(vectors[[one == owner for one in owners]], search[None])[0])
            for owner in set(owners)
        ),
        reverse=True,
    )
    return ranked[0], ranked[1] if len(ranked) > 1 else -np.inf


owners_lists = st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=40).map(
    lambda names: [PersonId(name) for name in names]
)


@given(owners_lists, st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 7))
def test_search_equals_brute_force_however_the_gallery_is_cut_into_blocks(
    owners: list[PersonId], seed: int, searches: int, block: int
) -> None:
    vectors, probes = units(len(owners), 6, seed), units(searches, 6, seed + 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gallery_module, "BLOCK_ROWS", block)
        gallery = Gallery.of(vectors, owners)
        found = gallery.search(probes)
        scores = gallery.person_scores(probes)
    for at, match in enumerate(found):
        first, second = brute_force(vectors, owners, probes[at])
        assert match.person in owners
        own = vectors[[owner == match.person for owner in owners]]
        assert match.score == pytest.approx(float(scores_of(own, probes[at : at + 1])[0]), abs=1e-5)
        assert match.score == pytest.approx(first, abs=1e-5)
        expected = NO_OTHER_MARGIN if second == -np.inf else first - second
        assert match.margin == pytest.approx(expected, abs=1e-5)
        assert scores[at].max() == pytest.approx(first, abs=1e-5)


@given(owners_lists, st.integers(0, 2**32 - 1))
def test_people_keep_the_order_in_which_they_first_came(owners: list[PersonId], seed: int) -> None:
    vectors = units(len(owners), 4, seed)
    gallery = Gallery.of(vectors, owners)
    assert gallery.people == tuple(dict.fromkeys(owners))
    assert gallery.templates == len(owners)
    assert gallery.vectors.flags.c_contiguous
    for person in gallery.people:
        own = vectors[[owner == person for owner in owners]]
        assert np.array_equal(gallery.vectors_of(person), own)


def test_an_empty_gallery_answers_with_nobody() -> None:
    gallery = Gallery.empty(8)
    assert gallery.search(units(2, 8, 0)) == (Match(None, -1.0, NO_OTHER_MARGIN),) * 2
    assert gallery.search(units(0, 8, 0)) == ()
    assert gallery.person_scores(units(2, 8, 0)).shape == (2, 0)
    assert gallery.vectors_of(PersonId("A")).shape == (0, 8)


def test_no_faces_find_no_matches_in_a_gallery_with_people() -> None:
    gallery = Gallery.of(units(3, 8, 0), [PersonId("A"), PersonId("B"), PersonId("A")])
    assert gallery.search(units(0, 8, 0)) == ()


def test_a_gallery_is_read_only_and_keeps_its_own_copy() -> None:
    made = units(2, 4, 0)
    gallery = Gallery.of(made, [PersonId("A"), PersonId("B")])
    with pytest.raises(ValueError, match="read-only"):
        gallery.vectors[0, 0] = 1.0
    kept = made.copy()
    made[:] = 0.0
    assert np.array_equal(gallery.vectors, kept)


def test_the_margin_is_to_the_second_person_not_to_the_second_template() -> None:
    vectors = np.stack([towards(1.0), towards(1.0), towards(0.4)])
    gallery = Gallery.of(vectors, [PersonId("A"), PersonId("A"), PersonId("B")])
    (match,) = gallery.search(towards(1.0)[None])
    assert match.person == "A"
    assert match.margin == pytest.approx(0.6, abs=1e-6)


@pytest.mark.parametrize("block", [1, 2])
def test_equal_people_go_to_the_one_enrolled_first_with_no_margin(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery_module, "BLOCK_ROWS", block)
    same = np.stack([towards(1.0), towards(1.0)])
    gallery = Gallery.of(same, [PersonId("B"), PersonId("A")])
    (match,) = gallery.search(same[:1])
    assert (match.person, match.margin) == ("B", 0.0)


def test_a_score_is_never_more_than_1() -> None:
    """A vector's product with itself may be, by rounding."""
    long = towards(1.0) * np.float32(1.0005)
    (match,) = Gallery.of(long[None], [PersonId("A")]).search(long[None])
    assert match.score == 1.0


@pytest.mark.parametrize(
    ("vectors", "owners", "message"),
    [
        (units(2, 4, 0), ["A"], "owners: expected 2, got 1"),
        (units(1, 4, 0) * np.float32(1.1), ["A"], "length 1"),
        (np.full((1, 4), np.nan, np.float32), ["A"], "length 1"),
        (unit(np.ones((1, 4))).astype(np.float64), ["A"], "float32"),
    ],
)
def test_what_is_no_gallery_is_refused(vectors: F32, owners: list[PersonId], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Gallery.of(vectors, owners)


@pytest.mark.parametrize(
    ("search", "message"),
    [
        (units(1, 5, 0), r"expected \(N, 4\)"),
        (units(1, 4, 0)[0], r"expected \(N, 4\)"),
        (np.full((1, 4), np.nan, np.float32), "finite"),
    ],
)
def test_searches_that_make_no_sense_are_refused(search: F32, message: str) -> None:
    gallery = Gallery.of(units(2, 4, 0), [PersonId("A"), PersonId("B")])
    with pytest.raises(ValueError, match=message):
        gallery.search(search)
