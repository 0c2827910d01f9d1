"""The commands of ``python -m faceapp.training``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
from numpy.typing import NDArray

from faceapp.errors import FaceAppError
from faceapp.messages import sentence

if TYPE_CHECKING:
    from faceapp.training.config import TrainConfig
    from faceapp.training.embedders import Embedder

SHARED = Path("../shared/faces/train")
LFW = Path("../shared/faces/lfw-dev")
CACHE = Path("cache")
PACKED = CACHE / "shared"
MODELS = Path("models")
SHIPPED = MODELS / "faceapp"
DOCUMENT = Path("docs/model-card.md")

CARD = click.argument("card", type=click.Path(path_type=Path, exists=True, dir_okay=False))
CONFIG = click.argument("config")
WEIGHTS = click.argument("target", type=click.Path(path_type=Path))
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=PACKED,
    show_default=True,
    help="The packed set.",
)
RUN = click.option(
    "--run",
    "run_dir",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder of the run.",
)
WORKERS = click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="Processes that make batches.",
)


@click.group()
def main() -> None:
    """Train, evaluate, quantize and export the face embedding model."""


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Report errors of the operator and of the outside world in one line, without a traceback."""
    try:
        yield
    except FaceAppError as error:
        raise click.ClickException(" ".join(sentence(error))) from error
    except (OSError, ModuleNotFoundError, ValueError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
@CONFIG
@RUN
@DATA
@click.option("--resume", is_flag=True, help="Continue from the last checkpoint.")
@click.option(
    "--from", "start", type=click.Path(path_type=Path, exists=True), help="Weights to begin with."
)
@WORKERS
@click.option(
    "--teacher",
    type=click.Path(path_type=Path, exists=True),
    help="An .onnx model to ask about each view, if CONFIG has a live teacher.",
)
@_in_one_line()
def train(
    config: str,
    run_dir: Path,
    data: Path,
    resume: bool,
    start: Path | None,
    workers: int,
    teacher: Path | None,
) -> None:
    """Train by CONFIG (the name of a file in faceapp/training/configs)."""
    from faceapp.training import chipset
    from faceapp.training.run import Collapsed, Run

    chosen = _config(config)
    # In any other folder the operator expects their own pictures.
    if data == PACKED and SHARED.exists() and not chipset.is_own(data):
        chipset.pack_shared(
            SHARED,
            data,
            chosen.without_sources,
            lambda now, total: _counting("packing", now, total),
        )
    try:
        Run(chosen, data, run_dir, workers, teacher).train(resume, start)
    except Collapsed as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--teacher",
    type=click.Path(path_type=Path, exists=True),
    help="A model (.onnx or .tflite) whose embeddings are to be distilled.",
)
@_in_one_line()
def prepare(folder: Path, target: Path, teacher: Path | None) -> None:
    """Pack FOLDER (one sub-folder per person) into TARGET for training."""
    from faceapp.training.embedders import Embedder
    from faceapp.training.prepare import prepare as pack

    done = pack(folder, target, Embedder(teacher) if teacher else None, _counting)
    click.echo(f"{done.chips} chips of {done.people} people")
    for reason, count in sorted(done.dropped.items()):
        click.echo(f"dropped {count}: {reason}")


@main.command()
@click.argument("count", type=click.IntRange(min=1))
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@DATA
@click.option(
    "--teacher",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    help="An .onnx model to ask about each of them.",
)
@_in_one_line()
def paint(count: int, target: Path, data: Path, teacher: Path) -> None:
    """Pack the set --data and COUNT people who do not exist into TARGET, to distil from."""
    import torch

    from faceapp.training.engine import DEVICE
    from faceapp.training.onnx_net import OnnxNet
    from faceapp.training.painted.extend import Base, extend
    from faceapp.training.painted.fitting import ready

    base = Base.open(data, target)  # first: its errors must not come up after the fitting
    net = OnnxNet(teacher, DEVICE, torch.bfloat16)
    extend(base, ready(target, DEVICE, _counting), count, net, _counting)


@main.command()
@CARD
@CONFIG
@WEIGHTS
@_in_one_line()
def inherit(card: Path, config: str, target: Path) -> None:
    """Write TARGET (.weights.h5) for CONFIG's network, from CARD's smaller or larger one."""
    from faceapp.training import chipset, network
    from faceapp.training import inherit as inheritance

    inheritance.check(target)
    source, model_id = inheritance.load_trained(card)
    heir = network.build(_config(config).layout, chipset.SIZE_PX)
    inherited, fresh = inheritance.inherit(source, heir)
    inheritance.write(heir, target, f"{model_id}, inherited")
    click.echo(f"inherited: {' '.join(inherited)}")
    click.echo(f"fresh: {' '.join(fresh)}")


