"""The data folder as a whole: ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from faceapp.cli.arguments import FileName
from faceapp.cli.damage import described
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import Failed, confirm, count, line, note, note_at_terminal


@click.command()
@click.argument("file", type=FileName())
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@pass_invocation
def backup(invocation: Invocation, file: Path, force: bool) -> None:
    """Write a consistent copy of people and entries to FILE, even while the window is open.

    An existing FILE may be your only good backup, so it is replaced only with --force.
    """
    from faceapp.store.backup import refuse_database

    with invocation.reading() as service:
        refuse_database(file, invocation.parts.paths.database)
        if file.exists() and not force:
            raise Failed(f"{file} already exists; add --force to replace it.")
        note_at_terminal("Writing the copy and checking it.")
        written = service.backup(file)
    line(written)
    note_at_terminal("The copy contains names and faces, and keeps people who are forgotten later.")


@click.command()
@click.argument("file", type=FileName())
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@pass_invocation
def restore(invocation: Invocation, file: Path, yes: bool) -> None:
    """Replace people and entries with those in the backup FILE. The old database is kept."""
    parts = invocation.parts
    note_at_terminal("Checking the backup.")
    found = parts.inspect_backup(file)
    for what, mend in described(found.damage):
        note(f"The backup is not intact: {what}. {mend}")
    if not yes:
        last = found.last_entry_at
        until = f". The last one is from {last.astimezone():%Y-%m-%d %H:%M}" if last else ""
        question = (
            f"The backup holds {count(found.people, 'person', 'people')} and "
            f"{count(found.entries, 'entry', 'entries')}{until}. "
            "Replace all people and entries with those in the backup?"
        )
        confirm(question)
    note_at_terminal("Restoring the backup.")
    kept = parts.restore(file)
    line(f"Restored {parts.paths.database}.")
    if kept is not None:
        line(f"The old one is kept as {kept}.")
