"""Runs that go on where they were interrupted, and those that cannot."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training.config import TrainConfig
from faceapp.training.run import Collapsed, Run
from tests.helpers.disk import no_file_beyond
from tests.training.trained.runs import checkpoint, metrics, same, stopped_after, trained, untimed
from tests.training.trained.tiny import CONFIG, LAYOUT


def one_more_person(packed: Path) -> None:
    """Add somebody to the set: others are held out then."""
    for name in ("chips", "people", "teacher"):
        rows = np.load(packed / f"{name}.npy")
        more = np.full(4, 10, np.int32) if name == "people" else rows[:4]
        np.save(packed / f"{name}.npy", np.concatenate([rows, more]))


@pytest.mark.parametrize("interrupted", [(1,), (3,), (4,), (4, 1), (4, 3)])
def test_a_resumed_run_ends_exactly_where_an_uninterrupted_one_does(
    interrupted: tuple[int, ...], packed: Path, tmp_path: Path
) -> None:
    config = replace(CONFIG, phases=tuple(replace(p, decay=0) for p in CONFIG.phases))
    early = replace(
        config,
        phases=tuple(
            replace(p, steps=steps) for p, steps in zip(config.phases, interrupted, strict=False)
        ),
    )
    trained(config, packed, tmp_path / "whole")
    trained(early, packed, tmp_path / "parts")
    trained(config, packed, tmp_path / "parts", resume=True)
    whole, parts = (checkpoint(tmp_path / name) for name in ("whole", "parts"))
    assert same(whole["engine"], parts["engine"])
    last = [untimed(metrics(tmp_path / name)[-1]) for name in ("whole", "parts")]
    assert last[0] == last[1]


def test_resuming_a_finished_run_changes_nothing(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(CONFIG, packed, folder)
    before = checkpoint(folder)
    trained(CONFIG, packed, folder, resume=True)
    assert same(before, checkpoint(folder))
    assert len(metrics(folder)) == 4


def test_resuming_what_never_began_begins_it(packed: Path, tmp_path: Path) -> None:
    trained(stopped_after((1,)), packed, tmp_path / "run", resume=True)
    assert checkpoint(tmp_path / "run")["step"] == 1


@pytest.mark.parametrize("lost", [3, 1])
def test_an_evaluation_that_was_due_at_the_checkpoint_is_made_up_for(
    lost: int, packed: Path, tmp_path: Path
) -> None:
    """The run was interrupted between its last checkpoint and what it says of it."""
    folder = tmp_path / "run"
    config = CONFIG if lost == 3 else stopped_after((4,))
    trained(config, packed, folder)
    before = metrics(folder)
    lines = (folder / "metrics.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "metrics.jsonl").write_text("".join(lines[:lost]), "utf-8")
    trained(CONFIG, packed, folder, resume=True)
    assert untimed(metrics(folder)[lost]) == untimed(before[lost])
    assert len(metrics(folder)) == 4


def test_what_was_measured_after_the_checkpoint_is_not_told_twice(
    packed: Path, tmp_path: Path
) -> None:
    """The run was interrupted between an evaluation and the next checkpoint."""
    folder = tmp_path / "run"
    trained(stopped_after((2,)), packed, folder)
    early = (folder / "checkpoint.pt").read_bytes()
    trained(stopped_after((4,)), packed, folder, resume=True)
    (folder / "checkpoint.pt").write_bytes(early)
    trained(CONFIG, packed, folder, resume=True)
    told = [(line["phase"], line["step"]) for line in metrics(folder)]
    assert told == [(0, 2), (0, 4), (1, 2), (1, 4)]


def test_a_resumed_run_goes_on_counting_minutes(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(stopped_after((2,)), packed, folder)
    saved = checkpoint(folder)
    torch.save(saved | {"minutes": 90.0}, folder / "checkpoint.pt")
    trained(CONFIG, packed, folder, resume=True)
    assert [line["minutes"] >= 90.0 for line in metrics(folder)] == [False, True, True, True]
    del saved["minutes"]  # a run of an earlier version
    torch.save(saved, folder / "checkpoint.pt")
    trained(stopped_after((4,)), packed, folder, resume=True)
    assert metrics(folder)[-1]["minutes"] < 90.0


def test_a_run_goes_on_with_the_set_it_was_trained_on_only(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(stopped_after((2,)), packed, folder)
    said = (folder / "data.json").read_bytes()
    (folder / "data.json").unlink()  # a run that does not say goes with any
    trained(stopped_after((3,)), packed, folder, resume=True)
    (folder / "data.json").write_bytes(said)
    trained(stopped_after((4,)), packed, folder, resume=True)
    one_more_person(packed)
    with pytest.raises(ValueError, match=r"held out other people: .*40 chips of 10.*44 chips of"):
        trained(CONFIG, packed, folder, resume=True)
    assert len(json.loads((folder / "config.json").read_text())["phases"]) == 1


def test_a_run_does_not_go_on_with_people_in_another_order(packed: Path, tmp_path: Path) -> None:
    """A folder that gets another name moves its person, and others are held out then."""
    trained(stopped_after((2,)), packed, tmp_path / "run")
    for name in ("chips", "teacher"):
        rows = np.load(packed / f"{name}.npy")
        np.save(packed / f"{name}.npy", np.roll(rows, 4, axis=0))
    with pytest.raises(ValueError, match=r"held out other people: they are as many in .*set"):
        trained(CONFIG, packed, tmp_path / "run", resume=True)


def test_a_run_goes_on_with_who_is_held_out_only(packed: Path, tmp_path: Path) -> None:
    trained(stopped_after((2,)), packed, tmp_path / "run")
    with pytest.raises(ValueError, match="held out other people"):
        trained(replace(CONFIG, seed=2), packed, tmp_path / "run", resume=True)


@pytest.mark.parametrize(
    "other",
    [
        replace(CONFIG, name="other"),
        replace(CONFIG, layout=replace(LAYOUT, head=64)),
        replace(CONFIG, phases=CONFIG.phases[1:]),
    ],
    ids=["name", "layout", "chips of another size"],
)
def test_a_run_goes_on_with_its_own_config_only(
    other: TrainConfig, packed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    trained(stopped_after((2,)), packed, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ValueError, match=f"{folder}: holds a run of another config: tiny"):
        trained(other, packed, folder, resume=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_run_with_no_phases_left_stays_what_it_was(packed: Path, tmp_path: Path) -> None:
    """Else its checkpoint would be of a phase that its config does not have: no `export` of it."""
    folder = tmp_path / "run"
    trained(stopped_after((1, 1)), packed, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ValueError, match="tiny: the config has no phases left"):
        trained(stopped_after((1,)), packed, folder, resume=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("resume", [True, False])
def test_a_run_does_not_go_on_after_a_collapse(resume: bool, packed: Path, tmp_path: Path) -> None:
    folder, torn = tmp_path / "run", stopped_after((4,))
    torn = replace(torn, phases=(replace(torn.phases[0], rate=1e30, warmup=0),))
    torn = replace(torn, evaluate_every=4, checkpoint_every=4)
    trained(stopped_after((1,)), packed, folder)
    good = (folder / "checkpoint.pt").read_bytes()
    with pytest.raises(Collapsed):
        trained(torn, packed, folder, resume=True)
    assert (folder / "checkpoint.pt").read_bytes() == good  # which can be exported still
    said = metrics(folder)
    with pytest.raises(Collapsed, match=f"{folder}: .*another --run"):
        trained(CONFIG, packed, folder, resume)
    assert same(metrics(folder)[:-1], said[:-1])
    assert len(metrics(folder)) == len(said)


def test_a_full_disk_is_told_and_costs_no_checkpoint(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(stopped_after((1,)), packed, folder)
    before = {path.name for path in folder.iterdir()}
    room = (folder / "checkpoint.pt").stat().st_size - 1
    with no_file_beyond(room), pytest.raises(OSError, match="too large"):
        trained(stopped_after((2,)), packed, folder, resume=True)
    assert {path.name for path in folder.iterdir()} == before
    assert checkpoint(folder)["step"] == 1


def test_a_full_disk_costs_a_run_no_config(packed: Path, tmp_path: Path) -> None:
    config = replace(CONFIG, phases=CONFIG.phases[:1])
    trained(config, packed, tmp_path / "run")
    before = sorted(path.name for path in (tmp_path / "run").iterdir())
    kept = (tmp_path / "run" / "config.json").read_bytes()
    with no_file_beyond(100), pytest.raises(OSError, match="too large"):
        trained(CONFIG, packed, tmp_path / "run", resume=True)
    assert (tmp_path / "run" / "config.json").read_bytes() == kept
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == before
    trained(CONFIG, packed, tmp_path / "run", resume=True)
    assert [line["phase"] for line in metrics(tmp_path / "run")] == [0, 0, 1, 1]


def test_a_line_that_a_power_cut_left_is_named(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(stopped_after((2,)), packed, folder)
    with (folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"phase": 0, "st')
    with pytest.raises(ValueError, match=f"{folder / 'metrics.jsonl'}: expected a line"):
        trained(CONFIG, packed, folder, resume=True)


@pytest.mark.parametrize("size", [0, 10, 1000])
def test_a_checkpoint_that_is_cut_off_is_named(packed: Path, tmp_path: Path, size: int) -> None:
    Run(CONFIG, packed, tmp_path / "run").train(resume=False)
    checkpoint = tmp_path / "run" / "checkpoint.pt"
    checkpoint.write_bytes(checkpoint.read_bytes()[:size])
    with pytest.raises(ValueError, match=f"{checkpoint}: incomplete, or not a file of PyTorch"):
        Run(CONFIG, packed, tmp_path / "run").train(resume=True)
