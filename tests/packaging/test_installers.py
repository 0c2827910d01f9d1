"""The installers' scripts and lists, as far as they can be checked without building a bundle."""

from __future__ import annotations

import json
import plistlib
import re
import runpy
import shutil
import struct
import subprocess
import sys
import sysconfig
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from faceapp.cli import commands
from faceapp.cli.stopping import INTERRUPTED
from faceapp.ui.help.guide import GUIDES

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    """Return what belongs into the bundle."""
    return runpy.run_path(str(PACKAGING / "bundle_rules.py"))


def test_the_windows_installer_compiles_without_a_warning(tmp_path: Path) -> None:
    compiler = shutil.which("makensis")
    if compiler is None:
        pytest.skip("makensis is not installed (Debian: apt install nsis)")
    bundle = tmp_path / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "faceapp.exe").write_bytes(b"MZ")
    (bundle / "_internal" / "a.dll").write_bytes(b"MZ")
    target = tmp_path / "FaceApp-0.1.0-windows.exe"
    words = ["VERSION=0.1.0", f"BUNDLE={bundle}", f"OUT={target}", f"LICENCE={ROOT / 'NOTICE'}"]
    command = [compiler, "-WX", "-V2", *(f"-D{word}" for word in words)]
    script = str(PACKAGING / "windows" / "faceapp.nsi")

    done = subprocess.run([*command, script], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert target.read_bytes()[:2] == b"MZ"


@pytest.mark.skipif(sys.platform == "win32", reason="packages are built on Linux")
@pytest.mark.parametrize(
    ("tools", "missing"),
    [(("sh:dash",), ""), (("sh:dash", "no-such-tool:some-package", "nor-this:other"), "other")],
)
def test_what_a_build_lacks_is_named_before_it_begins(tools: tuple[str, ...], missing: str) -> None:
    done = subprocess.run(
        [PACKAGING / "tools.sh", *tools], capture_output=True, text=True, check=False
    )
    assert done.returncode == bool(missing)
    assert done.stderr.endswith(f"apt install some-package {missing}\n" if missing else "")
    assert bool(done.stderr) == bool(missing)


def test_the_windows_installer_deletes_nothing_of_an_app_that_runs() -> None:
    script = (PACKAGING / "windows" / "faceapp.nsi").read_text("ascii")
    sections = script.split("\nSection ")[1:]
    assert len(sections) == 2
    for section in sections:
        lines = [line.strip() for line in section.splitlines()[1:]]
        assert next(line for line in lines if not line.startswith(";")) == (
            "!insertmacro REFUSE_WHILE_OPEN"
        )


def test_the_desktop_entry_is_valid() -> None:
    validator = shutil.which("desktop-file-validate")
    if validator is None:
        pytest.skip(
            "desktop-file-validate is not installed (Debian: apt install desktop-file-utils)"
        )
    command = [validator, str(PACKAGING / "deb" / "faceapp.desktop")]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == ""


def test_the_metadata_name_the_desktop_entry() -> None:
    tree = ET.parse(PACKAGING / "deb" / "org.faceapp.FaceApp.metainfo.xml")  # noqa: S314 - ours
    assert tree.findtext("launchable") == "faceapp.desktop"


def test_nobody_is_told_that_all_is_free_while_the_weights_are_not() -> None:
    tree = ET.parse(PACKAGING / "deb" / "org.faceapp.FaceApp.metainfo.xml")  # noqa: S314 - ours
    card = json.loads((ROOT / "models" / "faceapp.json").read_text("utf-8"))
    free = "non-commercial" not in card["licence"]
    licence = "Apache-2.0" if free else "Apache-2.0 AND LicenseRef-proprietary"
    assert tree.findtext("project_license") == licence
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == licence
    # What the window, the Debian package and the installer for Windows show.
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert ("non-commercial" in notice) is not free
    script = (PACKAGING / "windows" / "faceapp.nsi").read_text("ascii")
    guide = (ROOT / "docs" / "packaging.md").read_text("utf-8")
    assert set(re.findall(r"-DLICENCE=\S*\\(\w+)", script + guide)) == {"NOTICE"}
    assert ("non-commercial" in script) is not free
    described = " ".join(tree.getroot().itertext())
    built = (PACKAGING / "deb" / "build.py").read_text("utf-8")
    assert ("non-commercial" in described) is ("non-commercial" in built) is not free


def test_macos_may_use_the_camera() -> None:
    with (PACKAGING / "macos" / "entitlements.plist").open("rb") as file:
        assert plistlib.load(file)["com.apple.security.device.camera"] is True


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/iconengines/libqsvgicon.so", True),
        ("PySide6/Qt/plugins/imageformats/libqjpeg.so", True),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6WaylandClient.so.6", True),
        ("PySide6/Qt/lib/libQt6Qml.so.6", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("models/faceapp.tflite", True),
        ("models/faceapp.weights.h5", False),
        ("models/mediapipe/face_landmark.tflite", True),
        ("models/mediapipe/face_detection_short_range.tflite", True),
        ("models/mediapipe/face_detection_full_range_sparse.tflite", False),
        ("opencv_python_headless.libs/libcrypto-5409cd36.so.1.1.1k", True),
        ("libcrypto.so.3", False),
    ],
)
def test_what_belongs_into_the_bundle(rules: dict[str, Any], name: str, kept: bool) -> None:
    assert rules["wanted"](name, f"/somewhere/{name}") is kept


