"""The card of an exported model: accuracy of its files, table of scores and FMRs, terms, limits.

The table is measured with the int8 file on the people held out of training and on the people
elsewhere (see `chipset`), if there are any; the stricter of both counts. LFW is not used for it.
The accuracy figures are only reported: no choice depends on them.
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
from faceapp.training import chipset, evaluate, lfw
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
UNSTATED = "Trained with pictures of one's own; nobody has stated the terms of these weights."


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model comes from: the run's folder, the packed chips, and LFW if it is there.

    ``others``: runs that continued this one, or began with the same weights. The weights of all of
    them are averaged (Wortsman et al. 2022, "Model soups").
    """

    run: Path
    data: Path
    lfw: Path | None
    cache: Path
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


def measure(
    files: dict[str, Path], held_out: NDArray[np.uint8], people: NDArray[np.int64], source: Source
) -> dict[str, Any]:
    """Measure each file on held-out chips, on people elsewhere and on LFW's whole pictures.

    Leaves out the last two if they are missing. Raises ValueError if the people elsewhere do not
    make pairs both of one person and of strangers.
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
            elsewhere = there.scores
            fmrs = evaluate.fmrs_elsewhere(here.scores, elsewhere, evaluate.FMRS)
            named = {f"fmr@{fmr:.0e}": found for fmr, found in fmrs.items()}
            figures[name]["elsewhere"] = there.figures | named
        if name == "int8":
            figures["fmr_table"] = metrics.fmr_table(here.scores, TABLE_FMRS, elsewhere)
        if source.lfw is not None:
            pictures = lfw.pictures(source.lfw, source.cache, lambda *_: None)
            pairs = lfw.pairs(source.lfw / "pairs.txt", pictures.names)
            on_lfw = evaluate.on_lfw(embedder.embed, pictures, pairs)
            figures[name]["lfw_folds_1_to_5_end_to_end"] = on_lfw.figures
    return figures


def card_of(
    shipped: Path, config: dict[str, Any], accuracy: dict[str, Any], data: Path
) -> dict[str, Any]:
    """The card of the file ``shipped``, trained by ``config`` on the set in ``data``.

    ``accuracy`` is the result of `measure`; its table is moved out of it.
    """
    table = accuracy.pop("fmr_table")
    terms = config.get("terms") or (_unstated(config) if _is_prepared(data) else TERMS)
    use = "non-commercial research" if terms == TERMS else "as their terms say"
    sha256 = modelcard.sha256_of(shipped)
    return {
        "schema": 1,
        "model_id": f"{shipped.stem}-{sha256[:12]}",
        "file": shipped.name,
        "sha256": sha256,
        "bytes": shipped.stat().st_size,
        "input": {"size_px": CHIP_SIZE_PX, "dtype": "uint8", "colour": "RGB"},
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


def _unstated(config: dict[str, Any]) -> str:
    """Say that terms are unstated, and that those of the initial weights still apply, if any."""
    began = config.get("begins_with")
    return f"{UNSTATED} They began with {began}, whose terms still apply." if began else UNSTATED


def _is_prepared(data: Path) -> bool:
    """Whether the set was made from somebody's own pictures: it has no research chips."""
    return chipset.is_own(data) and not (data / chipset.PAINTED).exists()


def commands_of(shipped: Path, source: Source) -> list[str]:
    """The commands that reproduce the figures."""
    run, data, models = (p.as_posix() for p in (source.run, source.data, shipped.parent))
    options = ["--name", shipped.stem, "--data", data, "--models", models]
    for other in source.others:
        options += ["--with", other.as_posix()]
    words = ["export", run, *options], ["evaluate", shipped.as_posix()]
    return [f"python -m faceapp.training {shlex.join(one)}" for one in words]
