"""Suggests the next ID. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import count

from faceapp.types import PersonId

FIRST = PersonId("P01")
# Longer numbers are not counters.
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


def suggest_id(taken: Iterable[PersonId]) -> PersonId:
    """Continue the existing IDs in their most common form: P10 after P09.

    The result is never taken already.
    """
    codes = set(taken)
    folded = {code.casefold() for code in codes}
    numbered = [match for code in codes if (match := _NUMBERED.fullmatch(code))]
    if not numbered:
        return FIRST
    counts = Counter(match[1] for match in numbered)
    # The first in order wins a tie, so that the result is deterministic.
    prefix = min(counts, key=lambda prefix: (-counts[prefix], prefix))
    figures = [match[2] for match in numbered if match[1] == prefix]
    last = max(figures, key=lambda figures: (int(figures), len(figures)))
    following = (f"{prefix}{number:0{len(last)}d}" for number in count(int(last) + 1))
    return next(PersonId(code) for code in following if code.casefold() not in folded)