@main.command()
@CARD
@CONFIG
@WEIGHTS
@DATA
@_in_one_line()
def prune(card: Path, config: str, target: Path, data: Path) -> None:
    """Write TARGET (.weights.h5) for CONFIG's network, from CARD's, whose blocks expand further.

    Chips of the set --data show which channels it can do without.
    """
    from faceapp.training import chipset, inherit, network, pruning

    inherit.check(target)
    source, model_id = inherit.load_trained(card)
    wanted = _config(config)
    chips = pruning.drawn(chipset.ChipSet.load(data), wanted.held_out_people, wanted.seed)
    narrow = network.build(wanted.layout, chipset.SIZE_PX)
    lost = pruning.prune(source, narrow, chips)
    inherit.write(narrow, target, f"{model_id}, pruned")
    for block, share in lost.items():
        click.echo(f"{block}: {share:.1%} of its output lost")


@main.command()
@click.argument("what", type=click.Choice(["methods", "variants", "networks"]))
@RUN
@DATA
@click.option(
    "--steps",
    default=1200,
    show_default=True,
    type=click.IntRange(min=1),
    help="Batches of 64 chips that each gets.",
)
@WORKERS
@_in_one_line()
def compare(what: str, run_dir: Path, data: Path, steps: int, workers: int) -> None:
    """Train each of WHAT on the same small budget and print a table.

    WHAT: the methods of the papers, variants of our network, or other networks.
    """
    from faceapp.training import compare as side_by_side

    table = side_by_side.TABLES[what](side_by_side.Budget(data, run_dir, steps, workers))
    (run_dir / "table.md").write_text(table + "\n", "utf-8")
    click.echo(table)


@main.command()
@CONFIG
@click.option(
    "--steps",
    default=15,
    show_default=True,
    type=click.IntRange(min=1),
    help="Steps to time for each row.",
)
@_in_one_line()
def speed(config: str, steps: int) -> None:
    """Measure how fast this machine would train CONFIG's last phase."""
    from faceapp.training import speed as timing

    click.echo(timing.table(_config(config), steps))


@main.command()
@click.argument("run_dir", type=click.Path(path_type=Path, exists=True))
@click.option("--name", default="faceapp", show_default=True, help="Name of the model's files.")
@click.option(
    "--models",
    type=click.Path(path_type=Path),
    default=MODELS,
    show_default=True,
    help="Folder to write to.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The set it was trained on, if it is elsewhere now.",
)
@click.option(
    "--with",
    "others",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A run that began with the same weights, or continues RUN_DIR: take the mean of the"
    " weights. May be repeated.",
)
@_in_one_line()
def export(
    run_dir: Path, name: str, models: Path, data: Path | None, others: tuple[Path, ...]
) -> None:
    """Quantize RUN_DIR's newest weights and write model, weights and card."""
    from faceapp.training.export import Source
    from faceapp.training.export import export as write
    from faceapp.training.origin import data_of

    trained_on = data_of(run_dir)
    data = data or (Path(trained_on.folder) if trained_on else PACKED)
    source = Source(run_dir, data, LFW if LFW.exists() else None, CACHE, others)
    card = write(source, models, name, lambda stage: click.echo(stage, err=True))
    if (models / name).resolve() == SHIPPED.resolve():
        DOCUMENT.write_bytes((run_dir / f"{name}.md").read_bytes())
    click.echo(card)


@main.command()
@click.argument("model", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--lfw",
    "lfw_dir",
    type=click.Path(path_type=Path),
    default=LFW,
    show_default=True,
    help="Folder of the pictures, one sub-folder per person, and pairs.txt.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("runs/evaluation"),
    show_default=True,
    help="Folder for figures and curves.",
)
@_in_one_line()
def evaluate(model: tuple[Path, ...], lfw_dir: Path, out: Path) -> None:
    """Measure MODEL files (.tflite, .onnx) on LFW from whole pictures."""
    from faceapp.training import evaluate as figures_of
    from faceapp.training import lfw, report
    from faceapp.training.embedders import Embedder

    embedders = [Embedder(path) for path in model]
    pictures = lfw.pictures(lfw_dir, CACHE, lambda now, total: _counting("aligning", now, total))
    pairs = lfw.pairs(lfw_dir / "pairs.txt", pictures.names)
    rows, scores = {}, {}
    for embedder, name in zip(embedders, report.names(model), strict=True):
        measured = figures_of.on_lfw(partial(_embedded, embedder), pictures, pairs)
        rows[name] = {
            "megabytes": embedder.megabytes,
            "ms_per_face": embedder.ms_per_face(pictures.chips),
            "lfw": measured.figures,
        }
        scores[name] = measured.scores
    click.echo(report.table(rows))  # before anything that may fail
    report.write(out, rows, scores)


def _embedded(embedder: Embedder, chips: NDArray[np.uint8]) -> NDArray[np.float32]:
    label, length = embedder.path.stem, len(chips)
    with click.progressbar(range(length), label=label, file=sys.stderr) as bar:
        return embedder.embed(chips, lambda _: bar.update(1))


def _config(name: str) -> TrainConfig:
    from faceapp.training import configs
    from faceapp.training.config import load

    try:
        return load(name)
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith(configs.__name__):
            raise  # the config exists, but not what it imports
        known = ", ".join(sorted(path.stem for path in Path(configs.__path__[0]).glob("[!_]*.py")))
        raise click.ClickException(f"{name}: expected one of {known}") from error


def _counting(what: str, done: int, total: int) -> None:
    click.echo(f"\r{what} {done}/{total}", nl=done == total, err=True)
