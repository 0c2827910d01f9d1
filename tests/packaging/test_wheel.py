"""What the build hook adds to wheels and source archives."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from faceapp.ui.help.guide import GUIDES

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "hatch_build.py"
FETCHED = ("face_detection_short_range.tflite", "face_landmark.tflite")
LEFT_BEHIND = ("mediapipe/iris_landmark.tflite", "faceapp.weights.h5", "faceapp.json.orig")


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The hook's class; hatchling itself is installed only while pip builds."""
    interface = ModuleType("interface")
    interface.BuildHookInterface = SimpleNamespace  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hatchling.builders.hooks.plugin.interface", interface)
    return runpy.run_path(str(SCRIPT))["Hook"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with models, and beside them what earlier set-ups and training left."""
    models = tmp_path / "models"
    (models / "mediapipe").mkdir(parents=True)
    for name in ("faceapp.json", "faceapp.tflite", *LEFT_BEHIND):
        (models / name).write_bytes(b"model")
    for name in FETCHED:
        (models / "mediapipe" / name).write_bytes(b"model")
    (models / "mediapipe.sha256").write_text("".join(f"0a1b  {name}\n" for name in FETCHED))
    return tmp_path


def added(hook: Any, root: Path, target: str, version: str = "standard") -> dict[str, str]:
    """Return what the hook adds: where it lies in the checkout, and where it goes."""
    found: dict[str, str] = {}
    hook(root=str(root), target_name=target).initialize(version, {"force_include": found})
    return {Path(source).relative_to(root).as_posix(): into for source, into in found.items()}


def test_a_wheel_holds_the_models_that_the_app_opens_and_no_others(hook: Any, root: Path) -> None:
    fetched = [f"models/mediapipe/{name}" for name in FETCHED]
    names = ["models/faceapp.json", "models/faceapp.tflite", "models/mediapipe.sha256", *fetched]
    guides = [f"docs/{name}" for names in GUIDES.values() for name in names]
    assert added(hook, root, "wheel") == {
        name: f"faceapp/{name}" for name in ("assets", "NOTICE", *guides, *names)
    }


def test_a_source_archive_holds_the_fetched_models_beside_what_git_keeps(
    hook: Any, root: Path
) -> None:
    assert added(hook, root, "sdist") == {
        f"models/mediapipe/{name}": f"models/mediapipe/{name}" for name in FETCHED
    }


def test_an_editable_install_needs_no_models(hook: Any, tmp_path: Path) -> None:
    assert added(hook, tmp_path, "wheel", "editable") == {}


def test_a_model_that_was_not_fetched_stops_the_build(hook: Any, root: Path) -> None:
    (root / "models" / "mediapipe" / FETCHED[1]).unlink()
    with pytest.raises(FileNotFoundError, match=r"face_landmark\.tflite is missing: run "):
        added(hook, root, "wheel")
