"""The attendance log: ``entries`` shows it, ``export`` writes it to a file."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faceapp.cli.arguments import FileName, Name, json_option, refuse_unknown_group
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import Failed, count, line, moment, note, records, table
from faceapp.export.formats import CSV, FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from faceapp.export.tables import Table
    from faceapp.service import Service
    from faceapp.types import Entry, EntryFilter

STDOUT = ("-", "/dev/stdout")
"""Targets that print. "/dev/stdout" is one, or the file that it leads to would be replaced."""


class LocalDate(click.ParamType[date]):
    """A local date as ``YYYY-MM-DD``, or ``today`` or ``yesterday``."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date."""
        if value in ("today", "yesterday"):
            return _today(ctx) - timedelta(days=value == "yesterday")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date like 2026-01-31, today or yesterday.", param, ctx)


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that select entries; ``command`` gets an `EntryFilter` as ``wanted``."""

    @wraps(command)
    def filtered(
        *args: object,
        from_date: date | None,
        to_date: date | None,
        person: str | None,
        group: str | None,
        **others: object,
    ) -> None:
        if from_date and to_date and from_date > to_date:
            raise click.UsageError(f"--from {from_date} is after --to {to_date}.")
        command(*args, wanted=_filter(from_date, to_date, person, group), **others)

    for option in (
        click.option("--group", type=Name(), metavar="G", help="Only people of this group."),
        click.option("--person", type=Name(), metavar="ID", help="Only this person."),
        click.option(
            "--to",
            "to_date",
            type=LocalDate(),
            metavar="D",
            help="Last day, inclusive: 2026-01-31, today or yesterday.",
        ),
        click.option(
            "--from",
            "from_date",
            type=LocalDate(),
            metavar="D",
            help="First day: 2026-01-31, today or yesterday.",
        ),
    ):
        filtered = option(filtered)
    return filtered


@click.command()
@filter_options
@json_option
@pass_invocation
def entries(invocation: Invocation, wanted: EntryFilter, as_json: bool) -> None:
    """Show the entries, oldest first, with the reason for those that are struck."""
    with invocation.reading() as service:
        _refuse_unknown(service, wanted)
        _note_damage(service)
        if as_json:
            records(map(_as_json, service.iter_entries(wanted)))
            return
        rows = [_as_row(entry) for entry in service.iter_entries(wanted)]
    if rows:
        table(("Time", "ID", "Name", "Kind", "Camera", "Note"), rows)
    else:
        line("No entries found.")


@click.command()
@filter_options
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help=f"Default: by the ending of the file's name; {CSV} if it has none.",
)
@click.option(
    "--view",
    type=click.Choice(("entries", "days", "totals")),
    default="entries",
    show_default=True,
    help="Every entry, one row per person and day, or one row per person.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=FileName(dash=True),
    required=True,
    metavar="FILE",
)
@pass_invocation
def export(
    invocation: Invocation, wanted: EntryFilter, kind: str | None, view: str, target: Path
) -> None:
    """Write the entries to FILE, as CSV or XLSX; an existing FILE is replaced. "-" prints CSV."""
    from faceapp.export.csv_file import pour_csv
    from faceapp.export.tables import day_table, entry_table, total_table
    from faceapp.store.backup import refuse_database

    _refuse_contradiction(target, kind)
    with invocation.reading() as service:
        refuse_database(target, invocation.parts.paths.database)
        _refuse_unknown(service, wanted)
        _note_damage(service)
        if view == "days":
            laid_out = day_table(service.iter_days(wanted))
        elif view == "totals":
            laid_out = total_table(service.totals(wanted))
        else:
            laid_out = entry_table(service.iter_entries(wanted))
        if str(target) in STDOUT:
            _refuse_closed_output()
            pour_csv(sys.stdout.buffer, laid_out)
        else:
            _write(target, laid_out, kind)


def _refuse_contradiction(target: Path, kind: str | None) -> None:
    """Raise UsageError if the format is not clear or contradicts the suffix."""
    ending = target.suffix.lower().removeprefix(".")
    if str(target) in STDOUT:
        if kind not in (None, CSV):
            raise click.UsageError(
                f"Only {CSV} can be printed; for other formats, give the name of a file."
            )
    elif kind is None and ending not in ("", *FORMATS):
        endings = " nor ".join(f".{name}" for name in FORMATS)
        raise click.UsageError(
            f"{target.name} ends in neither {endings}; choose one of them with --format."
        )
    elif kind is not None and ending in FORMATS and ending != kind:
        raise click.UsageError(f"{target.name} ends in .{ending}, but --format says {kind}.")


def _refuse_closed_output() -> None:
    if sys.__stdout__ is None:  # see `__main__`: what is printed then leads nowhere
        raise Failed("The output cannot be written: it is closed. Give the name of a file.")


def _write(target: Path, laid_out: Table, kind: str | None) -> None:
    """Write the file and say where it went."""
    from faceapp.export.writing import write_table

    replaced = target.exists()
    written = write_table(target, laid_out, kind=kind)
    if written is not None:
        line(written)
    if written != target:
        note("Another program has that file open, so a numbered one was written.")
    elif replaced:
        note("The existing file was replaced.")


def _note_damage(service: Service) -> None:
    """Note missing entries, whatever the filter: an entry with a damaged date matches none."""
    damaged = service.damaged_entries()
    if damaged:
        left_out = count(damaged, "damaged entry", "damaged entries")
        note(f"Left out: {left_out} in the whole log.")


def _refuse_unknown(service: Service, wanted: EntryFilter) -> None:
    """Refuse an ID or a group that nobody has: it is mistyped, or it was renamed."""
    if wanted.person is None and wanted.group is None:
        return
    if service.count_entries(wanted):
        return
    if wanted.person is not None:
        service.person(wanted.person)
    if wanted.group is not None:
        refuse_unknown_group(service, wanted.group)


def _filter(
    from_date: date | None, to_date: date | None, person: str | None, group: str | None
) -> EntryFilter:
    from faceapp.service.identity import sought, sought_id
    from faceapp.types import EntryFilter

    who = None if person is None else sought_id(person)
    within = None if group is None else sought(group)
    return EntryFilter(from_date=from_date, to_date=to_date, person=who, group=within)


def _today(ctx: click.Context | None) -> date:
    from faceapp.service.zones import local_date, local_zone

    invocation = ctx.find_object(Invocation) if ctx else None
    if invocation is None:
        raise RuntimeError("dates are parsed within the group of commands only")
    return local_date(invocation.parts.clock.now(), local_zone())


def _as_json(entry: Entry) -> dict[str, object]:
    from faceapp.export.tables import rounded, shown_reason

    return {
        "id": entry.id,
        "person": entry.person,
        "name": entry.name,
        "at": moment(entry.local_at),
        "zone": entry.zone,
        "date": entry.local_date.isoformat(),
        "kind": entry.kind.value,
        "camera": entry.camera,
        "confirmation": entry.confirmation.value,
        "similarity": rounded(entry.similarity),
        "threshold": rounded(entry.threshold),
        "model": entry.model_id,
        "recorded_at": moment(entry.recorded_at),
        "voided": shown_reason(entry.voided_reason),
        "voided_at": moment(entry.voided_at) if entry.voided_at else None,
        "correction": shown_reason(entry.correction_reason),
    }


def _as_row(entry: Entry) -> tuple[object, ...]:
    from faceapp.export.tables import shown_reason

    struck, added = shown_reason(entry.voided_reason), shown_reason(entry.correction_reason)
    by_hand = f"by hand: {added}" if added else ""
    return (
        moment(entry.local_at),
        entry.person,
        entry.name,
        entry.kind.value,
        entry.camera,
        f"struck: {struck}" if struck else by_hand,
    )
