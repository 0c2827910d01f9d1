"""What may be an ID, a name, a group or a reason. Pure functions; nothing is looked up.

A text is brought into one form (NFC, no blanks at its ends, no invisible characters that only
confuse) and then accepted or refused as it is. Emoji, every script, right-to-left names, quotes,
tags and formulas are fine: where those could do harm, they are made harmless on the way out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from faceapp.alphabet import Rank, rank
from faceapp.errors import CorrectionRefused, PersonInvalid
from faceapp.store.people import FORGOTTEN_PREFIX
from faceapp.types import Person, PersonId

MAX_TEXT = 200
MAX_REASON = 500
MAX_GROUPS = 100

# Invisible, but part of how words and emoji are written: (non-)joiners, direction marks, flags.
_KEPT_FORMAT = frozenset("\u200c\u200d\u200e\u200f\u061c") | {
    chr(c) for c in range(0xE0020, 0xE0080)
}
_REFUSED = frozenset(("Cc", "Cs", "Zl", "Zp"))
_PSEUDONYM = re.compile(rf"{FORGOTTEN_PREFIX}\d+")


def checked_person(person: Person) -> Person:
    """Return the person with ID, name and groups in their one form. Raises PersonInvalid."""
    return Person(checked_id(person.id), checked_name(person.name), checked_groups(person.groups))


def by_name(person: Person) -> tuple[Rank, Rank]:
    """Return what people are sorted by."""
    return rank(person.name), rank(person.id)


def checked_id(text: str) -> PersonId:
    """Return an ID in its one form. Raises PersonInvalid."""
    clean = _checked("id", text)
    if _PSEUDONYM.fullmatch(clean):
        # What stands in for a forgotten person in the log.
        raise PersonInvalid(field="id", why="reserved")
    return PersonId(clean)


def sought_id(text: str) -> PersonId:
    """Return a typed ID in its one form, whether anybody has it or not."""
    return PersonId(sought(text))


def sought(text: str) -> str:
    """Return the one form of a text to look for; bytes that are no text are written out."""
    return _visible(text).strip().encode("utf-8", "backslashreplace").decode()


def checked_name(text: str) -> str:
    """Return a name in its one form. Raises PersonInvalid."""
    return _checked("name", text)


def checked_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """Return each group once, whatever its case, in order. Raises PersonInvalid."""
    found = [_checked("group", group) for group in groups]
    clean = tuple(sorted({name.casefold(): name for name in reversed(found)}.values(), key=rank))
    if len(clean) > MAX_GROUPS:
        raise PersonInvalid(field="group", why="too_long", limit=MAX_GROUPS)
    return clean


def checked_reason(text: str) -> str:
    """Return a correction's reason on one line. Raises CorrectionRefused."""
    clean = " ".join(_visible(text).split())
    clean = "".join(letter for letter in clean if unicodedata.category(letter) not in _REFUSED)
    if not clean:
        raise CorrectionRefused(why="no_reason")
    if len(clean) > MAX_REASON:
        raise CorrectionRefused(why="reason_too_long", limit=MAX_REASON)
    return clean


def _checked(field: str, text: str) -> str:
    clean = _visible(text).strip()
    if any(unicodedata.category(letter) in _REFUSED for letter in clean):
        raise PersonInvalid(field=field, why="control_character")
    if not any(unicodedata.category(letter) != "Cf" for letter in clean):
        raise PersonInvalid(field=field, why="empty")
    if len(clean) > MAX_TEXT:
        raise PersonInvalid(field=field, why="too_long", limit=MAX_TEXT)
    return clean


def _visible(text: str) -> str:
    """Drop characters that nobody sees and compose the text: two names that look alike are one.

    In this order: what is dropped may have stood between a letter and its accent.
    """
    seen = (
        letter for letter in text if unicodedata.category(letter) != "Cf" or letter in _KEPT_FORMAT
    )
    return unicodedata.normalize("NFC", "".join(seen))
