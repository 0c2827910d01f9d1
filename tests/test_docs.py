"""The documents and the program say the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import faceapp
from faceapp.cli import commands
from faceapp.config import FIELDS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
GUIDES = [
    ROOT / "README.md",
    *(ROOT / "docs").glob("user-guide*"),
    *(ROOT / "docs").glob("privacy*"),
]
# Each with its word between the least and the most of a number.
USER_GUIDES = {"user-guide.md": "to", "user-guide.de.md": "bis"}


def command_names(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield (*path, name)
            yield from command_names(child, (*path, name))


def mentioned(document: Path) -> set[tuple[str, ...]]:
    """Find what stands after `faceapp` in code: the commands, with a sub-command's name."""
    text = document.read_text("utf-8")
    code = re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL)
    words = re.findall(r"\bfaceapp ([a-z]+)(?: ([a-z][a-z-]*))?", "\n".join(code))
    return {tuple(filter(None, pair)) for pair in words}


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#\s]*)(#[^)\s]*)?\)", document.read_text("utf-8"))
    assert [t for t, _ in targets if t and not (document.parent / t).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_headings_lead_to_headings(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#\s]*)#([^)\s]+)\)", document.read_text("utf-8"))
    for target, anchor in links:
        assert anchor in anchors(document.parent / target if target else document), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_named_exist(document: Path) -> None:
    named = re.findall(
        r"`((?:assets|benchmarks|faceapp|packaging|tests)/[\w/.-]+)`", document.read_text("utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", GUIDES, ids=lambda path: path.name)
def test_commands_in_the_guides_exist(document: Path) -> None:
    known = set(command_names(commands))
    groups = {path[:-1] for path in known}
    for path in mentioned(document):
        assert path[:1] in known, path
        assert path in known or path[:1] not in groups, path


@pytest.mark.parametrize("guide", USER_GUIDES)
def test_the_user_guide_knows_every_command(guide: str) -> None:
    told = mentioned(ROOT / "docs" / guide)
    told |= {path[:1] for path in told}
    for path in command_names(commands):
        # `people forget` and `forget` are one command; a plain group lists.
        assert path in told or path[-1:] in told or path[-1] == "list", path


@pytest.mark.parametrize(("guide", "to"), USER_GUIDES.items())
def test_the_user_guide_knows_every_setting(guide: str, to: str) -> None:
    text = (ROOT / "docs" / guide).read_text("utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| `([^`]+)` \| (.+) \|$", text, re.MULTILINE)
    assert [row[0] for row in rows] == [field.key for field in FIELDS]
    for (_, default, allowed), field in zip(rows, FIELDS, strict=True):
        assert tomllib.loads(f"it = {default}") == {"it": field.default}
        if field.choices:
            assert allowed == ", ".join(f'`"{choice}"`' for choice in field.choices)
        elif field.minimum is not None:
            assert allowed.startswith(f"{field.minimum} {to} {field.maximum}: ")


def test_the_changelog_names_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == faceapp.__version__


def test_every_decision_is_numbered_and_has_its_parts() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    numbers = [int(path.name[:3]) for path in records]
    assert numbers == sorted(set(numbers))
    for path in records[1:]:
        text = path.read_text("utf-8")
        assert re.match(rf"# {path.name[:3]}: .+\n\nStatus: (accepted|superseded)", text), path
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
            "Context",
            "Options",
            "Decision",
            "Consequences",
        ]


def test_the_index_of_decisions_lists_each_once() -> None:
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text("utf-8")
    listed = re.findall(r"\]\((\d{3}-[^)]+)\)", index)
    assert sorted(listed) == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_every_ceiling_of_a_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    capped = [need for need in project["dependencies"] if "<" in need or "==" in need]
    assert capped
    lines = text.splitlines()
    for need in capped:
        place = next(i for i, line in enumerate(lines) if f'"{need}"' in line)
        above = lines[:place]
        while '"' in above[-1] and "#" not in above[-1]:  # its neighbours share the reason
            above.pop()
        assert above[-1].strip().startswith("#"), need
