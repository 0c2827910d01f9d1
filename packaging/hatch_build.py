"""Build hook: what the app reads beside its modules goes into wheels and source archives.

Wheels get assets, NOTICE, the guides that the window shows, and the models that the app opens: the
recognition model with its card and the files of MediaPipe that ``models/mediapipe.sha256`` lists.
Source archives have all that git keeps, and of MediaPipe's files, which git ignores, the listed
ones. Editable installs read everything from the checkout and need nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LISTED = "models/mediapipe.sha256"
GUIDES = ("user-guide.md", "user-guide.de.md", "privacy.md", "privacy.de.md")
OPENED = ("models/faceapp.json", "models/faceapp.tflite", LISTED)


class Hook(BuildHookInterface):  # type: ignore[misc]  # hatchling ships no types
    """Adds the files that lie beside the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Extend ``build_data``. Raises FileNotFoundError when a model was not fetched."""
        if version == "editable":
            return
        root = Path(self.root)
        rows = (root / LISTED).read_text(encoding="ascii").splitlines()
        fetched = [f"models/mediapipe/{row.split()[1]}" for row in rows]
        for name in fetched:
            if not (root / name).is_file():
                raise FileNotFoundError(
                    f"{root / name} is missing: run `python packaging/fetch_models.py` first"
                )
        included: dict[str, str] = build_data["force_include"]
        if self.target_name == "sdist":
            included.update({str(root / name): name for name in fetched})
        else:
            guides = [f"docs/{name}" for name in GUIDES]
            names = ("assets", "NOTICE", *guides, *OPENED, *fetched)
            included.update({str(root / name): f"faceapp/{name}" for name in names})
