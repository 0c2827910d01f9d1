"""Checks what may be an ID, a name, a group or a reason. Pure functions; nothing is looked up.

A text is normalized (NFC, no blanks at its ends, no invisible characters that only confuse, no
unbreakable spaces) and then accepted or refused as it is. Emoji, every script, right-to-left names,
quotes, tags and formulas are fine: where they could do harm, they are made harmless on output.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from faceapp.alphabet import Rank, rank
from faceapp.errors import CorrectionRefused, PersonInvalid
from faceapp.store.people import FORGOTTEN_PREFIX
from faceapp.types import Person, PersonId

MAX_TEXT = 200
MAX_REASON = 500
MAX_GROUPS = 100

# Invisible, but needed to write words and emoji: (non-)joiners, flags. Direction marks are not: web
# pages and dialogs of Windows put them around what is copied there.
_KEPT_FORMAT = frozenset("\u200c\u200d") | {chr(c) for c in range(0xE0020, 0xE0080)}
# Unbreakable ones, which look like the others.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
_REFUSED = frozenset(("Cc", "Cs", "Zl", "Zp"))
_PSEUDONYM = re.compile(rf"{FORGOTTEN_PREFIX}\d+")


def checked_person(person: Person) -> Person:
    """Return the person with normalized ID, name and groups. Raises PersonInvalid."""
    return Person(checked_id(person.id), checked_name(person.name), checked_groups(person.groups))


def by_name(person: Person) -> tuple[Rank, Rank]:
    """Return the key by which people are sorted."""
    return rank(person.name), rank(person.id)


def checked_id(text: str) -> PersonId:
    """Return the normalized ID. Raises PersonInvalid."""
    clean = _checked("id", text)
    if _PSEUDONYM.fullmatch(clean):
        # Stands for a forgotten person in the log.
        raise PersonInvalid(field="id", why="reserved")
    return PersonId(clean)


def sought_id(text: str) -> PersonId:
    """Return a typed ID normalized, whether or not anybody has it."""
    return PersonId(sought(text))


def sought(text: str) -> str:
    """Return the normalized text to search for; bytes that are not text are escaped."""
    return visible(text).strip().encode("utf-8", "backslashreplace").decode()


def checked_name(text: str) -> str:
    """Return the normalized name. Raises PersonInvalid."""
    return _checked("name", text)


def checked_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """Return each group once, ignoring case, sorted. Raises PersonInvalid."""
    found = [_checked("group", group) for group in groups]
    clean = tuple(sorted({name.casefold(): name for name in reversed(found)}.values(), key=rank))
    if len(clean) > MAX_GROUPS:
        raise PersonInvalid(field="group", why="too_many", limit=MAX_GROUPS)
    return clean


def spelt_alike(groups: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the checked groups, spelt as the ``known`` ones if only the case differs.

    Raises PersonInvalid.
    """
    spelling = {name.casefold(): name for name in known} | {name: name for name in known}
    return checked_groups(
        spelling.get(name) or spelling.get(name.casefold(), name) for name in checked_groups(groups)
    )


def checked_reason(text: str) -> str:
    """Return a correction's reason on one line. Raises CorrectionRefused."""
    clean = " ".join(visible(text).split())
    clean = "".join(letter for letter in clean if unicodedata.category(letter) not in _REFUSED)
    if not clean:
        raise CorrectionRefused(why="no_reason")
    if len(clean) > MAX_REASON:
        raise CorrectionRefused(why="reason_too_long", limit=MAX_REASON)
    return clean


def _checked(field: str, text: str) -> str:
    clean = visible(text).strip()
    if any(unicodedata.category(letter) in _REFUSED for letter in clean):
        raise PersonInvalid(field=field, why="control_character")
    if not any(unicodedata.category(letter) != "Cf" for letter in clean):
        raise PersonInvalid(field=field, why="empty")
    if len(clean) > MAX_TEXT:
        raise PersonInvalid(field=field, why="too_long", limit=MAX_TEXT)
    return clean


def visible(text: str) -> str:
    """Return the text composed and as it is seen, so that texts that look alike are equal.

    Composed last, since a dropped character may have stood between a letter and its accent.
    """
    seen = (
        letter for letter in text if unicodedata.category(letter) != "Cf" or letter in _KEPT_FORMAT
    )
    return unicodedata.normalize("NFC", "".join(seen).translate(_SPACES))
