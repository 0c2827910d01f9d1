"""From a run made on PyTorch to the files the app loads, made on TensorFlow."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

if os.environ["KERAS_BACKEND"] != "tensorflow":
    pytest.skip("needs KERAS_BACKEND=tensorflow: make test-training", allow_module_level=True)
pytest.importorskip("tensorflow", reason="only TensorFlow writes TFLite files")
torch: Any = pytest.importorskip("torch", reason="runs are made on PyTorch")

import keras

from faceapp.recognition.threshold import threshold_for
from faceapp.training import deploy, network
from faceapp.training.card import Sets, Source
from faceapp.training.commands import main
from faceapp.training.config import layout_of
from faceapp.training.embedders import Embedder
from faceapp.training.export import export
from faceapp.training.network import Variant
from faceapp.vision import modelcard
from faceapp.vision.embed import open_embedder
from tests.training.converted.folder import card, with_config
from tests.training.made import packed_set
from tests.training.trained.tiny import LAYOUT


def test_the_app_loads_what_was_exported(home: Path) -> None:
    loaded = modelcard.load_card(home / "models" / "tiny.json")
    embedder = open_embedder(loaded, home / "models")
    chips = np.load(home / "set" / "chips.npy")
    vectors = embedder.embed(chips)
    assert vectors.shape == (240, 16)
    assert threshold_for(loaded.fmr_table, 10, 3).accept <= 1.0


def test_weights_say_the_same_on_both_back_ends(home: Path) -> None:
    on_torch = np.load(home / "said.npy")
    chips = np.load(home / "set" / "chips.npy")
    on_tflite = Embedder(home / "run" / "tiny-float32.tflite").embed(chips)
    assert (on_torch * on_tflite).sum(axis=1).min() > 0.9999


def test_int8_stays_near_float(home: Path) -> None:
    chips = np.load(home / "set" / "chips.npy")
    near, exact = (
        Embedder(path).embed(chips)
        for path in (home / "models" / "tiny.tflite", home / "run" / "tiny-float32.tflite")
    )
    assert (near * exact).sum(axis=1).min() > 0.95


def test_pixels_go_in_one_to_one_and_floats_come_out(home: Path) -> None:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(home / "models" / "tiny.tflite"))
    (entry,), (out,) = interpreter.get_input_details(), interpreter.get_output_details()
    assert entry["dtype"] is np.int8
    assert entry["shape"].tolist() == [1, 112, 112, 3]
    scale, zero = entry["quantization"]
    assert scale == pytest.approx(1 / 127.5, rel=0.02)
    assert abs(zero + 0.5) <= 1.0
    assert out["dtype"] is np.float32
    interpreter.allocate_tensors()
    weights = [d for d in interpreter.get_tensor_details() if d["dtype"] is np.int8]
    assert any(len(d["quantization_parameters"]["scales"]) > 1 for d in weights)  # per channel


def test_the_card_says_where_the_model_comes_from(home: Path) -> None:
    told = card(home)
    assert told["training"]["config"]["name"] == "tiny"
    assert told["training"]["config"]["steps_done"] == [4, 4]
    assert told["accuracy"]["int8"]["held_out_people"]["people"] == 12
    assert all(row["comparisons"] == 48 * 47 // 2 - 12 * 6 for row in told["fmr_table"])
    assert told["training"]["terms"] == "Tiny."
    assert told["licence"].startswith("weights: as their terms say")
    assert told["limits"]
    assert told["accuracy"]["commands"] == [
        "python -m faceapp.training export run --name tiny --data set --models models",
        "python -m faceapp.training remeasure models/tiny.json --data set",
        "python -m faceapp.training evaluate models/tiny.tflite",
    ]
    assert "# Model card: tiny-" in (home / "run" / "tiny.md").read_text("utf-8")


def test_a_card_claims_no_terms_of_pictures_that_were_not_used(home: Path, tmp_path: Path) -> None:
    """A copy of one of our configs has no terms of its own."""
    run = shutil.copytree(home / "run", tmp_path / "run")
    with_config(run, terms="")

    def said(data: Path) -> tuple[str, str]:
        written = export(
            Source(run, Sets(data, None, tmp_path)), tmp_path / "models", "tiny", print
        )
        told = json.loads(written.read_text("utf-8"))
        return told["training"]["terms"], told["licence"]

    terms, licence = said(home / "set")
    assert "CelebA" not in terms
    assert "nobody has stated the terms" in terms
    assert licence.startswith("weights: as their terms say")
    assert "still apply" not in terms
    (run / "begins_with.txt").write_text("faceapp-0123456789ab", "utf-8")
    terms, _ = said(home / "set")
    assert terms.endswith("They began with faceapp-0123456789ab, whose terms still apply.")
    research = shutil.copytree(home / "set", tmp_path / "set")
    (research / "packed.json").write_text("{}", "utf-8")
    for own in ("", "Trained with pictures of people who agreed to it."):
        with_config(run, terms=own)
        terms, licence = said(research)
        assert "CelebA" in terms
        assert licence.startswith("weights: non-commercial research")
    (research / "packed.json").unlink()
    np.save(research / "painted.npy", np.zeros(0, np.int64))
    terms, licence = said(research)
    assert terms.startswith("Trained with pictures of people who agreed to it. Also trained on")
    assert "FFHQ: for non-commercial research" in terms
    assert licence.startswith("weights: as their terms say")


def test_the_card_says_what_its_thresholds_let_through_elsewhere(home: Path) -> None:
    vectors = Embedder(home / "models" / "tiny.tflite").embed(
        np.load(home / "set" / "elsewhere" / "chips.npy")
    )
    people = np.load(home / "set" / "elsewhere" / "people.npy")
    first, second = np.triu_indices(len(people), 1)
    scores = (vectors[first] * vectors[second]).sum(axis=1)[people[first] != people[second]]
    told = card(home)["accuracy"]["int8"]
    threshold = told["held_out_people"]["all_pairs"]["threshold@1e-03"]
    expected = (scores >= threshold).mean()
    assert told["elsewhere"]["fmr@1e-03"] == pytest.approx(expected, abs=1 / len(scores))
    assert told["elsewhere"]["pictures"] == len(people)
    # The loosest row of the table keeps its promise among them as well.
    loosest = card(home)["fmr_table"][0]
    assert (scores >= loosest["score"]).mean() <= loosest["fmr"] + 1 / len(scores)


def test_the_weights_lie_beside_the_model(home: Path) -> None:
    layout = layout_of(card(home)["training"]["config"]["layout"])
    model = deploy.deployable(layout, home / "models" / "tiny.weights.h5")
    chips = np.load(home / "set" / "chips.npy")[:3].astype(np.float32) / 127.5 - 1.0
    vectors = np.concatenate([np.asarray(model(chip[None])) for chip in chips])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.allclose(vectors, np.load(home / "said.npy")[:3], atol=1e-3)


def test_the_weights_of_several_runs_are_averaged(home: Path) -> None:
    other = shutil.copytree(home / "run", home / "other")
    saved = torch.load(other / "checkpoint.pt", weights_only=True)
    saved["engine"]["average"] = [3.0 * value for value in saved["engine"]["average"]]
    torch.save(saved, other / "checkpoint.pt")
    source = Source(home / "run", Sets(home / "set", None, home), (other,))
    written = json.loads(export(source, home / "mean", "mean", lambda _: None).read_text())
    assert written["training"]["config"]["averaged_with"] == ["tiny"]
    assert f" --with {other.as_posix()}" in written["accuracy"]["commands"][0]
    layout = layout_of(written["training"]["config"]["layout"])
    alone, mean = (network.build(layout, 112) for _ in range(2))
    alone.load_weights(home / "models" / "tiny.weights.h5")
    mean.load_weights(home / "mean" / "mean.weights.h5")
    for one, both in zip(alone.get_weights(), mean.get_weights(), strict=True):
        assert np.allclose(2.0 * one, both, rtol=1e-5, atol=1e-6)


def test_weights_are_averaged_with_those_of_a_model(home: Path) -> None:
    shipped, run = home / "models" / "tiny.json", shutil.copytree(home / "run", home / "again")
    saved = torch.load(run / "checkpoint.pt", weights_only=True)
    saved["engine"]["average"] = [3.0 * value for value in saved["engine"]["average"]]
    torch.save(saved, run / "checkpoint.pt")
    source = Source(run, Sets(home / "set", None, home), (shipped,))
    written = json.loads(export(source, home / "with-model", "both", lambda _: None).read_text())
    config = written["training"]["config"]
    assert config["averaged_with"] == [card(home)["model_id"]]
    alone, mean = (network.build(layout_of(config["layout"]), 112) for _ in range(2))
    alone.load_weights(home / "models" / "tiny.weights.h5")
    mean.load_weights(home / "with-model" / "both.weights.h5")
    for one, both in zip(alone.get_weights(), mean.get_weights(), strict=True):
        assert np.allclose(2.0 * one, both, rtol=1e-5, atol=1e-6)


def test_runs_of_different_networks_are_not_averaged(home: Path) -> None:
    other = shutil.copytree(home / "run", home / "larger")
    with_config(other, layout=asdict(replace(LAYOUT, head=64)))
    source = Source(home / "run", Sets(home / "set", None, home), (other,))
    with pytest.raises(ValueError, match="larger: has another layout than tiny"):
        export(source, home / "unlike", "unlike", lambda _: None)
    assert not (home / "unlike").exists()


def test_people_elsewhere_who_make_no_pairs_are_refused(home: Path, tmp_path: Path) -> None:
    data = shutil.copytree(home / "set", tmp_path / "set")
    people = np.load(data / "elsewhere" / "people.npy")
    np.save(data / "elsewhere" / "people.npy", np.arange(len(people), dtype=np.int32))
    source = Source(home / "run", Sets(data, None, home))
    with pytest.raises(ValueError, match="elsewhere: expected two people or more"):
        export(source, tmp_path / "models", "alone", lambda _: None)
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize(
    ("what", "value"), [("seed", 2), ("held_out_people", 10), ("without_sources", [])]
)
def test_runs_that_held_out_other_people_are_not_averaged(
    what: str, value: object, home: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(home / "run", tmp_path / "other")
    with_config(other, **{what: value})
    source = Source(home / "run", Sets(home / "set", None, home), (other,))
    with pytest.raises(ValueError, match=f"other: has another {what} than tiny"):
        export(source, tmp_path / "models", "unlike", lambda _: None)


def test_people_who_were_trained_on_are_not_measured(home: Path, tmp_path: Path) -> None:
    """Of the set as it was the run held out others than of the one with more people."""
    packed_set(tmp_path / "set", 61)
    silent = shutil.copytree(home / "run", tmp_path / "silent")
    (silent / "data.json").unlink()
    for source in (
        Source(home / "run", Sets(tmp_path / "set", None, home)),
        Source(silent, Sets(tmp_path / "set", None, home), (home / "run",)),
    ):
        with pytest.raises(ValueError, match=r"run: held out other people: .*240 chips.*244 chips"):
            export(source, tmp_path / "models", "leak", lambda _: None)


def test_people_whom_an_averaged_model_was_trained_on_are_not_measured(
    home: Path, tmp_path: Path
) -> None:
    packed_set(tmp_path / "set", 65)
    silent = shutil.copytree(home / "run", tmp_path / "silent")
    (silent / "data.json").unlink()
    source = Source(silent, Sets(tmp_path / "set", None, home), (home / "models" / "tiny.json",))
    with pytest.raises(ValueError, match=r"set: holds out 52 chips of 13 people, tiny-.* 48 of 12"):
        export(source, tmp_path / "models", "leak", lambda _: None)
    assert not (tmp_path / "models").exists()


def test_until_all_is_measured_the_old_files_stay(home: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    for name in ("tiny.tflite", "tiny.weights.h5", "tiny.json"):
        (models / name).write_text("old", "utf-8")
    run = shutil.copytree(home / "run", home / "a run")
    source = Source(run, Sets(home / "set", None, home))

    def interrupted(stage: str) -> None:
        if stage == "measuring":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(source, models, "tiny", interrupted)
    assert {path.read_text("utf-8") for path in models.iterdir()} == {"old"}
    assert export(source, models, "tiny", lambda _: None) == models / "tiny.json"
    written = json.loads((models / "tiny.json").read_text("utf-8"))
    assert f" export '{run.as_posix()}' --name" in written["accuracy"]["commands"][0]
    modelcard.verify(modelcard.load_card(models / "tiny.json"), models)
    assert [path.name for path in tmp_path.iterdir()] == ["models"]
    assert len(list(models.iterdir())) == 3


def test_a_run_without_a_checkpoint_is_one_line(home: Path, tmp_path: Path) -> None:
    begun = shutil.copytree(home / "run", tmp_path / "begun")
    (begun / "checkpoint.pt").unlink()
    words = ["export", str(begun), "--models", str(tmp_path / "models")]
    answer = CliRunner().invoke(main, [*words, "--data", str(home / "set")])
    assert (answer.exit_code, answer.stderr.splitlines()[0]) == (1, "weights")
    assert answer.stderr.count("\n") == 2
    assert "checkpoint.pt" in answer.stderr


def test_too_few_strangers_make_no_card(home: Path) -> None:
    packed_set(home / "few", 20)
    source = Source(home / "run", Sets(home / "few", None, home))
    with pytest.raises(ValueError, match="4 held-out people make 96 comparisons"):
        export(source, home / "none", "few", lambda _: None)
    assert not (home / "none").exists()


def operations(home: Path) -> list[dict[str, Any]]:
    """Return the operations of the shipped file."""
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(
        str(home / "models" / "tiny.tflite"),
        experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
    )
    shapes = {d["index"]: d["shape"] for d in interpreter.get_tensor_details()}
    return [
        {"name": one["op_name"], "shapes": [shapes.get(place) for place in one["inputs"]]}
        for one in interpreter._get_ops_details()
    ]


def kernels(home: Path, operation: str) -> list[tuple[int, ...]]:
    """Return the shapes of the weights of all convolutions of one kind in the shipped file."""
    return [
        tuple(one["shapes"][1].tolist()) for one in operations(home) if one["name"] == operation
    ]


def test_the_runtime_computes_the_network_in_one_part(home: Path) -> None:
    """What it cannot compute parts it: shapes that are computed, if the batch is not given."""
    from ai_edge_litert.interpreter import Interpreter

    names = {one["name"] for one in operations(home)}
    assert "RESHAPE" in names
    assert names.isdisjoint({"SHAPE", "PACK"})
    interpreter = Interpreter(str(home / "models" / "tiny.tflite"))
    interpreter.allocate_tensors()
    parts = [one for one in interpreter._get_ops_details() if one["op_name"] == "DELEGATE"]
    assert len(parts) == 1


def test_no_depthwise_kernel_is_larger_than_the_runtime_has_fast_ones_for(home: Path) -> None:
    taps = [height * width for _, height, width, _ in kernels(home, "DEPTHWISE_CONV_2D")]
    assert len(taps) > 2  # the blocks' and the pieces of the global one
    assert max(taps) <= deploy.MOST_TAPS


@pytest.mark.parametrize("layout", [Variant(LAYOUT, "prelu"), Variant(LAYOUT, average=True)])
def test_variants_can_be_exported_too(home: Path, tmp_path: Path, layout: Variant) -> None:
    run, models = tmp_path / "run", tmp_path / "models"
    shutil.copytree(home / "run", run)
    with_config(run, layout=asdict(layout))
    model = network.build(layout, 48)
    for layer in model.layers:
        if isinstance(layer, keras.layers.PReLU):
            layer.set_weights([np.full_like(layer.get_weights()[0], 0.25)])
    average = [torch.from_numpy(value) for value in model.get_weights()]
    torch.save({"phase": 1, "step": 4, "engine": {"average": average}}, run / "checkpoint.pt")
    written = export(
        Source(run, Sets(home / "set", None, tmp_path)), models, "tiny", lambda _: None
    )
    assert json.loads(written.read_text("utf-8"))["dimension"] == LAYOUT.dimension
    chips = np.load(home / "set" / "chips.npy")
    near, exact = (
        Embedder(path).embed(chips)
        for path in (models / "tiny.tflite", run / "tiny-float32.tflite")
    )
    assert (near * exact).sum(axis=1).min() > 0.95


def test_no_convolution_reads_fewer_channels_than_the_runtime_multiplies_at_once(
    home: Path,
) -> None:
    read = [channels for *_, channels in kernels(home, "CONV_2D")]
    assert len(read) > 4
    assert min(read) >= 8
