"""What ``--json`` prints has the fields that the user guide promises to programs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from faceapp.paths import assets_dir, guides_dir
from tests.cli.conftest import Run, json_lines

FACES = assets_dir() / "demo" / "P03 - Omar Haddad"
Said = dict[str, dict[str, Any]]

TABLE = re.compile(r"^\| Command \| Fields \|\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)


def promised() -> dict[str, list[str]]:
    """Return the names in code of each row of the guide's table, without values and brackets."""
    (rows,) = TABLE.findall((guides_dir() / "user-guide.md").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for row in rows.splitlines():
        commands, fields = row.strip("|").split("|")
        names = re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", fields))
        found |= dict.fromkeys(re.findall(r"`([^`]+)`", commands), names)
    return found


@pytest.fixture
def said(run: Run, tmp_path: Path) -> Said:
    """Run every command with ``--json`` on one person; return the last object of each."""
    staff = tmp_path / "staff"
    (staff / "P01").mkdir(parents=True)
    (staff / "P01" / "front.jpg").write_bytes((FACES / "front.jpg").read_bytes())
    words: dict[str, tuple[object, ...]] = {
        "import": (staff,),
        "enroll": ("P01", FACES / "smile.jpg"),
        "recognize": (FACES / "calm.jpg", "--log"),
        "people": (),
        "people show ID": ("P01",),
        "entries": (),
        "doctor": (),
        "model verify": (),
    }
    return {
        command: json_lines(run(*command.removesuffix(" ID").split(), *more, "--json"))[-1]
        for command, more in words.items()
    }


def test_every_command_prints_the_fields_of_the_guide(said: Said) -> None:
    fields = promised()
    assert set(fields) == set(said)
    person = [*fields["people"], "samples"]
    sample = said["people show ID"]["samples"][0]
    assert [*said.pop("people show ID")] == person
    assert ["samples", *sample] == fields.pop("people show ID")
    assert {command: [*one] for command, one in said.items()} == fields
