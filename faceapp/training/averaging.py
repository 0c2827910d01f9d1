"""The averaged weights of a run, and the mean of several (Wortsman et al. 2022, "Model soups")."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np

from faceapp.training import network, run_folder, weights_file
from faceapp.training.config import layout_of
from faceapp.types import CHIP_SIZE_PX

ALIKE = ("layout", "seed", "held_out_people", "without_sources")
"""Settings that averaged runs must share: they decide the network and who is held out."""


def check_alike(config: dict[str, Any], others: tuple[Path, ...]) -> None:
    """Raise ValueError if one of ``others`` cannot be averaged with a run of ``config``.

    Each is the folder of a run, or the card of a model.
    """
    for other in others:
        is_run = other.is_dir()
        theirs = run_folder.config_of(other) if is_run else weights_file.trained_by(other)[0]
        for what in ALIKE:
            if theirs.get(what) != config.get(what):
                raise ValueError(f"{other}: has another {what} than {config['name']}")


def averaged(run: Path, config: dict[str, Any]) -> tuple[keras.Model, list[int]]:
    """Load the averaged weights of the newest checkpoint into the network for 112 px.

    Returns the network and the number of steps done in each phase.
    """
    saved = run_folder.checkpoint(run)
    layout, phases = layout_of(config["layout"]), config["phases"]
    model = network.build(layout, phases[saved["phase"]]["size_px"])
    model.set_weights([value.float().numpy() for value in saved["engine"]["average"]])
    full = network.build(layout, CHIP_SIZE_PX)
    network.transfer(model, full)
    return full, [p["steps"] for p in phases[: saved["phase"]]] + [saved["step"]]


def blend(model: keras.Model, others: tuple[Path, ...]) -> list[str]:
    """Set ``model`` to the mean of its weights and those of ``others``; return their names.

    Each is the folder of a run, or the card of a model.
    """
    weights, names = [model.get_weights()], []
    for other in others:
        part, name = _of_run(other) if other.is_dir() else weights_file.load_trained(other)
        weights.append(part.get_weights())
        names.append(name)
    model.set_weights([np.mean(values, axis=0) for values in zip(*weights, strict=True)])
    return names


def _of_run(run: Path) -> tuple[keras.Model, str]:
    config = run_folder.config_of(run)
    return averaged(run, config)[0], config["name"]
