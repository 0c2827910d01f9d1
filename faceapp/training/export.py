"""Export a run to ``models/``: the only writer of model files, their weights and their cards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faceapp.training import carddoc, chipset, deploy, run_folder, tflite
from faceapp.training.averaging import averaged, blend, check_alike
from faceapp.training.card import (
    Source,
    card_of,
    check_comparisons,
    check_held_out,
    commands_of,
    measure,
)
from faceapp.training.chipset import ChipSet
from faceapp.training.config import layout_of
from faceapp.vision import modelcard

REPRESENTATIVE_CHIPS = 150
"""Of 20, 60, 150, 500 and 1,500 chips (two draws of each), 150 lost the least against float32: 0.1
points of TAR at FMR 1e-4 on held-out people (500 lost 0.3). More chips contain rarer extremes,
which make the quantization steps of all other values coarser."""
WRITTEN = (".weights.h5", ".tflite", ".json")
"""Suffixes of the model's files. The card is written last, because the app trusts it."""


def export(source: Source, models: Path, name: str, progress: Callable[[str], None]) -> Path:
    """Write ``<name>``.weights.h5, .tflite and .json; return the card's path.

    The card as text and the unquantized file are written into the run's folder. Earlier files in
    ``models`` are replaced only once everything is measured. Raises ValueError if there are too few
    held-out people to derive thresholds from, or if the runs and the set do not belong together.
    """
    config = run_folder.config_of(source.run)
    chips = ChipSet.load(source.sets.data)
    held_out = chipset.hold_out(chips.people, config["held_out_people"], config["seed"])
    check_comparisons(chips.people[held_out])
    check_alike(config, source.others)
    _check_set(source, chips, held_out)
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
        accuracy = measure(files, chips, held_out, source.sets)
        accuracy["commands"] = commands_of(models / f"{name}.tflite", source)
        card = card_of(files["int8"], config | done, accuracy, source.sets.data)
        card_path = fresh / f"{name}.json"
        card_path.write_text(json.dumps(card, indent=1), "utf-8")
        modelcard.verify(modelcard.load_card(card_path), fresh)
        for written in WRITTEN:
            (fresh / f"{name}{written}").replace(models / f"{name}{written}")
    (source.run / f"{name}.md").write_text(carddoc.markdown(card), "utf-8")
    return models / card_path.name


def _check_set(source: Source, chips: ChipSet, held_out: NDArray[np.bool_]) -> None:
    """Raise ValueError if a run or a model of ``source`` held out others than its set does now."""
    here = run_folder.Data.of(source.sets.data, chips, held_out)
    for one in (source.run, *source.others):
        if one.is_dir():
            run_folder.check_data(one, here)
        else:
            card = json.loads(one.read_text("utf-8"))
            check_held_out(card, source.sets.data, chips.people[held_out])


def _write_weights(weights: Path, source: Source, config: dict[str, Any]) -> dict[str, Any]:
    """Write the mean of all weights; return what the card records about their origin."""
    trained, steps = averaged(source.run, config)
    others = blend(trained, source.others)
    trained.save_weights(weights)
    begins_with = run_folder.begins_with(source.run)
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
