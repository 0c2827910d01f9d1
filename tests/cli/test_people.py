from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest

from faceapp.app import open_parts
from faceapp.service import Service
from faceapp.types import Person, PersonId
from tests.cli.conftest import Run, error_line, json_lines
from tests.helpers.data import GRACE, OMAR, sample
from tests.helpers.signals import heard


@pytest.fixture
def two_people(service: Service) -> None:
    service.enrol(GRACE, [sample(1), sample(2)])
    service.enrol(OMAR, [sample(3)])


@pytest.fixture
def all_agreed(two_people: None, service: Service) -> None:
    for person in (GRACE, OMAR):
        service.record_agreement(person.id)


def names(service: Service) -> dict[str, str]:
    return {row.person.id: row.person.name for row in service.people()}


def agreed(service: Service) -> set[str]:
    return {row.person.id for row in service.people() if row.agreed_at is not None}


def test_a_list_of_nobody_says_so(run: Run) -> None:
    result = run("people")
    assert result.exit_code == 0
    assert "Nobody is enrolled yet" in result.stdout
    assert run("people", "--json").stdout == ""


def test_somebody_is_added_without_a_face(run: Run, service: Service) -> None:
    done = run("people", "add", "P07", "--name", "Grace Okafor", "--group", "Staff")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Grace Okafor" in done.stdout
    (row,) = service.people()
    assert row.person == Person(PersonId("P07"), "Grace Okafor", ("Staff",))
    assert (row.templates, row.agreed_at) == (0, None)
    assert error_line(run("people", "add", "P07")) == (
        "faceapp: The ID P07 is already taken. Choose another ID, or add samples to that person.\n"
    )
    assert run("people", "add", "P08").exit_code == 0
    assert names(service)["P08"] == "P08"


@pytest.mark.usefixtures("two_people")
def test_the_list_is_a_table(run: Run) -> None:
    lines = run("people", "list").stdout.splitlines()
    assert lines[0].split() == [
        "ID", "Name", "Groups", "Samples", "Weakest", "Enrolled", "Agreed", "Last", "seen",
    ]  # fmt: skip
    assert lines[1].startswith("P01  Grace Okafor  Class 3")
    assert lines[2].startswith("P02  Omar Haddad")
    assert lines == run("people").stdout.splitlines()


def test_the_columns_of_a_table_stand_below_each_other_in_every_script(
    run: Run, service: Service
) -> None:
    widths = {"สมชาย ใจดี": 9, "김민준": 6, "مُحَمَّد": 4, "می\u200cبینم": 6, "Zoë": 3}
    for number, name in enumerate(widths):
        service.add_person(Person(PersonId(f"P{number}"), name, ("Staff",)))
    lines = sorted(run("people").stdout.splitlines()[1:])  # by ID
    for line, (name, width) in zip(lines, widths.items(), strict=True):
        assert f"  {name}{' ' * (11 - width)}Staff  " in line


@pytest.mark.usefixtures("two_people")
def test_the_list_as_json_is_one_object_a_line(run: Run) -> None:
    said = run("people", "--json")
    for words in (("--json", "list"), ("list", "--json")):
        assert run("people", *words).stdout == said.stdout
    rows = json_lines(said)
    assert rows[1] == {
        "id": "P02",
        "name": "Omar Haddad",
        "groups": ["Class 3", "Staff"],
        "templates": 1,
        "usable": 0,
        "weakest": None,
        "enrolled_at": "2026-11-23T08:00:00+00:00",
        "agreed_at": None,
        "last_seen_at": None,
    }
    assert rows[0]["templates"] == 2


