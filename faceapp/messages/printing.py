"""Makes texts from people and disks safe to print."""

from __future__ import annotations

import unicodedata

# Joiners, direction marks and tags are part of emoji and of the spelling of several scripts.
_SPELLING = frozenset("\u200c\u200d\u200e\u200f\u061c") | {chr(c) for c in range(0xE0020, 0xE0080)}


def printable(text: object) -> str:
    r"""Return ``text`` on one line, unable to control a terminal or reverse the text direction.

    Control, format and private characters, separators and lone surrogates become escapes like
    ``\x1b``; letters, marks, symbols and emoji of every script stay.
    """
    shown = str(text)
    if shown.isascii() and shown.isprintable():
        return shown  # as most are, of a table's millions
    return "".join(_escape(char) if _controls(char) else char for char in shown)


def _controls(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and char not in _SPELLING


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
