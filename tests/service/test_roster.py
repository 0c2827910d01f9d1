from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.errors import PersonInvalid, RosterUnreadable
from faceapp.export.guard import guarded
from faceapp.service import (
    Roster,
    RosterRow,
    checked_person,
    parse_folder_name,
    read_roster,
    roster,
)
from faceapp.service.roster import MAX_BYTES
from faceapp.types import Person, PersonId


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("P01", ("P01", None)),
        ("P01 - Grace Okafor", ("P01", "Grace Okafor")),
        ("P01 - Anna - Maria", ("P01", "Anna - Maria")),
        ("Grace_Okafor_01", ("Grace_Okafor_01", None)),
        ("Grace-Okafor", ("Grace-Okafor", None)),
        ("Grace -Okafor", ("Grace -Okafor", None)),
        ("P01 -  Grace ", ("P01", "Grace")),
        ("\u200eP01\u00a0- Grace", ("P01", "Grace")),
        ("P01 - ", ("P01 -", None)),
        (" - Grace", ("- Grace", None)),
        ("07 – Grace", ("07 – Grace", None)),
        ("Zoe\u0308", ("Zoë", None)),
        ("ع١ - محمد", ("ع١", "محمد")),
    ],
)
def test_a_folder_says_who_is_in_it(name: str, expected: tuple[str, str | None]) -> None:
    assert parse_folder_name(name) == expected


