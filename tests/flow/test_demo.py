from __future__ import annotations

import csv
from pathlib import Path

import pytest

from faceapp.camera.demo import sitter_address
from faceapp.camera.demo_tour import VISITOR
from tests.flow.conftest import invoke, objects

NAMES = {
    "Clara Bennett", "Asha Lin", "Omar Haddad", "Victor Hale", "Mei Tanaka", "Luca Moretti",
    "Rafael Cruz", "Henry Walsh", "Grace Okafor", "Samuel Mensah", "Elena Petrova", "David Rosen",
}  # fmt: skip


@pytest.mark.slow
def test_the_demo_takes_the_attendance_of_everybody_but_the_visitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    data, target = tmp_path / "data", tmp_path / "attendance.csv"
    result = invoke(data, "demo", "-o", target)
    assert result.exit_code == 0, result.stderr
    assert str(target) in result.stdout
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"] for row in rows} == NAMES
    assert {row["kind"] for row in rows} == {"in"}
    assert len(rows) == len(NAMES)
    assert all(name in result.stdout for name in NAMES)
    assert "Strangers who passed: 1" in result.stdout
    entries = objects(invoke(data, "entries", "--json"))
    assert [entry["name"] for entry in entries] == [row["name"] for row in rows]
    assert {entry["camera"] for entry in entries} == {"demo"}
    # Who sits down to be enrolled in this demo's window.
    assert sitter_address(len(NAMES), None) == f"demo:{VISITOR}"


def test_the_demo_never_mixes_with_real_data(data_dir: Path, demo_people: Path) -> None:
    picture = demo_people / "P01 - Clara Bennett" / "front.jpg"
    assert invoke(data_dir, "enroll", "REAL", picture).exit_code == 0
    for words in (("demo", "--headless"), ("demo", "--headless", "--data-dir", data_dir)):
        result = invoke(data_dir, *words)
        assert result.exit_code == 2
        assert "never mixes with real data" in result.stderr
    (person,) = objects(invoke(data_dir, "people", "--json"))
    assert person["id"] == "REAL"
