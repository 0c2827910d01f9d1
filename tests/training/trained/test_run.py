from __future__ import annotations

import json
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset, network
from faceapp.training.augment import Augmentation
from faceapp.training.config import TrainConfig, Weights
from faceapp.training.engine import Engine
from faceapp.training.progress_check import embed
from faceapp.training.run import Collapsed, Run
from tests.helpers.disk import no_file_beyond
from tests.training.made import packed_set
from tests.training.trained.tiny import CONFIG, LAYOUT, as_they_are


def checkpoint(folder: Path) -> dict[str, Any]:
    return dict(torch.load(folder / "checkpoint.pt", weights_only=True))


def metrics(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def trained(config: TrainConfig, packed: Path, folder: Path, resume: bool = False) -> None:
    Run(config, packed, folder, workers=0).train(resume)


def stopped_after(phases_steps: tuple[int, ...]) -> TrainConfig:
    """The tiny run, ended early: phases may be prolonged."""
    phases = zip(CONFIG.phases, phases_steps, strict=False)
    return replace(CONFIG, phases=tuple(replace(p, steps=steps) for p, steps in phases))


def untimed(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "minutes"}


def one_more_person(packed: Path) -> None:
    """Add somebody to the set: others are held out then."""
    for name in ("chips", "people", "teacher"):
        rows = np.load(packed / f"{name}.npy")
        more = np.full(4, 10, np.int32) if name == "people" else rows[:4]
        np.save(packed / f"{name}.npy", np.concatenate([rows, more]))


def same(first: Any, second: Any) -> bool:
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(same(first[k], second[k]) for k in first)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    return torch.equal(first, second) if torch.is_tensor(first) else bool(first == second)


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


@pytest.mark.parametrize("size", [0, 10, 1000])
def test_a_checkpoint_that_is_cut_off_is_named(packed: Path, tmp_path: Path, size: int) -> None:
    Run(CONFIG, packed, tmp_path / "run").train(resume=False)
    checkpoint = tmp_path / "run" / "checkpoint.pt"
    checkpoint.write_bytes(checkpoint.read_bytes()[:size])
    with pytest.raises(ValueError, match=f"{checkpoint}: incomplete, or not a file of PyTorch"):
        Run(CONFIG, packed, tmp_path / "run").train(resume=True)


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


def given_weights(path: Path) -> Any:
    """Write weights that are not the first ones of a run; return their network."""
    given = network.build(LAYOUT, 112)
    rng = np.random.default_rng(0)
    given.set_weights([w + rng.uniform(0.0, 0.1, w.shape) for w in given.get_weights()])
    given.save_weights(path)
    return given


def test_a_run_begins_with_given_weights(packed: Path, tmp_path: Path) -> None:
    given = given_weights(tmp_path / "given.weights.h5")
    standing = stopped_after((1,))
    standing = replace(standing, phases=(replace(standing.phases[0], size_px=112, rate=0.0),))
    run = Run(standing, packed, tmp_path / "run", workers=0)
    engine = run.train(resume=False, start=tmp_path / "given.weights.h5")
    said = tmp_path / "run" / "begins_with.txt"
    assert said.read_text("utf-8").startswith("given.weights.h5, sha256 ")
    first = metrics(tmp_path / "run")[0]
    have = chipset.ChipSet.load(packed)
    held_out = chipset.hold_out(have.people, standing.held_out_people, standing.seed)
    assert have.teacher is not None
    alike = (embed(given, have.chips[held_out], 112) * have.teacher[held_out]).sum(axis=1).mean()
    assert (first["phase"], first["step"]) == (0, 0)
    assert first["teacher_cosine"] == pytest.approx(float(alike), abs=0.02)
    (tmp_path / "given.json").write_text('{"model_id": "given-123"}', "utf-8")
    run = Run(standing, packed, tmp_path / "again", workers=0)
    run.train(resume=False, start=tmp_path / "given.weights.h5")
    assert (tmp_path / "again" / "begins_with.txt").read_text("utf-8") == "given-123"
    statistics = {id(v) for v in engine.model.non_trainable_variables}
    for number, variable in enumerate(engine.model.weights):
        if id(variable) not in statistics:
            assert np.allclose(engine.averaged()[number], given.get_weights()[number], atol=1e-6)


def test_weights_of_another_network_are_named(packed: Path, tmp_path: Path) -> None:
    given_weights(tmp_path / "given.weights.h5")
    wider = replace(stopped_after((1,)), layout=replace(LAYOUT, head=64))
    with pytest.raises(ValueError, match=r"given.weights.h5: expected weights of the network of t"):
        Run(wider, packed, tmp_path / "run", 0).train(False, tmp_path / "given.weights.h5")
    assert not (tmp_path / "run").exists()  # or the next try would have to name them again


def test_statistics_can_only_be_kept_of_weights_that_are_given(
    packed: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="statistics of given weights"):
        Run(replace(CONFIG, keep_statistics=True), packed, tmp_path / "run").train(resume=False)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("resume", [True, False])
def test_a_run_without_a_checkpoint_does_not_forget_what_it_begins_with(
    resume: bool, packed: Path, tmp_path: Path
) -> None:
    given_weights(tmp_path / "given.weights.h5")
    folder, short = tmp_path / "run", stopped_after((1,))
    Run(short, packed, folder, workers=0).train(resume, tmp_path / "given.weights.h5")
    (folder / "checkpoint.pt").rename(tmp_path / "begun.pt")
    with pytest.raises(ValueError, match=r"begins with given\.weights\.h5.*--from"):
        trained(short, packed, folder, resume)
    (folder / "begins_with.txt").unlink()
    Run(short, packed, folder, workers=0).train(resume, tmp_path / "given.weights.h5")
    assert (folder / "begins_with.txt").read_text("utf-8").startswith("given.weights.h5")
    begun = torch.load(tmp_path / "begun.pt", weights_only=True)
    assert same(checkpoint(folder)["engine"], begun["engine"])


def test_a_run_that_has_begun_takes_no_other_weights(packed: Path, tmp_path: Path) -> None:
    given_weights(tmp_path / "given.weights.h5")
    folder = tmp_path / "run"
    trained(stopped_after((1,)), packed, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ValueError, match=f"{folder}: .*leave out --from"):
        Run(CONFIG, packed, folder, workers=0).train(True, tmp_path / "given.weights.h5")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


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
