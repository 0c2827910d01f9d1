"""A teacher that is asked about what the student sees, against asking it about each chip."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training.batches import Views, scaled
from faceapp.training.live import LiveTeacher, clean_answers
from tests.training.made import chips
from tests.training.trained.tiny import as_they_are, colours

COUNT, AT_ONCE = 40, 8
ROWS = torch.arange(COUNT)
CPU = torch.device("cpu")
MAP = torch.randn(12, 6, generator=torch.Generator().manual_seed(0))


def alike(first: Any, second: Any) -> Any:
    return (first * second).sum(dim=1)


@pytest.fixture(scope="module")
def clean() -> Any:
    return torch.cat(list(clean_answers(colours, chips(COUNT), AT_ONCE, 1, CPU)))


@pytest.fixture(scope="module")
def teacher(clean: Any) -> Any:
    """Another one, whose answers a linear map tells from the first one's."""
    return torch.nn.functional.normalize(clean @ MAP, dim=1)


def answers(clean: Any, teacher: Any, shown: Views) -> Any:
    return LiveTeacher(colours, clean, teacher, ROWS, parts=2).answer(shown)


@pytest.mark.parametrize(("at_once", "parts"), [(1, 1), (7, 1), (7, 3), (64, 2)])
def test_clean_answers_are_those_for_each_chip(at_once: int, parts: int) -> None:
    found = torch.cat(list(clean_answers(colours, chips(COUNT), at_once, parts, CPU)))
    assert torch.allclose(found, colours(scaled(torch.from_numpy(chips(COUNT)))), atol=1e-6)


def test_of_a_chip_as_it_is_the_teacher_has_the_word(clean: Any, teacher: Any) -> None:
    pictures = scaled(torch.from_numpy(chips(COUNT)))
    shown = as_they_are(pictures, ROWS)
    assert torch.allclose(answers(clean, teacher, shown), teacher, atol=1e-5)


def test_the_answer_moves_as_the_one_that_is_asked_moves(clean: Any, teacher: Any) -> None:
    """A chip that was replaced by another altogether is answered as that other one."""
    other = ROWS.flip(0)
    pictures = scaled(torch.from_numpy(chips(COUNT)))[other]
    shown = as_they_are(pictures, ROWS)
    found = answers(clean, teacher, shown)
    assert torch.allclose(found.norm(dim=1), torch.ones(COUNT), atol=1e-5)
    to_shown, to_chip = alike(found, teacher[other]), alike(found, teacher)
    assert (to_shown > to_chip).float().mean() > 0.9
    assert to_shown.mean() > 0.9


def test_a_face_made_of_two_lies_between_them(clean: Any, teacher: Any) -> None:
    """The more is seen of it, the nearer to each; at the ends it is that one alone."""
    first, second = ROWS[:20], ROWS[20:]
    share = torch.linspace(0.0, 1.0, 20)
    rows = torch.stack([first, second], dim=1)
    pictures = scaled(torch.from_numpy(chips(COUNT)))
    mixed = torch.lerp(pictures[second], pictures[first], share[:, None, None, None])
    found = answers(clean, teacher, Views(mixed, rows, share))
    nearer_first = alike(found, teacher[first]) > alike(found, teacher[second])
    assert (nearer_first == (share > 0.5)).float().mean() > 0.8
    assert torch.allclose(found[:1], teacher[second[:1]], atol=1e-4)
    assert torch.allclose(found[-1:], teacher[first[-1:]], atol=1e-4)


def test_bytes_are_scaled_to_one_on_both_sides() -> None:
    ends = torch.tensor([0, 255], dtype=torch.uint8).reshape(2, 1, 1, 1)
    assert scaled(ends).flatten().tolist() == [-1.0, 1.0]
    assert np.isclose(float(scaled(torch.tensor([[127]], dtype=torch.uint8))), -1 / 255)
