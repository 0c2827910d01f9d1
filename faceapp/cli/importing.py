"""How ``import`` finds out whose pictures are where, and enrols one person after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from faceapp.camera.pictures import pictures_and_others
from faceapp.cli.enrolling import NOT_KEPT, Enroller, keep_and_tell, note_what_stays
from faceapp.cli.reports import Outcome, Report, passed_over, refused
from faceapp.cli.say import progress
from faceapp.cli.stopping import one_by_one
from faceapp.errors import ImportError_, PersonInvalid, PictureUnreadable
from faceapp.paths import is_folder
from faceapp.runtime.intake import Looked, look_at_picture
from faceapp.runtime.parallel import ordered_map
from faceapp.service import parse_folder_name
from faceapp.types import Person, PersonId

if TYPE_CHECKING:
    from faceapp.cli.parts import CommandParts
    from faceapp.service import RosterRow


@dataclass(frozen=True, slots=True)
class Job:
    """One person and the pictures in their folder."""

    person: Person
    pictures: tuple[Path, ...]


class Plan:
    """Whom to enrol from which pictures, and which files of the folder belong to nobody."""

    def __init__(self, folder: Path, rows: Sequence[RosterRow]) -> None:
        self.people: list[Job] = []
        self.oddities: list[Report] = []
        self._folder = folder
        self._rows = {row.person.id: row for row in rows}
        self._listed: dict[Path, dict[str, Path]] = {}
        self._by_folder = {self._on_disk(row.folder): row for row in rows if row.folder}
        holders = {holder for path in self._by_folder for holder in path.parents} - {folder}
        done: set[PersonId] = set()
        for path in self._within(folder, holders - self._by_folder.keys()):
            person = self._person_of(path)
            if person is None:
                continue
            if person.id in done:
                words = f"another folder also has the ID {person.id}"
                twice = Report(path, person.id, Outcome.ERROR, reason="same_id_twice", words=words)
                self.oddities.append(twice)
            else:
                done.add(person.id)
                self._add(person, path)
        for row in rows:
            if row.person.id not in done:
                self._add_row(row)

    def _within(self, folder: Path, holders: set[Path]) -> Iterator[Path]:
        """Yield the contents of ``folder``, and those of ``holders`` in place of these folders.

        ``holders`` belong to nobody themselves. Raises PictureUnreadable if ``folder`` cannot be
        listed.
        """
        for path in _visible(folder):
            if path in holders and is_folder(path):
                try:
                    yield from self._within(path, holders)
                except PictureUnreadable as error:
                    self.oddities.append(refused(path, None, error))
            else:
                yield path

    def _belongs(self, picture: Path, folder: Path) -> bool:
        """Return whether a picture below ``folder`` is in no other person's folder within it."""
        inner = picture.relative_to(folder).parents
        return self._by_folder.keys().isdisjoint(folder / part for part in inner if part.parts)

    def _person_of(self, path: Path) -> Person | None:
        """Return the person whose folder ``path`` is; None, and a report, if there is none."""
        if not is_folder(path):
            if path.suffix.lower() != ".csv":
                self.oddities.append(Report(path, None, Outcome.SKIPPED, reason="not_in_a_folder"))
            return None
        if path in self._by_folder:
            return self._by_folder[path].person
        try:
            person_id, name = parse_folder_name(path.name)
        except PersonInvalid as error:
            self.oddities.append(replace(refused(path, None, error), outcome=Outcome.ERROR))
            return None
        row = self._rows.get(person_id)
        if row is None:
            return Person(person_id, name or person_id)
        if row.folder is None:
            return row.person
        self.oddities.append(Report(path, person_id, Outcome.SKIPPED, reason="other_folder"))
        return None

    def _add_row(self, row: RosterRow) -> None:
        """Add a roster's folder that is nested deeper, or report that there is none."""
        path = self._on_disk(row.folder or row.person.id)
        if is_folder(path):
            self._add(row.person, path)
        else:
            self.oddities.append(Report(path, row.person.id, Outcome.ERROR, reason="no_folder"))

    def _on_disk(self, inner: str) -> Path:
        """Find the folder that a roster names; on disk its accents may be encoded differently."""
        path = self._folder
        for part in Path(inner).parts:
            if path not in self._listed:
                self._listed[path] = _listed(path)
            names = self._listed[path]
            path = names.get(part) or names.get(normalize("NFC", part)) or path / part
        return path

    def _add(self, person: Person, path: Path) -> None:
        try:
            found, beside = pictures_and_others(path)
        except ImportError_ as error:
            self.oddities.append(refused(path, person.id, error))
            return
        pictures = tuple(one for one in found if self._belongs(one, path))
        others = (one for one in beside if self._belongs(one, path))
        self.oddities.extend(passed_over(others, person.id))
        if pictures:
            self.people.append(Job(person, pictures))
        else:
            self.oddities.append(Report(path, person.id, Outcome.ERROR, reason="no_pictures"))


def _visible(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise PictureUnreadable(path=folder, why="unreadable") from error


def _listed(folder: Path) -> dict[str, Path]:
    """Map names to the files of a folder, both as they are on disk and as rosters spell them."""
    try:
        found = sorted(folder.iterdir())
    except OSError:  # missing or unreadable: reported where it is used
        return {}
    return {normalize("NFC", one.name): one for one in found} | {one.name: one for one in found}


def enrol_all(
    parts: CommandParts,
    enroller: Enroller,
    jobs: Sequence[Job],
    tell: Callable[[Iterable[Report]], None],
) -> tuple[int, int]:
    """Enrol each job's person as soon as all pictures have been looked at.

    Returns how many were enrolled and how many could not be.
    """
    left = []
    for job in jobs:
        if enroller.is_complete(job.person.id):
            kept, named = enroller.leave(job.person.id), job.person.name != job.person.id
            note_what_stays(kept, job.person.name if named else None, job.person.groups)
            tell(
                Report(path, job.person.id, Outcome.SKIPPED, reason="already_there")
                for path in job.pictures
            )
        else:
            left.append(job)
    people = left_out = 0
    for job, looked in _look(parts, left):
        try:
            keep_and_tell(enroller, job.person, looked, tell)
            people += 1
        except NOT_KEPT:
            # One person's bad file must not stop this import and every later one.
            left_out += 1
    return people, left_out


def _look(parts: CommandParts, jobs: Sequence[Job]) -> Iterator[tuple[Job, list[Looked]]]:
    """Look at all pictures on all cores; yield each job when its last picture is done."""
    items = [(at, path) for at, job in enumerate(jobs) for path in job.pictures]
    build = partial(parts.build_pipeline, parts.settings)
    answers = ordered_map(build, lambda tool, item: look_at_picture(tool, item[1]), items)
    with progress(len(items), "Looking at pictures", beside_lines=True) as step:
        for at, group in groupby(one_by_one(answers), key=lambda answer: answer[0][0]):
            looked = []
            for _, one in group:
                looked.append(one)
                step()
            yield jobs[at], looked
