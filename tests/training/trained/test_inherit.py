from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need PyTorch: make test-training")

import keras
from click.testing import CliRunner

from faceapp.training import network
from faceapp.training.commands import main
from faceapp.training.config import TrainConfig, as_json
from faceapp.training.inherit import blocks, inherit
from faceapp.training.network import Backbone, Stage, Variant
from faceapp.training.weights_file import model_of
from tests.training.trained.test_network import said, scaled, stirred
from tests.training.trained.tiny import LAYOUT

DEEP = replace(LAYOUT, stages=(*LAYOUT.stages, Stage(2, LAYOUT.stages[-1].channels, 3, 1)))
SHALLOW = replace(LAYOUT, stages=(*LAYOUT.stages, Stage(2, LAYOUT.stages[-1].channels, 1, 1)))
DEEP_AND_WIDE = replace(
    LAYOUT, stages=(*LAYOUT.stages, Stage(4, LAYOUT.stages[-1].channels, 2, 1)), head=48
)


def test_a_network_of_the_same_layout_inherits_everything() -> None:
    source, target = stirred(network.build(DEEP, 32)), network.build(DEEP, 32)
    inherited, fresh = inherit(source, target)
    assert fresh == []
    assert inherited == list(blocks(target))
    assert np.array_equal(said(source, scaled(2, 32)), said(target, scaled(2, 32)))


def test_another_activation_inherits_everything_but_what_it_learns_itself() -> None:
    source, target = stirred(network.build(DEEP, 32)), network.build(Variant(DEEP, "prelu"), 32)
    inherited, fresh = inherit(source, target)
    assert (inherited, fresh) == (list(blocks(source)), [])
    theirs, mine = source.get_layer("s2b1_expand"), target.get_layer("s2b1_expand")
    assert np.array_equal(theirs.get_weights()[0], mine.get_weights()[0])
    slopes = target.get_layer("s2b1_expand_prelu").get_weights()[0]
    assert not slopes.any()


def test_a_shallower_network_takes_the_first_of_alike_blocks() -> None:
    source, target = stirred(network.build(DEEP, 32)), network.build(SHALLOW, 32)
    last = f"s{len(DEEP.stages)}b1"
    inherited, fresh = inherit(source, target)
    assert fresh == []
    assert last in inherited
    theirs, mine = blocks(source)[last], blocks(target)[last]
    for one, other in zip(theirs, mine, strict=True):
        for weight, copied in zip(one.get_weights(), other.get_weights(), strict=True):
            assert np.array_equal(weight, copied)


def test_a_network_without_a_stage_takes_the_blocks_of_the_later_ones() -> None:
    """The stages behind it have other names then, and narrower blocks bear theirs."""
    early = replace(LAYOUT, stages=(LAYOUT.stages[0], Stage(2, LAYOUT.stages[0].channels, 1, 1)))
    source = stirred(network.build(replace(early, stages=(*early.stages, Stage(4, 32, 1, 2))), 32))
    target = network.build(replace(early, stages=(early.stages[0], Stage(4, 32, 1, 2))), 32)
    assert inherit(source, target)[1] == []
    for one, other in zip(blocks(source)["s3b1"], blocks(target)["s2b1"], strict=True):
        for weight, copied in zip(one.get_weights(), other.get_weights(), strict=True):
            assert np.array_equal(weight, copied)


@pytest.mark.parametrize(
    ("layout", "fresh"),
    [
        (DEEP, ["s3b2", "s3b3"]),
        (replace(SHALLOW, head=LAYOUT.head * 2), []),
        (replace(SHALLOW, stages=(*LAYOUT.stages, Stage(3, 16, 1, 1))), []),
        (DEEP_AND_WIDE, ["s3b2"]),
    ],
    ids=["deeper", "wide head", "wider block", "both"],
)
def test_a_larger_network_begins_as_the_smaller_one(layout: Backbone, fresh: list[str]) -> None:
    source, target = stirred(network.build(SHALLOW, 32)), network.build(layout, 32)
    assert inherit(source, target)[1] == fresh
    assert said(target, scaled(2, 32)) == pytest.approx(said(source, scaled(2, 32)), rel=1e-5)


def test_what_is_new_can_learn() -> None:
    """No gradient of what reads a new channel or ends a new block is zero for good."""
    keras.utils.set_random_seed(0)  # about half of the new ReLUs are open, by their random weights
    source, target = stirred(network.build(SHALLOW, 32)), network.build(DEEP_AND_WIDE, 32)
    inherit(source, target)
    target(scaled(2, 32)).square().sum().backward()
    reader = target.get_layer("embed").kernel.value.grad[0, 0, LAYOUT.head :]
    gamma = target.get_layer("s3b2_project_bn").gamma.value.grad
    assert (reader.abs() > 0).float().mean() > 0.5
    assert (gamma.abs() > 0).all()


def test_blocks_that_were_wider_stay_as_they_were() -> None:
    source = stirred(network.build(replace(LAYOUT, stem=LAYOUT.stem * 2), 32))
    target = network.build(LAYOUT, 32)
    before = [weight.copy() for weight in blocks(target)["stem"][0].get_weights()]
    inherited, fresh = inherit(source, target)
    assert "stem" in fresh
    assert "embed" in inherited
    assert np.array_equal(blocks(target)["stem"][0].get_weights()[0], before[0])


def test_the_card_of_a_model_is_not_written_over(tmp_path: Path) -> None:
    card = tmp_path / "shipped.json"
    card.write_text(json.dumps({"file": "shipped.tflite", "model_id": "shipped-1"}), "utf-8")
    before = card.read_bytes()
    target = card.with_suffix(".weights.h5")
    done = CliRunner().invoke(main, ["inherit", str(card), "labels", str(target)])
    assert done.exit_code == 1
    assert "choose another name" in done.output
    assert card.read_bytes() == before
    assert not target.exists()


def test_the_command_reads_the_layout_from_the_card(tmp_path: Path) -> None:
    larger = replace(network.FACE_LAYOUT, stages=(*network.FACE_LAYOUT.stages, Stage(2, 192, 1, 1)))
    config = as_json(TrainConfig("larger", (), layout=larger))
    card = tmp_path / "larger.json"
    card.write_text(json.dumps({"model_id": "larger-1", "training": {"config": config}}), "utf-8")
    source = stirred(network.build(larger, 112))
    source.save_weights(card.with_suffix(".weights.h5"))
    target = tmp_path / "smaller.weights.h5"
    done = CliRunner().invoke(main, ["inherit", str(card), "cpu", str(target)])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[1] == "fresh: "
    assert model_of(target) == "larger-1, inherited"
    smaller = network.build(network.FACE_LAYOUT, 112)
    smaller.load_weights(target)
    kept, taken = blocks(source)["head"][0], blocks(smaller)["head"][0]
    assert np.array_equal(kept.get_weights()[0], taken.get_weights()[0])
