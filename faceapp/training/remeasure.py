"""Replace the figures of a model's card by new ones; the model's files stay as they are.

The figures depend on the app too: its detector and alignment cut LFW's faces, and its gallery makes
the scores of the open set.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from faceapp.training import chipset, deploy, tflite
from faceapp.training.card import Sets, check_held_out, measure, measuring, today
from faceapp.training.config import layout_of
from faceapp.training.whole_file import written
from faceapp.vision import modelcard


def remeasure(card_path: Path, sets: Sets) -> None:
    """Measure the int8 file and the weights beside the card, and write the card.

    Raises ModelError if card and file do not belong together, and ValueError if ``sets`` does not
    hold out as many people and pictures as the card was measured on.
    """
    models = card_path.parent
    modelcard.verify(modelcard.load_card(card_path), models)
    card: dict[str, Any] = json.loads(card_path.read_text("utf-8"))
    config, accuracy = card["training"]["config"], card["accuracy"]
    chips = chipset.ChipSet.load(sets.data)
    held_out = chipset.hold_out(chips.people, config["held_out_people"], config["seed"])
    check_held_out(card, sets.data, chips.people[held_out])
    with TemporaryDirectory() as beside:
        exact = Path(beside) / "float32.tflite"
        weights = card_path.with_suffix(".weights.h5")
        exact.write_bytes(
            tflite.float_model(deploy.deployable(layout_of(config["layout"]), weights))
        )
        files = {"int8": models / card["file"], "float32": exact}
        figures = measure(files, chips, held_out, sets)
    card["fmr_table"] = figures.pop("fmr_table")
    again = measuring(card_path, sets.data)
    card["accuracy"] = figures | {"commands": [*dict.fromkeys([*accuracy["commands"], again])]}
    card["date"] = today()
    with written(card_path) as fresh:
        fresh.write_text(json.dumps(card, indent=1), "utf-8")
