"""Faces that are made up: of whom they are made, and that they are pictures still."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training.made_up import bent, holes, make_up
from tests.training.made import chips
from tests.training.trained.tiny import as_they_are

COUNT, SIZE_PX = 12, 112


def pictures(count: int = COUNT) -> Any:
    return torch.from_numpy(chips(count)).float() / 127.5 - 1.0


def rng(seed: int = 0) -> Any:
    return torch.Generator().manual_seed(seed)


def test_only_so_many_are_made_up() -> None:
    rows = torch.arange(COUNT) + 100
    shown = make_up(as_they_are(pictures(), rows), 5, rng())
    assert (shown.rows[:, 0] == rows).all()
    assert (shown.rows[5:, 1] == rows[5:]).all()
    assert (shown.share[5:] == 1.0).all()
    assert torch.equal(shown.chips[5:], pictures()[5:])
    assert all(
        not torch.equal(made, own) for made, own in zip(shown.chips[:5], pictures(5), strict=True)
    )


def test_none_made_up_leaves_all_as_it_is() -> None:
    shown = make_up(as_they_are(pictures(), torch.arange(COUNT)), 0, rng())
    assert torch.equal(shown.chips, pictures())
    assert torch.equal(shown.rows[:, 0], shown.rows[:, 1])


def test_the_share_is_what_is_seen_of_the_first_face() -> None:
    """White faces with black partners: a made-up one is as bright as it is white."""
    count = 200
    sides = torch.where(torch.arange(2 * count) < count, 1.0, -1.0)[:, None, None, None]
    faces = as_they_are(sides.expand(-1, SIZE_PX, SIZE_PX, 3), torch.arange(2 * count))
    shown = make_up(faces, count, rng())
    of_two = (shown.rows[:count, 1] >= count).numpy()
    assert 0.4 < of_two.mean() < 0.6
    white = (shown.chips[:count, :, :, 0].numpy()[of_two] + 1.0) / 2.0
    share = shown.share[:count].numpy()[of_two]
    along = (np.arange(SIZE_PX) + 0.5) / SIZE_PX - 0.5
    bell = np.exp(-0.5 * (along / 0.33) ** 2)
    told_by = np.outer(bell, bell) / bell.sum() ** 2  # a face is told by its middle
    assert share == pytest.approx((white * told_by).sum(axis=(1, 2)), abs=2e-3)
    assert share.min() < 0.1
    assert share.max() == pytest.approx(1.0)  # bent and nothing else
    whole = shown.chips[:count].numpy()[~of_two]
    assert np.allclose(whole, 1.0, atol=1e-5)


def test_the_same_generator_makes_the_same_faces() -> None:
    first, again, other = (
        make_up(as_they_are(pictures(), torch.arange(COUNT)), 6, rng(seed)).chips
        for seed in (1, 1, 2)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_a_bent_face_stays_near_and_has_no_new_colours() -> None:
    """Points move by some pixels only: where a chip is even all around, nothing changes."""
    even = torch.zeros(200, SIZE_PX, SIZE_PX, 3)
    even[:, 56:] = 1.0  # a horizon
    moved = bent(even, rng())
    assert 0.0 <= moved.min() <= moved.max() <= 1.0
    heights = moved[..., 0].sum(dim=1)  # of the brighter part, in each column
    assert 0.5 < (heights - 56.0).abs().mean() < 1.5
    assert (moved[:, :20] == 0.0).all()
    assert (moved[:, -20:] > 0.999).all()


def test_holes_are_shares() -> None:
    seen = holes(300, SIZE_PX, rng())
    assert seen.shape == (300, SIZE_PX, SIZE_PX, 1)
    assert 0.0 <= seen.min() <= seen.max() <= 1.0
    alone = (seen == 1.0).all(dim=(1, 2, 3)).float().mean()
    assert 0.2 < float(alone) < 0.4
    blended = seen[(seen.std(dim=(1, 2, 3)) < 0.03) & (seen.mean(dim=(1, 2, 3)) < 1.0)]
    assert blended.mean(dim=(1, 2, 3)).std() > 0.2  # some are more of one face, some of the other
