"""Puts an apostrophe in front of texts that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_TRIGGERS = frozenset("=+-@|\u2212")
_PARTING = re.compile("([;\t])")
# A single cell that begins with a letter or figure. Most texts are such: no need to look further.
_HARMLESS = re.compile(r"[^\W_][^;\t]*")
_INVISIBLE = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))


def guarded(text: str) -> str:
    """Put an apostrophe in front of a text that a spreadsheet might run as a formula.

    Some programs also split cells at semicolons or tabs, so the text after each of these is
    guarded too.
    """
    if _HARMLESS.fullmatch(text):
        return text
    return _changed(text, _with_apostrophe)


def without_guard(text: str) -> str:
    """Undo `guarded`."""
    return _changed(text, _without_apostrophe)


def may_run(text: str) -> bool:
    """Return whether a spreadsheet might run the text as a formula.

    Leading apostrophes are skipped, so that `guarded` can be undone; leading blanks, marks and
    control characters too, since programs drop them. Full-width signs count as plain ones.
    """
    if text[:1].isalnum():
        return False
    bare = text.lstrip("'")
    if bare and unicodedata.category(bare[0]) == "Cc":
        return True
    for letter in bare:
        if unicodedata.category(letter) in _INVISIBLE or letter == "'":
            continue
        return unicodedata.normalize("NFKC", letter)[0] in _TRIGGERS
    return False


def _changed(text: str, change: Callable[[str], str]) -> str:
    """Apply ``change`` to the text after each separator, and then to the whole."""
    cells = _PARTING.split(text)  # with the separators between them
    cells[2::2] = map(change, cells[2::2])
    return change("".join(cells))


def _with_apostrophe(text: str) -> str:
    return f"'{text}" if may_run(text) else text


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and may_run(text[1:]) else text
