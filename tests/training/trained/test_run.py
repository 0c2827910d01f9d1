"""A whole run: what it leaves, whom and what it learns from, and what it refuses."""

from __future__ import annotations

import json
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset
from faceapp.training.augment import Augmentation
from faceapp.training.config import Weights
from faceapp.training.engine import Engine
from faceapp.training.run import Collapsed, Run
from tests.training.made import packed_set
from tests.training.trained.runs import checkpoint, metrics, stopped_after, trained
from tests.training.trained.tiny import CONFIG, as_they_are


def test_a_run_leaves_all_that_is_needed_to_understand_it(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(CONFIG, packed, folder)
    lines = metrics(folder)
    assert [(line["phase"], line["step"]) for line in lines] == [(0, 2), (0, 4), (1, 2), (1, 4)]
    needed = {"size_px", "minutes", "distil_cosine", "spread", "teacher_cosine"}
    assert all(needed <= line.keys() for line in lines)
    # Two people held out make 16 comparisons of strangers: no such FMR can be seen in them.
    assert [name for line in lines for name in line if "@" in name] == []
    assert json.loads((folder / "config.json").read_text())["phases"][1]["size_px"] == 48
    assert (folder / "revision.txt").exists()
    assert {path.name for path in folder.iterdir()} == {
        *("checkpoint.pt", "config.json", "data.json", "metrics.jsonl", "revision.txt"),
    }
    assert (checkpoint(folder)["phase"], checkpoint(folder)["step"]) == (1, 4)


def test_a_run_looks_at_people_elsewhere_too(tmp_path: Path) -> None:
    packed = packed_set(tmp_path / "many", 60)  # twelve are held out: 1,056 pairs of strangers
    packed_set(packed / chipset.ELSEWHERE, 12)
    trained(stopped_after((2,)), packed, tmp_path / "run")
    said = metrics(tmp_path / "run")[-1]
    assert 0.0 <= said["elsewhere_fmr@0.001"] <= 1.0
    assert 0.0 <= said["elsewhere_tar@0.001"] <= 1.0
    assert 0.0 <= said["tar@0.001"] <= 1.0
    assert [name for name in said if "@0.0001" in name] == []


def test_a_phase_holds_no_network_of_the_one_before(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: list[int] = []
    models: list[weakref.ref[Any]] = []

    class Watched(Engine):
        def __init__(self, *what: Any) -> None:
            super().__init__(*what)
            models.append(weakref.ref(self.model))

        def step(self, *what: Any) -> dict[str, torch.Tensor]:
            alive.append(sum(model() is not None for model in models))
            return super().step(*what)

    monkeypatch.setattr("faceapp.training.run.Engine", Watched)
    trained(CONFIG, packed, tmp_path / "run")
    assert len(models) == 2
    assert alive == [1] * 8


def test_a_run_is_not_overwritten(packed: Path, tmp_path: Path) -> None:
    trained(stopped_after((1,)), packed, tmp_path / "run")
    with pytest.raises(FileExistsError, match="--resume"):
        trained(CONFIG, packed, tmp_path / "run")


def test_batches_of_people_are_trained_on(packed: Path, tmp_path: Path) -> None:
    config = replace(
        stopped_after((2,)), losses=Weights(triplet_batch_hard=1.0), pictures_per_person=2
    )
    trained(config, packed, tmp_path / "run")
    assert metrics(tmp_path / "run")[-1]["triplet_batch_hard"] > 0


def test_a_batch_that_cannot_be_made_is_refused_before_anything_is_trained(
    packed: Path, tmp_path: Path
) -> None:
    large = replace(CONFIG.phases[1], batch=18)
    config = replace(CONFIG, phases=(CONFIG.phases[0], large), pictures_per_person=2)
    with pytest.raises(ValueError, match="a batch needs 9"):
        Run(config, packed, tmp_path / "run", workers=0)


def test_a_machine_without_git_trains_too(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CXX", "no-such-compiler")
    trained(stopped_after((1,)), packed, tmp_path / "run")
    assert (tmp_path / "run" / "revision.txt").read_text("utf-8") == ""


@pytest.mark.parametrize("dimension", [4, 40])
def test_a_teacher_of_another_dimension_is_fitted(
    dimension: int, packed: Path, tmp_path: Path
) -> None:
    said = np.random.default_rng(0).standard_normal((40, dimension)).astype(np.float32)
    np.save(packed / "teacher.npy", said / np.linalg.norm(said, axis=1, keepdims=True))
    trained(stopped_after((2,)), packed, tmp_path / "run")
    assert -1.0 <= metrics(tmp_path / "run")[-1]["teacher_cosine"] <= 1.0


def test_without_a_teacher_only_what_needs_none_can_be_learned(
    packed: Path, tmp_path: Path
) -> None:
    (packed / "teacher.npy").unlink()
    with pytest.raises(ValueError, match="prepare --teacher"):
        trained(stopped_after((2,)), packed, tmp_path / "run")
    trained(replace(stopped_after((2,)), losses=Weights(softmax=1.0)), packed, tmp_path / "run")
    assert "teacher_cosine" not in metrics(tmp_path / "run")[-1]


def test_too_few_people_are_refused(packed: Path, tmp_path: Path) -> None:
    np.save(packed / "people.npy", (np.arange(40) % 3).astype(np.int32))
    with pytest.raises(ValueError, match="two people to hold out"):
        Run(CONFIG, packed, tmp_path / "run", workers=0)


def test_a_collapse_ends_the_run(packed: Path, tmp_path: Path) -> None:
    """Chips that are all alike can only come to lie at one point."""
    chips = np.load(packed / "chips.npy")
    np.save(packed / "chips.npy", np.broadcast_to(chips[:1], chips.shape))
    odds = dict.fromkeys(Augmentation.__dataclass_fields__, 0.0)
    config = replace(stopped_after((4,)), augmentation=Augmentation(**odds))
    with pytest.raises(Collapsed, match="one point"):
        trained(config, packed, tmp_path / "run")
    assert metrics(tmp_path / "run")[-1]["spread"] < 0.01


def test_a_rate_that_tears_the_network_apart_ends_the_run(packed: Path, tmp_path: Path) -> None:
    config = stopped_after((4,))
    config = replace(config, phases=(replace(config.phases[0], rate=1e30, warmup=0),))
    with pytest.raises(Collapsed):
        trained(config, packed, tmp_path / "run")


def test_held_out_people_are_never_in_a_batch(packed: Path, tmp_path: Path) -> None:
    run = Run(CONFIG, packed, tmp_path / "run", workers=0)
    held_out = chipset.hold_out(np.load(packed / "people.npy"), 400, CONFIG.seed)
    assert not held_out[run.lessons.rows].any()
    assert len(run.lessons.rows) + held_out.sum() == 40
    drawn = np.concatenate([run.lessons.orders[0].rows_of(step) for step in range(20)])
    assert set(drawn) == set(run.lessons.rows)
    rows = torch.from_numpy(np.flatnonzero(held_out))
    views = as_they_are(torch.zeros(8, 32, 32, 3), rows)
    assert set(run.lessons.batch(views, 0, 0).people.tolist()) == {-1}


def test_other_views_show_the_same_people_otherwise(packed: Path, tmp_path: Path) -> None:
    once = stopped_after((2,))
    again = replace(once, views=10)
    runs = [Run(c, packed, tmp_path / str(c.views), workers=0) for c in (once, again)]
    assert (runs[0].lessons.rows == runs[1].lessons.rows).all()
    for run in runs:
        run.train(resume=False)
    first, other = (metrics(run.folder)[-1]["distil_cosine"] for run in runs)
    assert first != other


def test_a_phase_may_have_distortions_of_its_own(packed: Path, tmp_path: Path) -> None:
    strong = Augmentation(noise=1.0, occlusion=1.0)
    plain = stopped_after((2,))
    everywhere = replace(plain, augmentation=strong)
    here = replace(plain, phases=(replace(plain.phases[0], augmentation=strong),))
    losses = {}
    for name, config in (("plain", plain), ("everywhere", everywhere), ("here", here)):
        trained(config, packed, tmp_path / name)
        losses[name] = metrics(tmp_path / name)[-1]["distil_cosine"]
    assert losses["here"] == losses["everywhere"] != losses["plain"]
