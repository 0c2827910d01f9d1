"""What is said of a network while it learns, against counting pair by pair."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

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
ELSEWHERE = ("elsewhere_fmr@0.001", "elsewhere_tar@0.001")


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
    both = ChipSet.load(packed_set(tmp_path / "here", 80))
    held_out = both.people < 40
    here, learned = (ChipSet(both.chips[m], both.people[m], None) for m in (held_out, ~held_out))
    noise = np.random.default_rng(1).integers(0, 60, here.chips.shape, np.uint8)
    there = ChipSet(here.chips[::-1] // 2 + noise, here.people[::-1], None)
    keras.utils.set_random_seed(0)
    model = network.build(LAYOUT, SIZE_PX)
    found = Exam.of(both, held_out, there).take(LAYOUT, model.get_weights(), SIZE_PX)
    same, other = scores(model, here)
    same_learned, other_learned = scores(model, learned)
    same_there, other_there = scores(model, there)
    assert 1_000 < len(other) == len(other_there) == len(other_learned) < 10_000 * 2
    for fmr in FMRS:
        threshold = strictest(other, fmr)
        expected = {
            f"tar@{fmr:g}": (same > threshold).mean(),
            f"trained_tar@{fmr:g}": (same_learned > strictest(other_learned, fmr)).mean(),
            f"elsewhere_fmr@{fmr:g}": (other_there > threshold).mean(),
            f"elsewhere_tar@{fmr:g}": (same_there > strictest(other_there, fmr)).mean(),
        }
        # A score may round to the other side of the threshold.
        assert {name: found[name] for name in expected} == pytest.approx(expected, abs=2e-3)
    assert 0.0 < found["elsewhere_tar@0.001"] < 1.0


@pytest.mark.parametrize(
    ("held_out", "elsewhere", "told"),
    [
        (5, 12, {"elsewhere_tar@0.001"}),
        (13, None, {"tar@0.001", "trained_tar@0.001"}),
        (13, 5, {"tar@0.001", "trained_tar@0.001"}),
        (13, 12, {*("tar@0.001", "trained_tar@0.001"), *ELSEWHERE}),
    ],
)
def test_only_what_can_be_seen_is_told(
    held_out: int, elsewhere: int | None, told: set[str], tmp_path: Path
) -> None:
    """Twelve people of four chips make 1,056 comparisons of strangers, and nobody makes none."""
    here = ChipSet.load(packed_set(tmp_path / "here", 26))
    there = None if elsewhere is None else ChipSet.load(packed_set(tmp_path / "there", elsewhere))
    exam = Exam.of(replace(here, teacher=None), here.people < held_out, there)
    model = network.build(LAYOUT, SIZE_PX)
    assert set(exam.take(LAYOUT, model.get_weights(), SIZE_PX)) == told


def test_as_many_people_who_are_trained_on_are_looked_at(tmp_path: Path) -> None:
    """Nobody unknown, nobody with a single chip, nobody who is held out."""
    here = ChipSet.load(packed_set(tmp_path / "here"))
    people = here.people.copy()
    people[people == 9] = -1
    people[np.flatnonzero(people == 8)[1:]] = -1
    looked_at = Exam.of(replace(here, people=people), here.people < 3, None).trained_on
    assert len(looked_at) == 3 * 4
    assert set(looked_at.people) < {3, 4, 5, 6, 7}
    for chip, person in zip(looked_at.chips, looked_at.people, strict=True):
        assert any((chip == one).all() for one in here.chips[people == person])


@pytest.mark.parametrize("people", [[3, 3, 3], [3, 4, 5]])
def test_people_elsewhere_must_make_pairs(people: list[int], tmp_path: Path) -> None:
    here = ChipSet.load(packed_set(tmp_path / "here"))
    there = ChipSet(chips(3), np.array(people, np.int32), None)
    with pytest.raises(ValueError, match="two people or more"):
        Exam.of(here, here.people < 5, there)


def test_looking_keeps_nothing_for_gradients() -> None:
    kept: list[bool] = []

    def watched(maps: Any) -> Any:
        kept.append(maps.requires_grad)
        return maps

    seen = keras.Input((112, 112, 3))
    maps = keras.layers.Conv2D(4, 3, strides=16)(seen)
    model = keras.Model(seen, keras.layers.Flatten()(keras.layers.Lambda(watched)(maps)))
    kept.clear()
    assert embed(model, chips(70), 112).shape == (70, 196)
    assert kept == [False, False]
