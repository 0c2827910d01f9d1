"""What ``doctor`` and ``restore`` say about damage inside a database, and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faceapp.types import Damage


def described(damage: Damage) -> Iterator[tuple[str, str]]:
    """Say one thing after the other: what is wrong, and how to mend it."""
    if damage.samples_of:
        yield (
            f"damaged samples of {', '.join(damage.samples_of)}",
            "Add new samples to these people: that removes the damaged ones.",
        )
    if damage.entries:
        yield (
            f"{damage.entries} of the entries without a valid time",
            "No list or export shows entries without a valid time; an older backup may have them.",
        )
    if damage.values:
        yield (
            "a damaged name, time or other text",
            "It is shown with \ufffd or as an impossible date. An older backup may be whole.",
        )
    if damage.altered:
        yield (
            f"changed by another program: {', '.join(damage.altered)}",
            'Put a backup of before that back ("faceapp restore FILE").',
        )
