"""What is said of a network while it learns, against counting pair by pair."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

import keras

from faceapp.training import network
from faceapp.training.chipset import ChipSet
from faceapp.training.progress_check import FMRS, Exam, embed
from tests.training.made import chips, packed_set
from tests.training.trained.tiny import LAYOUT

SIZE_PX = 32


def scores(model: object, chipset: ChipSet) -> tuple[np.ndarray, np.ndarray]:
    """Scores of the pairs of one person, and of two."""
    vectors = embed(model, chipset.chips, SIZE_PX)
    first, second = np.triu_indices(len(vectors), 1)
    found = (vectors[first] * vectors[second]).sum(axis=1)
    same = chipset.people[first] == chipset.people[second]
    return found[same], found[~same]


def strictest(impostor: np.ndarray, fmr: float) -> float:
    """The lowest score that at most a share ``fmr`` of the pairs of two people exceed."""
    return float(min(t for t in impostor if (impostor > t).mean() <= fmr))


def test_equals_counting_pair_by_pair(tmp_path: Path) -> None:
    here = ChipSet.load(packed_set(tmp_path / "here", 20))
    noise = np.random.default_rng(1).integers(0, 60, here.chips.shape, np.uint8)
    there = ChipSet(here.chips[::-1] // 2 + noise, here.people[::-1], None)
    keras.utils.set_random_seed(0)
    model = network.build(LAYOUT, SIZE_PX)
    exam = Exam.of(here, np.arange(len(here)), there)
    found = exam.take(LAYOUT, model.get_weights(), SIZE_PX)
    same, other = scores(model, here)
    same_there, other_there = scores(model, there)
    for fmr in FMRS:
        threshold = strictest(other, fmr)
        expected = {
            f"tar@{fmr:g}": (same > threshold).mean(),
            f"elsewhere_fmr@{fmr:g}": (other_there > threshold).mean(),
            f"elsewhere_tar@{fmr:g}": (same_there > strictest(other_there, fmr)).mean(),
        }
        # A score may round to the other side of the threshold.
        assert {name: found[name] for name in expected} == pytest.approx(expected, abs=2e-3)
    assert 0.0 < found["elsewhere_tar@0.001"] < 1.0


def test_nobody_elsewhere_is_spoken_of_where_nobody_is(tmp_path: Path) -> None:
    here = ChipSet.load(packed_set(tmp_path / "here"))
    exam = Exam.of(replace(here, teacher=None), np.arange(len(here)), None)
    model = network.build(LAYOUT, SIZE_PX)
    assert set(exam.take(LAYOUT, model.get_weights(), SIZE_PX)) == {"tar@0.001", "tar@0.0001"}


@pytest.mark.parametrize("people", [[3, 3, 3], [3, 4, 5]])
def test_people_elsewhere_must_make_pairs(people: list[int], tmp_path: Path) -> None:
    here = ChipSet.load(packed_set(tmp_path / "here"))
    there = ChipSet(chips(3), np.array(people, np.int32), None)
    with pytest.raises(ValueError, match="two people or more"):
        Exam.of(here, np.arange(len(here)), there)
