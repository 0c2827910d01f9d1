"""From a run to ``models/``: the only writer of model files, their weights and their cards.

The card's table of scores and FMRs is measured with the int8 file on people held out of training
and on people elsewhere (see `chipset`), if there are any; the stricter of both counts. LFW is not
used for it. The figures of accuracy in the card are only reported: nothing is chosen by them.
"""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from faceapp.recognition import metrics
from faceapp.training import carddoc, chipset, deploy, evaluate, lfw, network, origin, tflite
from faceapp.training.config import layout_of
from faceapp.training.embedders import Embedder
from faceapp.vision import modelcard, template

REPRESENTATIVE_CHIPS = 150
"""Of 20, 60, 150, 500 and 1,500 chips (two draws of each) this number lost least against float: 0.1
points of TAR at FMR 1e-4 on held-out people; 500 lost 0.3. More chips contain rarer extremes, which
make the steps between all other values coarser."""
LEAST_COMPARISONS = 1000
"""Comparisons of strangers that a card's table needs: enough to show a false match rate of 1e-3."""
WRITTEN = (".weights.h5", ".tflite", ".json")
"""How the names of the model's files end. The card is written last: the app believes it."""
ALIKE = ("layout", "seed", "held_out_people", "without_sources")
"""What runs must have in common to be averaged: their network, and who is held out."""
TABLE_FMRS = (1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5)
LIMITS = (
    "Not measured on children, twins and siblings, masks, veils: expect more errors of both kinds.",
    "Not measured per skin tone, sex or age: look at the people you enrol before you rely on it.",
    "Says nothing about whether a face is alive: a photograph of a person is that person to it.",
)
TERMS = (
    "Trained on CelebA, UTKFace and people painted by MobileStyleGAN, which learned from StyleGAN2 "
    "on FFHQ; distilled from EdgeFace-S and a MobileFaceNet trained on WebFace600K: for "
    "non-commercial research, as these are."
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model comes from: the run's folder, the packed chips, and LFW if it is there.

    ``others``: runs that continued this one, or began with the same weights; the weights of all are
    averaged (Wortsman et al. 2022, "Model soups").
    """

    run: Path
    data: Path
    lfw: Path | None
    cache: Path
    others: tuple[Path, ...] = ()


def export(source: Source, models: Path, name: str, progress: Callable[[str], None]) -> Path:
    """Write ``<name>``.weights.h5, .tflite and .json; return the card's path.

    The card as text and the unquantized file are written into the run's folder. Earlier files in
    ``models`` are replaced only once everything is measured. Raises ValueError if the held-out
    people are too few to derive thresholds from, or if runs and set do not belong together.
    """
    config = json.loads((source.run / "config.json").read_text("utf-8"))
    chips = chipset.ChipSet.load(source.data)
    held_out = chipset.hold_out(chips.people, config["held_out_people"], config["seed"])
    people = np.unique(chips.people[held_out], return_inverse=True)[1]
    _check_comparisons(people)
    _check_runs(source, config, origin.Data.of(source.data, chips.people, held_out))
    models.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{name}-", dir=models.resolve().parent) as beside:
        fresh = Path(beside)
        progress("weights")
        done = _write_weights(fresh / f"{name}.weights.h5", source, config)
        progress("quantizing")
        drawn = tflite.representative(
            chips.chips, np.flatnonzero(~held_out), REPRESENTATIVE_CHIPS, config["seed"]
        )
        files = _write_quantized(fresh / f"{name}.weights.h5", source, config, drawn)
        progress("measuring")
        accuracy = measure(files, chips.chips[held_out], people, source)
        accuracy["commands"] = _commands(models / f"{name}.tflite", source)
        card = _card(files["int8"], config | done, accuracy)
        card_path = fresh / f"{name}.json"
        card_path.write_text(json.dumps(card, indent=1), "utf-8")
        modelcard.verify(modelcard.load_card(card_path), fresh)
        for written in WRITTEN:
            (fresh / f"{name}{written}").replace(models / f"{name}{written}")
    (source.run / f"{name}.md").write_text(carddoc.markdown(card), "utf-8")
    return models / card_path.name


def _check_runs(source: Source, config: dict[str, Any], here: origin.Data) -> None:
    origin.check(source.run, here)
    for run in source.others:
        other = json.loads((run / "config.json").read_text("utf-8"))
        for what in ALIKE:
            if other.get(what) != config.get(what):
                raise ValueError(f"{run}: has another {what} than {config['name']}")
        origin.check(run, here)


def _write_weights(weights: Path, source: Source, config: dict[str, Any]) -> dict[str, Any]:
    """Write the mean of the runs' weights; return what the card records about their origin."""
    trained, steps = averaged(source.run, config)
    others = _blend(trained, source.others)
    trained.save_weights(weights)
    began = source.run / origin.WEIGHTS
    begins_with = began.read_text("utf-8") if began.is_file() else ""
    return {"steps_done": steps, "begins_with": begins_with, "averaged_with": others}


def _write_quantized(
    weights: Path, source: Source, config: dict[str, Any], drawn: NDArray[np.uint8]
) -> dict[str, Path]:
    """Write the int8 file beside ``weights`` and the float32 one into the run's folder."""
    model = deploy.deployable(layout_of(config["layout"]), weights)
    name = weights.name.removesuffix(".weights.h5")
    exact, shipped = source.run / f"{name}-float32.tflite", weights.with_name(f"{name}.tflite")
    exact.write_bytes(tflite.float_model(model))
    shipped.write_bytes(tflite.int8_model(model, drawn))
    return {"int8": shipped, "float32": exact}


def _check_comparisons(people: NDArray[np.int64]) -> None:
    chips_each = np.bincount(people)
    strangers = (len(people) ** 2 - int((chips_each**2).sum())) // 2
    if strangers < LEAST_COMPARISONS:
        raise ValueError(
            f"{len(chips_each)} held-out people make {strangers} comparisons of strangers; a card"
            f" needs {LEAST_COMPARISONS}: prepare more people"
        )


def averaged(run: Path, config: dict[str, Any]) -> tuple[keras.Model, list[int]]:
    """The network for 112 px with the newest checkpoint's averaged weights; the steps by phase."""
    saved = origin.checkpoint(run)
    layout, phases = layout_of(config["layout"]), config["phases"]
    model = network.build(layout, phases[saved["phase"]]["size_px"])
    model.set_weights([value.float().numpy() for value in saved["engine"]["average"]])
    full = network.build(layout, chipset.SIZE_PX)
    network.transfer(model, full)
    return full, [p["steps"] for p in phases[: saved["phase"]]] + [saved["step"]]


def _blend(model: keras.Model, runs: tuple[Path, ...]) -> list[str]:
    """Set ``model`` to the mean of its weights and those of other ``runs``; return their names."""
    weights, names = [model.get_weights()], []
    for run in runs:
        other = json.loads((run / "config.json").read_text("utf-8"))
        weights.append(averaged(run, other)[0].get_weights())
        names.append(other["name"])
    model.set_weights([np.mean(values, axis=0) for values in zip(*weights, strict=True)])
    return names


def measure(
    files: dict[str, Path], held_out: NDArray[np.uint8], people: NDArray[np.int64], source: Source
) -> dict[str, Any]:
    """The figures of each file on held-out chips, on people elsewhere and on LFW's whole pictures.

    The last two only if they are there. Raises ValueError if the people elsewhere make no pairs.
    """
    figures: dict[str, Any] = {}
    others = chipset.elsewhere(source.data)
    if others is not None:
        evaluate.check_elsewhere(others.people)
    for name, path in files.items():
        embedder = Embedder(path)
        here = evaluate.on_chips(embedder.embed(held_out), people)
        figures[name] = {
            "megabytes": embedder.megabytes,
            "held_out_people": here.figures | {"people": int(people.max()) + 1},
        }
        elsewhere = None
        if others is not None:
            there = evaluate.on_chips(embedder.embed(others.chips), others.people)
            figures[name]["elsewhere"] = there.figures | {
                f"fmr@{fmr:.0e}": evaluate.fmr_elsewhere(here.scores, there.scores, fmr)
                for fmr in evaluate.FMRS
                if evaluate.shows(here.scores, fmr) and evaluate.shows(there.scores, fmr)
            }
            elsewhere = there.scores
        if name == "int8":
            figures["fmr_table"] = metrics.fmr_table(here.scores, TABLE_FMRS, elsewhere)
        if source.lfw is not None:
            pictures = lfw.pictures(source.lfw, source.cache, lambda *_: None)
            pairs = lfw.pairs(source.lfw / "pairs.txt", pictures.names)
            on_lfw = evaluate.on_lfw(embedder.embed, pictures, pairs)
            figures[name]["lfw_folds_1_to_5_end_to_end"] = on_lfw.figures
    return figures


def _card(shipped: Path, config: dict[str, Any], accuracy: dict[str, Any]) -> dict[str, Any]:
    table = accuracy.pop("fmr_table")
    terms = config.get("terms") or TERMS
    use = "non-commercial research" if terms == TERMS else "as their terms say"
    sha256 = modelcard.sha256_of(shipped)
    return {
        "schema": 1,
        "model_id": f"{shipped.stem}-{sha256[:12]}",
        "file": shipped.name,
        "sha256": sha256,
        "bytes": shipped.stat().st_size,
        "input": {"size_px": chipset.SIZE_PX, "dtype": "uint8", "colour": "RGB"},
        "dimension": layout_of(config["layout"]).dimension,
        "alignment": template.ALIGNMENT,
        "template": [[float(x), float(y)] for x, y in template.TEMPLATE],
        "fmr_table": [{"score": s, "fmr": f, "comparisons": n} for s, f, n in table],
        "accuracy": accuracy,
        "training": {"config": config, "terms": terms},
        "licence": f"weights: {use} (see training.terms); code: Apache-2.0",
        "limits": list(LIMITS),
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
    }


def _commands(shipped: Path, source: Source) -> list[str]:
    """The commands that produce the same figures again."""
    run, data, models = (p.as_posix() for p in (source.run, source.data, shipped.parent))
    options = ["--name", shipped.stem, "--data", data, "--models", models]
    for other in source.others:
        options += ["--with", other.as_posix()]
    words = ["export", run, *options], ["evaluate", shipped.as_posix()]
    return [f"python -m faceapp.training {shlex.join(one)}" for one in words]
