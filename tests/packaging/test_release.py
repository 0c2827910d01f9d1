"""What `make release` refuses, and what it writes."""

from __future__ import annotations

import hashlib
import os
import runpy
import subprocess
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "release.py"


@pytest.fixture(scope="module")
def release() -> dict[str, Any]:
    """Return the script's functions."""
    return runpy.run_path(str(SCRIPT))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a committed tree whose changes name 1.2.0 as released and 1.3.0 as to come."""
    # Neither the settings of whoever runs the tests nor, in a hook, the tree that is worked on.
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for scope in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{scope}", os.devnull)
    (tmp_path / "faceapp").mkdir()
    (tmp_path / "faceapp" / "__init__.py").write_text('__version__ = "1.2.0"\n')
    changes = "# Changes\n\n## 1.3.0 (unreleased)\n\n## 1.2.0 (2026-02-01)\n"
    (tmp_path / "CHANGELOG.md").write_text(changes)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "begin"]):
        subprocess.run([*git, *words], check=True)
    return tmp_path


def test_a_told_version_of_a_clean_tree_passes(release: dict[str, Any], root: Path) -> None:
    version = release["version_of"](root)
    release["check_changes"](root, version)
    release["check_tree"](root)

    assert version == "1.2.0"


@pytest.mark.parametrize(("version", "why"), [("1.3.0", "unreleased"), ("2.0.0", "not name")])
def test_a_version_without_its_day_is_refused(
    release: dict[str, Any], root: Path, version: str, why: str
) -> None:
    with pytest.raises(release["Refused"], match=why):
        release["check_changes"](root, version)


def test_a_tree_with_changes_is_refused(release: dict[str, Any], root: Path) -> None:
    (root / "new.txt").write_text("new")

    with pytest.raises(release["Refused"], match=r"new\.txt"):
        release["check_tree"](root)


def test_a_smoke_of_another_package_is_refused(release: dict[str, Any], tmp_path: Path) -> None:
    package = tmp_path / "faceapp_1.2.0_amd64.deb"
    package.write_bytes(b"package")
    passed = tmp_path / "passed"

    with pytest.raises(release["Refused"]):
        release["check_smoke"](package, tmp_path)
    passed.write_text("0" * 64)
    with pytest.raises(release["Refused"]):
        release["check_smoke"](package, tmp_path)
    passed.write_text(hashlib.sha256(b"package").hexdigest() + "\n")
    release["check_smoke"](package, tmp_path)


def test_the_sums_are_over_this_version_only(release: dict[str, Any], tmp_path: Path) -> None:
    for name in ("faceapp_1.2.0_amd64.deb", "faceapp_1.1.0_amd64.deb", "sbom.cdx.json", "a.log"):
        (tmp_path / name).write_bytes(name.encode())

    lines = release["write_sums"](tmp_path, "1.2.0").read_text().splitlines()

    assert [line.split()[1] for line in lines] == ["faceapp_1.2.0_amd64.deb", "sbom.cdx.json"]
    assert lines[0].split()[0] == hashlib.sha256(b"faceapp_1.2.0_amd64.deb").hexdigest()
