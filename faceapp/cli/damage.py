"""What ``doctor`` and ``restore`` say about damage inside a database and its repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faceapp.types import Damage


def described(damage: Damage) -> Iterator[tuple[str, str]]:
    """Describe what is wrong, one thing after another, and how to repair it."""
    if damage.samples_of:
        yield (
            f"damaged samples of {', '.join(damage.samples_of)}",
            "Add new samples to these people: that removes the damaged ones.",
        )
    if damage.entries:
        yield (
            f"damaged entries: {damage.entries}",
            "No list or export shows these entries; an older backup may have them.",
        )
    if damage.values:
        yield (
            "a damaged name, time or other text",
            "It is shown with \ufffd or as an impossible date. An older backup may be undamaged.",
        )
    if damage.altered:
        yield (
            f"changed by another program: {', '.join(damage.altered)}",
            'Restore a backup from before that ("faceapp restore FILE").',
        )
