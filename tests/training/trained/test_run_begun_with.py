"""Runs that begin with given weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset, network
from faceapp.training.progress_check import embed
from faceapp.training.run import Run
from tests.training.trained.runs import checkpoint, metrics, same, stopped_after, trained
from tests.training.trained.tiny import CONFIG, LAYOUT


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


def test_a_run_that_begins_again_forgets_the_figures_of_the_first_try(
    packed: Path, tmp_path: Path
) -> None:
    """Its first line would say what other weights can do."""
    given_weights(tmp_path / "given.weights.h5")
    folder, short = tmp_path / "run", stopped_after((1,))
    Run(short, packed, folder, workers=0).train(False, tmp_path / "given.weights.h5")
    (folder / "checkpoint.pt").unlink()
    Run(short, packed, folder, workers=0).train(False, tmp_path / "given.weights.h5")
    assert [line["step"] for line in metrics(folder)] == [0, 1]


def test_a_run_that_has_begun_takes_no_other_weights(packed: Path, tmp_path: Path) -> None:
    given_weights(tmp_path / "given.weights.h5")
    folder = tmp_path / "run"
    trained(stopped_after((1,)), packed, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ValueError, match=f"{folder}: .*leave out --from"):
        Run(CONFIG, packed, folder, workers=0).train(True, tmp_path / "given.weights.h5")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
