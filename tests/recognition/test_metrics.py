from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition import metrics
from faceapp.recognition.metrics import (
    PairScores,
    all_pairs,
    best_threshold,
    equal_error_rate,
    fmr_at,
    fmr_table,
    fold_accuracy,
    roc,
    tar_at,
    tar_at_fmr,
    threshold_at_fmr,
)
from faceapp.types import F32, MIN_ERRORS
from tests.recognition.made import units

# Few distinct values: ties are where such code goes wrong.
score_lists = st.lists(st.integers(-8, 8).map(lambda value: value / 8), min_size=1, max_size=25)


def scores_of(values: list[float]) -> F32:
    return np.array(values, np.float32)


HAND = PairScores.of(scores_of([0.9, 0.8, 0.4, 0.3]), scores_of([0.1, 0.2, 0.5, 0.3, 0.0]))


def test_rates_counted_by_hand() -> None:
    assert fmr_at(HAND, 0.3) == pytest.approx(2 / 5)
    assert tar_at(HAND, 0.3) == 1.0
    assert fmr_at(HAND, 0.35) == pytest.approx(1 / 5)
    assert tar_at(HAND, 0.35) == pytest.approx(3 / 4)
    tar, threshold = tar_at_fmr(HAND, 0.2)
    assert tar == pytest.approx(3 / 4)
    assert threshold == pytest.approx(0.3, abs=1e-6)
    assert threshold > np.float32(0.3)
    assert tar_at_fmr(HAND, 0.0)[0] == pytest.approx(2 / 4)
    assert tar_at_fmr(HAND, 1.0) == (1.0, -1.0)


def test_card_rows_counted_by_hand() -> None:
    table = fmr_table(HAND, [0.0, 0.2, 0.3, 0.4])
    assert [row[1:] for row in table] == [(pytest.approx(0.4), 5), (pytest.approx(0.2), 5)]
    assert table[0][0] < table[1][0]


@given(score_lists, st.lists(st.floats(0, 0.99), max_size=8))
def test_the_rows_of_a_card_rise_in_score_and_fall_to_more_than_nothing(
    impostor: list[float], fmrs: list[float]
) -> None:
    rows = fmr_table(PairScores.of(scores_of([0.5]), scores_of(impostor)), fmrs)
    for score, fmr, comparisons in rows:
        assert fmr == pytest.approx(np.mean([value >= score for value in impostor]))
        assert 0.0 < fmr <= max(fmrs) + 1e-9
        assert comparisons == len(impostor)
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert [row[1] for row in rows] == sorted({row[1] for row in rows}, reverse=True)


def spread(low: float, high: float, count: int) -> PairScores:
    """Impostors at equal distances."""
    return PairScores.of(scores_of([0.9]), np.linspace(low, high, count, dtype=np.float32))


def test_pictures_of_another_kind_decide_where_they_are_stricter() -> None:
    here, strict, mild = spread(0.0, 0.4, 1000), spread(0.0, 0.5, 500), spread(0.0, 0.3, 500)
    assert fmr_table(here, [0.1], mild) == fmr_table(here, [0.1])
    ((score, fmr, comparisons),) = fmr_table(here, [0.1], strict)
    assert score == pytest.approx(0.45, abs=0.002)
    assert (fmr, comparisons) == (pytest.approx(0.1), 500)


def test_pictures_of_another_kind_have_no_say_in_what_they_are_too_few_to_show() -> None:
    here, few = spread(0.0, 0.4, 10_000), spread(0.7, 0.8, MIN_ERRORS - 1)
    assert fmr_table(here, [0.1, 0.01], few) == fmr_table(here, [0.1, 0.01])
    many = spread(0.7, 0.8, 3 * MIN_ERRORS)
    assert fmr_table(here, [0.5], many) != fmr_table(here, [0.5])


def test_what_is_seen_elsewhere_is_said_where_it_could_not_decide() -> None:
    """A row that promised less than these pictures show would be refuted by the same card."""
    here, elsewhere = spread(0.0, 0.4, 10_000), spread(0.0, 0.41, 1_000)
    ((score, fmr, comparisons),) = fmr_table(here, [0.02], elsewhere)
    assert MIN_ERRORS > 0.02 * 1_000
    ((alone, _, _),) = fmr_table(here, [0.02])
    assert score == alone
    assert fmr == fmr_at(elsewhere, score) > 0.04
    assert comparisons == 1_000


@given(
    st.integers(40, 400), st.integers(40, 400), st.floats(-0.5, 0.5), st.lists(st.floats(0.1, 0.99))
)
def test_no_row_promises_either_kind_more_than_it_keeps(
    count: int, others: int, shift: float, fmrs: list[float]
) -> None:
    here, elsewhere = spread(-0.5, 0.5, count), spread(shift - 0.4, shift + 0.4, others)
    for score, fmr, _ in fmr_table(here, fmrs, elsewhere):
        assert fmr_at(here, score) <= fmr
        assert fmr_at(elsewhere, score) <= fmr or others * fmr_at(elsewhere, score) < MIN_ERRORS


