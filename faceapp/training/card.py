"""The card of an exported model: accuracy of its files, table of scores and FMRs, terms, limits.

The table is measured with the int8 file on the people held out of training and on the people
elsewhere (see `chipset`), if there are any; the stricter of both counts. LFW is not used for it.
The accuracy figures are only reported.
"""

from __future__ import annotations

import datetime as dt
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition import metrics
from faceapp.training import chipset, evaluate, lfw, tflite
from faceapp.training.chipset import ChipSet
from faceapp.training.config import layout_of
from faceapp.training.embedders import Embedder
from faceapp.types import CHIP_SIZE_PX
from faceapp.vision import modelcard, template

LEAST_COMPARISONS = 1000
"""The fewest comparisons of strangers for a card's table: enough to show a false match rate of
1e-3."""
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
PAINTED_TERMS = (
    "Also trained on people painted by MobileStyleGAN, which learned from StyleGAN2 on FFHQ: for "
    "non-commercial research, as these are."
)
UNSTATED = "Trained with pictures of one's own; nobody has stated the terms of these weights."


@dataclass(frozen=True, slots=True)
class Sets:
    """What a model is measured on: the packed chips in ``data``, and LFW if it is there.

    LFW's chips, cut by the app's detector and alignment, are kept in ``cache``.
    """

    data: Path
    lfw: Path | None
    cache: Path


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model comes from: the run's folder, and the sets it is measured on.

    ``others``: runs that continued this one or began with the same weights, or the card of the
    model that it began with. The weights of all of them are averaged (Wortsman et al. 2022, "Model
    soups").
    """

    run: Path
    sets: Sets
    others: tuple[Path, ...] = ()


def check_comparisons(held_out: NDArray[np.integer]) -> None:
    """Raise ValueError if ``held_out`` (N,), the people of these chips, are too few for a card."""
    names, people = np.unique(held_out, return_inverse=True)
    strangers = evaluate.comparisons_of_strangers(people)
    if strangers < LEAST_COMPARISONS:
        raise ValueError(
            f"{len(names)} held-out people make {strangers} comparisons of strangers; a card"
            f" needs {LEAST_COMPARISONS}: prepare more people"
        )


def check_held_out(card: dict[str, Any], data: Path, people: NDArray[np.integer]) -> None:
    """Raise ValueError unless ``data`` holds out as many people and chips as ``card`` measured.

    ``people`` (N,) are the people of the chips that ``data`` holds out. Others may have been
    trained on, and would be measured as if they had not been.
    """
    measured = card["accuracy"]["int8"]["held_out_people"]
    here, there = (len(people), len(np.unique(people))), (measured["pictures"], measured["people"])
    if here != there:
        raise ValueError(
            f"{data}: holds out {here[0]} chips of {here[1]} people, {card['model_id']} was"
            f" measured on {there[0]} of {there[1]}: name the set that the model was trained on"
        )


def measure(
    files: dict[str, Path], chips: ChipSet, held_out: NDArray[np.bool_], sets: Sets
) -> dict[str, Any]:
    """Measure each file on held-out chips, on people elsewhere and on LFW's whole pictures.

    ``chips`` is the set in ``sets.data``, and ``held_out`` (N,) marks the held-out ones. Leaves out
    people elsewhere and LFW if they are missing. Raises ValueError if the people elsewhere do not
    make pairs both of one person and of strangers.
    """
    here = ChipSet(chips.chips[held_out], chips.people[held_out], None)
    there = chipset.elsewhere(sets.data)
    if there is not None:
        evaluate.check_elsewhere(there.people)
    whole = None
    if sets.lfw is not None:
        pictures = lfw.pictures(sets.lfw, sets.cache, lambda *_: None)
        whole = pictures, lfw.pairs(sets.lfw / "pairs.txt", pictures.names)
    figures: dict[str, Any] = {}
    tables: dict[str, list[dict[str, float]]] = {}
    for name, path in files.items():
        embedder = Embedder(path)
        on_chips, tables[name] = _on_chips(embedder, here, there)
        figures[name] = {"megabytes": embedder.megabytes} | on_chips
        if whole is not None:
            on_lfw = evaluate.on_lfw(embedder.embed, *whole)
            figures[name]["lfw_folds_1_to_5_end_to_end"] = on_lfw.figures
    return figures | {"fmr_table": tables["int8"]}


def _on_chips(
    embedder: Embedder, here: ChipSet, there: ChipSet | None
) -> tuple[dict[str, Any], list[dict[str, float]]]:
    """The figures of people ``here`` and elsewhere (``there``), and the table of both."""
    found = evaluate.on_chips(embedder.embed(here.chips), here.people)
    figures = {"held_out_people": found.figures | {"people": len(np.unique(here.people))}}
    elsewhere = None
    if there is not None:
        found_there = evaluate.on_chips(embedder.embed(there.chips), there.people)
        elsewhere = found_there.scores
        fmrs = evaluate.fmrs_elsewhere(found.scores, elsewhere, evaluate.FMRS)
        named = {f"fmr@{fmr:.0e}": rate for fmr, rate in fmrs.items()}
        figures["elsewhere"] = found_there.figures | named
    rows = metrics.fmr_table(found.scores, TABLE_FMRS, elsewhere)
    return figures, [{"score": s, "fmr": f, "comparisons": n} for s, f, n in rows]


def card_of(
    shipped: Path, config: dict[str, Any], accuracy: dict[str, Any], data: Path
) -> dict[str, Any]:
    """The card of the file ``shipped``, trained by ``config`` on the set in ``data``.

    ``accuracy`` is the result of `measure`; its table is moved out of it.
    """
    table = accuracy.pop("fmr_table")
    terms = _terms(config, data)
    use = "non-commercial research" if terms == TERMS else "as their terms say"
    sha256 = modelcard.sha256_of(shipped)
    return {
        "schema": 1,
        "model_id": f"{shipped.stem}-{sha256[:12]}",
        "file": shipped.name,
        "sha256": sha256,
        "bytes": shipped.stat().st_size,
        "input": {"size_px": CHIP_SIZE_PX, "dtype": tflite.INPUT_DTYPE, "colour": "RGB"},
        "dimension": layout_of(config["layout"]).dimension,
        "alignment": template.ALIGNMENT,
        "template": [[float(x), float(y)] for x, y in template.TEMPLATE],
        "fmr_table": table,
        "accuracy": accuracy,
        "training": {"config": config, "terms": terms},
        "licence": f"weights: {use} (see training.terms); code: Apache-2.0",
        "limits": list(LIMITS),
        "date": today(),
    }


def today() -> str:
    """The date for a card."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def _terms(config: dict[str, Any], data: Path) -> str:
    """The terms of weights trained on the set in ``data``.

    Those of the research chips cannot be replaced by a config's: it may have been written for
    another set. Those of painted people are added to a config's. If nobody has stated any for a set
    of one's own, say so, and that those of the initial weights still apply, if any.
    """
    if (data / chipset.NOTE).exists():
        return TERMS
    own, painted = config.get("terms"), (data / chipset.PAINTED).exists()
    if own:
        return f"{own} {PAINTED_TERMS}" if painted else str(own)
    if painted:
        return TERMS
    began = config.get("begins_with")
    return f"{UNSTATED} They began with {began}, whose terms still apply." if began else UNSTATED


def commands_of(shipped: Path, source: Source) -> list[str]:
    """The commands that make the model again, and those that measure its files again."""
    run, data, models = (p.as_posix() for p in (source.run, source.sets.data, shipped.parent))
    options = ["--name", shipped.stem, "--data", data, "--models", models]
    for other in source.others:
        options += ["--with", other.as_posix()]
    again = measuring(shipped.with_suffix(".json"), source.sets.data)
    return [_command("export", run, *options), again, _command("evaluate", shipped.as_posix())]


def measuring(card: Path, data: Path) -> str:
    """The command that measures the files beside ``card`` once more."""
    return _command("remeasure", card.as_posix(), "--data", data.as_posix())


def _command(*words: str) -> str:
    return f"python -m faceapp.training {shlex.join(words)}"
