"""Batches that show people who do not exist, and others in their frames."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset
from faceapp.training.augment import Augmentation
from faceapp.training.batches import AugmentedBatches, Frames
from faceapp.training.chipset import ChipSet
from faceapp.training.config import Phase
from faceapp.training.order import MixedOrder
from faceapp.training.painted.extend import Base, extend, painted_rows
from faceapp.training.run import Run
from tests.training.trained.painting import paint, silent
from tests.training.trained.tiny import CONFIG, colours, onnx_teacher

AS_THEY_ARE = Augmentation(*(0.0 for _ in dataclasses.fields(Augmentation)))


@pytest.fixture
def both(base: Path, tmp_path: Path) -> Path:
    """Return the set of ``base`` and thirty people who do not exist."""
    extend(Base.open(base, tmp_path / "both"), paint, 30, colours, silent)
    return tmp_path / "both"


def test_batches_hold_their_share_of_painted_people(both: Path, base: Path, tmp_path: Path) -> None:
    phase = Phase(size_px=112, steps=1, batch=16, rate=1e-2, painted=0.25)
    run = Run(replace(CONFIG, phases=(phase,)), both, tmp_path / "run")
    (order,) = run.lessons.orders
    first = len(np.load(base / "people.npy"))
    held_out = chipset.hold_out(np.load(both / "people.npy"), 400, 1)
    drawn = [order.rows_of(step) for step in range(40)]
    assert [int((rows >= first).sum()) for rows in drawn] == [4] * 40
    assert not held_out[np.concatenate(drawn)].any()
    assert len(np.unique(np.concatenate(drawn)[np.concatenate(drawn) >= first])) == 30


def test_a_run_without_a_share_shows_nobody_painted(both: Path, base: Path, tmp_path: Path) -> None:
    order = Run(CONFIG, both, tmp_path / "run").lessons.orders[0]
    first = len(np.load(base / "people.npy"))
    assert max(order.rows_of(step).max() for step in range(60)) < first


def test_faces_that_exist_are_seen_in_painted_frames(both: Path) -> None:
    painted = painted_rows(both)
    order = MixedOrder(np.arange(painted[0]), painted, (32, 8), 5)
    feed = AugmentedBatches(both, order, 112, AS_THEY_ARE, Frames(0.75, painted, spared=6))
    pictures, pairs, share = (one.numpy() for one in feed[3])
    have = ChipSet.load(both).chips
    assert pairs[:, 0].tolist() == order.rows_of(3).tolist()
    seen = pairs[:, 0] != pairs[:, 1]
    assert not seen[:6].any()
    assert not seen[np.isin(pairs[:, 0], painted)].any()
    assert 8 <= seen.sum() <= 26
    assert np.isin(pairs[seen, 1], painted).all()
    assert ((share < 1.0) == seen).all()
    for place, picture in enumerate(pictures):
        same = np.array_equal(picture, have[pairs[place, 0]])
        assert same is not bool(seen[place])
        face = picture[60:80, 50:62].astype(int) - have[pairs[place, 0]][60:80, 50:62]
        assert np.abs(face).max() <= 1


def test_a_batch_is_framed_the_same_way_again(both: Path) -> None:
    """A resumed run sees what an uninterrupted one would have seen."""
    painted = painted_rows(both)
    order = MixedOrder(np.arange(painted[0]), painted, (16, 4), 5)
    frames = Frames(0.5, painted, spared=0)
    first, again = (AugmentedBatches(both, order, 112, Augmentation(), frames) for _ in range(2))
    ahead = again[1]
    for one, other in zip(first[2], again[2], strict=True):
        assert torch.equal(one, other)
    assert not torch.equal(ahead[0], first[2][0])


def test_a_run_shows_faces_in_frames(
    both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnx")
    monkeypatch.setenv("CXX", "no-such-compiler")  # compiling takes longer than the run
    phase = Phase(size_px=112, steps=3, batch=16, rate=1e-3, made_up=0.25, painted=0.25, framed=0.5)
    framing = replace(CONFIG, phases=(phase,), live_teacher=True)
    teacher = onnx_teacher(tmp_path / "teacher.onnx", 12)
    run = Run(framing, both, tmp_path / "run", 0, teacher)
    pairs = torch.stack([run.lessons.views(0)[step][1] for step in range(20)])
    framed = pairs[..., 0] != pairs[..., 1]
    assert not framed[:, :4].any()  # these are made up
    assert 0 < framed[:, 4:].sum() < framed[:, 4:].numel() / 2
    assert set(pairs[framed][:, 1].tolist()) <= set(painted_rows(both).tolist())
    run.train(resume=False)
    *_, line = (tmp_path / "run" / "metrics.jsonl").read_text("utf-8").splitlines()
    assert '"step": 3' in line
    plain = Run(CONFIG, both, tmp_path / "other").lessons.views(0)
    pairs = torch.stack([plain[step][1] for step in range(20)])
    assert torch.equal(pairs[..., 0], pairs[..., 1])


def test_a_share_of_nobody_is_told(base: Path, tmp_path: Path) -> None:
    phase = Phase(size_px=112, steps=1, batch=16, rate=1e-2, painted=0.25)
    with pytest.raises(ValueError, match="expected people who do not exist"):
        Run(replace(CONFIG, phases=(phase,)), base, tmp_path / "run", workers=0).train(False)
