"""Sorts and finds texts independently of accents, case and script. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, and the plain letters that people type to find them.
_LIKE = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_FIGURES = re.compile(r"([0-9]+)")

# Lists are sorted and searched again at every keystroke, so results for this many texts are cached.
_REMEMBERED = 50_000

Rank = tuple[tuple[str | int, ...], str]


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """Return the text without accents, case and invisible characters: what somebody may type."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(
        letter
        for letter in split
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
    return bare.casefold().translate(_LIKE)


def places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where ``text`` contains ``wanted``, both `plain`: first character and end, in order.

    Nothing is found twice: the places do not overlap.
    """
    letters = [plain(letter) for letter in text]
    # A letter may have become several, or none.
    origin = [at for at, letter in enumerate(letters) for _ in letter]
    sought = re.escape(plain(wanted)) or "(?!)"
    hits = re.finditer(sought, "".join(letters))
    found: list[tuple[int, int]] = []
    for start, end in ((origin[hit.start()], origin[hit.end() - 1] + 1) for hit in hits):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


@lru_cache(_REMEMBERED)
def rank(text: str) -> Rank:
    """Return the sort key of a text: Zürn before Zwick, and P9 before P10.

    Texts that differ only in accents and case always sort in the same order.
    """
    # Text and numbers alternate, starting with text, so only values of one type are compared.
    parts = _FIGURES.split(plain(text))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)), text