def test_all_that_is_stored_about_somebody_is_shown(run: Run, service: Service) -> None:
    service.enrol(GRACE, [sample(1), sample(2, "a.jpg")], agreed=True)
    service.enrol(OMAR, [sample(3)])
    (line,) = (row for row in json_lines(run("people", "--json")) if row["id"] == "P01")
    at = "2026-11-23T08:00:00+00:00"
    said = run("people", "show", "P01", "--json")
    assert json_lines(said) == [
        line
        | {
            "samples": [
                {"made_at": at, "source": "camera", "model": "test-model", "quality": 0.5},
                {"made_at": at, "source": "a.jpg", "model": "test-model", "quality": 0.5},
            ]
        }
    ]
    assert run("people", "--json", "show", "P01").stdout == said.stdout
    about, samples = run("people", "show", "P01").stdout.split("\n\n")
    assert about.splitlines()[1].startswith("P01  Grace Okafor")
    assert "Omar" not in about
    assert samples.splitlines()[2].split() == ["2026-11-23", "a.jpg", "test-model", "0.50"]


@pytest.mark.usefixtures("two_people")
def test_samples_that_the_model_in_use_cannot_take_are_told_apart(
    run: Run, service: Service, data_dir: Path
) -> None:
    present = open_parts(data_dir).card().model
    service.add_samples(GRACE.id, [sample(4, model=present)])
    rows = json_lines(run("people", "--json"))
    told = [(row["templates"], row["usable"], row["weakest"]) for row in rows]
    assert told == [(3, 1, 0.5), (1, 0, None)]
    assert "1 of 3 usable" in run("people").stdout
    (database,) = (
        found for found in json_lines(run("doctor", "--json")) if found["check"] == "database"
    )
    assert database["state"] == "caution"
    assert database["found"].endswith("works with this model: P02")
    assert "Add new samples" in database["mend"]


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("words", [("people", "rename"), ("rename",)])
def test_somebody_gets_another_name_and_other_groups(
    run: Run, service: Service, words: tuple[str, ...]
) -> None:
    result = run(*words, "P01", "Grace Amara Okafor", "--group", "Staff")
    assert result.exit_code == 0
    assert result.stdout == "P01 is now Grace Amara Okafor.\n"
    assert service.person(GRACE.id).groups == ("Staff",)
    assert run("rename", "P01", "Grace", "--no-groups").exit_code == 0
    assert service.person(GRACE.id) == Person(GRACE.id, "Grace", ())


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("words", [("people", "forget"), ("forget",)])
def test_forgetting_asks_first(run: Run, service: Service, words: tuple[str, ...]) -> None:
    result = run(*words, "P01", answer="n\n")
    assert result.exit_code == 1
    assert "(P01)? The name, the ID, the groups and 2 face samples will be deleted" in result.stderr
    assert "P01" in names(service)
    assert run(*words, "P01", answer="y\n").exit_code == 0
    assert names(service) == {"P02": "Omar Haddad"}


@pytest.mark.usefixtures("two_people")
def test_forgetting_with_yes_asks_nothing(run: Run, service: Service) -> None:
    assert run("forget", "P01", "--yes").stdout == "P01 is forgotten.\n"
    assert "P01" not in names(service)


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize(
    "words", [("P02", "P01", "P02"), ("--group", "Class 3"), ("P01", "--group", "Staff")]
)
def test_several_people_are_forgotten(run: Run, service: Service, words: tuple[str, ...]) -> None:
    asked = run("forget", *words, answer="n\n")
    assert asked.exit_code == 1
    assert asked.stderr.startswith(
        "Forget 2 people: Grace Okafor (P01), Omar Haddad (P02)? The names, the IDs, the groups "
        "and 3 face samples will be deleted for good; entries stay without the names. [y/N]: "
    )
    assert len(names(service)) == 2
    assert run("people", "forget", *words, "--yes").stdout == "2 people are forgotten.\n"
    assert names(service) == {}


