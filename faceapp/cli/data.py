"""The data folder as a whole: ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from faceapp.cli.parts import Desk, FileName, pass_desk
from faceapp.cli.say import line, note


@click.command()
@click.argument("file", type=FileName())
@pass_desk
def backup(desk: Desk, file: Path) -> None:
    """Write a consistent copy of people and entries to FILE, also while the window is open."""
    with desk.service() as service:
        written = service.backup(file)
    line(written)
    note("The copy holds names and faces; people who are forgotten later stay in it.")


@click.command()
@click.argument("file", type=FileName())
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_desk
def restore(desk: Desk, file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of people and entries. What was there is kept beside it."""
    from faceapp.store.backup import restore as put_back

    paths = desk.parts.paths
    if not yes:
        click.confirm("Replace all people and entries by those of the backup?", abort=True)
    kept = put_back(file, paths.database, paths.lock)
    line(f"Restored {paths.database}.")
    if kept is not None:
        line(f"The former one is kept as {kept}.")
