from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch", reason="networks need PyTorch: make test-training")

import keras
from click.testing import CliRunner

from faceapp.training import network, pruning
from faceapp.training.chipset import ChipSet, hold_out
from faceapp.training.commands import main
from faceapp.training.config import TrainConfig, as_json
from faceapp.training.network import Backbone, Stage, Variant
from faceapp.training.weights_file import model_of
from tests.training.made import packed_set
from tests.training.trained.test_network import said, scaled, stirred

NARROW = Backbone(8, (Stage(2, 8, 2, 1), Stage(2, 16, 2, 2)), head=32, dimension=16)
WIDE = replace(NARROW, stages=(NARROW.stages[0], Stage(4, 16, 2, 2)))
INSIDE = ("expand", "expand_bn", "depth", "depth_bn")


def seen(count: int = 20) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (count, 32, 32, 3)).astype(np.uint8)


def mixed(channels: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers (200, channels) that are partly each other's, and weights (channels, 3)."""
    rng = np.random.default_rng(seed)
    said = rng.normal(size=(200, channels)) @ rng.normal(size=(channels, channels))
    return said, rng.normal(size=(channels, 3))


def energy(values: np.ndarray) -> float:
    return float((values**2).mean(axis=0).sum())


@given(st.integers(3, 8), st.integers(0, 99))
def test_the_channel_goes_that_the_others_replace_best(channels: int, seed: int) -> None:
    inside, weights = mixed(channels, seed)
    rows, refit, lost = pruning.keep_best(inside.T @ inside / len(inside), weights, channels - 1)

    def without(gone: int) -> float:
        others = np.delete(inside, gone, axis=1)
        best = np.linalg.lstsq(others, inside @ weights, rcond=None)[0]
        return energy(others @ best - inside @ weights)

    left = energy(inside[:, rows] @ refit - inside @ weights)
    assert left / energy(inside @ weights) == pytest.approx(lost)
    assert left == pytest.approx(min(map(without, range(channels))), rel=0.05)


def test_channels_that_are_sums_of_others_cost_nothing() -> None:
    inside, weights = mixed(4, 0)
    inside = np.hstack([inside, inside[:, :2] + inside[:, 2:]])
    weights = np.vstack([weights, weights[:2]])
    rows, refit, lost = pruning.keep_best(inside.T @ inside / len(inside), weights, 4)
    assert lost < 1e-3
    assert len(rows) == 4
    assert list(rows) == sorted(rows)
    assert inside[:, rows] @ refit == pytest.approx(inside @ weights, abs=0.5)


def doubled(narrow: keras.Model) -> keras.Model:
    """A wide network that computes what ``narrow`` does, with every channel twice in a block."""
    wide = network.build(WIDE, 32)
    for layer in wide.layers:
        block, _, part = layer.name.partition("_")
        values = narrow.get_layer(layer.name).get_weights() if layer.weights else []
        if block.startswith("s2") and part in INSIDE:
            axis = 2 if part == "depth" else -1
            values = [np.concatenate([value, value], axis=axis) for value in values]
        if block.startswith("s2") and part == "project":
            values = [np.concatenate([values[0], values[0]], axis=2) / 2]
        layer.set_weights(values)
    return wide


def test_channels_that_were_there_twice_are_not_missed() -> None:
    narrow, target = stirred(network.build(NARROW, 32)), network.build(NARROW, 32)
    wide = doubled(narrow)
    assert said(wide, scaled(2, 32)) == pytest.approx(said(narrow, scaled(2, 32)), rel=1e-4)
    lost = pruning.prune(wide, target, seen())
    assert list(lost) == ["s2b1", "s2b2"]
    assert max(lost.values()) < 1e-3
    assert said(target, scaled(2, 32)) == pytest.approx(said(narrow, scaled(2, 32)), rel=0.02)


def test_what_a_block_says_on_average_stays() -> None:
    """Refit to what differs, a block would lose the mean of what is gone."""
    wide, target = stirred(network.build(WIDE, 32)), network.build(NARROW, 32)
    pruning.prune(wide, target, seen())
    chips = (seen() / 127.5 - 1.0).astype(np.float32)
    name = "s2b1_project_bn"
    before, after = (
        said(keras.Model(model.input, model.get_layer(name).output), chips).mean(axis=(0, 1, 2))
        for model in (wide, target)
    )
    assert after == pytest.approx(before, abs=1e-3)


def test_an_activation_that_learns_keeps_what_is_left_of_it() -> None:
    wide = stirred(network.build(Variant(WIDE, "prelu"), 32))
    target = network.build(Variant(NARROW, "prelu"), 32)
    pruning.prune(wide, target, seen())
    theirs, mine = (
        model.get_layer("s2b1_expand_prelu").get_weights()[0].ravel() for model in (wide, target)
    )
    assert np.isin(mine, theirs).all()
    assert len(mine) == len(theirs) // 2


@pytest.mark.parametrize(
    "other",
    [
        replace(NARROW, stages=NARROW.stages[:1]),
        replace(NARROW, head=64),
        replace(NARROW, stages=(NARROW.stages[0], Stage(6, 16, 2, 2))),
        replace(NARROW, stages=(NARROW.stages[0], Stage(2, 16, 1, 2))),
        replace(NARROW, stages=(NARROW.stages[0], Stage(2, 16, 2, 1))),
    ],
    ids=["a stage less", "another head", "wider", "a block less", "a stride less"],
)
def test_networks_that_differ_otherwise_are_refused(other: Backbone) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        pruning.prune(network.build(WIDE, 32), network.build(other, 32), seen())


def test_nobody_held_out_is_looked_at(tmp_path: Path) -> None:
    chips = ChipSet.load(packed_set(tmp_path / "set"))
    out = hold_out(chips.people, 2, 1)
    black = np.array(chips.chips)
    black[out] = 0
    drawn = pruning.drawn(replace(chips, chips=black), 2, 1)
    assert len(drawn) == np.count_nonzero(~out)
    assert drawn.reshape(len(drawn), -1).mean(axis=1).min() > 20


def test_the_command_writes_weights_to_begin_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "faceapp.training.configs.cpu.CONFIG", TrainConfig("cpu", (), layout=NARROW)
    )
    config = as_json(TrainConfig("wide", (), layout=WIDE))
    card = tmp_path / "wide.json"
    card.write_text(json.dumps({"model_id": "wide-1", "training": {"config": config}}), "utf-8")
    stirred(network.build(WIDE, 112)).save_weights(card.with_suffix(".weights.h5"))
    data, target = packed_set(tmp_path / "set"), tmp_path / "narrow.weights.h5"
    words = ["prune", str(card), "cpu", str(target), "--data", str(data)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert [line.split(":")[0] for line in done.output.splitlines()] == ["s2b1", "s2b2"]
    network.build(NARROW, 112).load_weights(target)
    assert model_of(target) == "wide-1, pruned"


def test_a_card_without_a_training_is_named(tmp_path: Path) -> None:
    card = tmp_path / "foreign.json"
    card.write_text("{}", "utf-8")
    done = CliRunner().invoke(main, ["prune", str(card), "slim", str(tmp_path / "x.weights.h5")])
    assert done.exit_code == 1
    assert done.output.startswith(f"Error: {card}: expected the card of a model")
