"""First weights for a network that differs from the one which is trained."""

from __future__ import annotations

from pathlib import Path

import click

from faceapp.training.commands.parts import CARD, CONFIG, DATA, WEIGHTS, config_of, in_one_line


@click.command()
@CARD
@CONFIG
@WEIGHTS
@in_one_line()
def inherit(card: Path, config: str, target: Path) -> None:
    """Write TARGET (.weights.h5) for CONFIG's network, from CARD's smaller or larger one."""
    from faceapp.training import chipset, network
    from faceapp.training import inherit as inheritance

    inheritance.check(target)
    source, model_id = inheritance.load_trained(card)
    heir = network.build(config_of(config).layout, chipset.SIZE_PX)
    inherited, fresh = inheritance.inherit(source, heir)
    inheritance.write(heir, target, f"{model_id}, inherited")
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
    from faceapp.training import chipset, inherit, network, pruning

    inherit.check(target)
    source, model_id = inherit.load_trained(card)
    wanted = config_of(config)
    chips = pruning.drawn(chipset.ChipSet.load(data), wanted.held_out_people, wanted.seed)
    narrow = network.build(wanted.layout, chipset.SIZE_PX)
    lost = pruning.prune(source, narrow, chips)
    inherit.write(narrow, target, f"{model_id}, pruned")
    for block, share in lost.items():
        click.echo(f"{block}: {share:.1%} of its output lost")
