"""The data folder as a whole: ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from faceapp.cli.parts import FileName, Invocation, pass_invocation
from faceapp.cli.say import count, line, note


@click.command()
@click.argument("file", type=FileName())
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@pass_invocation
def backup(invocation: Invocation, file: Path, force: bool) -> None:
    """Write a consistent copy of people and entries to FILE, also while the window is open.

    An existing FILE, perhaps the only good backup, is replaced with --force only.
    """
    from faceapp.store.backup import refuse_database

    with invocation.service() as service:
        refuse_database(file, invocation.parts.paths.database)
        if file.exists() and not force:
            raise click.UsageError(f"{file} exists already; --force replaces it.")
        written = service.backup(file)
    line(written)
    note("The copy holds names and faces; people who are forgotten later stay in it.")


@click.command()
@click.argument("file", type=FileName())
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_invocation
def restore(invocation: Invocation, file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of people and entries. What was there is kept beside it."""
    parts = invocation.parts
    if not yes:
        found = parts.inspect_backup(file)
        last = found.last_entry_at
        until = f", the last one of {last.astimezone():%Y-%m-%d %H:%M}" if last else ""
        question = (
            f"The backup holds {count(found.people, 'person', 'people')} and "
            f"{count(found.entries, 'entry', 'entries')}{until}. "
            "Replace all people and entries by those of the backup?"
        )
        click.confirm(question, abort=True)
    kept = parts.restore(file)
    line(f"Restored {parts.paths.database}.")
    if kept is not None:
        line(f"The former one is kept as {kept}.")
