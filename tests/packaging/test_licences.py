"""The licences that go into every bundle."""

from __future__ import annotations

import importlib.metadata
import json
import re
import runpy
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
QT = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"


@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script, imported as its siblings do."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    return importlib.import_module("licences")


def test_our_own_notice_and_licence_come_first(licences: ModuleType, tmp_path: Path) -> None:
    text_file = tmp_path / "LICENSE"
    text_file.write_text("Do as you like.\n", encoding="utf-8")
    part = licences.Part("pypi", "somebodys", "1.2", "MIT", (text_file,))

    text = licences.licences_text([part])

    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").rstrip()
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").rstrip()
    assert text.startswith(notice)
    for library in ("qt", "ffmpeg"):  # whoever gets these may ask for their sources
        assert re.search(rf"https://\S*{library}\S*", notice)
    assert text.index("somebodys 1.2: MIT") < text.index(licence) < text.index("Do as you like.")


def test_a_wheel_without_a_text_gets_that_of_its_licence(licences: ModuleType) -> None:
    part = licences.Part("pypi", "PySide6_Essentials", "6.11.3", QT, ())

    text = licences.licences_text([part])

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text  # which the lesser one adds to


def test_what_is_inside_qt_of_others_is_named(licences: ModuleType) -> None:
    known = importlib.metadata.distribution("PySide6_Essentials").name
    part = licences.Part("pypi", known, "6.11.3", QT, ())

    text = licences.licences_text([part])

    for name in ("libpng", "harfbuzz", "pcre2", "libjpeg", "double-conversion", "ICU", "protocol"):
        assert name in text
    assert text.count("GNU LESSER GENERAL PUBLIC LICENSE") == 1


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("ai-edge-litert", ("XNNPACK", "Protocol Buffers", "cpuinfo", "Eigen", "pybind11")),
        ("mediapipe", ("OpenCV", "RE2", "glog", "SentencePiece", "XNNPACK")),
    ],
)
def test_what_is_linked_into_a_wheel_is_named(
    licences: ModuleType, tmp_path: Path, name: str, inside: tuple[str, ...]
) -> None:
    text_file = tmp_path / "LICENSE"
    text_file.write_text("Its own text.\n", encoding="utf-8")
    known = importlib.metadata.distribution(name).name
    part = licences.Part("pypi", known, "1", "Apache-2.0", (text_file,))

    _, text = licences.licences_text([part]).split("Its own text.")

    assert [one for one in inside if one not in text] == []


def test_a_text_that_a_wheel_brings_twice_is_shown_once(
    licences: ModuleType, tmp_path: Path
) -> None:
    places = (tmp_path / "LICENSE-3RD-PARTY.txt", tmp_path / "dist-info" / "LICENSE-3RD-PARTY.txt")
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_text("Do as you like.\n", encoding="utf-8")
    part = licences.Part("pypi", "somebodys", "1.2", "MIT", places)

    assert licences.licences_text([part]).count("Do as you like.") == 1


def test_a_part_without_any_text_ends_the_build(licences: ModuleType) -> None:
    part = licences.Part("pypi", "mute", "3", "see its text", ())

    with pytest.raises(licences.NoText, match="mute 3"):
        licences.licences_text([part])


def test_the_debian_package_names_no_licence_of_what_it_takes_from_the_system(
    licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled = f"{licences.RULE}\nwith rules in its text\n{licences.RULE}\n"
    for name in ("system", "inside"):
        (tmp_path / name).write_text(f"The {name} text.\n{ruled}The {name} end.\n", "utf-8")
    system = licences.Part("deb", "libx11-6", "2:1.8", "MIT", (tmp_path / "system",))
    inside = licences.Part("deb", "libsqlite3-0", "3.40", "public-domain", (tmp_path / "inside",))
    (tmp_path / "licences.txt").write_text(licences.licences_text([system, inside]), "utf-8")
    components = [
        {
            "bom-ref": f"pkg:deb/debian/{part.name}@{part.version}",
            "name": part.name,
            "version": part.version,
            "properties": [{"name": "faceapp:file", "value": file}],
        }
        for part, file in ((system, "libX11.so.6.4.0"), (inside, "libsqlite3.so.0.8.6"))
    ]
    dependencies = [{"ref": "faceapp", "dependsOn": [one["bom-ref"] for one in components]}]
    listed = {"components": components, "dependencies": dependencies}
    (tmp_path / "sbom.cdx.json").write_text(json.dumps(listed), "utf-8")
    monkeypatch.syspath_prepend(ROOT / "packaging" / "deb")

    runpy.run_path(str(ROOT / "packaging" / "deb" / "build.py"))["drop_parts"](tmp_path)

    left = json.loads((tmp_path / "sbom.cdx.json").read_text("utf-8"))
    assert [one["name"] for one in left["components"]] == ["libsqlite3-0"]
    text = (tmp_path / "licences.txt").read_text("utf-8")
    assert text == licences.licences_text([inside])
