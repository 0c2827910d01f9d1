"""``enroll``: one person from pictures, folders and videos."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from faceapp.cli.parts import Desk, Name, pass_desk
from faceapp.cli.people import json_option
from faceapp.cli.say import line, progress
from faceapp.errors import CameraError, EnrolmentError, SourceUnreadable
from faceapp.paths import is_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from faceapp.cli.enrolling import Enroller
    from faceapp.cli.parts import Parts
    from faceapp.cli.reports import Reporter
    from faceapp.runtime.intake import Looked
    from faceapp.types import Person


class _Who(TypedDict):
    name: str | None
    groups: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """What lies in the sources: every file to look at once, others, and folders without any."""

    files: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    bare: list[Path] = field(default_factory=list)


@click.command()
@click.argument("person", metavar="ID")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=Name())
@click.option("--name", metavar="NAME", help="Default: the ID.")
@click.option("--group", "groups", metavar="G", multiple=True, help="May be repeated.")
@click.option(
    "--allow-duplicate",
    is_flag=True,
    help="Enrol although the face looks like somebody else's, or unlike the person's so far.",
)
@click.option("--agreed", is_flag=True, help="Record that the person agreed to face recognition.")
@json_option
@pass_desk
def enroll(
    desk: Desk,
    /,
    person: str,
    sources: tuple[str, ...],
    allow_duplicate: bool,
    agreed: bool,
    as_json: bool,
    **who: Unpack[_Who],
) -> None:
    """Enrol the person ID from pictures, folders or videos; more samples if ID is enrolled.

    Each picture should show this person only. Up to eight good and different samples are kept.
    """
    from faceapp.cli.enrolling import Enroller, note_what_stays
    from faceapp.cli.reports import Reporter, passed_over
    from faceapp.service import checked_person
    from faceapp.types import Person, PersonId

    wanted = checked_person(Person(PersonId(person), who["name"] or person, who["groups"]))
    settings, card = desk.parts.settings, desk.parts.card()
    with desk.service() as service:
        odds = settings.stranger_odds
        enroller = Enroller(service, card, odds, agreed=agreed, allow_duplicate=allow_duplicate)
        found, reporter = _found(map(Path, sources)), Reporter(as_json)
        looked = list(_look(desk.parts, found))
        reporter.tell(passed_over(found.others, wanted.id))
        _keep(enroller, wanted, looked, reporter)
        kept = service.person(wanted.id)
        samples = len(service.templates(wanted.id))
        note_what_stays(kept, wanted.name if who["name"] else None, wanted.groups)
    if not as_json:
        line(f"{kept.name} ({kept.id}) is enrolled with {samples} samples.")


def _keep(enroller: Enroller, person: Person, looked: Sequence[Looked], reporter: Reporter) -> None:
    from faceapp.cli.enrolling import all_refused

    try:
        reporter.tell(enroller.keep(person, looked))
    except EnrolmentError as error:
        reporter.tell(all_refused(person.id, looked, error))
        raise


def _look(parts: Parts, found: _Found) -> Iterator[Looked]:
    """Look at every file, pictures on all cores first, then videos."""
    from contextlib import closing

    from faceapp.runtime.intake import Looked, look_at_pictures, look_at_video

    for folder in found.bare:
        yield Looked(folder, (), SourceUnreadable(source=folder, why="no_pictures"))
    videos = [path for path in found.files if _is_video(path)]
    pictures = [path for path in found.files if path not in videos]
    build = partial(parts.build_pipeline, parts.settings)
    with progress(len(found.files), "Looking at files") as step:
        for looked in look_at_pictures(pictures, build):
            yield looked
            step()
        if videos:
            with closing(build()) as pipeline:
                for path in videos:
                    yield look_at_video(
                        pipeline, path, lambda source: parts.open_camera(source, live=False)
                    )
                    step()


def _found(sources: Iterable[Path]) -> _Found:
    """List the sources, of folders the pictures to look at. Raises PictureUnreadable."""
    from faceapp.camera.pictures import pictures_and_others

    found = _Found()
    for source in sources:
        if not is_folder(source):
            found.files.append(source)
            continue
        pictures, others = pictures_and_others(source)
        found.files += pictures
        found.others += others
        if not pictures:
            found.bare.append(source)
    found.files = list(dict.fromkeys(found.files))
    return found


def _is_video(path: Path) -> bool:
    """Tell whether to look at more than one frame; whoever reads a bad file says what is wrong."""
    from faceapp.camera.source import SourceKind, kind_of

    try:
        return kind_of(str(path)) is SourceKind.VIDEO
    except CameraError:
        return False
