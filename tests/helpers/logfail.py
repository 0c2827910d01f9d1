"""Lets a test fail for every WARNING or worse that it did not announce."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence


class Listener(logging.Handler):
    """Remembers records of WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def complaints(heard: Sequence[str], expected: Sequence[str]) -> list[str]:
    """Say which records match no pattern of ``expected``, and which pattern no record matched."""
    surprises = [
        f"unexpected log: {text}"
        for text in heard
        if not any(re.search(pattern, text) for pattern in expected)
    ]
    missed = [
        f"expected in the log and not there: {pattern}"
        for pattern in expected
        if not any(re.search(pattern, text) for text in heard)
    ]
    return surprises + missed
