"""The commands of ``python -m faceapp.training``: `main` is the group; each topic has a file."""

from __future__ import annotations

import click

from faceapp.training.commands.models import evaluate, export, remeasure
from faceapp.training.commands.runs import compare, speed, train
from faceapp.training.commands.sets import paint, prepare
from faceapp.training.commands.weights import inherit, prune

__all__ = ["main"]


@click.group()
def main() -> None:
    """Train, evaluate, quantize and export the face embedding model."""


for _command in (
    compare,
    evaluate,
    export,
    inherit,
    paint,
    prepare,
    prune,
    remeasure,
    speed,
    train,
):
    main.add_command(_command)
