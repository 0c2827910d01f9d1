from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from faceapp.app import open_parts
from faceapp.service import Service
from faceapp.types import Person, PersonId
from tests.cli.conftest import Run
from tests.helpers.data import GRACE, OMAR, sample, service_on
from tests.helpers.signals import heard


@pytest.fixture
def two_people(data_dir: Path) -> None:
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1), sample(2)])
        service.enrol(OMAR, [sample(3)])


def names(data_dir: Path) -> dict[str, str]:
    def read(service: Service) -> dict[str, str]:
        return {row.person.id: row.person.name for row in service.people()}

    with service_on(data_dir / "faceapp.db") as service:
        return read(service)


def test_nobody_is_enrolled_at_first(run: Run) -> None:
    result = run("people")
    assert result.exit_code == 0
    assert "Nobody is enrolled yet" in result.stdout
    assert run("people", "--json").stdout == ""


def test_somebody_is_added_without_a_face(run: Run, data_dir: Path) -> None:
    done = run("people", "add", "P07", "--name", "Grace Okafor", "--group", "Staff")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Grace Okafor" in done.stdout
    with service_on(data_dir / "faceapp.db") as service:
        (row,) = service.people()
    assert row.person == Person(PersonId("P07"), "Grace Okafor", ("Staff",))
    assert (row.templates, row.agreed_at) == (0, None)
    again = run("people", "add", "P07")
    assert again.exit_code == 1
    assert again.stderr == (
        "faceapp: The ID P07 is taken already. Choose another ID, or add samples to that person.\n"
    )
    assert run("people", "add", "P08").exit_code == 0
    assert names(data_dir)["P08"] == "P08"


@pytest.mark.usefixtures("two_people")
def test_the_list_is_a_table(run: Run) -> None:
    lines = run("people", "list").stdout.splitlines()
    assert lines[0].split() == [
        "ID", "Name", "Groups", "Samples", "Weakest", "Enrolled", "Agreed", "Last", "seen",
    ]  # fmt: skip
    assert lines[1].startswith("P01  Grace Okafor  Class 3")
    assert lines[2].startswith("P02  Omar Haddad")
    assert lines == run("people").stdout.splitlines()


@pytest.mark.usefixtures("two_people")
def test_the_list_as_json_is_one_object_a_line(run: Run) -> None:
    rows = [json.loads(line) for line in run("people", "--json").stdout.splitlines()]
    assert run("people", "--json", "list").stdout == run("people", "list", "--json").stdout
    assert run("people", "--json", "list").stdout == run("people", "--json").stdout
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


def test_samples_that_the_model_in_use_cannot_take_are_told_apart(run: Run, data_dir: Path) -> None:
    present = open_parts(data_dir).card().model_id
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1), sample(2)])
        service.add_samples(GRACE.id, [sample(4, model=present)])
        service.enrol(OMAR, [sample(3)])
    rows = [json.loads(line) for line in run("people", "--json").stdout.splitlines()]
    told = [(row["templates"], row["usable"], row["weakest"]) for row in rows]
    assert told == [(3, 1, 0.5), (1, 0, None)]
    assert "1 of 3 usable" in run("people").stdout
    (database,) = (
        found
        for found in map(json.loads, run("doctor", "--json").stdout.splitlines())
        if found["check"] == "database"
    )
    assert database["state"] == "caution"
    assert database["found"].endswith("of use with this model: P02")
    assert "Add new samples" in database["mend"]


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("words", [("people", "rename"), ("rename",)])
def test_rename(run: Run, data_dir: Path, words: tuple[str, ...]) -> None:
    result = run(*words, "P01", "Grace Amara Okafor", "--group", "Staff")
    assert result.exit_code == 0
    assert result.stdout == "P01 is now Grace Amara Okafor.\n"
    with service_on(data_dir / "faceapp.db") as service:
        assert service.person(GRACE.id).groups == ("Staff",)
    assert run("rename", "P01", "Grace", "--no-groups").exit_code == 0
    with service_on(data_dir / "faceapp.db") as service:
        assert service.person(GRACE.id) == Person(GRACE.id, "Grace", ())


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("words", [("people", "forget"), ("forget",)])
def test_forgetting_asks_first(run: Run, data_dir: Path, words: tuple[str, ...]) -> None:
    result = run(*words, "P01", answer="n\n")
    assert result.exit_code == 1
    assert "(P01)? The name, the ID, the groups and 2 face samples are deleted" in result.stderr
    assert "P01" in names(data_dir)
    assert run(*words, "P01", answer="y\n").exit_code == 0
    assert names(data_dir) == {"P02": "Omar Haddad"}


@pytest.mark.usefixtures("two_people")
def test_forgetting_without_being_asked(run: Run, data_dir: Path) -> None:
    assert run("forget", "P01", "--yes").stdout == "P01 is forgotten.\n"
    assert "P01" not in names(data_dir)


def agreed(data_dir: Path) -> set[str]:
    with service_on(data_dir / "faceapp.db") as service:
        return {row.person.id for row in service.people() if row.agreed_at is not None}


@pytest.fixture
def all_agreed(two_people: None, data_dir: Path) -> None:
    del two_people
    with service_on(data_dir / "faceapp.db") as service:
        for person in (GRACE, OMAR):
            service.record_agreement(person.id)


