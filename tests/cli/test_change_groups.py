"""Several people leave and join groups by one command."""

from __future__ import annotations

import pytest

from faceapp.service import Service
from faceapp.types import Person, PersonId
from tests.cli.conftest import Run, error_line

HEADINGS = ["ID", "Name", "Former", "groups", "New", "groups"]


@pytest.fixture(autouse=True)
def three_people(service: Service) -> None:
    for code, name, groups in (
        ("P01", "Grace", ("1A",)),
        ("P02", "Asha", ("1A", "Choir")),
        ("P03", "Omar", ("2A",)),
    ):
        service.add_person(Person(PersonId(code), name, groups))


def groups(service: Service) -> dict[str, str]:
    return {row.person.id: " ".join(row.person.groups) for row in service.people()}


BEFORE = {"P01": "1A", "P02": "1A Choir", "P03": "2A"}


@pytest.mark.parametrize(
    "who", [("--group", "1A"), ("P02", "P01", "P03", "P01"), ("P02", "--group", "1A")]
)
def test_a_class_moves_up(run: Run, service: Service, who: tuple[str, ...]) -> None:
    words = ("people", "change-groups", *who, "--remove", "1A", "--add", "2a")
    tried = run(*words, "--dry-run")
    assert (tried.exit_code, tried.stderr) == (0, "")
    assert [row.split() for row in tried.stdout.splitlines()] == [
        HEADINGS,
        ["P02", "Asha", "1A,", "Choir", "2A,", "Choir"],
        ["P01", "Grace", "1A", "2A"],
    ]
    assert groups(service) == BEFORE
    done = run(*words)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{tried.stdout}Changed: the groups of 2 people.\n"
    assert groups(service) == {"P01": "2A", "P02": "2A Choir", "P03": "2A"}


def test_options_may_be_repeated(run: Run, service: Service) -> None:
    done = run(
        "people", "change-groups", "P02",
        "--remove", "1A", "--remove", "Choir", "--add", "Chess", "--add", "Staff",
    )  # fmt: skip
    assert done.stdout.endswith("Changed: the groups of 1 person.\n")
    assert groups(service)["P02"] == "Chess Staff"


@pytest.mark.parametrize("words", [("--remove", "Choir"), ("--add", "1A"), ("--dry-run",)])
def test_if_nobody_changes_it_says_so(run: Run, service: Service, words: tuple[str, ...]) -> None:
    done = run("people", "change-groups", "P01", "--add", "1a", *words)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "Nobody's groups change.\n")
    assert groups(service) == BEFORE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Give at least one ID, or a --group."),
        (("P01",), "Give at least one --add or --remove."),
        (("--add", "2A"), "Give at least one ID, or a --group."),
        (("P01", "--add", "1A", "--remove", " 1A"), "can be added or removed, not both."),
        (("P01", "--add", ""), "a name must not be empty."),
    ],
)
def test_wrong_usage_changes_nothing(
    run: Run, service: Service, words: tuple[str, ...], said: str
) -> None:
    done = run("people", "change-groups", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert groups(service) == BEFORE


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("P01", "P09", "--add", "2A"), "Nobody with the ID P09 is enrolled. "),
        (("--group", "1B", "--add", "2A"), "Nobody is in the group 1B. "),
        (("P01", "--remove", "1a"), "Nobody is in the group 1a. Did you mean 1A"),
        (("P01", "--add", "a\x07b"), "The group cannot be used: it contains control characters. "),
        (
            ("P01", *(word for at in range(101) for word in ("--add", f"Course {at}"))),
            "The group cannot be used: there are too many. Choose fewer: at most 100 are possible.",
        ),
    ],
)
def test_what_is_not_possible_changes_nothing(
    run: Run, service: Service, words: tuple[str, ...], said: str, dry_run: tuple[str, ...]
) -> None:
    done = run("people", "change-groups", *words, *dry_run)
    assert error_line(done).startswith(f"faceapp: {said}")
    assert done.stdout == ""
    assert groups(service) == BEFORE
