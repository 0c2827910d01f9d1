"""The data folder as a whole: ``backup`` and ``restore``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from faceapp.cli.arguments import FileName
from faceapp.cli.damage import described
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import Failed, confirm, count, line, note


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
            raise Failed(f"{file} exists already; --force replaces it.")
        written = service.backup(file)
    line(written)
    if sys.stderr.isatty():  # who reads what a nightly backup says knows it
        note("The copy holds names and faces; people who are forgotten later stay in it.")


@click.command()
@click.argument("file", type=FileName())
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_invocation
def restore(invocation: Invocation, file: Path, yes: bool) -> None:
    """Replace people and entries by those of the backup FILE. The former database is kept."""
    parts = invocation.parts
    found = parts.inspect_backup(file)
    for what, mend in described(found.damage):
        note(f"The backup is not whole: {what}. {mend}")
    if not yes:
        last = found.last_entry_at
        until = f", the last one of {last.astimezone():%Y-%m-%d %H:%M}" if last else ""
        question = (
            f"The backup holds {count(found.people, 'person', 'people')} and "
            f"{count(found.entries, 'entry', 'entries')}{until}. "
            "Replace all people and entries by those of the backup?"
        )
        confirm(question)
    kept = parts.restore(file)
    line(f"Restored {parts.paths.database}.")
    if kept is not None:
        line(f"The former one is kept as {kept}.")
