"""The licences that go into every bundle."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
QT = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"


@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script, imported as its siblings do."""
    path = ROOT / "packaging" / "licences.py"
    spec = importlib.util.spec_from_file_location("licences", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "licences", module)
    spec.loader.exec_module(module)
    return module


def test_our_own_notice_and_licence_come_first(licences: ModuleType, tmp_path: Path) -> None:
    text_file = tmp_path / "LICENSE"
    text_file.write_text("Do as you like.\n", encoding="utf-8")
    part = licences.Part("pypi", "somebodys", "1.2", "MIT", (text_file,))

    text = licences.licences_text([part])

    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").rstrip()
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").rstrip()
    assert text.startswith(notice)
    assert text.index("somebodys 1.2: MIT") < text.index(licence) < text.index("Do as you like.")


def test_a_wheel_without_a_text_gets_that_of_its_licence(licences: ModuleType) -> None:
    part = licences.Part("pypi", "PySide6_Essentials", "6.11.3", QT, ())

    text = licences.licences_text([part])

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text  # which the lesser one adds to


def test_a_part_without_any_text_ends_the_build(licences: ModuleType) -> None:
    part = licences.Part("pypi", "mute", "3", "see its text", ())

    with pytest.raises(licences.NoText, match="mute 3"):
        licences.licences_text([part])
