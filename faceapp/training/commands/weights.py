"""Initial weights for a network, from a trained one with another layout."""

from __future__ import annotations

from pathlib import Path

import click

from faceapp.training.commands.parts import ANY, CONFIG, DATA, config_of, in_one_line
from faceapp.types import CHIP_SIZE_PX

CARD = click.argument("card", type=click.Path(path_type=Path, exists=True, dir_okay=False))
WEIGHTS = click.argument("target", type=ANY)


@click.command()
@CARD
@CONFIG
@WEIGHTS
@in_one_line()
def inherit(card: Path, config: str, target: Path) -> None:
    """Write TARGET (.weights.h5) for CONFIG's network, from CARD's smaller or larger one."""
    from faceapp.training import inherit as inheritance
    from faceapp.training import network, weights_file

    weights_file.check(target)
    source, model_id = weights_file.load_trained(card)
    heir = network.build(config_of(config).layout, CHIP_SIZE_PX)
    inherited, fresh = inheritance.inherit(source, heir)
    weights_file.write(heir, target, f"{model_id}, inherited")
    click.echo(f"inherited: {' '.join(inherited)}")
    click.echo(f"fresh: {' '.join(fresh)}")


@click.command()
@CARD
@CONFIG
@WEIGHTS
@DATA
@in_one_line()
def prune(card: Path, config: str, target: Path, data: Path) -> None:
    """Write TARGET (.weights.h5) for CONFIG's network, from CARD's, whose blocks expand further.

    Chips of the set --data show which channels it can do without.
    """
    from faceapp.training import chipset, network, pruning, weights_file

    weights_file.check(target)
    source, model_id = weights_file.load_trained(card)
    wanted = config_of(config)
    chips = pruning.drawn(chipset.ChipSet.load(data), wanted.held_out_people, wanted.seed)
    narrow = network.build(wanted.layout, CHIP_SIZE_PX)
    lost = pruning.prune(source, narrow, chips)
    weights_file.write(narrow, target, f"{model_id}, pruned")
    for block, share in lost.items():
        click.echo(f"{block}: {share:.1%} of its output lost")
