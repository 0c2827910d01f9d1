"""Reads who people are from a roster (CSV) or from the names of folders.

Rosters come from spreadsheets: UTF-8 with or without a byte order mark, UTF-16 or the old Windows
code page, with commas, semicolons or tabs. A roster is accepted as a whole or not at all.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from faceapp.errors import PersonInvalid, RosterUnreadable
from faceapp.export.guard import without_guard
from faceapp.service.identity import checked_groups, checked_id, checked_name, visible
from faceapp.types import Person, PersonId

MAX_BYTES = 25 * 2**20
MAX_ROWS = 100_000
"""This many are read within seconds; a longer file is not a list of people."""
COLUMNS = ("id", "name", "groups", "folder")
_GROUP_BREAKS = re.compile("[;|,]")
_TOLD_DELIMITER = re.compile(r'sep=([^"\r\n])[\r\n]', re.IGNORECASE)
"""A first line by which some programs tell Excel what stands between the cells."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster; ``folder`` (relative; None: named like the ID) has the pictures."""

    person: Person
    folder: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a roster, and the headings of columns that are not used."""

    rows: list[RosterRow]
    unused: tuple[str, ...] = ()


def parse_folder_name(name: str) -> tuple[PersonId, str | None]:
    """Split ``ID - Name``; anything else, underscores included, is the ID alone.

    Raises PersonInvalid.
    """
    left, dash, right = visible(name).partition(" - ")
    if dash and left.strip() and right.strip():
        return checked_id(left), checked_name(right)
    return checked_id(name), None


def read_roster(path: Path) -> Roster:
    """Read a roster with the column ``id`` and optionally ``name``, ``groups``, ``folder``.

    Without a name, the ID is the name. Groups are in one cell, separated by ``;``, ``|`` or ``,``.
    Spreadsheets fill rows up with empty cells; those beyond the last column are left out.
    Raises RosterUnreadable with ``line`` (None: the whole file) and ``why``: ``missing``,
    ``not_a_file``, ``unreadable``, ``too_large``, ``encoding``, ``not_csv``, ``cell_too_long``,
    ``no_rows``, ``too_many_rows``, ``no_id_column``, ``same_column_twice``, ``too_many_cells``,
    ``same_id_twice``, ``folder_outside``, or that of PersonInvalid with its ``field``.
    """
    roster = _parsed(path, _text(path))
    if not roster.rows:
        raise RosterUnreadable(path=path, line=None, why="no_rows")
    return roster


def _text(path: Path) -> str:
    try:
        if not path.is_file():  # a pipe or a device may never end
            why = "not_a_file" if path.exists() else "missing"
            raise RosterUnreadable(path=path, line=None, why=why)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RosterUnreadable(path=path, line=None, why="unreadable") from error
    if len(data) > MAX_BYTES:
        raise RosterUnreadable(path=path, line=None, why="too_large")
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RosterUnreadable(path=path, line=None, why="encoding")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in data[:200]:
        # UTF-16 without a byte order mark: in Latin text every second byte is zero.
        return ("utf-16-le",) if data[1:2] == b"\0" else ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _parsed(path: Path, text: str) -> Roster:
    lines = _lines(path, text)
    heading = next(lines, None)
    if heading is None:
        return Roster([])
    columns = _columns(path, *heading)
    headings = (cell.strip() for cell in heading[1])
    unused = tuple(one for one in headings if one and one.casefold() not in COLUMNS)
    rows: dict[str, RosterRow] = {}
    for line, cells in lines:
        if len(rows) == MAX_ROWS:
            raise RosterUnreadable(path=path, line=line, why="too_many_rows")
        row = _row(path, line, columns, cells)
        if row.person.id.casefold() in rows:
            raise RosterUnreadable(path=path, line=line, why="same_id_twice")
        rows[row.person.id.casefold()] = row
    return Roster(list(rows.values()), unused)


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that is not blank, with the line's number."""
    told = _TOLD_DELIMITER.match(text)
    delimiter = told[1] if told else _delimiter(text)
    file = io.StringIO(text, newline="")
    # People who type a CSV file put a blank after each comma, also before a quotation mark.
    reader = csv.reader(file, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (told and reader.line_num == 1):
                yield reader.line_num, cells
    except csv.Error as error:
        # The only one of these errors that a valid CSV file can cause.
        why = "cell_too_long" if "field limit" in str(error) else "not_csv"
        raise RosterUnreadable(path=path, line=reader.line_num, why=why) from error


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=header.count)


def _columns(path: Path, line: int, cells: list[str]) -> list[str]:
    columns = [cell.strip().casefold() for cell in cells]
    if "id" not in columns:
        raise RosterUnreadable(path=path, line=line, why="no_id_column")
    if any(columns.count(column) > 1 for column in COLUMNS):
        raise RosterUnreadable(path=path, line=line, why="same_column_twice")
    return columns


def _row(path: Path, line: int, columns: list[str], cells: list[str]) -> RosterRow:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise RosterUnreadable(path=path, line=line, why="too_many_cells")
    found = dict(zip(columns, (without_guard(cell.strip()) for cell in cells), strict=False))
    try:
        person_id = checked_id(found.get("id", ""))
        name = checked_name(found.get("name") or person_id)
        parts = _GROUP_BREAKS.split(found.get("groups", ""))
        groups = checked_groups(part for part in parts if part.strip())
    except PersonInvalid as error:
        raise RosterUnreadable(path=path, line=line, **error.details) from error
    folder = found.get("folder") or None
    if folder is not None and not _stays_inside(folder):
        raise RosterUnreadable(path=path, line=line, why="folder_outside")
    return RosterRow(Person(person_id, name, groups), folder, line)


def _stays_inside(folder: str) -> bool:
    for path in (PurePosixPath(folder), PureWindowsPath(folder)):
        if path.is_absolute() or path.drive or path.root or ".." in path.parts:
            return False
    return "\0" not in folder
