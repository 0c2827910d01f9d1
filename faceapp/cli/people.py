"""The gallery: ``people``, ``people list``, ``add``, ``rename`` and ``forget``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from faceapp.cli.parts import Invocation, json_option, pass_invocation
from faceapp.cli.say import count, line, moment, note, records, table
from faceapp.messages import printable

if TYPE_CHECKING:
    from faceapp.types import PersonId, PersonSummary


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def people(ctx: click.Context, as_json: bool) -> None:
    """Show who there is; add, rename or forget somebody."""
    ctx.default_map = {"list": {"as_json": as_json}}  # "people --json list" means it as well
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_people, as_json=as_json)


@people.command("list")
@json_option
@pass_invocation
def list_people(invocation: Invocation, as_json: bool) -> None:
    """Show everybody: name, ID, groups, samples, when enrolled, agreed and last seen."""
    with invocation.service() as service:
        everybody = service.people()
    if as_json:
        records(map(_as_json, everybody))
    elif everybody:
        headings = ("ID", "Name", "Groups", "Samples", "Weakest", "Enrolled", "Agreed", "Last seen")
        table(headings, [_as_row(summary) for summary in everybody])
    else:
        line('Nobody is enrolled yet. Begin with "faceapp enroll" or "faceapp import".')


@people.command()
@click.argument("person", metavar="ID")
@click.option("--name", metavar="NAME", help="Default: the ID.")
@click.option("--group", "groups", metavar="G", multiple=True, help="May be repeated.")
@pass_invocation
def add(
    invocation: Invocation, person: PersonId, name: str | None, groups: tuple[str, ...]
) -> None:
    """Add the person ID without a face, whose entries are made by hand in the window.

    With a face: "faceapp enroll".
    """
    from faceapp.types import Person

    with invocation.service() as service:
        service.add_person(Person(person, name or person, groups))
        added = service.person(person)
    line(f"{added.id} ({added.name}) is added and will not be recognized by face.")


@people.command()
@click.argument("person", metavar="ID")
@click.argument("name")
@click.option(
    "--group", "groups", metavar="G", multiple=True, help="Replace the groups; may be repeated."
)
@click.option("--no-groups", is_flag=True, help="Take the person out of all groups.")
@pass_invocation
def rename(
    invocation: Invocation, person: PersonId, name: str, groups: tuple[str, ...], no_groups: bool
) -> None:
    """Give the person ID another NAME."""
    if groups and no_groups:
        raise click.UsageError("--group and --no-groups contradict each other.")
    with invocation.service() as service:
        service.rename(person, name, groups if groups or no_groups else None)
        renamed = service.person(person)
    line(f"{renamed.id} is now {renamed.name}.")


@people.command()
@click.argument("person", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_invocation
def forget(invocation: Invocation, person: PersonId, yes: bool) -> None:
    """Delete name, ID, groups and face samples of ID for good. Entries stay, without the name."""
    with invocation.service() as service:
        known = service.person(person)
        if not yes:
            samples = len(service.templates(person))
            question = (
                f"Forget {known.name} ({known.id})? The name, the ID, the groups and "
                f"{count(samples, 'face sample', 'face samples')} are deleted for good; "
                "entries stay without the name."
            )
            click.confirm(printable(question), abort=True)
        service.forget(person)
        traces, former = service.traces_left(), service.former_databases()
    line(f"{known.id} is forgotten.")
    if traces:
        line("The file is cleaned of the last traces as soon as no other program reads it.")
    for path in former:
        note(f"Kept by a restore, and may hold {known.id}: {path}. Delete it.")


def _as_json(summary: PersonSummary) -> dict[str, object]:
    seen = summary.last_seen_at
    return {
        "id": summary.person.id,
        "name": summary.person.name,
        "groups": list(summary.person.groups),
        "templates": summary.templates,
        "weakest": None if summary.weakest is None else round(summary.weakest, 3),
        "enrolled_at": moment(summary.enrolled_at),
        "agreed_at": moment(summary.agreed_at) if summary.agreed_at else None,
        "last_seen_at": moment(seen) if seen else None,
    }


def _as_row(summary: PersonSummary) -> tuple[object, ...]:
    seen, agreed = summary.last_seen_at, summary.agreed_at
    return (
        summary.person.id,
        summary.person.name,
        ", ".join(summary.person.groups),
        summary.templates,
        "" if summary.weakest is None else f"{summary.weakest:.2f}",
        f"{summary.enrolled_at.astimezone():%Y-%m-%d}",
        f"{agreed.astimezone():%Y-%m-%d}" if agreed else "",
        f"{seen.astimezone():%Y-%m-%d %H:%M}" if seen else "",
    )
