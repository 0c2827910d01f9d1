"""``enroll``: one person from pictures, folders and videos."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faceapp.addresses import is_stream, public_address
from faceapp.cli.arguments import Name, json_option
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import count, line, progress
from faceapp.cli.stopping import one_by_one
from faceapp.errors import SourceUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from faceapp.cli.parts import CommandParts
    from faceapp.runtime.intake import Found, Looked


@click.command()
@click.argument("person", metavar="ID")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=Name())
@click.option("--name", metavar="NAME", help="Default: the ID.")
@click.option("--group", "groups", metavar="G", multiple=True, help="May be repeated.")
@click.option(
    "--allow-duplicate",
    is_flag=True,
    help="Enrol even if the face looks like somebody else's, or unlike the earlier samples.",
)
@click.option("--agreed", is_flag=True, help="Record that the person agreed to face recognition.")
@json_option
@pass_invocation
def enroll(  # noqa: PLR0913, PLR0917 - click passes one parameter per option
    invocation: Invocation,
    person: str,
    sources: tuple[str, ...],
    name: str | None,
    groups: tuple[str, ...],
    allow_duplicate: bool,
    agreed: bool,
    as_json: bool,
) -> None:
    """Enrol the person ID from pictures, folders or videos; add samples if ID is enrolled.

    Each picture should show this person only. Up to eight good, different samples are kept.
    """
    from faceapp.cli.enrolling import Enroller, keep_and_tell, note_what_stays
    from faceapp.cli.reports import Reporter, passed_over
    from faceapp.runtime.intake import files_in
    from faceapp.service import checked_person
    from faceapp.types import Person, PersonId

    _refuse_addresses(sources)
    wanted = checked_person(Person(PersonId(person), name or person, groups))
    settings, card = invocation.parts.settings, invocation.parts.card()
    with invocation.service() as service:
        odds = settings.stranger_odds
        enroller = Enroller(service, card, odds, agreed=agreed, allow_duplicate=allow_duplicate)
        found, reporter = files_in(map(Path, sources)), Reporter(as_json)
        looked = list(_look(invocation.parts, found))
        reporter.tell(passed_over(found.others, wanted.id))
        keep_and_tell(enroller, wanted, looked, reporter.tell)
        kept = service.person(wanted.id)
        samples = len(service.templates(wanted.id))
        note_what_stays(kept, wanted.name if name else None, wanted.groups)
    if not as_json:
        line(f"{kept.name} ({kept.id}) is enrolled with {count(samples, 'sample', 'samples')}.")


def _refuse_addresses(sources: Iterable[str]) -> None:
    """Raise UsageError for a camera's address; treated as a file, it would show its password."""
    for source in sources:
        public = public_address(source)
        if is_stream(source) or (public != source and not os.path.lexists(source)):
            raise click.UsageError(
                f"{public} is the address of a camera. Enrol people from files, or in the window."
            )


def _look(parts: CommandParts, found: Found) -> Iterator[Looked]:
    from faceapp.runtime.intake import Looked, look_at_files

    for folder in found.bare:
        yield Looked(folder, (), SourceUnreadable(source=folder, why="no_pictures"))
    build = partial(parts.build_pipeline, parts.settings)
    open_video = partial(parts.open_camera, live=False)
    with progress(len(found.files), "Looking at files") as step:
        for looked in one_by_one(look_at_files(found.files, build, open_video)):
            if looked is not None:
                yield looked
                step()
