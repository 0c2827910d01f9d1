from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition.selection import COPY_COSINE, MAX_SAMPLES, Refusal, select_samples
from faceapp.types import Quality, Sample
from tests.recognition.made import pictured, sample, towards, unit, units

SAME_FACE = 0.4


def sharpness(quality: Quality) -> float:
    return quality.sharpness / 100.0


def test_copies_and_strangers_among_pictures_are_refused() -> None:
    person = [sample(pictured(seed)) for seed in range(4)]
    copy = sample(pictured(1), sharpness=10.0)
    stranger = sample(towards(0.0, 16, axis=5))
    selection = select_samples([*person, copy, stranger], sharpness, SAME_FACE)
    assert set(selection.taken) == {0, 1, 2, 3}
    assert selection.refused == ((4, Refusal.TOO_SIMILAR), (5, Refusal.OTHER_FACE))


def faces(people: str, first: int = 3) -> list[Sample]:
    """Make a picture for each letter: one letter's are alike, cosine 0.7, others' not at all."""
    axes = np.eye(16)
    looks = [axes["ABC".index(who)] + 0.6 * axes[first + at] for at, who in enumerate(people)]
    return [sample(unit(look)) for look in looks]


@pytest.mark.parametrize(
    ("pictures", "known", "taken"),
    [
        ("A", "", "A"),
        ("AB", "", ""),
        ("AABB", "", ""),
        ("AABC", "", ""),
        ("ABB", "", "BB"),
        ("AB", "A", "A"),
        ("ABB", "A", "A"),
        ("BB", "A", "BB"),
        ("BC", "A", ""),
    ],
)
def test_templates_or_else_a_majority_say_who_is_meant(
    pictures: str, known: str, taken: str
) -> None:
    templates = [one.vector for one in faces(known, first=10)]
    selection = select_samples(faces(pictures), sharpness, SAME_FACE, templates)
    assert "".join(pictures[row] for row in sorted(selection.taken)) == taken
    why = Refusal.OTHER_FACE if taken else Refusal.FACES_DIFFER
    assert {reason for _, reason in selection.refused} <= {why}


def test_of_many_pictures_the_different_ones_are_taken() -> None:
    groups = [pictured(seed) for seed in range(4)]
    noise = units(40, 16, 3) * np.float32(0.2)
    many = [sample(unit(groups[at // 10] + noise[at])) for at in range(40)]
    selection = select_samples(many, sharpness, SAME_FACE)
    assert len(selection.taken) == MAX_SAMPLES
    assert {at // 10 for at in selection.taken[:4]} == {0, 1, 2, 3}
    assert {why for _, why in selection.refused} <= {Refusal.SURPLUS, Refusal.TOO_SIMILAR}


def test_of_equally_different_pictures_the_better_is_taken() -> None:
    pictures = [sample(pictured(at), sharpness=5.0 + 90.0 * (at >= 10)) for at in range(20)]
    taken = select_samples(pictures, sharpness, SAME_FACE).taken
    assert sum(at >= 10 for at in taken) >= 7


@given(st.lists(st.integers(0, 6), max_size=14), st.integers(0, 3))
def test_a_selection_accounts_for_every_picture(seeds: list[int], strangers: int) -> None:
    pictures = [sample(pictured(seed)) for seed in seeds]
    pictures += [sample(units(1, 16, 900 + at)[0]) for at in range(strangers)]
    selection = select_samples(pictures, sharpness, SAME_FACE)
    rows = sorted([*selection.taken, *(row for row, _ in selection.refused)])
    assert rows == list(range(len(pictures)))
    assert len(selection.taken) <= MAX_SAMPLES
    unclear = [why for _, why in selection.refused if why is Refusal.FACES_DIFFER]
    assert bool(selection.taken) == bool(pictures and not unclear)
    assert len(unclear) in (0, len(pictures))
    chosen = [pictures[row] for row in selection.taken]
    for at, one in enumerate(chosen):
        for other in chosen[:at]:
            assert float(one.vector @ other.vector) < COPY_COSINE + 1e-6
