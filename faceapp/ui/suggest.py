"""Which ID comes next. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import count

from faceapp.types import PersonId

FIRST = PersonId("P01")
# Numbers longer than that are no counting.
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


def suggest_id(taken: Iterable[PersonId]) -> PersonId:
    """Count on from the IDs there are, in their most common form: after P09 comes P10.

    The answer is never taken already.
    """
    codes = set(taken)
    folded = {code.casefold() for code in codes}
    numbered = [match for code in codes if (match := _NUMBERED.fullmatch(code))]
    if not numbered:
        return FIRST
    counts = Counter(match[1] for match in numbered)
    # The first in order decides a tie, so that the answer does not depend on chance.
    prefix = min(counts, key=lambda prefix: (-counts[prefix], prefix))
    figures = [match[2] for match in numbered if match[1] == prefix]
    last = max(figures, key=lambda figures: (int(figures), len(figures)))
    following = (f"{prefix}{number:0{len(last)}d}" for number in count(int(last) + 1))
    return next(PersonId(code) for code in following if code.casefold() not in folded)
