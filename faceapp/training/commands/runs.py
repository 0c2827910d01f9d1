"""Train: one run, several small ones side by side, or a few steps to time this machine."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from faceapp.training.commands.parts import (
    ANY,
    CONFIG,
    DATA,
    EXISTING,
    PACKED,
    config_of,
    counting,
    in_one_line,
)

SHARED = Path("../shared/faces/train")
RUN = click.option("--run", "run_dir", type=ANY, required=True, help="Folder of the run.")
WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Processes that make batches.",
)


def _pack_research(data: Path, without: tuple[str, ...]) -> None:
    """Pack the research chips into ``data`` if they are there and it is their place."""
    from faceapp.training import chipset

    # In any other folder the operator expects their own pictures.
    if data == PACKED and SHARED.exists() and not chipset.is_own(data):
        chipset.pack_shared(SHARED, data, without, partial(counting, "packing"))


@click.command()
@CONFIG
@RUN
@DATA
@click.option("--resume", is_flag=True, help="Continue from the last checkpoint.")
@click.option("--from", "start", type=EXISTING, help="Weights to begin with.")
@WORKERS
@click.option(
    "--teacher",
    type=EXISTING,
    help="An .onnx model to ask about each view, if CONFIG has a live teacher.",
)
@in_one_line()
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
    from faceapp.training import card
    from faceapp.training.run import Collapsed, Run

    chosen = config_of(config)
    _pack_research(data, chosen.without_sources)
    run = Run(chosen, data, run_dir, workers, teacher)
    try:
        card.check_comparisons(run.held_out)
    except ValueError as error:  # say so now: `export` would refuse only hours later
        click.echo(f"What this run learns cannot be exported: {error}", err=True)
    try:
        run.train(resume, start)
    except Collapsed as error:
        raise click.ClickException(str(error)) from error


@click.command()
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
@in_one_line()
def compare(what: str, run_dir: Path, data: Path, steps: int, workers: int) -> None:
    """Train each of WHAT on the same small budget and print a table.

    WHAT: the methods of the papers, variants of our network, or other networks.
    """
    from faceapp.training import compare as side_by_side
    from faceapp.training.config import SOURCES_ELSEWHERE

    _pack_research(data, SOURCES_ELSEWHERE)
    table = side_by_side.TABLES[what](side_by_side.Budget(data, run_dir, steps, workers))
    (run_dir / "table.md").write_text(table + "\n", "utf-8")
    click.echo(table)


@click.command()
@CONFIG
@click.option(
    "--steps",
    default=15,
    show_default=True,
    type=click.IntRange(min=1),
    help="Steps to time for each row.",
)
@in_one_line()
def speed(config: str, steps: int) -> None:
    """Measure how fast this machine would train CONFIG's last phase."""
    from faceapp.training import speed as timing

    click.echo(timing.table(config_of(config), steps))
