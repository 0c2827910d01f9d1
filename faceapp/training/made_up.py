"""Faces that nobody has: real faces bent, and real faces blended through a mask of holes.

A student that has seen the same pictures many times learns their embeddings by heart, instead of
how its teacher sees faces. Blending two faces gives ever new ones to ask about (Beyer et al. 2022
use mixup, Zhang et al. 2018). Only the teacher can tell what such a face looks like.
"""

from __future__ import annotations

import torch
from torch.nn import functional

from faceapp.training.batches import Views

BENT_PX = 3.0
"""The largest standard deviation of how far the points of a chip of 112 px move."""
BENT_ONLY = 0.3
"""The share of made-up faces that are only bent."""
CENTRE = 0.33
"""The central area that shows identity: its standard deviation, as a share of the chip's side."""


def make_up(views: Views, count: int, rng: torch.Generator) -> Views:
    """Blend the first ``count`` of ``views``, each made from one chip, with random ones of all.

    Chips are float32 in -1..1; ``rng`` is a generator on their device.
    """
    if not count:
        return views
    chips, rows, share = views.chips, views.rows.clone(), views.share.clone()
    partners = torch.randperm(len(chips), generator=rng, device=rng.device)[:count]
    own, other = bent(chips[:count], rng), bent(chips[partners], rng)
    mask = holes(count, chips.shape[1], rng)
    made = torch.lerp(other, own, mask)
    rows[:count, 1] = views.rows[partners, 0]
    share[:count] = (mask[..., 0] * _centre(mask)).sum(dim=(1, 2))
    return Views(torch.cat([made, chips[count:]]), rows, share)


def bent(chips: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """Move the points of each chip smoothly, each face in its own way; borders repeat the edge."""
    count, size_px = chips.shape[:2]
    # grid_sample measures in half sides.
    far = _random(count, rng) * (BENT_PX * 2.0 / 112.0)
    moved = (_waves(count, 2, size_px, rng) * far).permute(0, 2, 3, 1)
    still = functional.affine_grid(
        torch.eye(2, 3, device=rng.device).expand(count, 2, 3),
        [count, 3, size_px, size_px],
        align_corners=False,
    )
    maps = functional.grid_sample(
        chips.permute(0, 3, 1, 2), still + moved, padding_mode="border", align_corners=False
    )
    return maps.permute(0, 2, 3, 1)


def holes(count: int, size_px: int, rng: torch.Generator) -> torch.Tensor:
    """How much of the first face is seen at each pixel: float32 (count, S, S, 1) in 0..1.

    They range from an even blend of two faces to sharp patches of each. A share `BENT_ONLY` of the
    masks is 1 everywhere.
    """
    waves = _waves(count, 1, size_px, rng).permute(0, 2, 3, 1)
    sharp = _random(count, rng) * 6.0
    even = torch.randn(count, 1, 1, 1, generator=rng, device=rng.device)
    alone = _random(count, rng) < BENT_ONLY
    return torch.where(alone, 1.0, torch.sigmoid(sharp * waves + even))


def _random(count: int, rng: torch.Generator) -> torch.Tensor:
    """A number in 0..1 for each of ``count`` chips: float32 (count, 1, 1, 1)."""
    return torch.rand(count, 1, 1, 1, generator=rng, device=rng.device)


def _waves(count: int, fields: int, size_px: int, rng: torch.Generator) -> torch.Tensor:
    """Smooth random fields of about unit variance: float32 (count, fields, S, S)."""
    knots = 2 + rng.initial_seed() % 5  # drawing a number on a GPU would mean waiting for it
    coarse = torch.randn(count, fields, knots, knots, generator=rng, device=rng.device)
    return functional.interpolate(coarse, (size_px, size_px), mode="bicubic", align_corners=True)


def _centre(mask: torch.Tensor) -> torch.Tensor:
    """How much each pixel of ``mask`` (N, S, S, 1) tells about identity: (S, S), of sum 1."""
    along = torch.linspace(-0.5, 0.5, mask.shape[1], device=mask.device)
    bell = torch.exp(-0.5 * (along / CENTRE) ** 2)
    weights = bell[:, None] * bell[None, :]
    return weights / weights.sum()
