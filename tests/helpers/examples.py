"""How many examples a test draws that cannot afford as many as others, or needs more."""

from __future__ import annotations

import hypothesis

DRAWN = 100
"""As many are drawn where nothing else is said."""


def examples(count: int) -> int:
    """Give ``count``, or as many times more as the profile of this run draws more."""
    return count * hypothesis.settings().max_examples // DRAWN