def test_a_question_about_many_people_names_a_few(run: Run, service: Service) -> None:
    for number in range(40):
        service.add_person(Person(PersonId(f"P{number:02}"), f"Person {number:02}", ("4b",)))
    asked = run("forget", "--group", "4b", answer="n\n").stderr
    assert "40 people: Person 00 (P00), " in asked
    assert ", Person 03 (P03), 36 others? " in asked
    asked = run("forget", *(f"P{number:02}" for number in range(5)), answer="n\n").stderr
    assert "Person 04 (P04)? " in asked
    assert len(names(service)) == 40


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Give at least one ID, or a --group."),
        (("--group", "Class 9"), 1, "Nobody is in the group Class 9."),
        (("P01", "--group", "Class 9"), 1, "Nobody is in the group Class 9."),
        (("P01", "P09"), 1, "Nobody with the ID P09 is enrolled."),
        (("P09", "--group", "Class 3"), 1, "Nobody with the ID P09 is enrolled."),
    ],
)
def test_if_somebody_is_unknown_nobody_is_forgotten(
    run: Run, service: Service, words: tuple[str, ...], code: int, said: str
) -> None:
    result = run("forget", *words, "--yes")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert len(names(service)) == 2


@pytest.mark.usefixtures("all_agreed")
def test_dropping_an_agreement_shows_whose_it_is_and_asks_first(run: Run, service: Service) -> None:
    result = run("people", "drop-agreement", "P01", answer="n\n")
    assert result.exit_code == 1
    assert "P01  Grace Okafor  2026-11-23" in result.stdout
    assert "P02" not in result.stdout
    assert "Delete 1 recorded agreement? The face samples stay." in result.stderr
    assert agreed(service) == {"P01", "P02"}
    assert run("people", "drop-agreement", "P01", answer="y\n").exit_code == 0
    assert agreed(service) == {"P02"}


@pytest.mark.usefixtures("all_agreed")
@pytest.mark.parametrize(
    "words", [("P02", "P01", "P02"), ("--group", "Class 3"), ("P01", "--group", "Staff")]
)
def test_agreements_of_several_people_are_dropped(
    run: Run, service: Service, words: tuple[str, ...]
) -> None:
    tried = run("people", "drop-agreement", *words, "--dry-run")
    assert [row.split()[0] for row in tried.stdout.splitlines()] == ["ID", "P01", "P02"]
    assert agreed(service) == {"P01", "P02"}
    done = run("people", "drop-agreement", *words, "--yes")
    assert done.stdout == f"{tried.stdout}Deleted: 2 recorded agreements.\n"
    assert agreed(service) == set()
    assert names(service) == {"P01": GRACE.name, "P02": OMAR.name}
    assert [row.templates for row in service.people()] == [2, 1]


@pytest.mark.usefixtures("all_agreed")
def test_who_has_not_agreed_is_named_and_left_as_they_are(run: Run, service: Service) -> None:
    assert run("people", "drop-agreement", "P01", "--yes").exit_code == 0
    again = run("people", "drop-agreement", "P01")
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "No agreement is recorded for P01.\n"
    assert agreed(service) == {"P02"}


@pytest.mark.usefixtures("all_agreed")
@pytest.mark.parametrize(
    ("words", "code"), [((), 2), (("--group", "Class 9"), 1), (("P01", "P09", "--yes"), 1)]
)
def test_agreements_of_nobody_cannot_be_dropped(
    run: Run, service: Service, words: tuple[str, ...], code: int
) -> None:
    assert run("people", "drop-agreement", *words).exit_code == code
    assert agreed(service) == {"P01", "P02"}


@pytest.mark.parametrize(
    "words", [("forget", "P09", "--yes"), ("rename", "P09", "Nobody"), ("people", "show", "P09")]
)
@pytest.mark.usefixtures("service")
def test_an_unknown_id_is_one_line_on_stderr(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.stdout == ""
    assert error_line(result) == (
        'faceapp: Nobody with the ID P09 is enrolled. Run "faceapp people" to see the IDs.\n'
    )


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|'/c calc'!A1",
        "<b>bold</b>",
        "فاطمة الزهراء",
        "李小龍 😀👩\u200d🔬",
        "x" * 200,
        "a,b;c\"d'e",
        "-rf /",
        "%s {0} $(id)",
    ],
)
def test_any_name_is_kept_and_shown(run: Run, service: Service, name: str) -> None:
    service.enrol(Person(PersonId("P01"), "before"), [sample(1)])
    result = run("rename", "P01", "--", name)
    assert result.exit_code == 0, result.stderr
    name = unicodedata.normalize("NFC", name)
    assert names(service) == {"P01": name}
    assert name in run("people").stdout
    (row,) = json_lines(run("people", "--json"))
    assert row["name"] == name


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "two\nlines", "bell\x07", "\x1b[31mred"])
def test_a_name_that_cannot_be_kept_is_refused(run: Run, service: Service, name: str) -> None:
    service.enrol(Person(PersonId("P01"), "before"), [sample(1)])
    result = run("rename", "P01", "--", name)
    assert error_line(result).startswith("faceapp: The name cannot be used: ")
    assert names(service) == {"P01": "before"}


