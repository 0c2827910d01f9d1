"""The window's texts: the script that gathers them, and their German."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from faceapp.ui.translation import read_ts
from tests.conftest import ROOT


def _script() -> ModuleType:
    path = ROOT / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = _script()
GERMAN = read_ts(translations.file_of("de"))
