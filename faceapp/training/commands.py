"""The commands of ``python -m faceapp.training``."""

from __future__ import annotations

from pathlib import Path

import click

SHARED = Path("../shared/faces/train")


@click.group()
def main() -> None:
    """Train, evaluate, quantize and export the face embedding model."""


@main.command()
@click.argument("config")
@click.option("--run", "run_dir", type=click.Path(path_type=Path), required=True)
@click.option("--data", type=click.Path(path_type=Path), default=Path("cache/shared"))
@click.option("--resume", is_flag=True, help="Continue at the last checkpoint.")
@click.option("--workers", default=1, show_default=True, help="Processes that make batches.")
def train(config: str, run_dir: Path, data: Path, resume: bool, workers: int) -> None:
    """Train CONFIG (a file of faceapp/training/configs)."""
    from faceapp.training import chipset
    from faceapp.training import config as configs
    from faceapp.training.run import Run

    chosen = configs.load(config)
    if SHARED.exists():
        chipset.pack_shared(SHARED, data, chosen.without_sources, _packing)
    Run(chosen, data, run_dir, workers).train(resume)


def _packing(done: int, total: int) -> None:
    click.echo(f"\rpacking {done}/{total}", nl=done == total, err=True)