@pytest.mark.parametrize(
    ("name", "survives"),
    [
        ("libpython3.11.so.1.0", True),
        ("python3.11/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so", True),
        ("numpy.libs/libscipy_openblas64_-32a4b2a6.so", False),
        ("opencv_python_headless.libs/libopenblasp-r0-59ffcd50.3.15.so", False),
    ],
)
def test_openblas_keeps_its_symbols(rules: dict[str, Any], name: str, survives: bool) -> None:
    assert rules["may_be_stripped"](name) is survives


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="Python has a folder of its own")
def test_a_library_that_lies_beside_python_is_not_pythons(rules: dict[str, Any]) -> None:
    is_pythons = rules["is_pythons"]
    beside = Path(sys.base_prefix).resolve() / "lib"
    modules = sysconfig.get_config_var("DESTSHARED")
    libpython = sysconfig.get_config_var("INSTSONAME")

    assert is_pythons(Path(json.__file__).resolve())
    assert is_pythons(Path(modules).resolve() / "_json.so")
    assert is_pythons(beside / libpython)
    assert not is_pythons(beside / "libexpat.so.1")
    assert not is_pythons(beside / "x86_64-linux-gnu" / "libexpat.so.1")


def elf(*dynamic: tuple[int, int]) -> bytes:
    """Make an ELF file of a header, two segments and the entries ``dynamic``."""
    entries = b"".join(struct.pack("<QQ", *entry) for entry in (*dynamic, (0, 0)))
    at = 64 + 2 * 56
    head = b"\x7fELF\x02\x01".ljust(32, b"\0") + struct.pack(
        "<QQIHHHHHH", 64, 0, 0, 64, 56, 2, 0, 0, 0
    )
    load = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, at, at, 4096)
    place = struct.pack("<IIQQQQQQ", 2, 6, at, at, at, len(entries), len(entries), 8)
    return head + load + place + entries + b"rest"


def test_a_library_looks_for_others_in_no_folder_of_who_built_it() -> None:
    without = runpy.run_path(str(PACKAGING / "search_path.py"))["without_search_path"]
    needed, name = (1, 10), (5, 20)

    assert without(elf(needed, (29, 30), name)) == elf(needed, name, (0, 0))
    assert without(elf((15, 30), needed, name)) == elf(needed, name, (0, 0))
    assert without(elf(needed, name)) == elf(needed, name)
    assert without(b"#!/bin/sh") == b"#!/bin/sh"


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("libpython3.11.so.1.0", True),
        ("python3.11/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so", True),
        ("ai_edge_litert/libpywrap_litert_common.so", False),
        ("numpy.libs/libscipy_openblas64_-32a4b2a6.so", False),
    ],
)
def test_libraries_of_wheels_keep_where_they_look(
    rules: dict[str, Any], name: str, alone: bool
) -> None:
    assert rules["finds_all_beside"](name) is alone


@pytest.fixture
def deb(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the functions of the script that makes the Debian package."""
    monkeypatch.syspath_prepend(PACKAGING / "deb")
    return runpy.run_path(str(PACKAGING / "deb" / "build.py"))


@pytest.mark.parametrize(
    ("glibcxx", "gcc"), [((3, 4, 22), "9"), ((3, 4, 29), "11"), ((3, 4, 30), "12")]
)
def test_the_package_asks_for_a_libstdcxx_that_has_the_symbols(
    deb: dict[str, Any], glibcxx: tuple[int, ...], gcc: str
) -> None:
    needs = deb["Needs"](frozenset({"libstdc++.so.6"}), (2, 35), glibcxx)
    assert f"libstdc++6 (>= {gcc})" in deb["dependencies"](needs, set())


def test_the_package_brings_the_guides_for_who_is_offline(
    deb: dict[str, Any], tmp_path: Path
) -> None:
    internal, doc = tmp_path / "_internal", tmp_path / "doc"
    internal.mkdir()
    (internal / "licences.txt").write_text("", "utf-8")
    (internal / "sbom.cdx.json").write_text('{"components": [], "dependencies": []}', "utf-8")

    deb["_documents"](internal, doc)

    for name in (name for names in GUIDES.values() for name in names):
        assert (doc / name).read_text("utf-8") == (ROOT / "docs" / name).read_text("utf-8")
    for guide in doc.glob("*.md"):
        targets = re.findall(r"\]\((?!https?://)([^)#\s]+)", guide.read_text("utf-8"))
        assert [target for target in targets if not (doc / target).exists()] == []


def test_the_bundle_brings_what_the_window_shows(rules: dict[str, Any]) -> None:
    assert sorted(rules["GUIDES"]) == sorted(name for names in GUIDES.values() for name in names)
    spec = (PACKAGING / "faceapp.spec").read_text("utf-8")
    assert '*((str(ROOT / "docs" / name), "docs") for name in GUIDES),' in spec


def test_the_manual_names_every_command_and_exit_code() -> None:
    manual = (PACKAGING / "deb" / "faceapp.1").read_text("utf-8")
    for name in commands.commands:
        assert re.search(rf"(^\.B {name}$)|(^\.BR .*\b{name}\b)", manual, re.MULTILINE), name
    for code in ("0 done", "1 something", "2 wrong usage", str(INTERRUPTED)):
        assert code in manual


def test_symbols_of_an_unknown_libstdcxx_end_the_build(deb: dict[str, Any]) -> None:
    needs = deb["Needs"](frozenset({"libstdc++.so.6"}), (2, 35), (3, 4, 99))
    with pytest.raises(SystemExit, match=r"GLIBCXX_3\.4\.99"):
        deb["dependencies"](needs, set())
