"""A ``.weights.h5``, and the card or the note beside it that names the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faceapp.types import CHIP_SIZE_PX
from faceapp.vision.modelcard import sha256_of

if TYPE_CHECKING:
    import keras


def card_beside(weights: Path) -> Path:
    """The path of the card that belongs beside ``weights`` (a ``.weights.h5``)."""
    return weights.with_name(weights.name.removesuffix(".weights.h5") + ".json")


def model_of(weights: Path) -> str:
    """Name the model that ``weights`` belong to: by the card beside them, else by the file."""
    card = card_beside(weights)
    values = json.loads(card.read_text("utf-8")) if card.is_file() else {}
    if "model_id" in values:
        return str(values["model_id"])
    return f"{weights.name}, sha256 {sha256_of(weights)}"


def trained_by(card: Path) -> tuple[dict[str, Any], str]:
    """Return the config that the model of ``card`` was trained by, and its model id.

    Raises ValueError if ``card`` is not a model's card.
    """
    try:
        values = json.loads(card.read_text("utf-8"))
        return dict(values["training"]["config"]), str(values["model_id"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{card}: expected the card of a model that `export` wrote") from error


def load_trained(card: Path) -> tuple[keras.Model, str]:
    """Load the network that ``card`` describes, in float32; return it and its model id.

    Raises ValueError if ``card`` is not a model's card.
    """
    from faceapp.training import network
    from faceapp.training.config import layout_of

    config, model_id = trained_by(card)
    model = network.build(layout_of(config["layout"]), CHIP_SIZE_PX)
    model.load_weights(card.with_suffix(".weights.h5"))
    return model, model_id


def check(target: Path) -> None:
    """Raise FileExistsError if ``target`` holds the weights of an exported model."""
    note = card_beside(target)
    if note.exists() and "file" in json.loads(note.read_text("utf-8")):
        raise FileExistsError(f"{target}: beside it lies a model's card; choose another name")


def write(heir: keras.Model, target: Path, model_id: str) -> None:
    """Write initial weights for a run, and beside them ``model_id``, for the run's card."""
    heir.save_weights(target)
    card_beside(target).write_text(json.dumps({"model_id": model_id}), "utf-8")
