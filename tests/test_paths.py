"""Where things lie, in a checkout, an installed wheel and a bundle."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from faceapp import paths

ROOT = Path(__file__).resolve().parents[1]


def test_a_data_folder_names_its_files_and_makes_none(tmp_path: Path) -> None:
    here = paths.Paths(tmp_path)
    assert here.database == tmp_path / "faceapp.db"
    assert here.settings == tmp_path / "settings.toml"
    assert here.logs == tmp_path / "logs"
    assert here.lock == tmp_path / "faceapp.lock"
    assert list(tmp_path.iterdir()) == []


def test_a_checkout_has_assets_and_models_beside_the_package() -> None:
    assert not paths.is_frozen()
    assert paths.assets_dir() == ROOT / "assets"
    assert paths.models_dir() == ROOT / "models"
    assert paths.guides_dir() == ROOT / "docs"


def test_a_wheel_carries_the_models_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "faceapp"
    (package / "models").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert paths.models_dir() == package / "models"


def test_a_bundle_has_models_assets_and_guides_in_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.is_frozen()
    assert paths.models_dir() == tmp_path / "models"
    assert paths.assets_dir() == tmp_path / "assets"
    assert paths.guides_dir() == tmp_path / "docs"


@pytest.mark.skipif(sys.platform != "linux", reason="the folder's name differs by platform")
def test_the_users_data_goes_where_the_platform_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.default_data_dir() == tmp_path / "faceapp"