@pytest.mark.parametrize("name", ["   ", "a" * 201, "a\tb", "P1 - a\nb", "forgotten-1 - X"])
def test_a_folder_that_names_nobody_is_refused(name: str) -> None:
    with pytest.raises(PersonInvalid):
        parse_folder_name(name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "roster.csv"


TEXT = "id,name,groups,folder\nP01,Zoë Müller,Class 3; Staff,one/two\nP02,,,\n"
ROWS = [
    RosterRow(Person(PersonId("P01"), "Zoë Müller", ("Class 3", "Staff")), "one/two", 2),
    RosterRow(Person(PersonId("P02"), "P02"), None, 3),
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_rosters_of_every_spreadsheet_are_read(
    path: Path, encoding: str, newline: str, delimiter: str
) -> None:
    text = TEXT.replace("Class 3; Staff", "Class 3|Staff").replace(",", delimiter)
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    assert read_roster(path) == Roster(ROWS)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_a_first_line_for_excel_names_what_stands_between_the_cells(
    path: Path, delimiter: str, encoding: str, newline: str
) -> None:
    text = f"sep={delimiter}\n" + TEXT.replace("Class 3; Staff", "Class 3/Staff").replace(
        ",", delimiter
    )
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    (first, second) = read_roster(path).rows
    assert (first.person.id, first.person.name, first.line) == ("P01", "Zoë Müller", 3)
    assert (second.person.id, second.line) == ("P02", 4)


def test_rows_that_a_spreadsheet_has_filled_up_are_read(path: Path) -> None:
    path.write_text("id,name,\nP01,Grace,,\nP02,Omar, ,\n,,,\n", "utf-8")
    rows = [
        RosterRow(Person(PersonId("P01"), "Grace"), None, 2),
        RosterRow(Person(PersonId("P02"), "Omar"), None, 3),
    ]
    assert read_roster(path) == Roster(rows)


def test_blanks_after_commas_do_not_matter(path: Path) -> None:
    path.write_text('id, name, groups, folder\nP01, "Okafor, Grace", "Class 3, Staff"\n', "utf-8")
    person = Person(PersonId("P01"), "Okafor, Grace", ("Class 3", "Staff"))
    assert read_roster(path) == Roster([RosterRow(person, None, 2)])


def test_columns_stand_in_any_order_and_others_are_ignored(path: Path) -> None:
    path.write_text('\n Name , e-mail,ID\n"Okafor, Grace",g@x,P01\n\n,,\nOmar,o@x,P02\n')
    rows = [
        RosterRow(Person(PersonId("P01"), "Okafor, Grace"), None, 3),
        RosterRow(Person(PersonId("P02"), "Omar"), None, 6),
    ]
    assert read_roster(path) == Roster(rows, unused=("e-mail",))


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b"", None, "no_rows"),
        (b"\n\n", None, "no_rows"),
        (b"id,name\n", None, "no_rows"),
        (b"name,groups\nGrace,a\n", 1, "no_id_column"),
        (b"id,id\nP01,P02\n", 1, "same_column_twice"),
        (b"id,name\nP01,Grace\n,Omar\n", 3, "empty"),
        (b"id,name\nP01,Grace\nP01,Omar\n", 3, "same_id_twice"),
        (b"id,name\nP01,Grace\np01,Omar\n", 3, "same_id_twice"),
        (b"id,name\nP01,Grace,extra\n", 2, "too_many_cells"),
        (b"id,name\nP01,Grace,,extra\n", 2, "too_many_cells"),
        (b"id,name\n" + b"x" * 201 + b",Grace\n", 2, "too_long"),
        (b'id,name\nP01,"Gra\nce"\n', 3, "control_character"),
        (b"id,name\nP01,Gra\x01ce\n", 2, "control_character"),
        (b"id,name\nforgotten-3,Grace\n", 2, "reserved"),
        (b'id,name\nP01,"Grace\n', 2, "not_csv"),
        (b'id,name\nP01,"Grace" Okafor\n', 2, "not_csv"),
        (b"id,name\nP01," + b"x" * 140_000 + b"\n", 2, "cell_too_long"),
        (b"id,folder\nP01,../../etc\n", 2, "folder_outside"),
        (b"id,folder\nP01,/etc\n", 2, "folder_outside"),
        (b"id,folder\nP01,C:\\Windows\n", 2, "folder_outside"),
        (b"id,folder\nP01,a\\..\\..\\b\n", 2, "folder_outside"),
        (b"id,name\nP01,\x81\x8d\n", None, "encoding"),
        (b"\xff\xfei\x00d\x00", None, "no_rows"),
        (b"sep=;\n", None, "no_rows"),
        (b"sep=;\nname;groups\n", 2, "no_id_column"),
        (b"\xff\xfei\x00d\x00\n", None, "encoding"),
        (bytes(range(256)) * 4, None, "encoding"),
    ],
)
def test_a_bad_roster_says_where_and_why(
    path: Path, content: bytes, line: int | None, why: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(RosterUnreadable) as caught:
        read_roster(path)
    details = caught.value.details
    assert (details["path"], details["line"], details["why"]) == (path, line, why)


def huge(path: Path) -> None:
    path.touch()
    os.truncate(path, MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("prepare", "why"),
    [(Path.resolve, "missing"), (Path.mkdir, "not_a_file"), (huge, "too_large")],
)
def test_what_is_no_file_or_huge_is_refused(
    path: Path, prepare: Callable[[Path], object], why: str
) -> None:
    prepare(path)
    with pytest.raises(RosterUnreadable, match=f"why={why}"):
        read_roster(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(RosterUnreadable, match="why=not_a_file"):
        read_roster(path)


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    """Draw people with names in the one form they are kept in."""
    drawn: dict[PersonId, Person] = {}
    for _ in range(draw(st.integers(1, 4))):
        texts = draw(st.tuples(st.text(max_size=30), st.text(max_size=30)))
        try:
            person = checked_person(Person(PersonId(texts[0]), texts[1]))
        except PersonInvalid:
            person = Person(PersonId("P01"), "Grace")
        drawn[person.id] = person
    return list(drawn.values())


@given(people())
def test_what_an_export_writes_a_roster_reads(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[Person]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["id", "name"])
    writer.writerows([guarded(person.id), guarded(person.name)] for person in wanted)
    path = tmp_path_factory.getbasetemp() / "round.csv"
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    assert [row.person for row in read_roster(path).rows] == wanted


def test_a_list_without_an_end_is_no_list_of_people(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "MAX_ROWS", 3)
    path.write_text("id\nP1\n\nP2\nP3\n", "utf-8")
    assert len(read_roster(path).rows) == 3
    path.write_text("id\nP1\n\nP2\nP3\nP4\n", "utf-8")
    with pytest.raises(RosterUnreadable, match="line=6, why=too_many_rows"):
        read_roster(path)