@pytest.mark.usefixtures("all_agreed")
def test_dropping_an_agreement_shows_whose_it_is_and_asks_first(run: Run, data_dir: Path) -> None:
    result = run("people", "drop-agreement", "P01", answer="n\n")
    assert result.exit_code == 1
    assert "P01  Grace Okafor  2026-11-23" in result.stdout
    assert "P02" not in result.stdout
    assert "Delete 1 recorded agreement? The face samples stay." in result.stderr
    assert agreed(data_dir) == {"P01", "P02"}
    assert run("people", "drop-agreement", "P01", answer="y\n").exit_code == 0
    assert agreed(data_dir) == {"P02"}


@pytest.mark.usefixtures("all_agreed")
@pytest.mark.parametrize(
    "words", [("P02", "P01", "P02"), ("--group", "Class 3"), ("P01", "--group", "Staff")]
)
def test_agreements_of_several_people_are_dropped(
    run: Run, data_dir: Path, words: tuple[str, ...]
) -> None:
    tried = run("people", "drop-agreement", *words, "--dry-run")
    assert [row.split()[0] for row in tried.stdout.splitlines()] == ["ID", "P01", "P02"]
    assert agreed(data_dir) == {"P01", "P02"}
    done = run("people", "drop-agreement", *words, "--yes")
    assert done.stdout == f"{tried.stdout}Deleted: 2 recorded agreements.\n"
    assert agreed(data_dir) == set()
    assert names(data_dir) == {"P01": GRACE.name, "P02": OMAR.name}
    with service_on(data_dir / "faceapp.db") as service:
        assert [row.templates for row in service.people()] == [2, 1]


@pytest.mark.usefixtures("all_agreed")
def test_who_has_not_agreed_is_named_and_left_as_they_are(run: Run, data_dir: Path) -> None:
    assert run("people", "drop-agreement", "P01", "--yes").exit_code == 0
    again = run("people", "drop-agreement", "P01")
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "No agreement is recorded of P01.\n"
    assert agreed(data_dir) == {"P02"}


@pytest.mark.usefixtures("all_agreed")
@pytest.mark.parametrize(
    ("words", "code"), [((), 2), (("--group", "Class 9"), 1), (("P01", "P09", "--yes"), 1)]
)
def test_agreements_of_nobody_cannot_be_dropped(
    run: Run, data_dir: Path, words: tuple[str, ...], code: int
) -> None:
    assert run("people", "drop-agreement", *words).exit_code == code
    assert agreed(data_dir) == {"P01", "P02"}


@pytest.mark.parametrize("words", [("forget", "P09", "--yes"), ("rename", "P09", "Nobody")])
def test_an_unknown_id_is_one_line_on_stderr(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        'faceapp: Nobody with the ID P09 is enrolled. See "faceapp people" for the IDs.\n'
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
def test_any_name_is_kept_and_shown(run: Run, data_dir: Path, name: str) -> None:
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(Person(PersonId("P01"), "before"), [sample(1)])
    result = run("rename", "P01", "--", name)
    assert result.exit_code == 0, result.stderr
    name = unicodedata.normalize("NFC", name)
    assert names(data_dir) == {"P01": name}
    assert name in run("people").stdout
    (row,) = (json.loads(line) for line in run("people", "--json").stdout.splitlines())
    assert row["name"] == name


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "two\nlines", "bell\x07", "\x1b[31mred"])
def test_a_name_that_cannot_be_kept_is_refused(run: Run, data_dir: Path, name: str) -> None:
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(Person(PersonId("P01"), "before"), [sample(1)])
    result = run("rename", "P01", "--", name)
    assert result.exit_code == 1
    assert result.stderr.startswith("faceapp: The name cannot be used: ")
    assert result.stderr.count("\n") == 1
    assert names(data_dir) == {"P01": "before"}


def test_an_id_never_drives_the_terminal(run: Run) -> None:
    result = run("forget", "\x1b]0;owned\x07\u202e", "--yes")
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "\\x1b]0;owned\\x07\\u202e" in result.stderr


def test_an_id_is_found_however_its_letters_were_typed(run: Run, data_dir: Path) -> None:
    assert run("people", "add", " Mu\u0308ller ", "--name", "Ida Mueller").exit_code == 0
    for typed in ("M\u00fcller", "Mu\u0308ller", " M\u00fcller"):
        assert run("rename", typed, "Ida").exit_code == 0
    assert run("entries", "--person", "Mu\u0308ller ").exit_code == 0
    assert run("forget", "Mu\u0308ller", "--yes").exit_code == 0
    with service_on(data_dir / "faceapp.db") as service:
        assert service.people() == []


@pytest.mark.usefixtures("all_agreed")
@pytest.mark.parametrize("words", [("forget", "P01"), ("people", "drop-agreement", "P01")])
def test_without_a_terminal_nobody_is_asked(
    run: Run, data_dir: Path, words: tuple[str, ...]
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("faceapp: Nobody can be asked")
    assert "--yes" in result.stderr
    assert result.stderr.count("\n") == 1
    assert agreed(data_dir) == {"P01", "P02"}


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("answer", ["", "\n", "NO\n", "what?\nn\n"])
def test_nothing_but_a_yes_is_one(run: Run, data_dir: Path, answer: str) -> None:
    assert run("forget", "P01", answer=answer).exit_code == 1
    assert "P01" in names(data_dir)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
@pytest.mark.usefixtures("two_people")
def test_ctrl_c_at_a_question_ends_as_everywhere(data_dir: Path) -> None:
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
    assert "P01" in names(data_dir)


@pytest.mark.parametrize("words", [("people", "remove", "P01"), ("delete", "P01")])
def test_forgetting_is_found_by_other_words(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Did you mean 'forget'?" in result.stderr
