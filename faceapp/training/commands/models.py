"""Write model files from a run, and measure them."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
from numpy.typing import NDArray

from faceapp.training.commands.parts import (
    ANY,
    CACHE,
    DATA,
    EXISTING,
    PACKED,
    counting,
    in_one_line,
)

if TYPE_CHECKING:
    from faceapp.training.card import Sets
    from faceapp.training.embedders import Embedder

LFW = Path("../shared/faces/lfw-dev")
MODELS = Path("models")
SHIPPED = MODELS / "faceapp.json"
DOCUMENT = Path("docs/model-card.md")


@click.command()
@click.argument("run_dir", type=EXISTING)
@click.option("--name", default="faceapp", show_default=True, help="Name of the model's files.")
@click.option("--models", type=ANY, default=MODELS, show_default=True, help="Folder to write to.")
@click.option("--data", type=ANY, help="The set it was trained on, if it is elsewhere now.")
@click.option(
    "--with",
    "others",
    multiple=True,
    type=EXISTING,
    help="A run that began with the same weights or continues RUN_DIR, or the card (.json) of the"
    " model that it began with: take the mean of the weights. May be repeated.",
)
@in_one_line()
def export(
    run_dir: Path, name: str, models: Path, data: Path | None, others: tuple[Path, ...]
) -> None:
    """Quantize RUN_DIR's newest weights and write model, weights and card."""
    from faceapp.training.card import Source
    from faceapp.training.export import export as write
    from faceapp.training.run_folder import data_of

    trained_on = data_of(run_dir)
    data = data or (Path(trained_on.folder) if trained_on else PACKED)
    source = Source(run_dir, _sets(data), others)
    _announce(write(source, models, name, lambda stage: click.echo(stage, err=True)))


@click.command()
@click.argument("card", type=EXISTING)
@DATA
@in_one_line()
def remeasure(card: Path, data: Path) -> None:
    """Measure the files beside CARD once more and replace the card's figures.

    For when the app's own detector, alignment or scores have changed.
    """
    from faceapp.training.remeasure import remeasure as again

    again(card, _sets(data))
    _announce(card)


def _sets(data: Path) -> Sets:
    from faceapp.training.card import Sets

    return Sets(data, LFW if LFW.exists() else None, CACHE)


def _announce(card: Path) -> None:
    """Print where ``card`` is; that of the shipped model is published as text too."""
    from faceapp.training import carddoc

    if card.resolve() == SHIPPED.resolve():
        DOCUMENT.write_text(carddoc.markdown(json.loads(card.read_text("utf-8"))), "utf-8")
    click.echo(card)


@click.command()
@click.argument("model", nargs=-1, required=True, type=EXISTING)
@click.option(
    "--lfw",
    "lfw_dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=LFW,
    show_default=True,
    help="Folder of the pictures, one sub-folder per person, and pairs.txt.",
)
@click.option(
    "--out",
    type=ANY,
    default=Path("runs/evaluation"),
    show_default=True,
    help="Folder for figures and curves.",
)
@in_one_line()
def evaluate(model: tuple[Path, ...], lfw_dir: Path, out: Path) -> None:
    """Measure MODEL files (.tflite, .onnx) on LFW from whole pictures."""
    from faceapp.training import evaluate as figures_of
    from faceapp.training import lfw, report
    from faceapp.training.embedders import Embedder, ms_per_face

    embedders = [Embedder(path) for path in model]
    pictures = lfw.pictures(lfw_dir, CACHE, lambda now, total: counting("aligning", now, total))
    pairs = lfw.pairs(lfw_dir / "pairs.txt", pictures.names)
    rows, scores = {}, {}
    times_ms = ms_per_face(embedders, pictures.chips)
    for embedder, name, ms in zip(embedders, report.names(model), times_ms, strict=True):
        measured = figures_of.on_lfw(partial(_embedded, embedder), pictures, pairs)
        rows[name] = {
            "megabytes": embedder.megabytes,
            "ms_per_face": ms,
            "lfw": measured.figures,
        }
        scores[name] = measured.scores
    click.echo(report.table(rows))  # before anything that may fail
    report.write(out, rows, scores)


def _embedded(embedder: Embedder, chips: NDArray[np.uint8]) -> NDArray[np.float32]:
    label, length = embedder.path.stem, len(chips)
    with click.progressbar(range(length), label=label, file=sys.stderr) as bar:
        return embedder.embed(chips, lambda _: bar.update(1))
