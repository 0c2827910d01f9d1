"""The log of attendance: ``entries`` shows it, ``export`` writes it to a file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from faceapp.cli.parts import Desk, FileName, Name, pass_desk
from faceapp.cli.people import json_option
from faceapp.cli.say import line, moment, note, records, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from faceapp.service import Service
    from faceapp.types import Entry, EntryFilter

F = TypeVar("F", bound="Callable[..., Any]")


class LocalDate(click.ParamType[str]):
    """A local date as ``YYYY-MM-DD``, or ``today`` or ``yesterday``."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the date in its ISO form."""
        if value in ("today", "yesterday"):
            back = timedelta(days=value == "yesterday")
            return (_today(ctx) - back).isoformat()
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no date like 2026-01-31, today or yesterday.", param, ctx)


def filter_options(command: F) -> F:
    """Add the options that choose entries."""
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
        command = option(command)
    return command


@click.command()
@filter_options
@json_option
@pass_desk
def entries(desk: Desk, /, as_json: bool, **chosen: str | None) -> None:
    """Show the entries, oldest first; struck ones with the reason."""
    wanted = _filter(chosen)
    with desk.service() as service:
        _refuse_unknown(service, wanted)
        if as_json:
            records(map(_as_json, service.iter_entries(wanted)))
            return
        rows = [_as_row(entry) for entry in service.iter_entries(wanted)]
    if rows:
        table(("Time", "ID", "Name", "Kind", "Camera", "Note"), rows)
    else:
        line("There are no such entries.")


@click.command()
@filter_options
@click.option(
    "--format",
    "kind",
    type=click.Choice(("csv", "xlsx")),
    help="Default: as the file's name says, else csv.",
)
@click.option(
    "--view",
    type=click.Choice(("entries", "days")),
    default="entries",
    show_default=True,
    help="Every entry, or one row per person and day.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=FileName(),
    required=True,
    metavar="FILE",
)
@pass_desk
def export(desk: Desk, /, kind: str | None, view: str, target: Path, **chosen: str | None) -> None:
    """Write the entries to FILE, as CSV or XLSX."""
    from faceapp.export import day_table, entry_table, write_csv, write_xlsx
    from faceapp.store.backup import refuse_database

    wanted = _filter(chosen)
    xlsx = kind == "xlsx" or (kind is None and target.suffix.lower() == ".xlsx")
    write = write_xlsx if xlsx else write_csv
    with desk.service() as service:
        refuse_database(target, desk.parts.paths.database)
        _refuse_unknown(service, wanted)
        if view == "days":
            rows = day_table(service.days(wanted))
        else:
            rows = entry_table(service.iter_entries(wanted))
        written = write(target, rows)
    if written is not None:
        line(written)
    if written != target:
        note("Another program holds the file that was asked for.")


def local_moment(entry: Entry) -> str:
    """The moment of an entry in its own local time, ISO 8601 with offset."""
    from datetime import timezone

    zone = timezone(timedelta(seconds=entry.utc_offset_s))
    return moment(entry.at.astimezone(zone))


def _refuse_unknown(service: Service, wanted: EntryFilter) -> None:
    """Take an ID that nobody has for a mistake, not for an empty answer; a group may be empty."""
    if wanted.person is None and wanted.group is None:
        return
    if service.count_entries(wanted):
        return
    if wanted.person is not None:
        service.person(wanted.person)
    if wanted.group is not None and wanted.group not in service.groups():
        note(f"Nobody is in the group {wanted.group}.")


def _filter(chosen: dict[str, str | None]) -> EntryFilter:
    from faceapp.service.identity import sought, sought_id
    from faceapp.types import EntryFilter

    first, last = chosen["from_date"], chosen["to_date"]
    if first and last and first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    person, group = chosen["person"], chosen["group"]
    who = None if person is None else sought_id(person)
    within = None if group is None else sought(group)
    return EntryFilter(from_date=first, to_date=last, person=who, group=within)


def _today(ctx: click.Context | None) -> date:
    desk = ctx.find_object(Desk) if ctx else None
    if desk is None:
        raise RuntimeError("dates are asked for below the group of commands only")
    return desk.parts.clock.now().astimezone().date()


def _as_json(entry: Entry) -> dict[str, object]:
    from faceapp.export import told_reason

    return {
        "id": entry.id,
        "person": entry.person,
        "name": entry.name,
        "at": local_moment(entry),
        "zone": entry.zone,
        "date": entry.local_date,
        "kind": entry.kind.value,
        "camera": entry.camera,
        "confirmation": entry.confirmation.value,
        "similarity": _rounded(entry.similarity),
        "threshold": _rounded(entry.threshold),
        "model": entry.model_id,
        "voided": told_reason(entry.voided_reason),
        "correction": told_reason(entry.correction_reason),
    }


def _as_row(entry: Entry) -> tuple[object, ...]:
    from faceapp.export import told_reason

    struck, added = told_reason(entry.voided_reason), told_reason(entry.correction_reason)
    by_hand = f"by hand: {added}" if added else ""
    return (
        local_moment(entry),
        entry.person,
        entry.name,
        entry.kind.value,
        entry.camera,
        f"struck: {struck}" if struck else by_hand,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