def test_equal_error_rate_counted_by_hand() -> None:
    apart = PairScores.of(scores_of([0.8, 0.9]), scores_of([0.1, 0.2]))
    assert equal_error_rate(apart) == 0.0
    # One of four on either side is wrong at any threshold between 0.4 and 0.6.
    crossed = PairScores.of(scores_of([0.3, 0.7, 0.8, 0.9]), scores_of([0.1, 0.2, 0.3, 0.7]))
    assert equal_error_rate(crossed) == pytest.approx(0.25)
    alike = PairScores.of(scores_of([0.5]), scores_of([0.5]))
    assert equal_error_rate(alike) == pytest.approx(0.5)


@given(score_lists, score_lists)
def test_the_roc_equals_counting_at_every_score(
    genuine: list[float], impostor: list[float]
) -> None:
    curve = roc(PairScores.of(scores_of(genuine), scores_of(impostor)))
    assert (curve.fmr[0], curve.tar[0]) == (0.0, 0.0)
    assert (curve.fmr[-1], curve.tar[-1]) == (1.0, 1.0)
    for fmr, tar, threshold in zip(curve.fmr, curve.tar, curve.threshold, strict=True):
        assert fmr == pytest.approx(np.mean([score >= threshold for score in impostor]))
        assert tar == pytest.approx(np.mean([score >= threshold for score in genuine]))


@given(score_lists, score_lists)
def test_the_equal_error_rate_lies_between_the_operating_points_around_it(
    genuine: list[float], impostor: list[float]
) -> None:
    pairs = PairScores.of(scores_of(genuine), scores_of(impostor))
    curve = roc(pairs)
    rate = equal_error_rate(pairs)
    fnmr = 1.0 - curve.tar
    best = np.maximum(curve.fmr, fnmr).min()
    worst = np.minimum(curve.fmr, fnmr).max()
    assert worst - 1e-9 <= rate <= best + 1e-9


@given(score_lists, score_lists, st.floats(0, 1))
def test_tar_at_fmr_is_the_best_that_counting_finds(
    genuine: list[float], impostor: list[float], fmr: float
) -> None:
    pairs = PairScores.of(scores_of(genuine), scores_of(impostor))
    tar, threshold = tar_at_fmr(pairs, fmr)
    assert fmr_at(pairs, threshold) <= fmr + 1e-9
    candidates = [*genuine, *impostor, 2.0]
    allowed = [
        np.mean([score >= cut for score in genuine])
        for cut in candidates
        if np.mean([score >= cut for score in impostor]) <= fmr + 1e-9
    ]
    assert tar == pytest.approx(max(allowed))


@given(st.lists(st.integers(0, 4), min_size=2, max_size=30), st.integers(0, 99), st.integers(1, 9))
def test_all_pairs_equals_two_loops(identities: list[int], seed: int, block: int) -> None:
    vectors, names = units(len(identities), 5, seed), np.array(identities)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "BLOCK_ROWS", block)
        pairs = all_pairs(vectors, names)
    genuine: list[float] = []
    impostor: list[float] = []
    for one in range(len(names)):
        for other in range(one + 1, len(names)):
            score = float((vectors[one] * vectors[other]).sum())
            (genuine if names[one] == names[other] else impostor).append(score)
    assert pairs.impostors == len(impostor)
    assert np.allclose(pairs.genuine, sorted(genuine), atol=1e-6)
    assert np.allclose(pairs.impostor, sorted(impostor), atol=1e-6)


def test_vectors_that_are_not_finite_are_refused() -> None:
    vectors = units(4, 8, 0)
    vectors[2, 3] = np.nan
    with pytest.raises(ValueError, match="finite"):
        all_pairs(vectors, np.arange(4))


def test_without_impostors_there_is_no_threshold() -> None:
    with pytest.raises(ValueError, match="impostor"):
        threshold_at_fmr(PairScores.of(scores_of([0.5]), scores_of([])), 0.1)


labelled = st.lists(
    st.tuples(st.integers(-6, 6).map(lambda value: value / 6), st.booleans()),
    min_size=1,
    max_size=25,
)


@given(labelled)
def test_no_threshold_is_right_more_often_than_the_best(pairs: list[tuple[float, bool]]) -> None:
    scores = np.array([score for score, _ in pairs])
    same = np.array([is_same for _, is_same in pairs])
    cuts = [-np.inf, np.inf, *scores, *(scores + 1e-6)]
    best = max(np.mean((scores >= cut) == same) for cut in cuts)
    assert np.mean((scores >= best_threshold(scores, same)) == same) == pytest.approx(best)


def test_each_fold_is_judged_by_the_threshold_of_the_others() -> None:
    # Fold 1 alone would cut at 0.15, the others say 0.5: its genuine pair at 0.2 is then wrong.
    scores = np.array([0.1, 0.2, 0.3, 0.7, 0.3, 0.7, 0.25, 0.75])
    same = np.array([False, True, False, True, False, True, False, True])
    folds = np.array([1, 1, 2, 2, 3, 3, 4, 4])
    result = fold_accuracy(scores, same, folds)
    assert result.folds == (0.5, 1.0, 1.0, 1.0)
    assert result.mean == pytest.approx(0.875)
    assert result.standard_error == pytest.approx(0.25 / 2)
    assert best_threshold(scores[2:], same[2:]) == pytest.approx(0.5)


def test_one_fold_is_refused() -> None:
    with pytest.raises(ValueError, match="folds"):
        fold_accuracy(np.array([0.1, 0.9]), np.array([False, True]), np.array([1, 1]))
