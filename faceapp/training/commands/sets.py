"""Make sets to train on: from a folder of pictures, or with people who do not exist."""

from __future__ import annotations

from pathlib import Path

import click

from faceapp.training.commands.parts import ANY, DATA, EXISTING, counting, in_one_line


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("target", type=ANY)
@click.option(
    "--teacher",
    type=EXISTING,
    help="A model (.onnx or .tflite) whose embeddings are to be distilled.",
)
@in_one_line()
def prepare(folder: Path, target: Path, teacher: Path | None) -> None:
    """Pack FOLDER (one sub-folder per person) into TARGET for training."""
    from faceapp.training.embedders import Embedder
    from faceapp.training.prepare import prepare as pack

    done = pack(folder, target, Embedder(teacher) if teacher else None, counting)
    click.echo(f"{done.chips} chips of {done.people} people")
    if done.without:
        click.echo(f"no chip of {done.without} more, whose folders hold no usable picture")
    for reason, count in sorted(done.dropped.items()):
        click.echo(f"dropped {count}: {reason}")


@click.command()
@click.argument("count", type=click.IntRange(min=1))
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@DATA
@click.option(
    "--teacher", type=EXISTING, required=True, help="An .onnx model to ask about each of them."
)
@in_one_line()
def paint(count: int, target: Path, data: Path, teacher: Path) -> None:
    """Pack the set --data and COUNT people who do not exist into TARGET, to distil from."""
    import torch

    from faceapp.training.engine import DEVICE
    from faceapp.training.onnx_net import OnnxNet
    from faceapp.training.painted.extend import Base, extend
    from faceapp.training.painted.fitting import ready

    base = Base.open(data, target)  # first, so that its errors do not come up after the fitting
    net = OnnxNet(teacher, DEVICE, torch.bfloat16)
    extend(base, ready(target, DEVICE, counting), count, net, counting)
