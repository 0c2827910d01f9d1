"""What ``faceapp model info`` tells of a card."""

from __future__ import annotations

import pytest

from faceapp.cli.model import summary

FEW = {"eer": 0.021, "tar@1e-03": 0.914}


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ({**FEW, "tar@1e-04": 0.853}, "error rate 2.1%; at 1 false match in 10,000 comparisons"),
        (FEW, "error rate 2.1%; at 1 false match in 1,000 comparisons 91.4% of the pairs"),
        ({"eer": 0.021}, "equal error rate 2.1%"),
    ],
)
def test_a_model_of_few_people_is_told_by_the_figures_that_it_has(
    pairs: dict[str, float], told: str
) -> None:
    card = {"accuracy": {"int8": {"megabytes": 2.7, "held_out_people": {"all_pairs": pairs}}}}
    (tested,) = [text for text in summary(card) if text.startswith("tested on held out people: ")]
    assert told in tested
