"""The people: ``list``, ``show``, ``add``, ``change-groups``, ``rename``, ``forget`` and more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from faceapp.cli.arguments import Name, Topics, json_option, refuse_unknown_group
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import confirm, count, line, moment, note, record, records, table
from faceapp.cli.stopping import uninterrupted
from faceapp.ui.parts import model_in_use

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from faceapp.service import Service
    from faceapp.types import PersonId, PersonSummary, Template

_HEADINGS = ("ID", "Name", "Groups", "Samples", "Weakest", "Enrolled", "Agreed", "Last seen")
# A question names this many people at most: the others are counted in one of the places.
_MOST_NAMED = 5


@click.group(cls=Topics, invoke_without_command=True)
@json_option
@click.pass_context
def people(ctx: click.Context, as_json: bool) -> None:
    """Show, add, rename or forget people; change their groups; drop agreements."""
    # So "people --json list" works too.
    ctx.default_map = {name: {"as_json": as_json} for name in ("list", "show")}
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_people, as_json=as_json)


@people.command("list")
@json_option
@pass_invocation
def list_people(invocation: Invocation, as_json: bool) -> None:
    """Show everybody: name, ID, groups, samples, when enrolled, agreed and last seen."""
    with invocation.reading() as service:
        everybody = service.people(model_in_use(invocation.parts))
    if as_json:
        records(map(_as_json, everybody))
    elif everybody:
        table(_HEADINGS, [_as_row(summary) for summary in everybody])
    else:
        line('Nobody is enrolled yet. Start with "faceapp enroll" or "faceapp import".')


@people.command()
@click.argument("person", metavar="ID")
@json_option
@pass_invocation
def show(invocation: Invocation, person: PersonId, as_json: bool) -> None:
    """Show what is stored about the person ID, but not the entries: see "faceapp entries"."""
    with invocation.reading() as service, service.at_one_moment():
        known = service.person(person).id
        (summary,) = (
            row for row in service.people(model_in_use(invocation.parts)) if row.person.id == known
        )
        samples = service.templates(known)
    if as_json:
        record(**_as_json(summary), samples=list(map(_sample_as_json, samples)))
        return
    table(_HEADINGS, [_as_row(summary)])
    if samples:
        line("")
        table(
            ("Made", "Source", "Model", "Quality"),
            [
                (_day(one.created_at), one.source, one.model_id, f"{one.quality:.2f}")
                for one in samples
            ],
        )


@people.command()
@click.argument("person", metavar="ID")
@click.option("--name", metavar="NAME", help="Default: the ID.")
@click.option("--group", "groups", metavar="G", multiple=True, help="May be repeated.")
@pass_invocation
def add(
    invocation: Invocation, person: PersonId, name: str | None, groups: tuple[str, ...]
) -> None:
    """Add the person ID without a face. Their entries are added by hand in the window.

    To enrol somebody with a face, use "faceapp enroll".
    """
    from faceapp.types import Person

    with invocation.service() as service:
        service.add_person(Person(person, name or person, groups))
        added = service.person(person)
    line(f"{added.id} ({added.name}) was added and will not be recognized by face.")


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
    """Change the name of the person ID to NAME."""
    if groups and no_groups:
        raise click.UsageError("Use either --group or --no-groups, not both.")
    with invocation.existing() as service:
        service.edit_person(person, name, groups if groups or no_groups else None)
        renamed = service.person(person)
    line(f"{renamed.id} is now {renamed.name}.")


@people.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--group", type=Name(), metavar="G", help="Everybody in this group.")
@click.option(
    "--remove",
    "leave",
    type=Name(),
    metavar="G",
    multiple=True,
    help="Take them out of this group; may be repeated.",
)
@click.option(
    "--add",
    "join",
    type=Name(),
    metavar="G",
    multiple=True,
    help="Put them into this group, which may be new; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Only show whose groups would change, and how.")
@pass_invocation
def change_groups(
    invocation: Invocation, ids: tuple[PersonId, ...], group: str | None,
    leave: tuple[str, ...], join: tuple[str, ...], dry_run: bool,
) -> None:  # fmt: skip
    """Change the groups of these people, all of them or none.

    Shows the former and the new groups of everybody whose groups change.
    """
    from faceapp.service import regrouped
    from faceapp.service.identity import sought

    _refuse_nobody(ids, group)
    left = list(map(sought, leave))
    if not left and not join:
        raise click.UsageError("Give at least one --add or --remove.")
    if not set(left).isdisjoint(map(sought, join)):
        raise click.UsageError("A group can be added or removed, not both.")
    with invocation.existing() as service:
        for one in left:
            refuse_unknown_group(service, one)
        chosen = {row.person.id: row.person.name for row in _chosen(service, ids, group)}
        if dry_run:
            everybody = [row.person for row in service.people()]
            changed = regrouped(everybody, chosen.keys(), join, left)
        else:
            changed = service.change_groups(chosen, join=join, leave=left)
    if not changed:
        note("Nobody's groups change.")
        return
    rows = [
        (one.person, chosen[one.person], ", ".join(one.former), ", ".join(one.groups))
        for one in changed
    ]
    table(("ID", "Name", "Former groups", "New groups"), rows)
    if not dry_run:
        line(f"Changed: the groups of {count(len(changed), 'person', 'people')}.")


@people.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--group", type=Name(), metavar="G", help="Everybody in this group.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@pass_invocation
def forget(invocation: Invocation, ids: tuple[PersonId, ...], group: str | None, yes: bool) -> None:
    """Delete these people for good, all of them or none.

    Their names, IDs, groups and face samples go. Entries stay, without the names.
    """
    _refuse_nobody(ids, group)
    with invocation.existing() as service:
        chosen = _chosen(service, ids, group)
        if not yes:
            confirm(_forget_question(chosen))
        alone = chosen[0].person.id if len(chosen) == 1 else None
        with uninterrupted():  # or "Stopped" could be all that is said of a thing done
            service.forget(*(row.person.id for row in chosen))
            line(f"{alone} is forgotten." if alone else f"{len(chosen)} people are forgotten.")
        traces, former = service.traces_left(), service.former_databases()
    if traces:
        line(
            "The database is in use or the disk is full, so the last traces are still in the file. "
            "The app keeps trying to remove them."
        )
    for path in former:
        note(f"{path} was kept by a restore and may still contain {alone or 'them'}. Delete it.")


@people.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--group", type=Name(), metavar="G", help="Everybody in this group.")
@click.option("--dry-run", is_flag=True, help="Only show whose agreement would be deleted.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@pass_invocation
def drop_agreement(
    invocation: Invocation, ids: tuple[PersonId, ...], group: str | None, dry_run: bool, yes: bool
) -> None:
    """Delete a record, made by mistake, that these people agreed to face recognition.

    If somebody withdraws their agreement, forget them ("faceapp forget"); otherwise their face
    samples stay.
    """
    _refuse_nobody(ids, group)
    with invocation.existing() as service:
        chosen = _chosen(service, ids, group)
        agreed = [row for row in chosen if row.agreed_at is not None]
        if len(agreed) < len(chosen):
            without = ", ".join(row.person.id for row in chosen if row.agreed_at is None)
            note(f"No agreement is recorded for {without}.")
        if not agreed:
            return
        rows = [(row.person.id, row.person.name, _day(row.agreed_at)) for row in agreed]
        table(("ID", "Name", "Agreed"), rows)
        if dry_run:
            return
        agreements = count(len(agreed), "recorded agreement", "recorded agreements")
        if not yes:
            confirm(f"Delete {agreements}? The face samples stay.")
        service.drop_agreements(row.person.id for row in agreed)
    line(f"Deleted: {agreements}.")


def _refuse_nobody(ids: Sequence[PersonId], group: str | None) -> None:
    if not ids and group is None:
        raise click.UsageError("Give at least one ID, or a --group.")


def _forget_question(chosen: Sequence[PersonSummary]) -> str:
    """Ask whether to forget these people, some of them by name."""
    who = [f"{row.person.name} ({row.person.id})" for row in chosen]
    samples = count(sum(row.templates for row in chosen), "face sample", "face samples")
    if len(who) == 1:
        return (
            f"Forget {who[0]}? The name, the ID, the groups and {samples} will be deleted for "
            "good; entries stay without the name."
        )
    if len(who) > _MOST_NAMED:
        who[_MOST_NAMED - 1 :] = [f"{len(who) - _MOST_NAMED + 1} others"]
    return (
        f"Forget {len(chosen)} people: {', '.join(who)}? The names, the IDs, the groups and "
        f"{samples} will be deleted for good; entries stay without the names."
    )


def _chosen(service: Service, ids: Sequence[PersonId], group: str | None) -> list[PersonSummary]:
    """Return the people with these IDs or in the group. Raises UnknownPerson, Failed."""
    from faceapp.service.identity import sought

    wanted = {service.person(person).id for person in ids}
    within = None if group is None else sought(group)
    if within is not None:
        refuse_unknown_group(service, within)
    everybody = service.people()
    return [row for row in everybody if row.person.id in wanted or within in row.person.groups]


def _as_json(summary: PersonSummary) -> dict[str, object]:
    seen = summary.last_seen_at
    return {
        "id": summary.person.id,
        "name": summary.person.name,
        "groups": list(summary.person.groups),
        "templates": summary.templates,
        "usable": summary.usable,
        "weakest": None if summary.weakest is None else round(summary.weakest, 3),
        "enrolled_at": moment(summary.enrolled_at),
        "agreed_at": moment(summary.agreed_at) if summary.agreed_at else None,
        "last_seen_at": moment(seen) if seen else None,
    }


def _sample_as_json(template: Template) -> dict[str, object]:
    return {
        "made_at": moment(template.created_at),
        "source": template.source,
        "model": template.model_id,
        "quality": round(template.quality, 3),
    }


def _as_row(summary: PersonSummary) -> tuple[object, ...]:
    seen = summary.last_seen_at
    return (
        summary.person.id,
        summary.person.name,
        ", ".join(summary.person.groups),
        _samples(summary),
        "" if summary.weakest is None else f"{summary.weakest:.2f}",
        _day(summary.enrolled_at),
        _day(summary.agreed_at),
        f"{seen.astimezone():%Y-%m-%d %H:%M}" if seen else "",
    )


def _samples(summary: PersonSummary) -> str:
    if summary.usable == summary.templates:
        return str(summary.usable)
    return f"{summary.usable} of {summary.templates} usable"


def _day(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d}" if at else ""
