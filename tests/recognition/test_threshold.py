from __future__ import annotations

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition.threshold import (
    Thresholds,
    required_fmr,
    same_face_threshold,
    threshold_for,
)
from faceapp.types import FmrRow

MANY = 10_000_000
TABLE = (
    FmrRow(0.10, 1e-1, MANY),
    FmrRow(0.20, 1e-2, MANY),
    FmrRow(0.28, 1e-3, MANY),
    FmrRow(0.34, 1e-4, MANY),
    FmrRow(0.39, 1e-5, MANY),
)


@st.composite
def tables(draw: st.DrawFn) -> list[FmrRow]:
    """Draw tables as measured ones are: rising scores, falling FMR, here and there noise."""
    size = draw(st.integers(2, 8))
    scores = draw(st.lists(st.floats(-0.5, 0.95), min_size=size, max_size=size, unique=True))
    exponents = draw(st.lists(st.floats(-6, -0.1), min_size=size, max_size=size))
    rows = [FmrRow(score, 10.0**at, 10**9) for score, at in zip(scores, exponents, strict=True)]
    # The first row is looser than all others, so that at least two remain whatever the noise.
    rows.append(FmrRow(max(-0.9, min(scores) - 0.1), 1.0, 10**9))
    return draw(st.permutations(rows))


@pytest.mark.parametrize(
    ("fpir", "comparisons", "fmr"),
    [
        (0.001, 50, 2.0e-5),
        (0.001, 500, 2.0e-6),
        (0.001, 5_000, 2.0e-7),
        (0.003, 500, 6.0e-6),
        (0.01, 50, 2.0e-4),
        (0.01, 1, 0.01),
        (0.01, 0, 0.01),
    ],
)
def test_required_fmr_by_the_table_of_the_standard(
    fpir: float, comparisons: int, fmr: float
) -> None:
    assert required_fmr(fpir, comparisons) == pytest.approx(fmr, rel=0.02)


@given(st.floats(1e-6, 0.5), st.integers(1, 1_000_000))
def test_required_fmr_gives_the_fpir_back(fpir: float, comparisons: int) -> None:
    fmr = required_fmr(fpir, comparisons)
    assert 0.0 < fmr <= fpir * (1.0 + 1e-12)
    assert 1.0 - (1.0 - fmr) ** comparisons == pytest.approx(fpir, rel=1e-3)


@pytest.mark.parametrize("fpir", [0.0, 1.0, -0.1, float("nan")])
def test_a_share_of_strangers_outside_0_to_1_is_refused(fpir: float) -> None:
    with pytest.raises(ValueError, match="fpir"):
        required_fmr(fpir, 10)


def test_rows_of_the_table_are_met_exactly_and_between_them_it_is_log_linear() -> None:
    assert threshold_for(TABLE, 1_000, 1).accept == pytest.approx(0.28)
    halfway = threshold_for(TABLE, round(10**3.5), 1).accept
    assert halfway == pytest.approx(0.31, abs=1e-4)


def test_beyond_the_table_the_last_decade_goes_on_but_never_less_steep_than_the_whole() -> None:
    slope = (0.39 - 0.10) / 4  # the whole table is steeper than its last decade
    expected = 0.39 + slope * (log10(1e-5) - log10(required_fmr(1e-3, 10_000)))
    assert threshold_for(TABLE, 1_000, 10_000).accept == pytest.approx(expected)


def test_rows_with_too_few_errors_are_not_relied_on() -> None:
    unlucky = (*TABLE, FmrRow(0.391, 1e-6, MANY))  # 10 errors: it would make the threshold too low
    assert threshold_for(unlucky, 1_000, 5_000) == threshold_for(TABLE, 1_000, 5_000)


def test_looser_than_the_table_its_first_score_holds() -> None:
    assert threshold_for(TABLE, 2, 1) == Thresholds(accept=0.10, unsure=0.10)


def test_an_empty_gallery_is_like_one_template() -> None:
    assert threshold_for(TABLE, 1_000, 0) == threshold_for(TABLE, 1_000, 1)


def test_unsure_allows_thirty_times_as_many_false_matches() -> None:
    unsure = threshold_for(TABLE, 30_000, 1).unsure
    assert unsure == pytest.approx(threshold_for(TABLE, 1_000, 1).accept, abs=1e-4)


def test_the_same_face_threshold_does_not_depend_on_the_gallery() -> None:
    assert same_face_threshold(TABLE) == pytest.approx(0.34)


@given(tables(), st.integers(2, 1_000_000), st.floats(0.0, 1e6), st.integers(1, 50))
def test_more_chances_or_odds_never_lower_a_threshold(
    table: list[FmrRow], odds: int, chances: float, factor: int
) -> None:
    base = threshold_for(table, odds, chances)
    for harder in (
        threshold_for(table, odds * factor, chances),
        threshold_for(table, odds, chances * factor),
    ):
        assert harder.accept >= base.accept - 1e-9
        assert harder.unsure >= base.unsure - 1e-9
    assert -1.0 <= base.unsure <= base.accept <= 1.0


@given(tables(), st.integers(2, 1_000_000), st.floats(1.0, 1e5))
def test_a_threshold_is_never_laxer_than_a_row_that_misses_the_target(
    table: list[FmrRow], odds: int, chances: float
) -> None:
    fmr = required_fmr(1.0 / odds, chances)
    accept = threshold_for(table, odds, chances).accept
    assert all(accept >= score - 1e-9 for score, measured, _ in table if measured > fmr)


@pytest.mark.parametrize(
    "table",
    [
        (),
        TABLE[:1],
        (FmrRow(0.1, 1e-2, MANY), FmrRow(0.2, 1e-2, MANY)),
        (FmrRow(0.1, 1e-2, MANY), FmrRow(0.2, 0.0, MANY)),
        (FmrRow(0.1, 1e-2, 100), FmrRow(0.2, 1e-3, 100)),
    ],
)
def test_a_table_that_says_too_little_is_refused(table: tuple[FmrRow, ...]) -> None:
    with pytest.raises(ValueError, match="table"):
        threshold_for(table, 1_000, 10)


def test_odds_of_one_are_refused() -> None:
    with pytest.raises(ValueError, match="odds"):
        threshold_for(TABLE, 1, 10)


@pytest.mark.parametrize(("accept", "unsure"), [(0.3, 0.4), (1.5, 0.4), (float("nan"), 0.1)])
def test_thresholds_out_of_order_are_refused(accept: float, unsure: float) -> None:
    with pytest.raises(ValueError, match="thresholds"):
        Thresholds(accept, unsure)
