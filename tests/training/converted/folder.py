"""What the tests read from and write into an exported model's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def with_config(run: Path, **changed: object) -> None:
    """Change the config of a copied run."""
    config = json.loads((run / "config.json").read_text("utf-8"))
    (run / "config.json").write_text(json.dumps(config | changed), "utf-8")


def card(home: Path) -> dict[str, Any]:
    return dict(json.loads((home / "models" / "tiny.json").read_text("utf-8")))
