"""Build hook: assets, models and NOTICE go into wheels, the ignored models into source archives.

Editable installs read them from the checkout and need nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MEDIAPIPE = "models/mediapipe"


class Hook(BuildHookInterface):  # type: ignore[misc]  # hatchling ships no types
    """Adds the folders that lie beside the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Extend ``build_data``. Raises FileNotFoundError when the models were not fetched."""
        if version == "editable":
            return
        root = Path(self.root)
        if not list((root / MEDIAPIPE).glob("*.tflite")):
            raise FileNotFoundError(
                f"{root / MEDIAPIPE} is empty: run `python packaging/fetch_models.py` first"
            )
        included: dict[str, str] = build_data["force_include"]
        if self.target_name == "sdist":
            included[str(root / MEDIAPIPE)] = MEDIAPIPE
        else:
            beside = ("assets", "models", "NOTICE")
            included.update({str(root / name): f"faceapp/{name}" for name in beside})
