"""What the documents say of the training code is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from faceapp import training
from faceapp.training.commands import main
from tests.conftest import ROOT

PAPERS, GUIDE = ROOT / "docs" / "papers.md", ROOT / "docs" / "training.md"


def code(document: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", document.read_text("utf-8"))


@pytest.mark.parametrize("what", ["variants", "networks"])
def test_every_network_has_its_row(what: str) -> None:
    source = (ROOT / "faceapp" / "training" / "compare.py").read_text("utf-8")
    listed = source.split(f"{what.upper()}: ")[1].split("\n}\n")[0]
    names = re.findall(r"^    ['\"](.+?)['\"]: ", listed, re.MULTILINE)
    block = PAPERS.read_text("utf-8").split(f"<!-- {what}")[1]
    rows = re.findall(r"^\| ([^|]+?), [\d.]+ M parameters \|", block, re.MULTILINE)
    assert rows == names


@pytest.mark.parametrize("document", [PAPERS, GUIDE], ids=lambda path: path.name)
def test_named_files_are_there(document: Path) -> None:
    named = {word for word in code(document) if re.fullmatch(r"(faceapp|tests)/[\w/.]+", word)}
    assert len(named) > 3
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_map_names_every_module() -> None:
    there = {path.stem for path in Path(training.__path__[0]).iterdir() if path.stem[0] not in "_."}
    assert there == set(re.findall(r"(?<!`)`(\w+)`", training.__doc__ or ""))


def test_named_functions_stand_where_the_papers_say() -> None:
    text = PAPERS.read_text("utf-8").replace("\n", " ")
    said = re.findall(r"`(\w+)` in `(faceapp/[\w/]+\.py)`", text)
    assert len(said) > 12
    for name, path in said:
        source = (ROOT / path).read_text("utf-8")
        assert re.search(rf"^\s*(def|class) {name}\b|^{name}\b.*=", source, re.MULTILINE), name


def test_every_paper_says_what_was_measured() -> None:
    parts = re.split(r"^### ", PAPERS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [part.splitlines()[0] for part in parts if "easured" not in part] == []


def test_every_method_has_its_row() -> None:
    source = (ROOT / "faceapp" / "training" / "compare.py").read_text("utf-8")
    names = re.findall(r'^    "([^"]+)": \(', source.split("METHODS: ")[1], re.MULTILINE)
    block = PAPERS.read_text("utf-8").split("<!-- compare")[1]
    assert re.findall(r"^\| ([^|]+?) \|", block, re.MULTILINE)[1:] == names


@pytest.mark.parametrize("document", [PAPERS, GUIDE], ids=lambda path: path.name)
def test_commands_and_their_options_exist(document: Path) -> None:
    text = document.read_text("utf-8").replace("\\\n", " ")
    said = re.findall(r"python -m faceapp\.training ([a-z]+)([^\n`]*)", text)
    assert said
    for name, rest in said:
        options = {option for one in main.commands[name].params for option in one.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options, (name, rest)
