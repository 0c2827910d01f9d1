"""How texts are sorted and found, whatever their accents, case and script. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters of their own in Unicode, which people look for under another one.
_LIKE = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_FIGURES = re.compile(r"([0-9]+)")

# Lists are sorted and searched again with each key: this many names are worked out once only.
_REMEMBERED = 50_000

Rank = tuple[tuple[str | int, ...], str]


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """Return the text without accents and case: what somebody may type to find it."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return bare.casefold().translate(_LIKE)


@lru_cache(_REMEMBERED)
def rank(text: str) -> Rank:
    """Return what to sort a text by: Zürn before Zwick, and P9 before P10.

    Texts that are equal but for accents and case come in one order always.
    """
    # Text and figures take turns, beginning with text: what is compared is of one type.
    parts = _FIGURES.split(plain(text))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)), text