@pytest.mark.usefixtures("service")
def test_an_id_never_drives_the_terminal(run: Run) -> None:
    result = run("forget", "\x1b]0;owned\x07\u202e", "--yes")
    assert "\\x1b]0;owned\\x07\\u202e" in error_line(result)
    assert "\x1b" not in result.output


def test_an_id_is_found_however_its_letters_were_typed(run: Run, service: Service) -> None:
    assert run("people", "add", " Mu\u0308ller ", "--name", "Ida Mueller").exit_code == 0
    for typed in ("M\u00fcller", "Mu\u0308ller", " M\u00fcller"):
        assert run("rename", typed, "Ida").exit_code == 0
    assert run("entries", "--person", "Mu\u0308ller ").exit_code == 0
    assert run("forget", "Mu\u0308ller", "--yes").exit_code == 0
    assert service.people() == []


@pytest.mark.usefixtures("all_agreed")
@pytest.mark.parametrize("words", [("forget", "P01"), ("people", "drop-agreement", "P01")])
def test_without_a_terminal_nobody_is_asked(
    run: Run, service: Service, words: tuple[str, ...]
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("faceapp: Cannot ask")
    assert "--yes" in result.stderr
    assert result.stderr.count("\n") == 1
    assert agreed(service) == {"P01", "P02"}


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("answer", ["", "\n", "NO\n", "what?\nn\n"])
def test_any_answer_but_yes_forgets_nobody(run: Run, service: Service, answer: str) -> None:
    assert run("forget", "P01", answer=answer).exit_code == 1
    assert "P01" in names(service)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
@pytest.mark.usefixtures("two_people")
def test_ctrl_c_at_a_question_ends_as_everywhere(data_dir: Path, service: Service) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "faceapp", "--data-dir", str(data_dir), "forget", "P01"]
    with heard():
        asking = subprocess.Popen(command, stdin=theirs, stderr=subprocess.PIPE, text=True)
    with asking:
        assert asking.stderr is not None
        while asking.stderr.read(1) != "?":
            assert asking.poll() is None
        asking.send_signal(signal.SIGINT)
        assert asking.wait(timeout=60) == 130
    os.close(ours)
    os.close(theirs)
    assert "P01" in names(service)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.usefixtures("two_people")
def test_ctrl_c_hides_nothing_that_was_done(data_dir: Path, other: sqlite3.Connection) -> None:
    command = [sys.executable, "-m", "faceapp", "--data-dir", str(data_dir), "forget", "P01"]
    # Whoever reads keeps the file from being cleaned for a second, after P01 was deleted.
    other.execute("BEGIN")
    other.execute("SELECT * FROM people").fetchall()
    with closing(sqlite3.connect(data_dir / "faceapp.db")) as watching:
        with heard():
            forgetting = subprocess.Popen([*command, "--yes"], stdout=subprocess.PIPE, text=True)
        while watching.execute("SELECT id FROM people WHERE id = 'P01'").fetchone():
            assert forgetting.poll() is None
        forgetting.send_signal(signal.SIGINT)
        said, _ = forgetting.communicate(timeout=60)
    assert said.startswith("P01 is forgotten.")


@pytest.mark.parametrize("words", [("people", "remove", "P01"), ("delete", "P01")])
def test_forgetting_is_found_by_other_words(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Did you mean 'forget'?" in result.stderr
